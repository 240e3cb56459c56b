//! The `ExternalApi`: one install with its own state, answering as the recorded server does.

mod auth;
mod contact_rules;
mod contacts;
mod content;
mod conversations;
mod countries;
mod envelope;
mod input;
mod negotiate;
mod paginate;
mod routes;
mod rows;
mod send;
mod send_rules;
mod state;
mod templates;

pub(crate) use state::Counts;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderValue, Method, StatusCode, header};

use crate::{
    Clock, Profile, World,
    answer::{Answer, Payload},
    body::{self, Forms},
    ledger::ReceivedFile,
    received::Received,
};

use input::Input;
use routes::{Operation, Route};
use state::State;

/// One install of the product.
pub(crate) struct Install {
    world: Arc<World>,
    profile: Profile,
    clock: Clock,
    state: Mutex<State>,
}

/// What an operation works with, next to the state.
struct Context<'a> {
    input: &'a Input,
    /// The id in the path, as it came.
    id: &'a str,
    user_id: i64,
    profile: Profile,
    /// Milliseconds after the epoch.
    now: u64,
    origin: &'a str,
    /// The operation's own URL, for links to pages.
    url: &'a str,
}

impl Install {
    pub(crate) fn new(world: Arc<World>, profile: Profile, clock: Clock) -> Self {
        let state = Mutex::new(State::new(&world));
        Self { world, profile, clock, state }
    }

    /// Back to the world.
    pub(crate) fn reset(&self) {
        *self.lock() = State::new(&self.world);
    }

    pub(crate) fn counts(&self) -> Counts {
        self.lock().counts()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request. The body is read to its end first, as PHP does before any code runs.
    pub(crate) async fn answer(&self, mut received: Received) -> Answer {
        let forms = match received.method {
            Method::POST => Forms::All,
            Method::PUT | Method::PATCH | Method::DELETE => Forms::Urlencoded,
            _ => Forms::None,
        };
        let body = std::mem::take(&mut received.body);
        let parsed = body::read(&received.headers, body, forms).await;
        let too_large = parsed.too_large;
        let input = Input::new(&received, parsed);
        let files = files_of(&input);
        let mut answer =
            if too_large { envelope::exception("The POST data is too large.") } else { self.route(&received, &input) };
        answer.files = files;
        answer
    }

    fn route(&self, received: &Received, input: &Input) -> Answer {
        let path = routes::plain_path(&received.path);
        let method = input.method(received);
        let Some(inside) = path.strip_prefix("external-api/") else {
            return negotiate::outside(received, &path, &method);
        };
        let Some(Route { operation, id }) = routes::find(inside) else {
            return envelope::error(
                StatusCode::NOT_FOUND,
                "not_found",
                &[format!("The route {path} could not be found.")],
            );
        };
        let allowed = operation.method();
        if method == "OPTIONS" {
            let allow = HeaderValue::from_static(if allowed == "GET" { "GET,HEAD" } else { allowed });
            return Answer::new(StatusCode::OK, Payload::Empty).with_header(header::ALLOW, allow);
        }
        if method != allowed && !(allowed == "GET" && method == "HEAD") {
            let supported = if allowed == "GET" { "GET, HEAD" } else { allowed };
            return envelope::exception(&format!(
                "The {method} method is not supported for route {path}. Supported methods: {supported}."
            ));
        }
        self.run(received, input, operation, &id, &path).of(operation.id())
    }

    fn run(&self, received: &Received, input: &Input, operation: Operation, id: &str, path: &str) -> Answer {
        let now = self.clock.millis();
        let mut state = self.lock();
        let user_id = match auth::sign_in(&state, received, now) {
            Ok(user_id) => user_id,
            Err(refusal) => return refusal,
        };
        let context = Context {
            input,
            id,
            user_id,
            profile: self.profile,
            now,
            origin: &received.origin,
            url: &format!("{}/{path}", received.origin),
        };
        match operation {
            Operation::ContactList => contacts::list(&state, &context),
            Operation::ContactStore => contacts::save(&mut state, &context, None),
            // The server takes an id of 0 for none, and stores.
            Operation::ContactUpdate if id == "0" => contacts::save(&mut state, &context, None),
            Operation::ContactUpdate => contacts::save(&mut state, &context, Some(id)),
            Operation::ContactDelete => contacts::delete(&mut state, &context),
            Operation::ConversationList => conversations::list(&state, &context),
            Operation::ConversationDetails => conversations::details(&state, &context),
            Operation::ChangeConversationStatus => conversations::change_status(&mut state, &context),
            Operation::SendMessage => send::message(&mut state, &context),
            Operation::SendTemplateMessage => send::template(&mut state, &context),
            Operation::TemplateList => templates::list(&state, &context),
        }
    }
}

fn files_of(input: &Input) -> Vec<ReceivedFile> {
    let file = |(field, upload): (&String, &body::Upload)| ReceivedFile {
        field: field.clone(),
        file_name: upload.file_name.clone(),
        size: upload.size,
        sha256: upload.sha256.clone(),
        media_type: upload.media_type().to_owned(),
    };
    input.files().map(file).collect()
}
