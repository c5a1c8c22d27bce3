//! The download: what is taken, what is refused, and that a refusal touches nothing.

use std::io::Write as _;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::repository::{DOCUMENT, Repository};
use crate::server::Server;

/// What `regen` says to the server's answer, after a look that nothing was touched.
#[track_caller]
fn refusal(server: &Server) -> String {
    let repository = Repository::empty();
    let before = repository.tree();
    let said = repository
        .run(&["regen", "--from", &server.address(), "--timeout", "1"])
        .exit(1);
    assert_eq!(repository.tree(), before);
    assert_eq!(said.out, "");
    server.hide(&said.err)
}

#[test]
fn a_document_is_taken_byte_for_byte_with_its_provenance() {
    let server = Server::saying("200 OK", "Content-Type: application/yaml\r\n", DOCUMENT);
    let repository = Repository::empty();
    repository
        .run(&["regen", "--from", &server.address()])
        .exit(0);
    assert_eq!(repository.read("spec/upstream/openapi.yaml"), DOCUMENT);
    let provenance = repository.read("spec/upstream/provenance.toml");
    assert!(
        provenance.contains(&format!("address = \"{}\"\n", server.address())),
        "{provenance}"
    );
    assert!(provenance.contains("operations = 2\n"), "{provenance}");
    // From now on the address is known.
    let said = repository.run(&["regen"]).exit(0);
    assert!(said.out.contains("nothing to do"), "{said}");
    assert_eq!(server.requests(), 2);
}

#[test]
fn a_redirect_is_followed() {
    let there = Server::saying("200 OK", "", DOCUMENT);
    let to = there.address();
    let here = Server::start(move |stream| {
        write!(
            stream,
            "HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: {to}\r\n\r\n"
        )
    });
    let repository = Repository::empty();
    repository
        .run(&["regen", "--from", &here.address()])
        .exit(0);
    assert_eq!((here.requests(), there.requests()), (1, 1));
}

