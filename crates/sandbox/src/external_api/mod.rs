//! The `ExternalApi`: an instance with its own state, which answers as the recorded server does.

mod auth;
mod contact_rules;
mod contacts;
mod content;
mod context;
mod conversations;
mod countries;
mod draft;
mod envelope;
mod failure;
mod incoming;
mod input;
mod message_row;
mod negotiate;
mod paginate;
mod parsed_request;
mod routes;
mod rows;
mod send;
mod send_rules;
mod shop;
mod state;
mod templates;
mod variables;

pub(crate) use parsed_request::ParsedRequest;
pub(crate) use routes::operations;
pub(crate) use state::Counts;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderValue, StatusCode, header};

use crate::{
    Clock, Profile, Provider, World,
    answer::{Answer, Payload},
    php,
};

use context::Context;
use parsed_request::RouteMatch;
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
    max_weight: usize,
}

impl Instance {
    pub(crate) fn new(
        provider: Provider,
        world: Arc<World>,
        profile: Profile,
        clock: Clock,
        max_weight: usize,
    ) -> Self {
        let state = Mutex::new(State::new(&world, max_weight));
        Self { provider, world, profile, clock, state, max_weight }
    }

    /// Restores the world.
    pub(crate) fn reset(&self) {
        *self.lock() = State::new(&self.world, self.max_weight);
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
        match &request.route {
            RouteMatch::Outside => negotiate::outside(&request.raw, path, method),
            RouteMatch::BadMethod if path.starts_with("external-api/") => envelope::exception("Bad request."),
            RouteMatch::BadMethod => negotiate::bad_request(&request.raw),
            RouteMatch::Nowhere => {
                let text = format!("The route {path} could not be found.");
                envelope::error(StatusCode::NOT_FOUND, "not_found", &[text])
            }
            RouteMatch::Options(route) => {
                let allowed = route.operation.method;
                let allow = HeaderValue::from_static(if allowed == "GET" { "GET,HEAD" } else { allowed });
                Answer::new(StatusCode::OK, Payload::Empty).with_header(header::ALLOW, allow)
            }
            RouteMatch::WrongMethod(route) => {
                let allowed = route.operation.method;
                let supported = if allowed == "GET" { "GET, HEAD" } else { allowed };
                envelope::exception(&format!(
                    "The {method} method is not supported for route {path}. Supported methods: {supported}."
                ))
            }
            RouteMatch::At(route, id) => self.run(request, route, id),
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
