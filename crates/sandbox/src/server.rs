//! Accepts connections. The loop owns them all, so that ending it ends every one of them.

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{Router, body::Body, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioTimer;
use tokio::{
    net::{TcpListener, TcpStream},
    task::{AbortHandle, Id, JoinSet},
};
use tower_service::Service as _;

use crate::wire::{Hangup, Wire};

/// The address of the caller, known to every request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// The most that the head of a request may weigh.
const HEAD_LIMIT: usize = 64 * 1024;
/// How many connections may be open. Of more, the one that is idle for longest ends.
const CONNECTIONS: usize = 4096;

/// Serves until it is dropped. A caller who takes longer than `patience` to send the head of a
/// request, or to read what is sent, is dropped.
pub(crate) async fn serve(listener: TcpListener, router: Router, patience: Duration) {
    let mut connections = Connections::new(CONNECTIONS);
    loop {
        tokio::select! {
            accepted = listener.accept() => if let Ok((stream, peer)) = accepted {
                // Small answers would wait for the caller's acknowledgement.
                let _ = stream.set_nodelay(true);
                connections.add(stream, Peer(peer), router.clone(), patience);
            } else {
                // Out of file descriptors, most likely: somebody has to go.
                connections.end_idlest();
                tokio::time::sleep(Duration::from_millis(20)).await;
            },
            Some(ended) = connections.tasks.join_next_with_id() => {
                connections.open.remove(&ended.map_or_else(|error| error.id(), |(id, ())| id));
            }
        }
    }
}

/// The connections that are open.
struct Connections {
    /// How many there may be.
    most: usize,
    tasks: JoinSet<()>,
    open: HashMap<Id, (AbortHandle, Activity)>,
    started: Instant,
}

impl Connections {
    fn new(most: usize) -> Self {
        Self { most, tasks: JoinSet::new(), open: HashMap::new(), started: Instant::now() }
    }

    fn add(&mut self, stream: TcpStream, peer: Peer, router: Router, patience: Duration) {
        if self.open.len() >= self.most {
            self.end_idlest();
        }
        let activity = Activity::new(self.started);
        let handle = self.tasks.spawn(connection(stream, peer, router, activity.clone(), patience));
        self.open.insert(handle.id(), (handle, activity));
    }

    /// Ends the connection that waits for a request for longest, if one does.
    fn end_idlest(&mut self) {
        let idle = self.open.iter().filter_map(|(id, (_, activity))| Some((activity.idle_since()?, *id)));
        let idlest = idle.min_by_key(|(since, _)| *since);
        if let Some((handle, _)) = idlest.and_then(|(_, id)| self.open.remove(&id)) {
            handle.abort();
        }
    }
}

/// Since when a connection waits for a request.
#[derive(Clone, Debug)]
struct Activity {
    started: Instant,
    /// Microseconds after the start; `BUSY` while a request is worked on.
    idle_since: Arc<AtomicU64>,
}

impl Activity {
    const BUSY: u64 = u64::MAX;

    fn new(started: Instant) -> Self {
        let activity = Self { started, idle_since: Arc::default() };
        activity.rest();
        activity
    }

    fn work(&self) {
        self.idle_since.store(Self::BUSY, Ordering::Relaxed);
    }

    fn rest(&self) {
        let now = u64::try_from(self.started.elapsed().as_micros()).unwrap_or(Self::BUSY - 1);
        self.idle_since.store(now, Ordering::Relaxed);
    }

    fn idle_since(&self) -> Option<u64> {
        Some(self.idle_since.load(Ordering::Relaxed)).filter(|since| *since != Self::BUSY)
    }
}

async fn connection(stream: TcpStream, peer: Peer, router: Router, activity: Activity, patience: Duration) {
    let hangup = Hangup::default();
    let wire = Wire::new(stream, hangup.clone(), patience);
    let service = service_fn(move |mut request: Request<Incoming>| {
        activity.work();
        request.extensions_mut().insert(peer);
        request.extensions_mut().insert(hangup.clone());
        let answer = router.clone().call(request.map(Body::new));
        let (activity, hangup) = (activity.clone(), hangup.clone());
        async move {
            let answer = answer.await;
            activity.rest();
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

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt as _;

    #[tokio::test]
    async fn of_too_many_connections_the_idlest_ends() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut connections = Connections::new(2);
        let mut callers = Vec::new();
        for _ in 0..3 {
            callers.push(TcpStream::connect(listener.local_addr().unwrap()).await.unwrap());
            let (stream, peer) = listener.accept().await.unwrap();
            connections.add(stream, Peer(peer), Router::new(), Duration::from_secs(30));
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(connections.open.len(), 2);
        let ended = callers[0].read(&mut [0; 1]).await;
        assert!(matches!(ended, Ok(0) | Err(_)));
        let open = tokio::time::timeout(Duration::from_millis(50), callers[1].read(&mut [0; 1])).await;
        assert!(open.is_err(), "the others stay");
    }

    #[test]
    fn who_works_is_not_idle() {
        let activity = Activity::new(Instant::now());
        assert!(activity.idle_since().is_some());
        activity.work();
        assert_eq!(activity.idle_since(), None);
        activity.rest();
        assert!(activity.idle_since().is_some());
    }
}
