//! Calls every operation of every provider against the sandbox and prints what became of it.
//!
//! `cargo run --example tour`; exits with 0 only if every call did what it should.
//!
//! `externalapi.rs` and `chatguru.rs` are the steps, each of which builds on those before it. An operation without a step
//! is called as the tests call it.

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
    // As documented: there a template send says that it succeeded, which on the recorded version it
    // never does, delivered or not.
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

    // What the sandbox saw is counted, not what we believe to have sent.
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

/// A step that failed leaves nothing for the next to work on, so it ends the tour.
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

/// The same for all providers.
async fn send_text(messenger: &dyn Messenger, number: &str, table: &mut Table) -> Result<(), String> {
    let to: PhoneNumber = format!("+{number}").parse().map_err(|error| format!("{number}: {error}"))?;
    let sending = messenger.send_text(&to, "Olá de todos os provedores!");
    let id = |receipt: &zap_facade::Receipt| receipt.message_id.clone().ok_or("no message id".to_owned());
    table.row(messenger.provider(), "(Messenger) send_text", &format!("a text to +{number}"), sending, id).await?;
    Ok(())
}
