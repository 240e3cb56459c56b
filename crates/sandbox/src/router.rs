//! Which request goes where: a provider by its prefix, the sandbox's own control, or nowhere.

use std::{
    fmt::Write as _,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    Json, Router,
    body::Body,
    extract::State,
    http::{Request, Response, StatusCode, header},
    response::IntoResponse as _,
    routing::{get, post},
};
use serde_json::{Value, json};

use crate::{
    Call, Clock, Profile, Provider, World,
    answer::Answer,
    chatguru, external_api,
    ledger::{self, Ledger},
    received::Received,
    server::Peer,
};

/// All that the requests of one sandbox share.
pub(crate) struct Shared {
    pub(crate) address: SocketAddr,
    pub(crate) world: Arc<World>,
    pub(crate) clock: Clock,
    pub(crate) ledger: Ledger,
    installs: [external_api::Install; 3],
    chatguru: chatguru::Account,
    secrets: Vec<String>,
}

impl Shared {
    pub(crate) fn new(address: SocketAddr, world: World, profile: Profile, clock: Clock) -> Self {
        let world = Arc::new(world);
        let install = || external_api::Install::new(Arc::clone(&world), profile, clock.clone());
        let mut secrets = vec![world.chatguru.key.clone()];
        secrets.extend(world.users.iter().map(|user| user.client_secret.clone()));
        Self {
            address,
            installs: [install(), install(), install()],
            chatguru: chatguru::Account::new(Arc::clone(&world), clock.clone()),
            ledger: Ledger::default(),
            secrets,
            clock,
            world,
        }
    }

    /// Every provider back to the world, and the ledger empty.
    pub(crate) fn reset(&self) {
        for install in &self.installs {
            install.reset();
        }
        self.chatguru.reset();
        self.ledger.clear();
    }

    /// The install of a provider; `None` for `ChatGuru`.
    pub(crate) fn install(&self, provider: Provider) -> Option<&external_api::Install> {
        match provider {
            Provider::EscalaZap => self.installs.first(),
            Provider::WaziMe => self.installs.get(1),
            Provider::WapiFlow => self.installs.get(2),
            Provider::ChatGuru => None,
        }
    }
}

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/__sandbox/reset", post(reset))
        .route("/__sandbox/counts", get(counts))
        .fallback(provider)
        .with_state(shared)
}

async fn reset(State(shared): State<Arc<Shared>>) -> Json<Value> {
    shared.reset();
    Json(json!({"reset": true}))
}

/// The rows of `EscalaZap`, which stands for all three installs where one is enough.
async fn counts(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let counts = shared.install(Provider::EscalaZap).map(external_api::Install::counts);
    Json(counts.map_or(Value::Null, |counts| {
        json!({
            "contacts": counts.contacts,
            "conversations": counts.conversations,
            "messages": counts.messages,
            "contact_limit_of_user_1": counts.contact_limit_of_user_1,
        })
    }))
}

async fn provider(State(shared): State<Arc<Shared>>, request: Request<Body>) -> Response<Body> {
    let path = request.uri().path();
    let (slug, _) = path.trim_start_matches('/').split_once('/').unwrap_or((path.trim_start_matches('/'), ""));
    let Some(provider) = Provider::from_slug(slug) else {
        return nowhere(&shared);
    };
    let method = request.method().as_str().to_owned();
    let target = ledger::mask(path, request.uri().query(), &shared.secrets);
    let received = received(&shared, provider, request);
    let answer = match shared.install(provider) {
        Some(install) => install.answer(received).await,
        None => shared.chatguru.answer(received).await,
    };
    record(&shared, provider, method, target, &answer);
    answer.into_response()
}

fn received(shared: &Shared, provider: Provider, request: Request<Body>) -> Received {
    let (parts, body) = request.into_parts();
    let peer = parts.extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
    let prefix = provider.slug().len() + 1;
    let host = parts.headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let host = host.filter(|host| is_host(host)).map_or_else(|| shared.address.to_string(), str::to_owned);
    Received {
        path: parts.uri.path().get(prefix..).unwrap_or_default().to_owned(),
        query: parts.uri.query().map(str::to_owned),
        origin: format!("http://{host}/{}", provider.slug()),
        method: parts.method,
        headers: parts.headers,
        // A caller over IPv6 that is really IPv4 is known by its IPv4 address.
        peer: peer.to_canonical(),
        body,
    }
}

/// Links in answers carry the caller's idea of our host, if it is one.
fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host.len() < 256
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'))
}

fn record(shared: &Shared, provider: Provider, method: String, target: String, answer: &Answer) {
    shared.ledger.record(Call {
        provider,
        operation: answer.operation,
        method,
        target,
        status: answer.status.as_u16(),
        success: answer.success,
        files: answer.files.clone(),
        at: shared.clock.now(),
    });
}

/// Nothing lives here: say what does.
fn nowhere(shared: &Shared) -> Response<Body> {
    let mut text = String::from("Nothing here. This is a sandbox of WhatsApp providers; their base URLs are:\n");
    for provider in Provider::ALL {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {provider:<10} http://{}{}", shared.address, provider.base_path());
    }
    (StatusCode::NOT_FOUND, text).into_response()
}
