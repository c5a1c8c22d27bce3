//! The download of the upstream document, and what it refuses.

use std::io::{self, Read};
use std::net::IpAddr;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use scribe_codegen::load::MAX_BYTES;
use ureq::Agent;
use ureq::http::{Uri, header};

use crate::error::{Error, Result};
use crate::output::thousands;

/// How large a document may be, in bytes.
pub const LIMIT: u64 = MAX_BYTES as u64;
/// How many redirects are followed.
const REDIRECTS: usize = 5;
/// How long a whole download may take: each piece may come in time and the last one never.
const TOTAL: Duration = Duration::from_secs(600);

const INSTEAD: &str = "check the address and the network, or take the document from a file (`--from FILE`), or go on with the vendored copy (`--offline`)";

/// Whether `text` is an address and not the name of a file.
pub fn is_address(text: &str) -> bool {
    text.contains("://")
}

/// The bytes at `address`.
///
/// # Errors
///
/// When the address is not https (or http on the loopback interface), cannot be reached, answers with anything but
/// success, answers with a web page, or with too much.
pub fn download(address: &str, timeout: Duration) -> Result<Vec<u8>> {
    let start = parse(address)?;
    let mut at = start.clone();
    for _ in 0..=REDIRECTS {
        let mut response = agent(&at, timeout)
            .get(&at)
            .call()
            .map_err(|error| unreachable(&at, &reason(&error, timeout)))?;
        let status = response.status();
        if status.is_redirection() {
            let to = response
                .headers()
                .get(header::LOCATION)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default();
            at = redirect(&start, &at, to)?;
            continue;
        }
        if !status.is_success() {
            return Err(Error::new(
                format!("expected a document at {at}, but the server answered {status}"),
                INSTEAD,
            ));
        }
        let kind = response
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_ascii_lowercase();
        if kind.starts_with("text/html") || kind.starts_with("application/xhtml") {
            return Err(page(&at));
        }
        let length = response.body().content_length();
        let mut reader = response.body_mut().as_reader();
        let bytes = read(&mut reader, &at, length, timeout)?;
        return if looks_like_html(&bytes) {
            Err(page(&at))
        } else {
            Ok(bytes)
        };
    }
    Err(Error::new(
        format!("expected at most {REDIRECTS} redirects from {start}, but found more"),
        INSTEAD,
    ))
}

fn agent(address: &Uri, timeout: Duration) -> Agent {
    let mut config = Agent::config_builder()
        .timeout_global(Some(TOTAL))
        .timeout_resolve(Some(timeout))
        .timeout_connect(Some(timeout))
        .timeout_per_read(Some(timeout))
        .timeout_per_write(Some(timeout))
        .http_status_as_error(false)
        .max_redirects(0)
        .user_agent(concat!("xtask/", env!("CARGO_PKG_VERSION")));
    if is_loopback(address) {
        config = config.proxy(None);
    }
    config.build().into()
}

/// `text` as an address that may be asked.
fn parse(text: &str) -> Result<Uri> {
    let refused = |found: &str| {
        Error::new(
            format!("expected an https address, but found {found}"),
            "give an address that begins with https://, or download the document yourself and give the file",
        )
    };
    let uri: Uri = text
        .parse()
        .map_err(|error| refused(&format!("`{text}` ({error})")))?;
    if uri
        .authority()
        .is_some_and(|authority| authority.as_str().contains('@'))
    {
        // Not shown: it is a secret, and would end in provenance.toml.
        return Err(refused("one with a user name or a password in it"));
    }
    match uri.scheme_str() {
        Some("https") if uri.host().is_some_and(|host| !host.is_empty()) => Ok(uri),
        Some("http") if is_loopback(&uri) => Ok(uri),
        _ => Err(refused(&format!("`{text}`"))),
    }
}

/// Where the redirect from `at` to `to` leads: to https, or around on the loopback interface when it began there.
fn redirect(start: &Uri, at: &Uri, to: &str) -> Result<Uri> {
    let absolute = if to.contains("://") {
        to.to_owned()
    } else {
        let authority = at.authority().map(ToString::to_string).unwrap_or_default();
        let scheme = at.scheme_str().unwrap_or_default();
        if let Some(rest) = to.strip_prefix("//") {
            format!("{scheme}://{rest}")
        } else if to.starts_with('/') {
            format!("{scheme}://{authority}{to}")
        } else {
            let path = at.path();
            let folder = &path[..=path.rfind('/').unwrap_or(0)];
            format!("{scheme}://{authority}{folder}{to}")
        }
    };
    let refused = || {
        Error::new(
            format!("expected a redirect to an https address from {at}, but found one to `{to}`"),
            "look whether the document has moved, and give its new address with `--from`",
        )
    };
    let uri = parse(&absolute).map_err(|_| refused())?;
    if uri.scheme_str() == Some("http") && !is_loopback(start) {
        return Err(refused());
    }
    Ok(uri)
}

