//! Tests against a running sandbox, over sockets, with a client of their own.

mod chatguru;
mod control;
mod external_api;
mod faults;
mod hostile;
mod http;
mod ledger;
mod lifecycle;
mod neighbours;
mod odd_requests;
mod program;
mod replay;
mod watch;
mod worlds;
