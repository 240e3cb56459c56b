//! The command line, and what is printed at the start.

use std::{
    ffi::OsString,
    net::{Ipv4Addr, SocketAddr},
};

use zap_sandbox::{Profile, Sandbox, World};

/// The text of `--help`.
pub(crate) const HELP: &str = "\
A sandbox of the WhatsApp providers EscalaZap, WaziMe, WapiFlow and ChatGuru.

Usage: sandbox [OPTIONS]

Options:
  --listen ADDRESS:PORT   Where to listen [default: 127.0.0.1:4010]. Port 0 takes a free one.
  --allow-remote          Allow an address other than loopback. Everyone who can reach it can then
                          read and change everything in the sandbox; its credentials are public.
  --allow-host NAME       Also answer under this host name, such as that of a container; may be
                          repeated. Requests under any other name than localhost are refused
                          (403), because a website can make its own name resolve to this address.
  --world FILE            The state to start from, as JSON [default: a small world of its own].
  --profile NAME          How the three ExternalApi instances behave [default: observed]:
                            observed    as a running server was recorded; a template message, for
                                        one, is delivered and answered `exception`
                            documented  as the docs promise, where the two differ: template sends
                                        succeed, unknown numbers become contacts, the contact
                                        search works, updates keep what they are not given
  --memory-limit MIB      The limit for all data in memory [default: 512]; see the README.
  -h, --help              Print this.

While it runs, on the same port:
  /                       The inbox page: what was delivered, in a browser.

Control, over HTTP with JSON, below /__sandbox/ (each is explained in the README):
  POST   reset            Back to the world; calls, deliveries and faults are forgotten.
  GET    counts           How many rows EscalaZap holds.
  GET    ledger           What was delivered, in order. ?after=ID&provider=NAME&limit=N
  GET    calls, calls/ID  The requests, secrets masked, and their answers. The same parameters.
  GET    operations       The operations of all providers: id, method and path.
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
    /// In bytes; `None`: as the library has it.
    pub(crate) memory: Option<usize>,
}

/// Reads the arguments; the error is for the user to read.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 4010));
    let mut profile = Profile::default();
    let mut world = None;
    let mut allow_remote = false;
    let mut hosts = Vec::new();
    let mut memory = None;
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let argument = argument.into_string().map_err(|raw| format!("unreadable argument {}", raw.display()))?;
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(OsString::from(value))),
            _ => (argument.as_str(), None),
        };
        if inline.is_some() && matches!(name, "--allow-remote" | "--help") {
            return Err(format!("{name} takes no value: leave it out, or give {name} alone"));
        }
        let mut value = || inline.clone().or_else(|| arguments.next()).ok_or(format!("{name} needs a value"));
        match name {
            "-h" | "--help" => return Ok(Command::Help),
            "--allow-remote" => allow_remote = true,
            "--memory-limit" => memory = Some(mebibytes(&text(value()?)?)?),
            "--allow-host" => hosts.push(host(text(value()?)?)?),
            "--listen" => listen = address(&text(value()?)?)?,
            "--profile" => profile = text(value()?)?.parse().map_err(|error| format!("--profile: {error}"))?,
            "--world" => world = Some(World::from_file(value()?).map_err(|error| error.to_string())?),
            other => return Err(format!("unknown option {other}")),
        }
    }
    if !listen.ip().is_loopback() && !allow_remote {
        return Err(format!(
            "{listen} is not loopback: everyone who can reach it could read and change everything in the sandbox; \
             to allow that, add --allow-remote"
        ));
    }
    Ok(Command::Run(Box::new(Options { listen, world: world.unwrap_or_default(), profile, hosts, memory })))
}

fn mebibytes(text: &str) -> Result<usize, String> {
    let number =
        text.parse::<usize>().ok().filter(|number| *number >= 16).and_then(|number| number.checked_mul(1 << 20));
    number.ok_or_else(|| "--memory-limit needs a whole number of MiB, 16 or more".to_owned())
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let wrong = |_| format!("--listen needs ADDRESS:PORT, such as 127.0.0.1:4010 or [::1]:0, not {text:?}");
    text.parse().map_err(wrong)
}

/// A name without a port.
fn host(name: String) -> Result<String, String> {
    let sound = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
    if sound { Ok(name) } else { Err(format!("--allow-host needs a name without a port, not {name:?}")) }
}

fn text(value: OsString) -> Result<String, String> {
    value.into_string().map_err(|raw| format!("unreadable value {}", raw.display()))
}

/// Where it is, and its settings as lines that a shell takes.
pub(crate) fn greeting(sandbox: &Sandbox, profile: Profile) -> String {
    let url = sandbox.url();
    format!("# Sandbox at {url} (profile {profile})\n# Inbox page: {url}/\n{}", sandbox.exports())
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
            (&["--listen", "localhost:4010"], "127.0.0.1:4010"),
            (&["--what"], "unknown option"),
            (&["--allow-remote=no", "--listen", "0.0.0.0:1"], "takes no value"),
            (&["--allow-host", "a:80"], "without a port"),
            (&["--memory-limit", "15"], "16 or more"),
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
}
