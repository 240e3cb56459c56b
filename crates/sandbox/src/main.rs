//! The sandbox as a program: see `zap-sandbox --help`.

mod cli;

use std::{
    io::{ErrorKind, Write as _},
    process::ExitCode,
};

use zap_sandbox::{Sandbox, SandboxBuilder};

#[tokio::main]
async fn main() -> ExitCode {
    let (options, world) = cli::Options::from_arguments();
    let address = options.listen;
    let builder = Sandbox::builder().listen(address).world(world).profile(options.profile);
    let builder = match options.memory {
        Some(bytes) => builder.memory_limit(bytes),
        None => builder,
    };
    let builder = match options.webhook_url {
        Some(url) => builder.webhook_url(url),
        None => builder,
    };
    let builder = options.hosts.into_iter().fold(builder, SandboxBuilder::allow_host);
    match builder.start().await {
        Ok(sandbox) => {
            print(&cli::greeting(&sandbox, options.profile));
            sandbox.wait().await;
            ExitCode::FAILURE
        }
        // The webhook URL, which this error does not contain.
        Err(error) if error.kind() == ErrorKind::InvalidInput => {
            eprintln!("zap-sandbox: {error}");
            ExitCode::from(2)
        }
        Err(error) => {
            let hint = match error.kind() {
                ErrorKind::AddrInUse => "; `--listen 127.0.0.1:0` takes a free port",
                _ => "",
            };
            eprintln!("zap-sandbox: cannot listen on {address}: {error}{hint}");
            ExitCode::FAILURE
        }
    }
}

/// Prints a text. The program continues even if nothing reads it.
fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    // `zap-sandbox | head -1` closes the pipe.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
