//! One post: a connection of its own, a request, and the status of its answer.

use std::{future::pending, pin::Pin, time::Duration};

use axum::{
    body::Body,
    http::{Request, header},
};
use bytes::Bytes;
use http_body::Body as _;
use hyper::{Error, body::Incoming, client::conn::http1::Builder};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, time::timeout};

use crate::{PostFailure, PostOutcome};

use super::webhook_url::WebhookUrl;

/// The user agent: an old Chrome, whose exact version is invented.
const USER_AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
                          Chrome/39.0.2100.50 Safari/537.36";
/// The largest head of an answer.
const HEAD: usize = 64 * 1024;
/// How many bytes of an answer's body are read.
const BODY: usize = 64 * 1024;

/// Posts a payload, and returns the status of the answer. All of it takes at most `limit`. Redirects are not followed.
pub(super) async fn post(url: &WebhookUrl, payload: Bytes, limit: Duration) -> PostOutcome {
    let mut status = None;
    let result = timeout(limit, exchange(url, payload, &mut status)).await;
    // Once the status is known, the body does not matter.
    match (status, result) {
        (Some(status), _) => PostOutcome::Answered(status),
        (None, Ok(Err(failure))) => PostOutcome::Failed(failure),
        (None, _) => PostOutcome::Failed(PostFailure::TimedOut),
    }
}

/// Sets `status` as soon as it is known, and reads the beginning of the body.
async fn exchange(url: &WebhookUrl, payload: Bytes, status: &mut Option<u16>) -> Result<(), PostFailure> {
    let stream = TcpStream::connect((url.host(), url.port())).await.map_err(|_| PostFailure::Unreachable)?;
    let io = TokioIo::new(stream);
    let (mut sender, connection) = Builder::new()
        .title_case_headers(true)
        .max_buf_size(HEAD)
        .handshake(io)
        .await
        .map_err(|error| failure(&error))?;
    let request = Request::post(url.target())
        .header(header::HOST, url.authority())
        .header(header::USER_AGENT, USER_AGENT)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(payload))
        // The parts of the URL were checked when it was set.
        .map_err(|_| PostFailure::Unreachable)?;
    let answered = async {
        let answer = sender.send_request(request).await.map_err(|error| failure(&error))?;
        *status = Some(answer.status().as_u16());
        read_start(answer.into_body()).await;
        Ok(())
    };
    let driven = async {
        // An error of the connection also ends the request.
        let _ = connection.await;
        pending::<()>().await;
    };
    tokio::select! {
        result = answered => result,
        () = driven => Ok(()),
    }
}

/// Reads the beginning of a body, so that its sender can finish it.
async fn read_start(mut body: Incoming) {
    let mut seen = 0;
    while let Some(Ok(frame)) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        seen += frame.data_ref().map_or(0, Bytes::len);
        if seen >= BODY {
            break;
        }
    }
}

fn failure(error: &Error) -> PostFailure {
    if error.is_parse() || error.is_parse_too_large() { PostFailure::NotHttp } else { PostFailure::Closed }
}
