//! The sandbox as a program: see `zap-sandbox --help`.

mod cli;

use std::{
    io::{ErrorKind, Write as _},
    process::ExitCode,
};

use cli::Command;
use zap_sandbox::{Sandbox, SandboxBuilder};

#[tokio::main]
async fn main() -> ExitCode {
    let options = match cli::parse(std::env::args_os().skip(1)) {
        Ok(Command::Help) => {
            say(cli::HELP);
            return ExitCode::SUCCESS;
        }
        Ok(Command::Run(options)) => options,
        Err(error) => {
            eprintln!("zap-sandbox: {error}\nTry `zap-sandbox --help`.");
            return ExitCode::from(2);
        }
    };
    let address = options.listen;
    let builder = Sandbox::builder().listen(address).world(options.world).profile(options.profile);
    let builder = match options.memory {
        Some(bytes) => builder.memory_limit(bytes),
        None => builder,
    };
    let builder = options.hosts.into_iter().fold(builder, SandboxBuilder::allow_host);
    match builder.start().await {
        Ok(sandbox) => {
            say(&cli::greeting(&sandbox, options.profile));
            sandbox.wait().await;
            ExitCode::FAILURE
        }
        Err(error) => {
            let hint = match error.kind() {
                ErrorKind::AddrInUse => "; `--listen 127.0.0.1:0` takes a free port",
                _ => "",
            };
            eprintln!("sandbox: cannot listen on {address}: {error}{hint}");
            ExitCode::FAILURE
        }
    }
}

/// Prints to whoever still reads.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    // `sandbox | head -1` closes the pipe, which is no reason to stop.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
