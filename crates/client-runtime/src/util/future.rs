//! Futures behind a pointer.

use std::pin::Pin;

/// Something that takes its time, behind a pointer.
pub(crate) type Later<'t, T> = Pin<Box<dyn Future<Output = T> + Send + 't>>;
