//! Calls every operation of every provider against the sandbox, and prints the result of each call.
//!
//! Run `cargo run --example tour`. The exit code is 0 only if every call did what it should.
//!
//! `externalapi.rs` and `chatguru.rs` contain the steps, each of which builds on those before it. The example makes
//! the tests' call of each operation without a step.

#[path = "../../tests/support/calls.rs"]
#[allow(dead_code)]
mod calls;
mod chatguru;
mod externalapi;
mod table;

use std::collections::BTreeSet;
use std::process::ExitCode;

use calls::{Api, Client, Names};
use table::Table;
use zap_facade::externalapi_client::Provider as Instance;
use zap_facade::{ChatGuru, ExternalApi, Messenger, PhoneNumber};
use zap_sandbox::{Profile, Provider, Sandbox};

#[tokio::main]
async fn main() -> ExitCode {
    // In the documented profile, sending a template succeeds. The recorded version always answers it with an error,
    // whether it delivers the template or not.
    let sandbox = match Sandbox::builder().profile(Profile::Documented).start().await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            eprintln!("the sandbox cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("the sandbox stands in for the providers at {}, profile documented\n", sandbox.url());

    let mut table = Table::new();
    let tour = tour(&sandbox, &mut table).await;
    table.print();
    if let Err(why) = tour {
        println!("\nstopped: {why}");
    }

    // Counts the calls that the sandbox received, not those that this program made.
    let reached: BTreeSet<_> = sandbox
        .calls()
        .iter()
        .filter(|call| call.success)
        .filter_map(|call| Some((call.provider, call.operation?)))
        .collect();
    let providers: BTreeSet<_> = reached.iter().map(|(provider, _)| provider).collect();
    let expected = 3 * externalapi::operations().len() + chatguru::operations().len();
    let twice = sandbox.total_calls() != table.rows() as u64;
    if twice {
        println!("\nthe sandbox saw {} calls for {} rows", sandbox.total_calls(), table.rows());
    }
    println!("\n{} of {expected} operations on {} providers", reached.len(), providers.len());
    if reached.len() == expected && table.all_well() && !twice { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs all steps. A failed step ends the tour, because later steps depend on it.
async fn tour(sandbox: &Sandbox, table: &mut Table) -> Result<(), String> {
    for (instance, provider) in [
        (Instance::EscalaZap, Provider::EscalaZap),
        (Instance::WaziMe, Provider::WaziMe),
        (Instance::WapiFlow, Provider::WapiFlow),
    ] {
        let client = externalapi::client(sandbox, instance, provider)?;
        let number = externalapi::tour(&client, table).await?;
        send_text(&ExternalApi::new(client.clone()), &number, table).await?;
        let name = client.provider().to_owned();
        other_calls(Api::ExternalApi, &name, &Client::ExternalApi(client), &Names::of_sandbox(), table).await?;
    }
    let client = chatguru::client(sandbox)?;
    let (number, names) = chatguru::tour(&client, sandbox, table).await?;
    send_text(&ChatGuru::new(client.clone()), &number, table).await?;
    let name = client.provider().to_owned();
    other_calls(Api::ChatGuru, &name, &Client::ChatGuru(client), &names, table).await
}

/// Calls the operations of an API that have no step.
async fn other_calls(
    api: Api,
    provider: &str,
    client: &Client,
    names: &Names,
    table: &mut Table,
) -> Result<(), String> {
    for call in calls::all().into_iter().filter(|call| call.api == api) {
        let operation = call.operation.id;
        if !table.has(provider, operation) {
            let sent = "as in tests/support/calls.rs";
            table.row(provider, operation, sent, (call.send)(client, names), |_| Ok(())).await?;
        }
    }
    Ok(())
}

/// Sends a text with [`Messenger`], with the same code for all providers.
async fn send_text(messenger: &dyn Messenger, number: &str, table: &mut Table) -> Result<(), String> {
    let to: PhoneNumber = format!("+{number}").parse().map_err(|error| format!("{number}: {error}"))?;
    let sending = messenger.send_text(&to, "Olá de todos os provedores!");
    let id = |receipt: &zap_facade::Receipt| receipt.message_id.clone().ok_or("no message id".to_owned());
    table.row(messenger.provider(), "(Messenger) send_text", &format!("a text to +{number}"), sending, id).await?;
    Ok(())
}
