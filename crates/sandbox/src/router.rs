//! Routes a request to a provider by its prefix, to the sandbox's own routes, or to an explanation.

use std::{fmt::Write as _, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{Request, Response, StatusCode},
    middleware::{self, Next},
    response::IntoResponse as _,
};

use crate::{
    Provider,
    app_state::AppState,
    body::{self, TimeoutBody},
    control::{self, Refusal},
    handler::handle,
    inbox,
};

pub(crate) fn router(app: Arc<AppState>) -> Router {
    Router::new()
        .nest("/__sandbox", control::router())
        .merge(inbox::router())
        .fallback(provider)
        .layer(middleware::from_fn_with_state(Arc::clone(&app), check_origin))
        .with_state(app)
}

/// Refuses requests from foreign pages.
async fn check_origin(State(app): State<Arc<AppState>>, request: Request<Body>, next: Next) -> Response<Body> {
    match app.hosts.may_call(request.method(), request.uri(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(text) => {
            // If a small body stayed unread, the caller would see a reset instead of the refusal.
            body::skip(TimeoutBody::wrap(request.into_body(), app.io_timeout).0).await;
            Refusal::new(StatusCode::FORBIDDEN, text).into_response()
        }
    }
}

async fn provider(State(app): State<Arc<AppState>>, request: Request<Body>) -> Response<Body> {
    let path = request.uri().path().trim_start_matches('/');
    let (slug, _) = path.split_once('/').unwrap_or((path, ""));
    match Provider::from_slug(slug) {
        Some(provider) => handle(&app, provider, request).await,
        None if slug == "__sandbox" => control::not_found(request.uri().path()),
        None => not_found(&app),
    }
}

/// Lists the base URLs for a caller with an unknown path.
fn not_found(app: &AppState) -> Response<Body> {
    let mut text =
        String::from("This path does not exist. The sandbox emulates WhatsApp providers, whose base URLs are:\n");
    for provider in Provider::ALL {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {provider:<10} http://{}{}", app.address, provider.base_path());
    }
    (StatusCode::NOT_FOUND, text).into_response()
}
