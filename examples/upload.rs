//! Uploads a file and sends it in a message, once, whatever happens on the way.
//!
//! `ONLYFANSAPI_API_KEY=… cargo run --example upload -- acct_… CHAT FILE`

use std::env;
use std::error::Error;
use std::time::Duration;

use onlyfansapi::types::{SendMessageBody, UploadMediaBody};
use onlyfansapi::{Client, Upload};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let [account, chat, path] = Vec::from_iter(env::args().skip(1))
        .try_into()
        .map_err(|_| "expected an account's id, a chat's id and a file as the arguments")?;
    let client = Client::from_env()?;

    // The file is read while it is sent, and read again when the upload has to be repeated.
    let file = Upload::path(path).progress(|sent, total| {
        if let Some(total) = total.filter(|total| *total > 0) {
            print!("\r{} %", 100 * sent / total);
        }
    });
    let uploaded = client
        .upload_media(&account, UploadMediaBody::new().file(file))
        .customize()
        // A hundred megabytes take their time.
        .timeout(Duration::from_secs(15 * 60))
        .send()
        .await?;
    let media = uploaded.prefixed_id.clone().ok_or("the upload has no id")?;
    println!("\nuploaded as {media}");

    // The client gives the call an idempotency key, so that it can be repeated and the message is sent once.
    let message = SendMessageBody::new()
        .text("Here it is")
        .media_files(vec![media]);
    let sent = client.send_message(&account, &chat, message).send().await?;
    println!(
        "sent: {:?}",
        sent.data.as_ref().and_then(|message| message.id)
    );
    Ok(())
}
