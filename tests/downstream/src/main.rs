//! An application: it says how many fans an account has.

use std::error::Error;

use onlyfansapi::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = std::env::args().nth(1).ok_or("expected an account")?;
    let mut fans = Client::from_env()?.list_all_fans(account).items();
    let mut count = 0;
    while fans.next().await.transpose()?.is_some() {
        count += 1;
    }
    println!("{count} fans");
    Ok(())
}
