//! The command line, and what is printed at the start.

use std::{
    ffi::OsString,
    fmt::Write as _,
    net::{Ipv4Addr, SocketAddr},
};

use sandbox::{Credentials, Profile, Provider, Sandbox, World};

/// The text of `--help`.
pub(crate) const HELP: &str = "\
A sandbox of the WhatsApp providers EscalaZap, WaziMe, WapiFlow and ChatGuru.

Usage: sandbox [OPTIONS]

Options:
  --listen ADDRESS:PORT   Where to listen [default: 127.0.0.1:4010]. Port 0 takes a free one.
  --allow-remote          Allow an address other than loopback. Whoever can reach it can then read
                          and change everything in the sandbox, and its credentials are no secret.
  --allow-host NAME       Answer under this name too, such as that of a container; may be repeated.
                          Under other names than localhost and addresses every request is refused
                          (403), since a website can make its own name lead here.
  --world FILE            The state to start from, as JSON [default: a small world of its own].
  --profile NAME          How the three ExternalApi installs behave [default: observed]:
                            observed    as a running server was recorded; a template message, for
                                        one, is delivered and answered `exception`
                            documented  as the docs promise, where the two differ: template sends
                                        succeed, unknown numbers become contacts, the contact
                                        search works, updates keep what they are not given
  -h, --help              Print this.

While it runs, on the same port:
  /                       The inbox page: what was delivered, in a browser.

Control, over HTTP with JSON, below /__sandbox/ (each is explained in the README):
  POST   reset            Back to the world; calls, deliveries and faults are forgotten.
  GET    counts           How many rows EscalaZap holds.
  GET    ledger           What was delivered, in order. ?after=ID&provider=NAME&limit=N
  GET    calls, calls/ID  The requests, secrets masked, and their answers. The same parameters.
  GET    memory           How much is held in memory, and the limit.
  GET    media/ID         The file of a delivery, if it is up to 1 MiB.
  GET    events           All of this as it happens: server-sent events.
  GET    clock            The sandbox's time. POST {\"advance_ms\": 60000} moves it forward.
  GET    faults           What goes wrong on demand. POST puts in force, DELETE removes, one or all:
                            {\"when\": \"after\", \"operation\": \"send_message\", \"do\": {\"close\": true}}
                          when   before | after the request is processed
                          do     delay_ms, close, truncate_at, answer {status, headers, body},
                                 page proxy | maintenance, wrong_types, unknown_enum, endless
                          where  provider, operation
                          often  times (1; null: until removed), probability, seed
";

/// What the command line asks for.
#[derive(Debug)]
pub(crate) enum Command {
    /// Print the help.
    Help,
    /// Run the sandbox.
    Run(Box<Options>),
}

/// How to run.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) listen: SocketAddr,
    pub(crate) world: World,
    pub(crate) profile: Profile,
    pub(crate) hosts: Vec<String>,
}

/// Reads the arguments; the error is for the user to read.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 4010));
    let mut profile = Profile::default();
    let mut world = None;
    let mut allow_remote = false;
    let mut hosts = Vec::new();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let argument = argument.into_string().map_err(|raw| format!("unreadable argument {}", raw.display()))?;
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(OsString::from(value))),
            _ => (argument.as_str(), None),
        };
        let mut value = || inline.clone().or_else(|| arguments.next()).ok_or(format!("{name} needs a value"));
        match name {
            "-h" | "--help" => return Ok(Command::Help),
            "--allow-remote" => allow_remote = true,
            "--allow-host" => hosts.push(host(text(value()?)?)?),
            "--listen" => listen = text(value()?)?.parse().map_err(|_| "--listen needs ADDRESS:PORT".to_owned())?,
            "--profile" => profile = text(value()?)?.parse().map_err(|error| format!("--profile: {error}"))?,
            "--world" => world = Some(World::from_file(value()?).map_err(|error| error.to_string())?),
            other => return Err(format!("unknown option {other}")),
        }
    }
    if !listen.ip().is_loopback() && !allow_remote {
        return Err(format!(
            "{listen} is not loopback: whoever can reach it could read and change everything in the sandbox; \
             add --allow-remote if that is meant"
        ));
    }
    Ok(Command::Run(Box::new(Options { listen, world: world.unwrap_or_default(), profile, hosts })))
}

