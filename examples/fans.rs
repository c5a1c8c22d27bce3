//! Lists the fans of an account, however many pages they are on, and says what that cost.
//!
//! `ONLYFANSAPI_API_KEY=… cargo run --example fans -- acct_…`

use std::env;
use std::error::Error;

use onlyfansapi::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = env::args()
        .nth(1)
        .ok_or("expected an account's id as the argument")?;
    let client = Client::builder()
        .api_key(env::var("ONLYFANSAPI_API_KEY")?)
        .base_url(env::var("ONLYFANSAPI_BASE_URL").unwrap_or("https://app.onlyfansapi.com".into()))
        // Wait before the minute's limit is reached, in place of being refused then.
        .limit_rate(true)
        .build()?;

    let mut fans = client.list_all_fans(&account).limit(50).items();
    let mut count = 0;
    while let Some(fan) = fans.next().await.transpose()? {
        count += 1;
        println!(
            "{:>12} {}",
            fan.id.unwrap_or_default(),
            fan.name.as_deref().unwrap_or("?")
        );
    }
    println!("{count} fans");

    // A page as a whole has what its items do not: the figures, and fields that the types do not know.
    let page = client.list_all_fans(&account).limit(1).send().await?;
    let usage = page.usage();
    println!(
        "credits left: {}, calls left in this minute: {}",
        usage
            .credits_balance
            .map_or("unknown".into(), |balance| balance.to_string()),
        usage
            .remaining_minute
            .map_or("unknown".into(), |left| left.to_string()),
    );
    Ok(())
}
