//! Which request goes where: a provider by its prefix, the sandbox's own routes, or nowhere.

use std::{fmt::Write as _, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{Request, Response, StatusCode},
    middleware,
    response::IntoResponse as _,
};

use crate::{Provider, control, exchange::exchange, guard, inbox, shared::Shared};

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .nest("/__sandbox", control::router())
        .merge(inbox::router())
        .fallback(provider)
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), guard::check))
        .with_state(shared)
}

async fn provider(State(shared): State<Arc<Shared>>, request: Request<Body>) -> Response<Body> {
    let path = request.uri().path().trim_start_matches('/');
    let (slug, _) = path.split_once('/').unwrap_or((path, ""));
    match Provider::from_slug(slug) {
        Some(provider) => exchange(&shared, provider, request).await,
        None if slug == "__sandbox" => control::nowhere(request.uri().path()),
        None => nowhere(&shared),
    }
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
