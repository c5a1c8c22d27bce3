//! Receives webhooks with axum: verifies each delivery, passes over those that were dealt with, answers at once.
//!
//! `ONLYFANSAPI_WEBHOOK_SECRET=… cargo run --example webhook_receiver --features webhooks -- 127.0.0.1:8080`

use std::collections::HashSet;
use std::env;
use std::error::Error;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use onlyfansapi::webhooks::{Event, Webhook};

struct Receiver {
    webhook: Webhook,
    /// The deliveries that were dealt with; a real program keeps them where a restart does not lose them.
    seen: Mutex<HashSet<String>>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = env::args().nth(1).unwrap_or("127.0.0.1:8080".into());
    let receiver = Receiver {
        webhook: Webhook::new(env::var("ONLYFANSAPI_WEBHOOK_SECRET")?),
        seen: Mutex::default(),
    };
    // The body as bytes: a signature is of the bytes, not of what they mean.
    let app = Router::new()
        .route("/", post(receive))
        .with_state(Arc::new(receiver));
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

async fn receive(
    State(receiver): State<Arc<Receiver>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let delivery = match receiver.webhook.verify(&headers, &body) {
        Ok(delivery) => delivery,
        Err(error) => {
            eprintln!("refused: {error}");
            return StatusCode::UNAUTHORIZED;
        }
    };
    // A delivery is repeated until it is answered with a success, up to three times.
    if let Some(key) = &delivery.idempotency_key
        && !receiver
            .seen
            .lock()
            .expect("no handler has panicked")
            .insert(key.clone())
    {
        return StatusCode::OK;
    }
    match &delivery.event {
        Event::AccountsSessionExpired(_) => {
            println!("{:?} has to sign in again", delivery.account_id)
        }
        Event::MessagesReceived(payload) => println!(
            "a message of {} characters",
            payload["text"].as_str().map_or(0, str::len)
        ),
        Event::Unknown { name, .. } => println!("{name} is new"),
        event => println!("{}", event.name()),
    }
    StatusCode::OK
}
