//! `zap sandbox`

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::SocketAddr;

use clap::Args;
use serde::Serialize;
use zap_sandbox::{Profile, Sandbox as Emulator};

use crate::console::note;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::shutdown::Shutdown;

/// Emulate the providers on this machine, to try everything without an account
///
/// Prints the environment variables of accounts in the sandbox, for example:
///   zap sandbox > sandbox.env &
///   . ./sandbox.env
/// The sandbox runs until you stop it, and then forgets everything. Its page shows
/// what was delivered.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Sandbox {
    /// The address to listen on, of this machine. Port 0 takes a free port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:4010", value_parser = loopback)]
    listen: SocketAddr,

    /// How EscalaZap, WaziMe and WapiFlow behave: `documented`, as their
    /// documentation says, or `observed`, as a real server, which sends only to
    /// numbers that are contacts
    #[arg(long, value_name = "NAME", default_value = "documented")]
    profile: Profile,
}

#[derive(Debug, Serialize)]
struct Started {
    url: String,
    profile: String,
    variables: BTreeMap<String, String>,
}

impl Sandbox {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let Self { listen, profile } = self;
        let started = Emulator::builder().listen(listen).profile(profile).start().await;
        let sandbox = started.map_err(|error| {
            let failure = Failure::new(format!("the sandbox cannot listen on {listen}: {error}"));
            match error.kind() {
                ErrorKind::AddrInUse => failure.fix("stop the other program, or add --listen 127.0.0.1:0"),
                _ => failure,
            }
        })?;
        let shutdown = Shutdown::listen(None)?;
        let (url, exports) = (sandbox.url(), sandbox.exports());
        let started = Started { url: url.clone(), profile: profile.to_string(), variables: variables(&exports) };
        cx.console.data(&started, || exports.trim_end().to_owned())?;
        note(format_args!("The sandbox runs at {url}/ where you see what was delivered. Ctrl-C stops it."));
        tokio::select! {
            () = sandbox.wait() => Err(Failure::new("the sandbox stopped")),
            () = shutdown.requested() => Ok(Exit::Done),
        }
    }
}

/// Reads the lines `export NAME='value'`.
fn variables(exports: &str) -> BTreeMap<String, String> {
    let lines = exports.lines().filter_map(|line| line.strip_prefix("export ")?.split_once('='));
    lines.map(|(name, value)| (name.to_owned(), value.trim_matches('\'').to_owned())).collect()
}

fn loopback(text: &str) -> std::result::Result<SocketAddr, String> {
    let address: SocketAddr =
        text.parse().map_err(|_| "expected ADDRESS:PORT, such as 127.0.0.1:4010 or [::1]:0".to_owned())?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err("its credentials are public, so only addresses of this machine are allowed; the program zap-sandbox has \
             an option for others"
            .to_owned())
    }
}
