//! Tests against a running sandbox, over sockets, with a client of their own.

mod chatguru;
mod external_api;
mod http;
mod lifecycle;
mod replay;
