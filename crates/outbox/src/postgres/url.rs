//! The URL of a server.

use std::path::PathBuf;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

use super::tls::{Connector, Trust};
use crate::error::LedgerError;
use crate::tables::Result;

/// How long a connection may take, unless the URL says it.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// After how long a connection without an answer is given up, unless the URL says it.
const SILENCE: Duration = Duration::from_secs(30);

/// The options of a URL that tokio-postgres reads.
const OPTIONS: [&str; 17] = [
    "user",
    "password",
    "dbname",
    "options",
    "application_name",
    "sslnegotiation",
    "host",
    "hostaddr",
    "port",
    "connect_timeout",
    "tcp_user_timeout",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_retries",
    "target_session_attrs",
    "load_balance_hosts",
];

const ENCODE: &str = "write special characters of the user and the password with `%`, such as `%40` for `@`, `%2F` for \
                      `/`, `%3F` for `?`, `%23` for `#` and `%3A` for `:`";

/// A server, and how to connect to it.
pub(super) struct Server {
    pub(super) config: Config,
    pub(super) tls: Connector,
    /// The URL without the user, the password and the options, for errors.
    pub(super) name: String,
}

impl Server {
    /// Reads a URL such as `postgres://user:password@host:5432/database?sslmode=require`.
    ///
    /// `sslmode` and `sslrootcert` are read here, because tokio-postgres does not check certificates.
    pub(super) fn parse(url: &str) -> Result<Self> {
        // What comes before the first `@` is the user and the password. Another one belongs to the password, and what
        // follows the first one would be shown as a host.
        if url.matches('@').count() > 1 || url.split_once('?').is_some_and(|(_, query)| query.contains('@')) {
            return Err(invalid(ENCODE));
        }
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let (mut mode, mut roots, mut rest) = ("prefer", None, Vec::new());
        for option in query.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("sslmode", value)) => mode = value,
                Some(("sslrootcert", value)) => {
                    roots = Some(PathBuf::from(&*percent_decode_str(value).decode_utf8_lossy()));
                }
                Some((name, _)) if OPTIONS.contains(&name) => rest.push(option),
                // Not named: it can be a part of a password.
                _ => {
                    return Err(invalid(
                        "it has an option that is not supported; if the password has `?` or `&`, write `%3F` or `%26`",
                    ));
                }
            }
        }
        let (mode, trust) = match mode {
            "disable" => (SslMode::Disable, Trust::Anything),
            "prefer" => (SslMode::Prefer, Trust::Anything),
            "require" | "verify-ca" | "verify-full" => {
                (SslMode::Require, roots.map_or(Trust::System, Trust::Certificates))
            }
            _ => return Err(invalid("`sslmode` is not `disable`, `prefer`, `require` or `verify-full`")),
        };
        let url = if rest.is_empty() { base.to_owned() } else { format!("{base}?{}", rest.join("&")) };
        // The error of the parser can have a part of the password.
        let mut config: Config = url.parse().map_err(|_| invalid(ENCODE))?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return Err(invalid("it has no host; for a socket, write `?host=/FOLDER`"));
        }
        let is_odd = |host: &Host| matches!(host, Host::Tcp(host) if host.contains(['@', '/', '?', '#', ':', ' ']));
        if config.get_hosts().iter().any(is_odd) {
            return Err(invalid(ENCODE));
        }
        config.ssl_mode(mode);
        if config.get_password().is_none()
            && let Some(password) = std::env::var_os("PGPASSWORD")
        {
            config.password(password.as_encoded_bytes());
        }
        if config.get_application_name().is_none() {
            config.application_name("zap-outbox");
        }
        config.connect_timeout(config.get_connect_timeout().copied().unwrap_or(CONNECT_TIMEOUT));
        config.tcp_user_timeout(config.get_tcp_user_timeout().copied().unwrap_or(SILENCE));
        config.keepalives_idle(config.get_keepalives_idle().min(SILENCE));
        let name = name(&config);
        Ok(Self { config, tls: Connector::new(trust)?, name })
    }
}

/// Returns the hosts and the database.
fn name(config: &Config) -> String {
    let ports = config.get_ports();
    let mut hosts: Vec<String> = Vec::new();
    for (at, host) in config.get_hosts().iter().enumerate() {
        let port = ports.get(at).or(ports.first()).copied().unwrap_or(5432);
        hosts.push(match host {
            Host::Tcp(host) => format!("{host}:{port}"),
            #[cfg(unix)]
            Host::Unix(folder) => format!("{}:{port}", folder.display()),
        });
    }
    if hosts.is_empty() {
        hosts.extend(config.get_hostaddrs().iter().map(ToString::to_string));
    }
    format!("postgres://{}/{}", hosts.join(","), config.get_dbname().unwrap_or_default())
}

fn invalid(why: &str) -> LedgerError {
    LedgerError::Server(format!("the URL of the Postgres server is invalid: {why}"))
}
