//! The tests of the runtime, against an API that is written by hand.

mod api;
mod connection;
mod given_client;
mod items;
mod limits;
#[path = "../support/log.rs"]
mod log;
#[path = "../support/loopback.rs"]
mod loopback;
mod outcome;
mod retries;
#[path = "../support/tls.rs"]
mod tls;
mod trace;
mod upload;

use loopback::Reply;
