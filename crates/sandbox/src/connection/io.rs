//! A connection's socket, with a limit on how long a write may take and a way to reset the connection.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead as _, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep},
};

use crate::memory::{ConnectionMemory, Reservation};

use super::Activity;

/// Requests that the connection is reset instead of answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct ResetSignal(Arc<AtomicBool>);

impl ResetSignal {
    pub(crate) fn send(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub(crate) fn is_sent(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// The time limit for everything that waits to be written, as a multiple of the limit for one piece.
const WHOLE: u32 = 20;
/// How many bytes are read at once.
const PIECE: usize = 8 * 1024;

/// The socket of a connection.
pub(crate) struct ConnectionIo {
    io: TokioIo<TcpStream>,
    reset: ResetSignal,
    activity: Activity,
    /// The bytes of a request that were read and can still be in hyper's buffer, which holds up to `buffer_limit`.
    read: Reservation,
    buffer_limit: usize,
    /// Set when a request has been answered.
    answered: Arc<AtomicBool>,
    /// How long the caller may take to read what is sent.
    io_timeout: Duration,
    /// Runs while bytes wait to be written.
    stuck: Option<Pin<Box<Sleep>>>,
    /// Since when bytes have waited without a break.
    behind: Option<Instant>,
}

impl ConnectionIo {
    pub(crate) fn new(
        stream: TcpStream,
        reset: ResetSignal,
        activity: Activity,
        conn_memory: &Arc<ConnectionMemory>,
        buffer_limit: usize,
        io_timeout: Duration,
    ) -> Self {
        let (io, read, answered) = (TokioIo::new(stream), Reservation::empty(conn_memory), Arc::default());
        Self { io, reset, activity, read, buffer_limit, answered, io_timeout, stuck: None, behind: None }
    }

    /// Returns the flag to set when a request has been answered, so that its bytes no longer count.
    pub(crate) fn answered(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.answered)
    }

    /// Fails a pending write that has taken too long.
    fn limit_time<T>(&mut self, written: Poll<io::Result<T>>, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stuck = None;
            return written;
        }
        let behind = *self.behind.get_or_insert_with(|| {
            self.activity.set_writing(true);
            Instant::now()
        });
        // A caller that reads slowly gets more time, up to a limit.
        let left = (behind + self.io_timeout * WHOLE).saturating_duration_since(Instant::now());
        let limit = self.io_timeout.min(left);
        let stuck = self.stuck.get_or_insert_with(|| Box::pin(sleep(limit)));
        stuck.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl Read for ConnectionIo {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        if self.answered.swap(false, Ordering::Relaxed) {
            self.read.shrink_to(0);
        }
        // Reads into a buffer of its own, because the cursor does not report how much was read.
        let mut piece = [0; PIECE];
        let length = buffer.remaining().min(PIECE);
        let mut piece = ReadBuf::new(&mut piece[..length]);
        ready!(Pin::new(self.io.inner_mut()).poll_read(context, &mut piece))?;
        let counted = piece.filled().len().min(self.buffer_limit.saturating_sub(self.read.bytes()));
        self.read.add(counted);
        buffer.put_slice(piece.filled());
        Poll::Ready(Ok(()))
    }
}

impl Write for ConnectionIo {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.io).poll_write(context, buffer);
        self.limit_time(written, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.io).poll_write_vectored(context, buffers);
        self.limit_time(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // hyper flushes only after everything has been written.
        if self.behind.take().is_some() {
            self.activity.set_writing(false);
        }
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.reset.is_sent() {
            // An orderly shutdown would look like a complete answer to the caller.
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}

impl Drop for ConnectionIo {
    fn drop(&mut self) {
        if self.reset.is_sent() {
            // Makes the close a reset. If the option cannot be set, the connection is closed normally.
            let _ = self.io.inner().set_zero_linger();
        }
    }
}