fn is_loopback(address: &Uri) -> bool {
    let host = address.host().unwrap_or_default().trim_matches(['[', ']']);
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// All that `reader` gives, counted as it comes: what a server says of the length binds it to nothing.
fn read(
    reader: &mut impl Read,
    address: &Uri,
    length: Option<u64>,
    timeout: Duration,
) -> Result<Vec<u8>> {
    let bar = match length {
        Some(length) if length <= LIMIT => ProgressBar::new(length).with_style(style(
            "{bytes:>10} of {total_bytes} {wide_bar} {bytes_per_sec:>12}",
        )),
        _ => {
            ProgressBar::no_length().with_style(style("{spinner} {bytes:>10} {bytes_per_sec:>12}"))
        }
    };
    let mut bytes = Vec::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        let read = match reader.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                bar.finish_and_clear();
                let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
                let why = inner.map_or_else(|| error.to_string(), |inner| reason(inner, timeout));
                return Err(Error::new(
                    format!(
                        "could not read all of {address}: it broke off after {} bytes: {why}",
                        thousands(bytes.len())
                    ),
                    INSTEAD,
                ));
            }
        };
        bytes.extend_from_slice(&piece[..read]);
        bar.set_position(bytes.len() as u64);
        if bytes.len() as u64 > LIMIT {
            bar.finish_and_clear();
            return Err(Error::new(
                format!("expected at most 64 MiB at {address}, but found more"),
                INSTEAD,
            ));
        }
    }
    bar.finish_and_clear();
    Ok(bytes)
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates are written above")
}

fn looks_like_html(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    start.trim_ascii_start().starts_with(b"<")
}

fn page(address: &Uri) -> Error {
    Error::new(
        format!("expected an OpenAPI document at {address}, but found a web page"),
        "give the address of the document itself",
    )
}

/// Why there was no answer, in the words of a person who waits for one.
fn reason(error: &ureq::Error, timeout: Duration) -> String {
    match error {
        ureq::Error::Timeout(ureq::Timeout::Global) => {
            format!("it took more than {} minutes", TOTAL.as_secs() / 60)
        }
        ureq::Error::Timeout(_) => format!("nothing came for {} s", timeout.as_secs()),
        ureq::Error::HostNotFound => "there is no host of this name".to_owned(),
        ureq::Error::Io(error) => error.to_string(),
        ureq::Error::Protocol(error) => error.to_string(),
        error => error.to_string(),
    }
}

fn unreachable(address: &Uri, why: &str) -> Error {
    Error::new(format!("could not reach {address}: {why}"), INSTEAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(address: &str) -> String {
        parse(address).unwrap_err().to_string()
    }

    #[test]
    fn https_and_loopback_may_be_asked() {
        for address in [
            "https://example.com/openapi.yaml",
            "http://127.0.0.1:8080/a",
            "http://[::1]/a",
            "http://localhost/a",
        ] {
            assert!(parse(address).is_ok(), "{address}");
        }
    }

    #[test]
    fn other_addresses_are_refused() {
        insta::assert_snapshot!(refusal("http://example.com/a"), @"
        error: expected an https address, but found `http://example.com/a`
          = help: give an address that begins with https://, or download the document yourself and give the file
        ");
        for address in [
            "ftp://example.com/a",
            "file:///etc/hosts",
            "http://127.0.0.1.example.com/a",
            "http://localhost.example.com/",
            "http://169.254.0.1/",
            "https:///a",
        ] {
            assert!(parse(address).is_err(), "{address}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_shown() {
        let text = refusal("https://me:hunter2@example.com/a");
        assert!(!text.contains("hunter2"), "{text}");
        insta::assert_snapshot!(text, @"
        error: expected an https address, but found one with a user name or a password in it
          = help: give an address that begins with https://, or download the document yourself and give the file
        ");
    }

    #[test]
    fn redirects_lead_to_https_alone() {
        let from = |start: &str, to: &str| {
            let start = parse(start).unwrap();
            redirect(&start, &start, to).map(|uri| uri.to_string())
        };
        let start = "https://example.com/docs/openapi.yaml";
        assert_eq!(
            from(start, "https://b.example/x").unwrap(),
            "https://b.example/x"
        );
        assert_eq!(from(start, "/x").unwrap(), "https://example.com/x");
        assert_eq!(from(start, "x").unwrap(), "https://example.com/docs/x");
        assert_eq!(from(start, "//b.example/x").unwrap(), "https://b.example/x");
        for to in [
            "http://b.example/x",
            "http://127.0.0.1/x",
            "ftp://b.example/",
            "",
        ] {
            assert!(from(start, to).is_err() || to.is_empty(), "{to}");
        }
        insta::assert_snapshot!(from(start, "http://b.example/x").unwrap_err(), @"
        error: expected a redirect to an https address from https://example.com/docs/openapi.yaml, but found one to `http://b.example/x`
          = help: look whether the document has moved, and give its new address with `--from`
        ");
        assert!(from("http://127.0.0.1:1/a", "http://127.0.0.1:2/b").is_ok());
        assert!(from("http://127.0.0.1:1/a", "http://example.com/b").is_err());
    }

    #[test]
    fn a_page_is_known_by_its_first_character() {
        assert!(looks_like_html(b"\xef\xbb\xbf\n <!DOCTYPE html>"));
        assert!(!looks_like_html(b"openapi: 3.0.3\n"));
        assert!(!looks_like_html(b""));
    }
}