#[test]
fn a_redirect_to_http_is_refused() {
    let server = Server::saying(
        "301 Moved",
        "Location: http://docs.invalid/openapi.yaml\r\n",
        "",
    );
    insta::assert_snapshot!(refusal(&server), @"
    error: expected a redirect to an https address from http://<server>/openapi.yaml, but found one to `http://docs.invalid/openapi.yaml`
      = help: look whether the document has moved, and give its new address with `--from`
    ");
}

#[test]
fn redirects_without_end_are_refused() {
    let server = Server::saying("301 Moved", "Location: /openapi.yaml\r\n", "");
    insta::assert_snapshot!(refusal(&server), @"
    error: expected at most 5 redirects from http://<server>/openapi.yaml, but found more
      = help: check the address and the network, or take the document from a file (`--from FILE`), or go on with the vendored copy (`--offline`)
    ");
    assert_eq!(server.requests(), 6);
}

#[test]
fn a_web_page_is_refused_by_its_type() {
    let server = Server::saying(
        "200 OK",
        "Content-Type: text/html; charset=utf-8\r\n",
        DOCUMENT,
    );
    insta::assert_snapshot!(refusal(&server), @"
    error: expected an OpenAPI document at http://<server>/openapi.yaml, but found a web page
      = help: give the address of the document itself
    ");
}

#[test]
fn a_web_page_is_refused_by_its_text() {
    let page = "\n<!DOCTYPE html>\n<title>Log in</title>\n";
    let server = Server::saying("200 OK", "Content-Type: text/plain\r\n", page);
    insta::assert_snapshot!(refusal(&server), @"
    error: expected an OpenAPI document at http://<server>/openapi.yaml, but found a web page
      = help: give the address of the document itself
    ");
}

#[test]
fn a_missing_document_is_refused() {
    let server = Server::saying("404 Not Found", "", "openapi: 3.0.3\n");
    insta::assert_snapshot!(refusal(&server), @"
    error: expected a document at http://<server>/openapi.yaml, but the server answered 404 Not Found
      = help: check the address and the network, or take the document from a file (`--from FILE`), or go on with the vendored copy (`--offline`)
    ");
}

#[test]
fn a_broken_server_is_refused() {
    let server = Server::saying("500 Internal Server Error", "", "");
    insta::assert_snapshot!(refusal(&server), @"
    error: expected a document at http://<server>/openapi.yaml, but the server answered 500 Internal Server Error
      = help: check the address and the network, or take the document from a file (`--from FILE`), or go on with the vendored copy (`--offline`)
    ");
}

#[test]
fn a_body_that_breaks_off_is_refused() {
    let server = Server::start(|stream| {
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{}",
            DOCUMENT.len(),
            &DOCUMENT[..100]
        )
    });
    insta::assert_snapshot!(refusal(&server), @"
    error: could not read all of http://<server>/openapi.yaml: it broke off after 100 bytes: Peer disconnected
      = help: check the address and the network, or take the document from a file (`--from FILE`), or go on with the vendored copy (`--offline`)
    ");
}

#[test]
fn chunks_that_break_off_are_refused() {
    let server = Server::start(|stream| {
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nopenapi: 3.0.3\n\n\r\n"
        )
    });
    insta::assert_snapshot!(refusal(&server), @"
    error: could not read all of http://<server>/openapi.yaml: it broke off after 16 bytes: Peer disconnected
      = help: check the address and the network, or take the document from a file (`--from FILE`), or go on with the vendored copy (`--offline`)
    ");
}

#[test]
fn a_server_that_falls_silent_is_given_up() {
    let server = Server::start(|stream| {
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nopenapi:"
        )?;
        thread::sleep(Duration::from_secs(20));
        Ok(())
    });
    let start = Instant::now();
    insta::assert_snapshot!(refusal(&server), @"
    error: could not read all of http://<server>/openapi.yaml: it broke off after 8 bytes: nothing came for 1 s
      = help: check the address and the network, or take the document from a file (`--from FILE`), or go on with the vendored copy (`--offline`)
    ");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let server = Server::start(|_| {
        thread::sleep(Duration::from_secs(20));
        Ok(())
    });
    let start = Instant::now();
    insta::assert_snapshot!(refusal(&server), @"
    error: could not reach http://<server>/openapi.yaml: nothing came for 1 s
      = help: check the address and the network, or take the document from a file (`--from FILE`), or go on with the vendored copy (`--offline`)
    ");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_slow_document_is_waited_for_while_it_comes() {
    let server = Server::start(|stream| {
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            DOCUMENT.len()
        )?;
        for piece in DOCUMENT.as_bytes().chunks(DOCUMENT.len().div_ceil(5)) {
            stream.write_all(piece)?;
            stream.flush()?;
            thread::sleep(Duration::from_millis(400));
        }
        Ok(())
    });
    let repository = Repository::empty();
    repository
        .run(&["regen", "--from", &server.address(), "--timeout", "1"])
        .exit(0);
}

/// A server whose body never ends, and how many MiB of it went out.
fn endless(headers: &'static str) -> (Server, Arc<AtomicUsize>) {
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = sent.clone();
    let server = Server::start(move |stream| {
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nConnection: close\r\n{headers}\r\n"
        )?;
        let piece = vec![b'#'; 1024 * 1024];
        loop {
            stream.write_all(&piece)?;
            counter.fetch_add(1, Ordering::SeqCst);
        }
    });
    (server, sent)
}

/// The system's buffers take some of what nobody reads any more.
#[track_caller]
fn assert_given_up_in_time(sent: &AtomicUsize) {
    let sent = sent.load(Ordering::SeqCst);
    assert!((64..96).contains(&sent), "{sent} MiB");
}

#[test]
fn a_body_without_end_is_given_up() {
    let (server, sent) = endless("");
    insta::assert_snapshot!(refusal(&server), @"
    error: expected at most 64 MiB at http://<server>/openapi.yaml, but found more
      = help: check the address and the network, or take the document from a file (`--from FILE`), or go on with the vendored copy (`--offline`)
    ");
    assert_given_up_in_time(&sent);
}

#[test]
fn a_length_that_is_too_large_is_no_reason_to_believe_it() {
    let (server, sent) = endless("Content-Length: 99999999999\r\n");
    insta::assert_snapshot!(refusal(&server), @"
    error: expected at most 64 MiB at http://<server>/openapi.yaml, but found more
      = help: check the address and the network, or take the document from a file (`--from FILE`), or go on with the vendored copy (`--offline`)
    ");
    assert_given_up_in_time(&sent);
}

#[test]
fn a_server_that_is_not_there_is_named_with_what_to_do() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/openapi.yaml", listener.local_addr().unwrap());
    drop(listener);
    let repository = Repository::regenerated();
    let before = repository.tree();
    let said = repository.run(&["regen", "--from", &address]).exit(1);
    assert_eq!(repository.tree(), before);
    insta::assert_snapshot!(said.err.replace(&address, "<address>"), @"
    error: could not reach <address>: Connection refused (os error 111)
      = help: check the address and the network, or take the document from a file (`--from FILE`), or go on with the vendored copy (`--offline`)
    ");
}

#[test]
fn a_host_that_nobody_knows_is_named_with_what_to_do() {
    let repository = Repository::regenerated();
    let before = repository.tree();
    let said = repository.run(&["regen"]).exit(1);
    assert_eq!(repository.tree(), before);
    let first = said.err.lines().next().unwrap();
    assert!(
        first.starts_with("error: could not reach https://docs.invalid/openapi.yaml: "),
        "{said}"
    );
    assert!(said.err.contains("`--from FILE`"), "{said}");
    assert!(said.err.contains("`--offline`"), "{said}");
}

#[test]
fn http_is_refused_but_for_the_loopback_interface() {
    let repository = Repository::empty();
    let said = repository
        .run(&["regen", "--from", "http://docs.invalid/openapi.yaml"])
        .exit(1);
    insta::assert_snapshot!(said.err, @"
    error: expected an https address, but found `http://docs.invalid/openapi.yaml`
      = help: give an address that begins with https://, or download the document yourself and give the file
    ");
}

#[test]
fn a_refusal_is_json_when_json_is_asked_for() {
    let server = Server::saying("404 Not Found", "", "");
    let repository = Repository::empty();
    let said = repository
        .run(&["regen", "--from", &server.address(), "--format", "json"])
        .exit(1);
    assert_eq!(said.err, "");
    let json = said.json();
    assert_eq!(json["ok"], false);
    insta::assert_snapshot!(server.hide(json["error"]["problem"].as_str().unwrap()), @"
    expected a document at http://<server>/openapi.yaml, but the server answered 404 Not Found
    ");
}
