//! The `ExternalApi`: an instance with its own state, which answers as the recorded server does.

mod auth;
mod contact_rules;
mod contacts;
mod content;
mod conversations;
mod countries;
mod draft;
mod envelope;
mod failure;
mod input;
mod message_row;
mod negotiate;
mod paginate;
mod routes;
mod rows;
mod send;
mod send_rules;
mod shop;
mod state;
mod templates;
mod variables;

pub(crate) use routes::operations;
pub(crate) use state::Counts;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderValue, Method, StatusCode, header};
use percent_encoding::percent_decode_str;

use crate::{
    Clock, Profile, Provider, World,
    answer::{Answer, Payload},
    body::{self, FormKinds, RecordedBody},
    ledger::ReceivedFile,
    operation::Operation,
    php,
    raw_request::RawRequest,
};

use input::{BadOverride, Input};
use routes::Route;
use state::State;

/// An instance of the product.
pub(crate) struct Instance {
    provider: Provider,
    world: Arc<World>,
    profile: Profile,
    clock: Clock,
    state: Mutex<State>,
    /// The share of the rows that calls create, in bytes.
    heaviest: usize,
}

/// What a handler works with besides the state.
struct Context<'a> {
    raw: &'a RawRequest,
    input: &'a Input,
    /// The id in the path, as received.
    id: &'a str,
    user_id: i64,
    profile: Profile,
    /// Milliseconds after the epoch.
    now: u64,
    /// The slug of the emulated provider.
    slug: &'static str,
    origin: &'a str,
    /// The path of the operation below the origin.
    path: &'a str,
}

impl Instance {
    pub(crate) fn new(provider: Provider, world: Arc<World>, profile: Profile, clock: Clock, heaviest: usize) -> Self {
        let state = Mutex::new(State::new(&world, heaviest));
        Self { provider, world, profile, clock, state, heaviest }
    }

    /// Restores the world.
    pub(crate) fn reset(&self) {
        *self.lock() = State::new(&self.world, self.heaviest);
    }

    /// Returns about how many bytes the rows take that calls created.
    pub(crate) fn weight(&self) -> usize {
        self.lock().weight()
    }

    pub(crate) fn counts(&self) -> Counts {
        self.lock().counts()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request.
    pub(crate) fn answer(&self, request: &ParsedRequest) -> Answer {
        if request.too_large {
            return envelope::exception("The POST data is too large.");
        }
        let (path, method) = (request.path.as_str(), request.method.as_str());
        match &request.place {
            Place::Outside => negotiate::outside(&request.raw, path, method),
            Place::BadMethod if path.starts_with("external-api/") => envelope::exception("Bad request."),
            Place::BadMethod => negotiate::bad_request(&request.raw),
            Place::Nowhere => {
                let text = format!("The route {path} could not be found.");
                envelope::error(StatusCode::NOT_FOUND, "not_found", &[text])
            }
            Place::Options(route) => {
                let allowed = route.operation.method;
                let allow = HeaderValue::from_static(if allowed == "GET" { "GET,HEAD" } else { allowed });
                Answer::new(StatusCode::OK, Payload::Empty).with_header(header::ALLOW, allow)
            }
            Place::WrongMethod(route) => {
                let allowed = route.operation.method;
                let supported = if allowed == "GET" { "GET, HEAD" } else { allowed };
                envelope::exception(&format!(
                    "The {method} method is not supported for route {path}. Supported methods: {supported}."
                ))
            }
            Place::At(route, id) => self.run(request, route, id),
        }
    }

    fn run(&self, request: &ParsedRequest, route: &Route, id: &str) -> Answer {
        let raw = &request.raw;
        let now = self.clock.millis();
        let mut state = self.lock();
        let user_id = match auth::sign_in(&state, raw, now) {
            Ok(user_id) => user_id,
            Err(refusal) => return refusal,
        };
        let context = Context {
            raw,
            input: &request.input,
            id,
            user_id,
            profile: self.profile,
            now,
            slug: self.provider.slug(),
            origin: &raw.origin,
            path: &request.path,
        };
        let answer = (route.handler)(&mut state, &context);
        drop(state);
        answerable(answer)
    }
}

/// Returns the answer, or the server's exception if it cannot be written as JSON.
fn answerable(mut answer: Answer) -> Answer {
    let has_invalid_utf8 = match &answer.body {
        Payload::Json(text) => php::has_invalid_utf8(&String::from_utf8_lossy(text)),
        _ => false,
    };
    if has_invalid_utf8 {
        let deliveries = std::mem::take(&mut answer.deliveries);
        return envelope::exception("Malformed UTF-8 characters, possibly incorrectly encoded").delivering(deliveries);
    }
    answer
}

/// A request whose body was read as PHP reads it, with the route that it matches.
#[derive(Debug)]
pub(crate) struct ParsedRequest {
    pub(crate) raw: RawRequest,
    pub(crate) recorded: RecordedBody,
    input: Input,
    /// The path without slashes at its ends, as the server's answers show it.
    path: String,
    /// The effective method.
    method: String,
    place: Place,
    too_large: bool,
}

/// How a request matches the routes.
#[derive(Debug)]
enum Place {
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
        let (method, place) = match input.method(&raw) {
            Ok(method) => {
                let place = place(&path, &method);
                (method, place)
            }
            Err(BadOverride) => (raw.method.to_string(), Place::BadMethod),
        };
        Self { raw, recorded, input, path, method, place, too_large }
    }

    /// Returns the operation that the request asks for.
    pub(crate) fn operation(&self) -> Option<&'static Operation> {
        match &self.place {
            Place::At(route, _) => Some(&route.operation),
            _ => None,
        }
    }

    /// Returns the descriptions of the uploaded files for the ledger.
    pub(crate) fn files(&self) -> Vec<ReceivedFile> {
        self.input.files().map(|(field, upload)| upload.described(field)).collect()
    }
}

fn place(path: &str, method: &str) -> Place {
    // The framework matches routes as UTF-8, so other paths match nothing.
    let Ok(path) = percent_decode_str(path).decode_utf8() else { return Place::Outside };
    let Some(inside) = path.strip_prefix("external-api/") else { return Place::Outside };
    let Some((route, id)) = routes::find(inside) else { return Place::Nowhere };
    let allowed = route.operation.method;
    if method == "OPTIONS" {
        Place::Options(route)
    } else if method == allowed || (allowed == "GET" && method == "HEAD") {
        Place::At(route, id.to_owned())
    } else {
        Place::WrongMethod(route)
    }
}
