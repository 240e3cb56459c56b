//! Who may change things: a page that the sandbox itself served, and programs on this machine.
//!
//! A page on the internet can make a developer's browser send requests to 127.0.0.1. The browser
//! names that page in `Origin`; and where the page's own name was made to lead here, in `Host`.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Method, Response, StatusCode, header},
    middleware::Next,
    response::IntoResponse as _,
};

use crate::shared::Shared;

use super::reply::Refusal;

pub(super) async fn check(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response<Body> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    match may_change(request.headers(), shared.address) {
        Err(refusal) if !reads => refusal.into_response(),
        _ => next.run(request).await,
    }
}

fn may_change(headers: &HeaderMap, listening: SocketAddr) -> Result<(), Refusal> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let host = text(header::HOST).unwrap_or_default();
    // Every browser names a host; a program that names none is no page.
    if headers.contains_key(header::HOST) && !is_ours(host, listening.ip()) {
        let text = format!("Host {host:?} is not this sandbox: use its address, http://{listening}");
        return Err(Refusal::new(StatusCode::FORBIDDEN, text));
    }
    match text(header::ORIGIN) {
        Some(origin) if !origin.eq_ignore_ascii_case(&format!("http://{host}")) => {
            let text = format!("Origin {origin:?} may not change the sandbox: only its own pages and programs may");
            Err(Refusal::new(StatusCode::FORBIDDEN, text))
        }
        _ => Ok(()),
    }
}

/// Whether a host with or without a port is a loopback name or the address that is listened on.
fn is_ours(host: &str, listening: IpAddr) -> bool {
    let Some(name) = name_of(host) else { return false };
    let name = name.to_ascii_lowercase();
    if name == "localhost" || name.ends_with(".localhost") {
        return true;
    }
    let Ok(address) = name.parse::<IpAddr>() else { return false };
    let address = address.to_canonical();
    // A name can be made to lead here, an address cannot: where all are listened on, each is ours.
    address.is_loopback() || address == listening.to_canonical() || listening.is_unspecified()
}

fn name_of(host: &str) -> Option<&str> {
    let (name, port) = if let Some(rest) = host.strip_prefix('[') {
        rest.split_once(']')?
    } else {
        host.find(':').map_or((host, ""), |at| host.split_at(at))
    };
    let port_is_sound = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    port_is_sound.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn allowed(host: Option<&str>, origin: Option<&str>, listening: &str) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in [(header::HOST, host), (header::ORIGIN, origin)] {
            if let Some(value) = value {
                headers.insert(name, HeaderValue::from_str(value).unwrap());
            }
        }
        may_change(&headers, listening.parse().unwrap()).is_ok()
    }

    #[test]
    fn programs_and_own_pages_may() {
        for (host, origin) in [
            (None, None),
            (Some("127.0.0.1:4010"), None),
            (Some("127.0.0.2:4010"), Some("http://127.0.0.2:4010")),
            (Some("localhost:4010"), Some("http://localhost:4010")),
            (Some("LOCALHOST:4010"), Some("http://localhost:4010")),
            (Some("inbox.localhost"), Some("http://inbox.localhost")),
            (Some("[::1]:4010"), Some("http://[::1]:4010")),
        ] {
            assert!(allowed(host, origin, "127.0.0.1:4010"), "{host:?} {origin:?}");
        }
    }

    #[test]
    fn other_pages_may_not() {
        for (host, origin) in [
            (Some("127.0.0.1:4010"), Some("http://evil.example")),
            (Some("127.0.0.1:4010"), Some("http://127.0.0.1:3000")),
            (Some("127.0.0.1:4010"), Some("https://127.0.0.1:4010")),
            (Some("127.0.0.1:4010"), Some("null")),
            (Some("127.0.0.1:4010"), Some("")),
            (Some("evil.example:4010"), Some("http://evil.example:4010")),
            (Some("evil.example:4010"), None),
            (Some("localhost.evil.example"), None),
            (Some("192.168.1.5:4010"), Some("http://192.168.1.5:4010")),
            (Some("127.0.0.1:x"), None),
            (Some("[::1"), None),
            (Some(""), None),
            (None, Some("http://evil.example")),
        ] {
            assert!(!allowed(host, origin, "127.0.0.1:4010"), "{host:?} {origin:?}");
        }
    }

    #[test]
    fn where_it_listens_it_may_be_asked() {
        let (host, origin) = (Some("192.168.1.5:4010"), Some("http://192.168.1.5:4010"));
        assert!(allowed(host, origin, "192.168.1.5:4010") && allowed(host, origin, "0.0.0.0:4010"));
        assert!(!allowed(Some("rebound.example:4010"), None, "0.0.0.0:4010"));
    }
}
