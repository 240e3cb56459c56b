//! Logging to stderr, behind `--verbose`.

use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// What is logged if `RUST_LOG` does not say it.
const DEFAULT: &str = "info";

/// Starts logging if it is wanted. `RUST_LOG` selects what, as in `RUST_LOG=zap_outbox=debug`.
pub fn start(verbose: bool) {
    if !verbose {
        return;
    }
    let wanted = std::env::var("RUST_LOG").unwrap_or_else(|_| DEFAULT.to_owned());
    let targets = wanted.parse::<Targets>().unwrap_or_else(|_| {
        crate::console::note(format_args!("warning: RUST_LOG is not a list of TARGET=LEVEL: {DEFAULT} is used"));
        Targets::new().with_default(tracing_subscriber::filter::LevelFilter::INFO)
    });
    let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(std::io::stderr);
    tracing_subscriber::registry().with(layer).with(targets).init();
}