/// A name without a port.
fn host(name: String) -> Result<String, String> {
    let sound = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
    if sound { Ok(name) } else { Err(format!("--allow-host needs a name without a port, not {name:?}")) }
}

fn text(value: OsString) -> Result<String, String> {
    value.into_string().map_err(|raw| format!("unreadable value {}", raw.display()))
}

/// Base URLs, credentials and what else a program needs that reads its settings from these variables, as lines that a
/// shell takes.
pub(crate) fn greeting(sandbox: &Sandbox, profile: Profile) -> String {
    let mut out = format!("# Sandbox at {} (profile {profile})\n# Inbox page: {}/\n", sandbox.url(), sandbox.url());
    for provider in Provider::ALL {
        let name = provider.slug().to_ascii_uppercase();
        let mut line = |key: &str, value: &str| {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "export {name}_{key}={}", quoted(value));
        };
        line("BASE_URL", &sandbox.base_url(provider));
        match sandbox.credentials(provider) {
            Credentials::ExternalApi(credentials) => {
                line("CLIENT_ID", &credentials.client_id);
                line("CLIENT_SECRET", &credentials.client_secret);
            }
            Credentials::ChatGuru(credentials) => {
                line("KEY", &credentials.key);
                line("ACCOUNT_ID", &credentials.account_id);
                line("PHONE_ID", &credentials.phone_id);
                // It reads `send_date` as the clocks of this zone show it.
                line("TIME_ZONE", "America/Sao_Paulo");
            }
        }
    }
    let all = Provider::ALL.map(Provider::slug).join(", ");
    let _ = writeln!(out, "# One of {all}:\nexport ZAP_PROVIDER={}", quoted(Provider::EscalaZap.slug()));
    out
}

fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(arguments: &[&str]) -> Result<Options, String> {
        match parse(arguments.iter().map(OsString::from))? {
            Command::Run(options) => Ok(*options),
            Command::Help => Err("help".to_owned()),
        }
    }

    #[test]
    fn other_addresses_need_the_flag() {
        assert!(run(&["--listen", "0.0.0.0:1"]).unwrap_err().contains("--allow-remote"));
        assert!(run(&["--listen=0.0.0.0:1", "--allow-remote"]).is_ok());
        assert_eq!(run(&["--listen", "127.0.0.1:9"]).unwrap().listen.port(), 9);
    }

    #[test]
    fn errors_say_what_is_wrong() {
        for (arguments, part) in [
            (&["--listen"] as &[&str], "needs a value"),
            (&["--listen", "here"], "ADDRESS:PORT"),
            (&["--profile", "odd"], "observed or documented"),
            (&["--world", "/nowhere"], "/nowhere"),
            (&["--what"], "unknown option"),
            (&["--allow-host", "a:80"], "without a port"),
            (&["--help"], "help"),
        ] {
            assert!(run(arguments).unwrap_err().contains(part), "{arguments:?}");
        }
    }

    #[tokio::test]
    async fn the_lines_are_all_that_a_program_needs() {
        let sandbox = Sandbox::start().await.unwrap();
        let lines = greeting(&sandbox, Profile::Observed);
        let variables = [
            "ESCALAZAP_BASE_URL",
            "WAZIME_CLIENT_ID",
            "WAPIFLOW_CLIENT_SECRET",
            "CHATGURU_KEY",
            "CHATGURU_TIME_ZONE='America/Sao_Paulo'",
            "ZAP_PROVIDER='escalazap'",
        ];
        for variable in variables {
            assert!(lines.lines().any(|line| line.starts_with(&format!("export {variable}"))), "{variable}: {lines}");
        }
        assert!(lines.lines().all(|line| line.starts_with("export ") || line.starts_with('#')), "{lines}");
    }

    #[test]
    fn values_are_quoted_for_the_shell() {
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
