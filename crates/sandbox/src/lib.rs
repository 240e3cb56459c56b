#![doc = include_str!("../README.md")]

mod answer;
mod asked;
mod body;
mod chatguru;
mod clock;
mod connections;
mod control;
mod credentials;
mod exchange;
mod exports;
mod external_api;
mod fault;
mod guard;
mod inbox;
mod ledger;
mod memory;
mod operation;
mod php;
mod profile;
mod provider;
mod received;
mod router;
mod sandbox;
mod server;
mod shared;
mod sql;
mod unfold;
mod wire;
mod world;

pub use clock::Clock;
pub use credentials::{ChatGuruCredentials, Credentials, ExternalApiCredentials};
pub use fault::{Fault, FaultError, FaultId, FaultInForce, Faults};
pub use ledger::{
    Call, DeliveredFile, Delivery, DeliveryKind, DeliveryState, FormPart, GivenAnswer, Location, ReceivedFile,
    RequestBody, Sent, TemplateUse,
};
pub use memory::MemoryUse;
pub use profile::{Profile, UnknownProfile};
pub use provider::Provider;
pub use sandbox::{Sandbox, SandboxBuilder};
pub use world::{World, WorldError};
