//! Tests of a running sandbox over sockets. They use a client of their own, see `http`.

mod chatguru;
mod connections;
mod control;
mod credentials;
mod events;
mod external_api;
mod faults;
mod hostile;
mod http;
mod incoming;
mod ledger;
mod lifecycle;
mod memory;
mod odd_requests;
mod origins;
mod program;
mod replay;
mod similar_inputs;
mod worlds;
