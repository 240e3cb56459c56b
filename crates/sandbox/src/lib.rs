#![doc = include_str!("../README.md")]

mod answer;
mod app_state;
mod body;
mod chatguru;
mod clock;
mod connection;
mod control;
mod credentials;
mod exports;
mod external_api;
mod fault;
mod fault_id;
mod handler;
mod hosts;
mod inbox;
mod incoming;
mod ledger;
mod mask;
mod memory;
mod operation;
mod operations;
mod parsed_request;
mod php;
mod profile;
mod provider;
mod raw_request;
mod router;
mod sandbox;
mod server;
mod sql;
mod unfold;
mod world;

pub use clock::Clock;
pub use credentials::{ChatGuruCredentials, Credentials, ExternalApiCredentials};
pub use fault::{Fault, FaultError, FaultInForce, Faults};
pub use fault_id::FaultId;
pub use incoming::{IncomingError, IncomingMessage, WebhookUrlError};
pub use ledger::{
    Call, DeliveredFile, Delivery, DeliveryKind, DeliveryState, FormPart, GivenAnswer, IncomingKind, Location, Post,
    PostFailure, PostOutcome, PostState, ReceivedFile, ReceivedMessage, RequestBody, Sent, TemplateUse,
};
pub use memory::MemoryUse;
pub use profile::{Profile, UnknownProfile};
pub use provider::Provider;
pub use sandbox::{Sandbox, SandboxBuilder};
pub use world::{World, WorldError};
