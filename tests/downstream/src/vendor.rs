//! The vendor's part, on loopback: an attempt that wants a code, one on the phone, and a refusal.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

/// The key that the server takes.
pub const KEY: &str = "ofapi_downstream";
/// The code that the server takes.
pub const CODE: &str = "424242";

/// Starts the server, and says where it is.
pub fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        let mut states = [
            "authenticating",
            "needs-otp",
            "authenticating",
            "authenticated",
        ]
        .iter();
        for stream in listener.incoming() {
            serve(stream?, &mut states)?;
        }
        io::Result::Ok(())
    });
    Ok(url)
}

fn serve<'a>(
    mut stream: TcpStream,
    states: &mut impl Iterator<Item = &'a &'a str>,
) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut headers = Vec::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim().split_once(": ") else {
            break;
        };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap_or(0),
            // The port is another one each time.
            "host" => continue,
            _ => {}
        }
        headers.push(line.trim().to_owned());
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = String::from_utf8_lossy(&body);
    headers.sort();
    println!("> {}\n  {}\n  {body}", request.trim(), headers.join("\n  "));

    let authorized = headers.contains(&format!("authorization: Bearer {KEY}"));
    let route: Vec<&str> = request.split(' ').take(2).collect();
    let (status, answer) = match route.as_slice() {
        _ if !authorized => (
            "401 Unauthorized",
            r#"{"error": "Unauthorized."}"#.to_owned(),
        ),
        ["POST", "/api/authenticate"] if body.contains("mobile_app") => (
            "200 OK",
            r#"{"attempt_id": "auth_2", "mobile_auth_session_deeplink": "fansapiauth://auth/2"}"#
                .to_owned(),
        ),
        ["POST", "/api/authenticate"] => (
            "200 OK",
            r#"{"attempt_id": "auth_1", "message": "started"}"#.to_owned(),
        ),
        ["GET", "/api/authenticate/auth_1"] => {
            let state = states.next().unwrap_or(&"authenticated");
            (
                "200 OK",
                format!(r#"{{"state": "{state}", "account": {{"id": "acct_1"}}}}"#),
            )
        }
        ["PUT", "/api/authenticate/auth_1"] if body.contains(CODE) => {
            ("200 OK", r#"{"message": "taken"}"#.to_owned())
        }
        ["PUT", "/api/authenticate/acct_1/credentials"] => (
            "422 Unprocessable Content",
            r#"{"message": "The given data was invalid.", "errors": {"xbc": ["is too short"]}}"#
                .to_owned(),
        ),
        _ => ("404 Not Found", "{}".to_owned()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{answer}",
        answer.len()
    )
}
