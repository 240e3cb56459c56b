//! The command line, and the text that the program prints at the start.

use std::{net::SocketAddr, path::PathBuf};

use clap::{CommandFactory as _, Parser, error::ErrorKind};
use zap_sandbox::{Profile, Sandbox, World};

const ROUTES: &str = "\
While it runs, on the same port:
  /                       The inbox page, which shows deliveries in a browser.

Control routes, HTTP with JSON, below /__sandbox/ (the README explains each):
  POST   reset            Restores the world; forgets calls, deliveries, messages and faults.
  GET    counts           The number of rows in EscalaZap.
  GET    ledger           The deliveries, in order. ?after=ID&provider=NAME&limit=N
  GET    calls, calls/ID  The requests and their answers, with secrets masked. Same parameters.
  GET    operations       The operations of all providers: id, method and path.
  GET    memory           The memory in use, and the limit.
  GET    media/ID         The file of a delivery, if it is at most 1 MiB.
  POST   incoming         A customer writes to an account:
                            {\"provider\": \"chatguru\", \"from\": \"5511987654321\", \"text\": \"Olá\"}
                          kind   text | image | voice | audio | video | document
                          also   name, caption, url, origin, phone_id
  GET    incoming         The messages from customers, and their posts. Same parameters as ledger.
  GET    webhook          The URL to which ChatGuru posts these messages, with its token masked.
                          POST {\"url\": \"http://127.0.0.1:8080/webhook\"} sets it, DELETE removes it.
  GET    events           Everything that happens, as server-sent events.
  GET    clock            The sandbox's time. POST {\"advance_ms\": 60000} advances it.
  GET    faults           The active faults. POST adds one or several, DELETE removes one or all:
                            {\"when\": \"after\", \"operation\": \"send_message\", \"do\": {\"close\": true}}
                          when   before | after the request is processed
                          do     delay_ms, close, truncate_at, answer {status, headers, body},
                                 page proxy | maintenance, wrong_types, unknown_enum, endless,
                                 dialog_context_error (only dialog_execute of ChatGuru)
                                 for posts to the webhook, without when and operation:
                                 post_late_ms, post_repeat, post_out_of_order
                          where  provider, operation
                          often  times (1; null: until removed), probability, seed";

/// Emulates the WhatsApp providers EscalaZap, WaziMe, WapiFlow and ChatGuru.
#[derive(Debug, Parser)]
#[command(name = "zap-sandbox", version, after_help = ROUTES)]
pub(crate) struct Options {
    /// The address to listen on. Port 0 takes a free port.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:4010", value_parser = address)]
    pub(crate) listen: SocketAddr,

    /// Allow an address other than loopback. Everyone who can reach it can then
    /// read and change everything in the sandbox; its credentials are public.
    #[arg(long, verbatim_doc_comment)]
    allow_remote: bool,

    /// Also answer under this host name, such as that of a container. Can be repeated.
    /// Requests under other names than localhost are refused (403), because a website
    /// can make its own name resolve to this address.
    #[arg(long = "allow-host", value_name = "NAME", value_parser = host, verbatim_doc_comment)]
    pub(crate) hosts: Vec<String>,

    /// The state to start from, as a JSON file [default: a small built-in world].
    #[arg(long, value_name = "FILE")]
    world: Option<PathBuf>,

    /// How the three ExternalApi instances behave [default: observed]:
    ///   observed    like the recorded server. For example, a template message
    ///               is delivered and answered `exception`.
    ///   documented  like the documentation, where the two differ: template sends
    ///               succeed, unknown numbers become contacts, the contact search
    ///               works, updates keep the fields they are not given.
    #[arg(long, value_name = "NAME", default_value_t, hide_default_value = true, verbatim_doc_comment)]
    pub(crate) profile: Profile,

    /// The http URL to which ChatGuru posts messages from customers. Its path and query
    /// may contain a token and are never shown [default: that of the world, if any].
    #[arg(long = "webhook-url", value_name = "URL", verbatim_doc_comment)]
    pub(crate) webhook_url: Option<String>,

    /// The limit for all data in memory [default: 512]. The README explains it.
    #[arg(long = "memory-limit", value_name = "MIB", value_parser = mebibytes)]
    pub(crate) memory: Option<usize>,
}

impl Options {
    /// Parses and checks the arguments of the program. Exits after `--help` and after an error.
    pub(crate) fn from_arguments() -> (Self, World) {
        let parsed = Self::parse().checked();
        parsed.unwrap_or_else(|message| Self::command().error(ErrorKind::ValueValidation, message).exit())
    }

    /// Checks what clap cannot check, and reads the world.
    fn checked(self) -> Result<(Self, World), String> {
        if !self.listen.ip().is_loopback() && !self.allow_remote {
            return Err(format!(
                "{} is not a loopback address: everyone who can reach it could read and change everything in the \
                 sandbox; to allow that, add --allow-remote",
                self.listen
            ));
        }
        let world = self.world.as_ref().map_or_else(|| Ok(World::default()), World::from_file);
        Ok((self, world.map_err(|error| error.to_string())?))
    }
}

fn mebibytes(text: &str) -> Result<usize, String> {
    let number =
        text.parse::<usize>().ok().filter(|number| *number >= 16).and_then(|number| number.checked_mul(1 << 20));
    number.ok_or_else(|| "expected a whole number of MiB, 16 or more".to_owned())
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "expected ADDRESS:PORT, such as 127.0.0.1:4010 or [::1]:0".to_owned())
}

fn host(name: &str) -> Result<String, String> {
    let sound = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
    if sound { Ok(name.to_owned()) } else { Err("expected a name without a port".to_owned()) }
}

/// Returns the URL of the sandbox and its settings, as lines for a shell.
pub(crate) fn greeting(sandbox: &Sandbox, profile: Profile) -> String {
    let url = sandbox.url();
    format!("# Sandbox at {url} (profile {profile})\n# Inbox page: {url}/\n{}", sandbox.exports())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(arguments: &[&str]) -> Result<Options, String> {
        let parsed = Options::try_parse_from([&["zap-sandbox"], arguments].concat());
        Ok(parsed.map_err(|error| error.to_string())?.checked()?.0)
    }

    #[test]
    fn the_definition_is_sound() {
        Options::command().debug_assert();
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
            (&["--listen"] as &[&str], "a value is required"),
            (&["--listen", "here"], "ADDRESS:PORT"),
            (&["--profile", "odd"], "observed or documented"),
            (&["--world", "/nowhere"], "/nowhere"),
            (&["--listen", "localhost:4010"], "127.0.0.1:4010"),
            (&["--what"], "unexpected argument '--what'"),
            (&["--profil", "observed"], "'--profile'"),
            (&["--allow-remote=no", "--listen", "0.0.0.0:1"], "unexpected value 'no'"),
            (&["--allow-host", "a:80"], "without a port"),
            (&["--memory-limit", "15"], "16 or more"),
        ] {
            let error = run(arguments).unwrap_err();
            assert!(error.contains(part), "{arguments:?}: {error}");
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
