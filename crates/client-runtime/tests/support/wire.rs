//! Requests as snapshots show them, and what a dry run has in common with the request that is sent.

// Each test program uses its own part of this.
#![allow(dead_code)]

use std::collections::BTreeSet;

use zap_client_runtime::{DryRun, DryRunBody};

/// Returns a request as text, without what differs from run to run (host, boundary, version) and without the secrets, so
/// that no snapshot is an example of a committed credential.
pub fn readable(request: &[u8], origin: &str, secrets: &[&str]) -> String {
    let mut text = without_secrets(request, secrets);
    if let Some((_, rest)) = text.split_once("boundary=") {
        let boundary = rest.lines().next().unwrap().to_owned();
        assert_eq!(boundary.len(), 32);
        text = text.replace(&boundary, "BOUNDARY");
    }
    text.replace(origin.strip_prefix("http://").unwrap(), "HOST")
        .replace(env!("CARGO_PKG_VERSION"), "VERSION")
        .replace("\r\n", "\n")
}

fn without_secrets(request: &[u8], secrets: &[&str]) -> String {
    let text = String::from_utf8(request.to_vec()).unwrap();
    secrets.iter().fold(text, |text, secret| text.replace(secret, "***"))
}

/// Checks that a dry run shows a request as it was sent, and no secret.
pub fn assert_shows(dry: &DryRun, request: &[u8], origin: &str, secrets: &[&str], name: &str) {
    let body = assert_shows_head(dry, request, origin, secrets, name);
    match dry.body() {
        DryRunBody::Empty => assert_eq!(body, "", "{name}"),
        DryRunBody::Json(text) | DryRunBody::Urlencoded(text) => assert_eq!(*text, body, "{name}"),
        DryRunBody::Form(list) => {
            let list: Vec<_> = list.iter().map(|part| part.to_string().to_lowercase()).collect();
            assert_eq!(list, parts(&body), "{name}");
        }
        other => panic!("{name}: {other:?}"),
    }
    let text = format!("{dry} {dry:?}");
    assert!(secrets.iter().all(|secret| !text.contains(secret)), "{name}: {text}");
}

/// Checks that a dry run shows the head of a request as it was sent, and returns the body.
pub fn assert_shows_head(dry: &DryRun, request: &[u8], origin: &str, secrets: &[&str], name: &str) -> String {
    let text = without_secrets(request, secrets);
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let (line, headers) = head.split_once("\r\n").unwrap();
    let headers: BTreeSet<_> = headers.lines().map(|line| masked(without_boundary(line)).to_lowercase()).collect();
    let target = dry.url().strip_prefix(origin).expect("the same host");
    assert_eq!(line, format!("{} {target} HTTP/1.1", dry.method()), "{name}");
    let shown = dry.headers().map(|(name, value)| without_boundary(&format!("{name}: {value}")).to_lowercase());
    assert_eq!(shown.collect::<BTreeSet<_>>(), headers, "{name}");
    body.to_owned()
}

/// Returns a header as a dry run shows it, which masks a value of which a part is a credential.
fn masked(line: &str) -> String {
    let (name, value) = line.split_once(": ").unwrap();
    format!("{name}: {}", if value.contains("***") { "***" } else { value })
}

/// Each request has a new boundary.
fn without_boundary(line: &str) -> &str {
    line.split("boundary=").next().unwrap_or_default()
}

/// The body as a server takes it apart: each part's head and content, whose length counts for a file.
fn parts(body: &str) -> Vec<String> {
    let boundary = body.lines().next().unwrap_or_default();
    let start = format!("{boundary}\r\n");
    let parts = body.split(&start).skip(1);
    let content =
        |part: &str| part.trim_end_matches(&format!("\r\n{boundary}--\r\n")).trim_end_matches("\r\n").to_owned();
    let shown = |part: String| match part.split_once("\r\n\r\n") {
        Some((head, content)) if head.contains("filename") => format!("{head}\r\n\r\n({} bytes)", content.len()),
        _ => part,
    };
    parts.map(content).map(shown).map(|part| part.replace("\r\n", "\n").to_lowercase()).collect()
}
