//! Can this account be used from this machine, and which of what is guessed about its provider holds
//! there? Only reads: nothing is sent, stored or changed. ChatGuru is asked also with one credential
//! altered, three times, since nothing else tells that the right ones are accepted.
//!
//! `cargo run --example doctor -- escalazap` (or `wazime`, `wapiflow`, `chatguru`), with the settings
//! in the environment, as `cargo run --bin zap-sandbox` prints them.
//!
//! Exit code: 0, it can be used; 1, it cannot, and the table says why; 2, settings are missing or
//! wrong, and nothing was asked.

mod chatguru;
mod externalapi;
mod settings;
mod table;

use std::process::ExitCode;

use settings::Settings;
use table::Table;
use zap_facade::Provider;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [provider] = arguments.as_slice() else {
        eprintln!("usage: doctor PROVIDER, which is one of escalazap, wazime, wapiflow, chatguru");
        return ExitCode::from(2);
    };
    let settings = match provider.parse::<Provider>() {
        Ok(provider) => Settings::from_env(provider),
        Err(error) => {
            eprintln!("doctor: {error}");
            return ExitCode::from(2);
        }
    };
    let mut table = Table::new();
    let examined = match settings.provider.instance() {
        Some(instance) => externalapi::examine(instance, &settings, &mut table).await,
        None => chatguru::examine(&settings, &mut table).await,
    };
    if let Err(error) = examined {
        eprintln!("doctor: {} cannot be asked:", settings.provider);
        error.problems().iter().for_each(|problem| eprintln!("  {problem}"));
        return ExitCode::from(2);
    }
    print!("{table}");
    if table.is_well() {
        println!("\n{} can be used from here", settings.provider);
        ExitCode::SUCCESS
    } else {
        println!("\n{} cannot be used from here: fix what is marked", settings.provider);
        ExitCode::FAILURE
    }
}
