//! A request to an instance, and the route that it matches.

use axum::http::Method;
use percent_encoding::percent_decode_str;

use crate::{
    body::{self, FormKinds},
    ledger::{ReceivedFile, RecordedBody},
    operation::Operation,
    raw_request::RawRequest,
};

use super::{
    input::{BadOverride, Input},
    routes::{self, Route},
};

/// A request whose body was read as PHP reads it, with the route that it matches.
#[derive(Debug)]
pub(crate) struct ParsedRequest {
    pub(crate) raw: RawRequest,
    pub(crate) recorded: RecordedBody,
    pub(super) input: Input,
    /// The path without slashes at its ends, as the server's answers show it.
    pub(super) path: String,
    /// The effective method.
    pub(super) method: String,
    pub(super) route: RouteMatch,
    pub(super) too_large: bool,
}

/// How a request matches the routes.
#[derive(Debug)]
pub(super) enum RouteMatch {
    /// The path is outside the API.
    Outside,
    /// The method that overrides POST is not a word.
    BadMethod,
    Nowhere,
    Options(&'static Route),
    WrongMethod(&'static Route),
    /// An operation, with the id in its path.
    At(&'static Route, String),
}

impl ParsedRequest {
    pub(crate) async fn read(mut raw: RawRequest) -> Self {
        let forms = match raw.method {
            Method::POST => FormKinds::All,
            Method::PUT | Method::PATCH | Method::DELETE => FormKinds::Urlencoded,
            _ => FormKinds::None,
        };
        let body = std::mem::take(&mut raw.body);
        let mut parsed = body::read(&raw.headers, body, forms, &mut raw.held).await;
        let (recorded, too_large) = (std::mem::take(&mut parsed.recorded), parsed.too_large);
        let input = Input::new(&raw, parsed);
        let path = raw.path().trim_matches('/').to_owned();
        let (method, route) = match input.method(&raw) {
            Ok(method) => {
                let route = match_route(&path, &method);
                (method, route)
            }
            Err(BadOverride) => (raw.method.to_string(), RouteMatch::BadMethod),
        };
        Self { raw, recorded, input, path, method, route, too_large }
    }

    /// Returns the operation that the request asks for.
    pub(crate) fn operation(&self) -> Option<&'static Operation> {
        match &self.route {
            RouteMatch::At(route, _) => Some(&route.operation),
            _ => None,
        }
    }

    /// Returns the descriptions of the uploaded files for the ledger.
    pub(crate) fn files(&self) -> Vec<ReceivedFile> {
        self.input.files().map(|(field, upload)| upload.described(field)).collect()
    }
}

fn match_route(path: &str, method: &str) -> RouteMatch {
    // The framework matches routes as UTF-8, so other paths match nothing.
    let Ok(path) = percent_decode_str(path).decode_utf8() else { return RouteMatch::Outside };
    let Some(inside) = path.strip_prefix("external-api/") else { return RouteMatch::Outside };
    let Some((route, id)) = routes::find(inside) else { return RouteMatch::Nowhere };
    let allowed = route.operation.method;
    if method == "OPTIONS" {
        RouteMatch::Options(route)
    } else if method == allowed || (allowed == "GET" && method == "HEAD") {
        RouteMatch::At(route, id.to_owned())
    } else {
        RouteMatch::WrongMethod(route)
    }
}
