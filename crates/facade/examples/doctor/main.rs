//! Checks whether an account can be used from this machine, and which assumptions about its provider are right for it.
//!
//! It makes read-only calls: nothing is sent, stored or changed. For ChatGuru it also makes three calls with one credential
//! altered each. Only that confirms that the correct ones are accepted.
//!
//! Run `cargo run --example doctor -- escalazap` (or `wazime`, `wapiflow`, `chatguru`), with the settings in the
//! environment, as `cargo run --bin zap-sandbox` prints them.
//!
//! The exit code is 0 if the account can be used, 1 if it cannot (the table says why), and 2 if settings are missing or
//! invalid, in which case no call is made.

use std::process::ExitCode;

use zap_facade::{Provider, doctor};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [provider] = arguments.as_slice() else {
        eprintln!("usage: doctor PROVIDER, where PROVIDER is escalazap, wazime, wapiflow or chatguru");
        return ExitCode::from(2);
    };
    let provider = match provider.parse::<Provider>() {
        Ok(provider) => provider,
        Err(error) => {
            eprintln!("doctor: {error}");
            return ExitCode::from(2);
        }
    };
    let diagnosis = match doctor::examine(provider, std::env::vars_os()).await {
        Ok(diagnosis) => diagnosis,
        Err(error) => {
            eprintln!("doctor: the settings for {provider} cannot be used:");
            error.problems().iter().for_each(|problem| eprintln!("  {problem}"));
            return ExitCode::from(2);
        }
    };
    print!("{diagnosis}");
    if diagnosis.is_ok() {
        println!("\n{provider} can be used from this machine");
        ExitCode::SUCCESS
    } else {
        println!("\n{provider} cannot be used from this machine: fix what is marked WRONG");
        ExitCode::FAILURE
    }
}
