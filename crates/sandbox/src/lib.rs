#![doc = include_str!("../README.md")]

mod answer;
mod body;
mod chatguru;
mod clock;
mod credentials;
mod external_api;
mod ledger;
mod php;
mod profile;
mod provider;
mod received;
mod router;
mod sandbox;
mod server;
mod sql;
mod world;

pub use clock::Clock;
pub use credentials::{ChatGuruCredentials, Credentials, ExternalApiCredentials};
pub use ledger::{Call, ReceivedFile};
pub use profile::{Profile, UnknownProfile};
pub use provider::Provider;
pub use sandbox::{Sandbox, SandboxBuilder};
pub use world::{World, WorldError};
