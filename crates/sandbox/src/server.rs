//! Accepts connections. The loop owns them all, so that ending it ends every one of them.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use axum::{Router, body::Body, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioTimer;
use tokio::net::{TcpListener, TcpStream};
use tower_service::Service as _;

use crate::{
    connections::{Connections, Standing},
    memory::{Load, Memory},
    wire::{Hangup, Wire},
};

/// The address of the caller, known to every request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// The most that the head of a request may weigh.
const HEAD_LIMIT: usize = 64 * 1024;

/// Serves until it is dropped. A caller who takes longer than `patience` to send the head of a
/// request, or to read what is sent, is dropped.
pub(crate) async fn serve(listener: TcpListener, router: Router, patience: Duration, memory: Arc<Memory>) {
    let mut connections = Connections::new(memory.started());
    loop {
        tokio::select! {
            accepted = listener.accept() => if let Ok((stream, peer)) = accepted {
                // Small answers would wait for the caller's acknowledgement.
                let _ = stream.set_nodelay(true);
                connections.make_room();
                let (standing, load) = (connections.standing(), Load::new(Arc::clone(&memory)));
                let task = connection(stream, Peer(peer), router.clone(), standing.clone(), Arc::clone(&load), patience);
                connections.add(task, standing, load);
            } else {
                // Out of file descriptors, most likely: somebody has to go.
                connections.end_slowest();
                tokio::time::sleep(Duration::from_millis(20)).await;
            },
            () = memory.pressed() => connections.end_heaviest(memory.is_over()),
            Some(ended) = connections.ended() => connections.forget(ended),
        }
    }
}

async fn connection(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    standing: Standing,
    load: Arc<Load>,
    patience: Duration,
) {
    let hangup = Hangup::default();
    let wire = Wire::new(stream, hangup.clone(), standing.clone(), &load, HEAD_LIMIT, patience);
    let answered = wire.answered();
    let service = service_fn(move |mut request: Request<Incoming>| {
        standing.read();
        request.extensions_mut().insert(peer);
        request.extensions_mut().insert(hangup.clone());
        request.extensions_mut().insert(standing.clone());
        request.extensions_mut().insert(Arc::clone(&load));
        let answer = router.clone().call(request.map(Body::new));
        let (standing, hangup, answered) = (standing.clone(), hangup.clone(), Arc::clone(&answered));
        async move {
            let answer = answer.await;
            standing.rest();
            // What was read of this request is gone by now.
            answered.store(true, Ordering::Relaxed);
            match answer {
                Ok(answer) if !hangup.is_asked() => Ok(answer),
                // Ends the connection without an answer.
                _ => Err(io::Error::from(io::ErrorKind::ConnectionReset)),
            }
        }
    });
    // An error here is the caller's: gone, malformed or too slow.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_buf_size(HEAD_LIMIT)
        .serve_connection(wire, service)
        .await;
}
