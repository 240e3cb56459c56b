//! Tests against a running sandbox, over sockets, with a client of their own.

mod chatguru;
mod control;
mod credentials;
mod crowd;
mod external_api;
mod faults;
mod hostile;
mod http;
mod ledger;
mod lifecycle;
mod memory;
mod neighbours;
mod odd_requests;
mod program;
mod replay;
mod strangers;
mod watch;
mod worlds;
