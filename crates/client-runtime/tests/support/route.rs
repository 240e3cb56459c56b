//! Ways to a provider on which faults happen.
//!
//! The matrix of the facade's tests includes this file, too.

// Each test program uses its own part of this.
#![allow(dead_code)]

use std::any::Any;
use std::io;
use std::time::Duration;

use zap_client_runtime::Timeouts;
use zap_client_runtime::reqwest::dns::{Name, Resolve, Resolving};
use zap_client_runtime::reqwest::{ClientBuilder, Proxy};

use super::relay::RelayFault;
use super::{ClosedPort, Reply, Server, tls};

/// The cause of a fault.
pub enum Way {
    Nothing,
    Relay(RelayFault),
    /// Nothing listens on the port.
    RefusedConnection,
    /// The name of the host cannot be resolved.
    FailingResolver,
    /// The server's certificate is not signed by a trusted authority.
    UntrustedCertificate,
    /// The server does not speak TLS.
    NoTls,
    /// Nothing listens on the proxy's port.
    NoProxy,
    /// The proxy answers a request for a tunnel with this.
    ProxyRefuses(u16),
}

/// Where a client goes so that a fault happens.
pub struct Route {
    pub origin: String,
    proxy: Option<String>,
    fails_to_resolve: bool,
    trusts_the_machine: bool,
    /// What must live as long as the route.
    servers: Vec<Box<dyn Any + Send + Sync>>,
}

impl Route {
    /// The way to a server without a fault.
    pub fn to(origin: &str) -> Self {
        let (fails_to_resolve, trusts_the_machine) = (false, false);
        Self { origin: origin.to_owned(), proxy: None, fails_to_resolve, trusts_the_machine, servers: Vec::new() }
    }

    /// Configures the HTTP client.
    pub fn configure(&self) -> impl FnOnce(ClientBuilder) -> ClientBuilder + use<> {
        let (proxy, fails, roots) = (self.proxy.clone(), self.fails_to_resolve, self.trusts_the_machine);
        move |builder| {
            let builder = if fails { builder.dns_resolver(NoNames) } else { builder };
            // Reading the machine's root certificates takes longer than all the rest of a cell.
            let builder = if roots { builder } else { builder.tls_certs_only([]) }.no_proxy();
            match proxy {
                Some(proxy) => builder.proxy(Proxy::all(proxy).unwrap()),
                None => builder,
            }
        }
    }
}

impl Way {
    /// Returns the way to a provider, where this fault happens. A relay must stand there already.
    pub async fn route(&self, provider: &str, secrets: &[&str]) -> Route {
        let mut route = Route::to(provider);
        match self {
            Self::Nothing | Self::Relay(_) => {}
            Self::FailingResolver => {
                "http://provider.example".clone_into(&mut route.origin);
                route.fails_to_resolve = true;
            }
            Self::RefusedConnection => {
                let port = ClosedPort::new();
                route.origin.clone_from(&port.origin);
                route.servers.push(Box::new(port));
            }
            Self::UntrustedCertificate => {
                let server = tls::Server::start().await;
                route.origin.clone_from(&server.origin);
                route.servers.push(Box::new(server));
                route.trusts_the_machine = true;
            }
            Self::NoTls => {
                let server = Server::start_at_once(Reply::new(400, "text/html", secrets.join(" "))).await;
                route.origin = server.origin.replacen("http:", "https:", 1);
                route.servers.push(Box::new(server));
            }
            Self::NoProxy => {
                let port = ClosedPort::new();
                route.proxy = Some(port.origin.clone());
                route.servers.push(Box::new(port));
            }
            Self::ProxyRefuses(status) => {
                let server = Server::start(Reply::new(*status, "text/html", secrets.join(" "))).await;
                route.proxy = Some(server.origin.clone());
                route.servers.push(Box::new(server));
            }
        }
        if route.proxy.is_some() {
            "https://provider.example".clone_into(&mut route.origin);
        }
        route
    }
}

/// Knows no host.
struct NoNames;

impl Resolve for NoNames {
    fn resolve(&self, name: Name) -> Resolving {
        let error = io::Error::new(io::ErrorKind::NotFound, format!("{} is unknown", name.as_str()));
        Box::pin(async move { Err(error.into()) })
    }
}

/// The time limit of a client that is meant to give up. Connecting and sending take far less, even on a busy
/// machine.
pub const SHORT: Duration = Duration::from_secs(1);

/// A limit that no call reaches. It only keeps a mistake from hanging forever.
pub const FOREVER: Duration = Duration::from_secs(120);

/// The time limits of the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Limits that no call reaches.
    Ample,
    /// A short read limit, for an answer that does not begin or does not continue.
    ShortRead,
    /// A short total limit, for an answer that never ends.
    ShortTotal,
}

impl Patience {
    pub fn timeouts(self) -> Timeouts {
        let timeouts = Timeouts::default();
        match self {
            Self::Ample => timeouts.with_connect(FOREVER).with_read(FOREVER).with_total(FOREVER),
            Self::ShortRead => timeouts.with_read(SHORT).with_total(FOREVER),
            Self::ShortTotal => timeouts.with_read(FOREVER).with_total(SHORT),
        }
    }
}
