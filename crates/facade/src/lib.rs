#![doc = include_str!("../README.md")]

#[cfg(feature = "chatguru")]
mod chatguru;
#[cfg(feature = "externalapi")]
mod externalapi;
mod messenger;
mod phone;

#[cfg(feature = "chatguru")]
pub use chatguru_client;
pub use client_runtime::{Error, ErrorKind, Outcome, Phase, Reason};
#[cfg(feature = "externalapi")]
pub use externalapi_client;
pub use messenger::{BoxFuture, Messenger, Receipt, SendState};
pub use phone::{InvalidPhoneNumber, PhoneNumber};

/// The code of the workspace's README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct WorkspaceReadme;
