//! Connects an OnlyFans account: start, hand in what is asked for, connected.
//!
//! `cargo run --example connect` needs nothing: without `ONLYFANSAPI_API_KEY` in the environment it
//! talks to the vendor in a box, a server on loopback (feature `testing`, which the repository's own examples have). With a key it talks to the real
//! API; e-mail and password are then taken from `ONLYFANS_EMAIL` and `ONLYFANS_PASSWORD`, or asked
//! for.

use std::env;
use std::error::Error;
use std::io::{self, BufRead, IsTerminal, Write};

use onlyfansapi::testing::{self, Scenario, Vendor};
use onlyfansapi::{Client, Login, Polling, Secret, Step};

/// The code that the vendor in the box takes.
const CODE: &str = "424242";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    if env::var_os("ONLYFANSAPI_API_KEY").is_some() {
        let email = setting("ONLYFANS_EMAIL", "E-mail")?;
        let password = Secret::from(setting("ONLYFANS_PASSWORD", "Password")?);
        let login = Login::email_password(email, password);
        return connect(&Client::from_env()?, login, Polling::default(), None).await;
    }

    println!(
        "ONLYFANSAPI_API_KEY is not set: this is a demonstration, against a server on loopback."
    );
    let vendor = Vendor::start().await;
    vendor.next_attempt(Scenario::new().wants_code(CODE).polls(2));
    let client = vendor.client();
    let login = Login::email_password("creator@example.com", "correct horse").name("Demo");
    println!("The code that it takes is {CODE}.");
    connect(&client, login, testing::polling(), Some(CODE)).await
}

/// `known_code` is used where there is nobody to ask.
async fn connect(
    client: &Client,
    login: Login,
    polling: Polling,
    known_code: Option<&str>,
) -> Result<(), Box<dyn Error>> {
    let mut attempt = client.connect(login).polling(polling).start().await?;
    // With its id another process can go on: `client.resume(id)`.
    println!("Started {}.", attempt.id());
    loop {
        match attempt.next().await? {
            Step::NeedsCode { hint, again, .. } => {
                let phone = hint.map(|end| format!(" (phone ending in {end})"));
                let wrong = if again { "That was wrong. " } else { "" };
                let code = match known_code {
                    Some(code) if !io::stdin().is_terminal() => code.to_owned(),
                    _ => ask(&format!("{wrong}2FA code{}", phone.unwrap_or_default()))?,
                };
                attempt.submit_code(code).await?;
                println!("Submitted.");
            }
            Step::NeedsSelfie { url } => {
                println!("Take the selfie at {}", url.expose());
                ask("Press Enter when it is done")?;
                attempt.selfie_done().await?;
            }
            Step::OpenOnPhone { deep_link } => {
                println!("Open {} on the phone.", deep_link.expose())
            }
            Step::Connected(account) => {
                let name = account.display_name.or(account.id);
                println!("Connected {}.", name.as_deref().unwrap_or("an account"));
                return Ok(());
            }
            // More may come.
            _ => {}
        }
    }
}

/// A setting from the environment, or from whoever sits in front of the terminal.
fn setting(variable: &str, question: &str) -> Result<String, Box<dyn Error>> {
    match env::var(variable) {
        Ok(text) => Ok(text),
        Err(_) if io::stdin().is_terminal() => ask(question),
        Err(_) => Err(format!("set {variable}: there is no terminal to ask at").into()),
    }
}

fn ask(question: &str) -> Result<String, Box<dyn Error>> {
    print!("{question}: ");
    io::stdout().flush()?;
    let mut line = String::new();
    if io::stdin().lock().read_line(&mut line)? == 0 {
        return Err("there is nobody to ask".into());
    }
    Ok(line.trim().to_owned())
}
