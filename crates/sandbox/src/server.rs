//! Accepts connections. The accept loop owns all connections, so that dropping it closes every one of them.

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
    connection::{Activity, ConnectionIo, Connections, ResetSignal},
    memory::{ConnectionMemory, Memory},
};

/// The caller's address, available to every request as an extension.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// The largest request head, in bytes.
const HEAD_LIMIT: usize = 64 * 1024;

/// Serves until it is dropped.
///
/// A connection is closed when its caller takes longer than `io_timeout` to send the head of a request or to read an
/// answer.
pub(crate) async fn serve(listener: TcpListener, router: Router, io_timeout: Duration, memory: Arc<Memory>) {
    let mut connections = Connections::new(memory.started());
    loop {
        tokio::select! {
            accepted = listener.accept() => if let Ok((stream, peer)) = accepted {
                // Without this, small answers wait for the caller's acknowledgement.
                let _ = stream.set_nodelay(true);
                connections.make_room();
                let (activity, conn_memory) = (connections.activity(), ConnectionMemory::new(Arc::clone(&memory)));
                let (own_activity, own_memory) = (activity.clone(), Arc::clone(&conn_memory));
                let task = connection(stream, Peer(peer), router.clone(), own_activity, own_memory, io_timeout);
                connections.add(task, activity, conn_memory);
            } else {
                // The process is probably out of file descriptors, so one connection has to end.
                connections.end_slowest();
                tokio::time::sleep(Duration::from_millis(20)).await;
            },
            () = memory.pressure() => connections.end_heaviest(memory.is_over()),
            Some(ended) = connections.ended() => connections.forget(ended),
        }
    }
}

async fn connection(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    activity: Activity,
    conn_memory: Arc<ConnectionMemory>,
    io_timeout: Duration,
) {
    let reset = ResetSignal::default();
    let socket = ConnectionIo::new(stream, reset.clone(), activity.clone(), &conn_memory, HEAD_LIMIT, io_timeout);
    let answered = socket.answered();
    let service = service_fn(move |mut request: Request<Incoming>| {
        activity.start_reading();
        request.extensions_mut().insert(peer);
        request.extensions_mut().insert(reset.clone());
        request.extensions_mut().insert(activity.clone());
        request.extensions_mut().insert(Arc::clone(&conn_memory));
        let answer = router.clone().call(request.map(Body::new));
        let (activity, reset, answered) = (activity.clone(), reset.clone(), Arc::clone(&answered));
        async move {
            let answer = answer.await;
            activity.set_idle();
            // The buffered bytes of this request have been consumed.
            answered.store(true, Ordering::Relaxed);
            match answer {
                Ok(answer) if !reset.is_sent() => Ok(answer),
                // Ends the connection without an answer.
                _ => Err(io::Error::from(io::ErrorKind::ConnectionReset)),
            }
        }
    });
    // An error here is the caller's: it went away, sent malformed HTTP or was too slow.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(io_timeout)
        .max_buf_size(HEAD_LIMIT)
        .serve_connection(socket, service)
        .await;
}
