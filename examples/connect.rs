//! Connects an OnlyFans account: start, poll, ask for the code, connected.
//!
//! `cargo run --example connect` needs nothing: without `ONLYFANSAPI_API_KEY` in the environment it
//! talks to a small server on loopback that plays the vendor's part. With a key it talks to the real
//! API; e-mail and password are then taken from `ONLYFANS_EMAIL` and `ONLYFANS_PASSWORD`, or asked
//! for.

#[path = "support/vendor.rs"]
mod vendor;

use std::env;
use std::error::Error;
use std::io::{self, BufRead, IsTerminal, Write};
use std::time::{Duration, Instant};

use onlyfansapi::types::{PollAuthenticationStatusResponse, Submit2faBody};
use onlyfansapi::{Client, Login, Secret};

/// Nobody documents how long an attempt lasts.
const DEADLINE: Duration = Duration::from_secs(600);

/// What an attempt wants next.
enum Step {
    Selfie { url: Option<String> },
    Code { hint: Option<String> },
    Connected { account: String },
    Failed { reason: String },
    Pending { progress: String },
}

impl Step {
    /// The order matters: an attempt that wants a face check also looks like one that wants a code,
    /// and one with an account is not connected for that. States that nobody has seen are pending.
    fn of(status: &PollAuthenticationStatusResponse) -> Self {
        let state = status.state.as_deref().unwrap_or_default();
        let attempt = status.last_attempt.as_ref();
        let is = |flag: Option<bool>| flag == Some(true);

        if let Some(attempt) = attempt.filter(|attempt| is(attempt.needs_face_otp)) {
            return Self::Selfie {
                url: attempt.face_otp_verification_url.clone(),
            };
        }
        if attempt.is_some_and(|attempt| is(attempt.needs_otp))
            || state.starts_with("needs-")
            || is(status.two_factor_pending)
        {
            return Self::Code {
                hint: attempt.and_then(|attempt| attempt.otp_phone_ending.clone()),
            };
        }
        if state == "authenticated" || attempt.is_some_and(|attempt| is(attempt.success)) {
            let account = status.account.as_ref();
            return Self::Connected {
                account: account
                    .and_then(|account| account.display_name.clone().or(account.id.clone()))
                    .unwrap_or_default(),
            };
        }
        if let Some(attempt) = attempt
            && attempt.completed_at.is_some()
            && attempt.success == Some(false)
        {
            return Self::Failed {
                reason: [&attempt.error_code, &attempt.error_message]
                    .into_iter()
                    .flatten()
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(": "),
            };
        }
        Self::Pending {
            progress: status.progress.clone().unwrap_or_else(|| state.to_owned()),
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    if env::var_os("ONLYFANSAPI_API_KEY").is_some() {
        let email = setting("ONLYFANS_EMAIL", "E-mail")?;
        let password = Secret::from(setting("ONLYFANS_PASSWORD", "Password")?);
        let login = Login::email_password(email, password);
        return connect(&Client::from_env()?, login, Duration::from_secs(3), None).await;
    }

    println!(
        "ONLYFANSAPI_API_KEY is not set: this is a demonstration, against a server on loopback."
    );
    let server = vendor::start().await;
    let client = Client::builder()
        .api_key(vendor::KEY)
        .base_url(server.uri())
        .build()?;
    let login = Login::email_password("creator@example.com", "correct horse").name("Demo");
    println!("The code that it takes is {}.", vendor::CODE);
    connect(
        &client,
        login,
        Duration::from_millis(200),
        Some(vendor::CODE),
    )
    .await
}

/// `known_code` is used where there is nobody to ask.
async fn connect(
    client: &Client,
    login: Login,
    interval: Duration,
    known_code: Option<&str>,
) -> Result<(), Box<dyn Error>> {
    let started = client.start_authentication().body(login).send().await?;
    let attempt_id = started
        .attempt_id()
        .ok_or("the API started an attempt without an id")?;
    println!("Started {attempt_id}.");

    let deadline = Instant::now() + DEADLINE;
    while Instant::now() < deadline {
        tokio::time::sleep(interval).await;
        let status = client.poll_authentication_status(attempt_id).send().await?;
        let answer = match Step::of(&status) {
            Step::Pending { progress } => {
                println!("… {progress}");
                continue;
            }
            Step::Connected { account } => {
                println!("Connected {account}.");
                return Ok(());
            }
            Step::Failed { reason } => return Err(format!("the attempt failed: {reason}").into()),
            Step::Code { hint } => {
                let phone = hint
                    .map(|end| format!(" (phone ending in {end})"))
                    .unwrap_or_default();
                let code = match known_code {
                    Some(code) if !io::stdin().is_terminal() => code.to_owned(),
                    _ => ask(&format!("2FA code{phone}"))?,
                };
                Submit2faBody::new().code(code)
            }
            Step::Selfie { url } => {
                println!(
                    "Take the selfie at {}",
                    url.as_deref().unwrap_or("the link you were sent")
                );
                ask("Press Enter when it is done")?;
                Submit2faBody::new().selfie_verification_completed(true)
            }
        };
        // This says that the answer was taken, not that it was right: the polls that follow do.
        client.submit_2fa(attempt_id, answer).send().await?;
        println!("Submitted.");
    }
    Err(format!(
        "the attempt was not over after {} seconds",
        DEADLINE.as_secs()
    )
    .into())
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
