//! The socket of a connection: writing to it ends some time, and it can be cut off.

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

use crate::{
    connections::Standing,
    memory::{Held, Load},
};

/// Asks for the connection to be reset instead of answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hangup(Arc<AtomicBool>);

impl Hangup {
    pub(crate) fn ask(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub(crate) fn is_asked(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// How many times the patience for a piece of an answer is the patience for all that waits to be written.
const WHOLE: u32 = 20;
/// How much is read at once.
const PIECE: usize = 8 * 1024;

/// A socket.
pub(crate) struct Wire {
    io: TokioIo<TcpStream>,
    hangup: Hangup,
    standing: Standing,
    /// What was read of a request and not yet answered, as far as it can be in the buffer.
    read: Held,
    most: usize,
    /// Set when a request was answered.
    answered: Arc<AtomicBool>,
    /// How long the caller may leave what is sent unread.
    patience: Duration,
    /// Runs while something waits to be written.
    stuck: Option<Pin<Box<Sleep>>>,
    /// Since when there is always something that waits.
    behind: Option<Instant>,
}

impl Wire {
    pub(crate) fn new(
        stream: TcpStream,
        hangup: Hangup,
        standing: Standing,
        load: &Arc<Load>,
        most: usize,
        patience: Duration,
    ) -> Self {
        let (io, read, answered) = (TokioIo::new(stream), Held::none(load), Arc::default());
        Self { io, hangup, standing, read, most, answered, patience, stuck: None, behind: None }
    }

    /// To be set when a request was answered, so that what was read of it counts no more.
    pub(crate) fn answered(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.answered)
    }

    fn watch<T>(&mut self, written: Poll<io::Result<T>>, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stuck = None;
            return written;
        }
        let behind = *self.behind.get_or_insert_with(|| {
            self.standing.write(true);
            Instant::now()
        });
        // A caller who reads drop by drop is waited for longer, but not for ever.
        let left = (behind + self.patience * WHOLE).saturating_duration_since(Instant::now());
        let patience = self.patience.min(left);
        let stuck = self.stuck.get_or_insert_with(|| Box::pin(sleep(patience)));
        stuck.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl Read for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        if self.answered.swap(false, Ordering::Relaxed) {
            self.read.shrink_to(0);
        }
        // Into a piece of our own, since the cursor does not tell how much was read.
        let mut piece = [0; PIECE];
        let length = buffer.remaining().min(PIECE);
        let mut piece = ReadBuf::new(&mut piece[..length]);
        ready!(Pin::new(self.io.inner_mut()).poll_read(context, &mut piece))?;
        let counted = piece.filled().len().min(self.most.saturating_sub(self.read.bytes()));
        self.read.add(counted);
        buffer.put_slice(piece.filled());
        Poll::Ready(Ok(()))
    }
}

impl Write for Wire {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.io).poll_write(context, buffer);
        self.watch(written, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.io).poll_write_vectored(context, buffers);
        self.watch(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // All that there was has been written.
        if self.behind.take().is_some() {
            self.standing.write(false);
        }
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.hangup.is_asked() {
            // An orderly end would tell the caller that the sandbox meant it.
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.hangup.is_asked() {
            // Makes the close a reset. Where that cannot be had, an end is the next best.
            let _ = self.io.inner().set_zero_linger();
        }
    }
}
