//! The settings and the connection of a client.

pub(crate) mod base_url;
pub(crate) mod builder;
pub(crate) mod credentials;
pub(crate) mod http_client;
pub(crate) mod inner;
pub(crate) mod parameter_location;
pub(crate) mod proxy;
pub(crate) mod tls;
