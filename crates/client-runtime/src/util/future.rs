//! Boxed futures.

use std::pin::Pin;

/// A boxed future.
pub(crate) type BoxFuture<'t, T> = Pin<Box<dyn Future<Output = T> + Send + 't>>;
