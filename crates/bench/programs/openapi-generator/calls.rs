//! The calls that are compared, by openapi-generator's client: WHAT COUNT AT-ONCE ORIGIN.

mod load;

use std::sync::Arc;

use load::Failure;
use peer::apis::configuration::{ApiKey, Configuration};
use peer::apis::{contacts_api, messages_api};

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, count, at_once, origin] = arguments.as_slice() else { return Err("WHAT COUNT AT-ONCE ORIGIN".into()) };
    let client = Configuration {
        base_path: format!("{origin}/external-api"),
        // It has one for both headers.
        api_key: Some(ApiKey { prefix: None, key: "bench-client-secret".to_owned() }),
        ..Configuration::new()
    };
    let (client, what) = (Arc::new(client), Arc::new(what.clone()));
    let call = move || {
        let (client, what) = (Arc::clone(&client), Arc::clone(&what));
        async move {
            let there = match what.strip_prefix("upload:") {
                Some(path) => send(&client, Some(path.into()), None).await?,
                None if *what == "list" => list(&client).await?,
                None => send(&client, None, Some("Olá! Seu pedido saiu para entrega.")).await?,
            };
            if there { Ok(()) } else { Err("the answer is not what it should be".into()) }
        }
    };
    load::runtime().block_on(load::load(count.parse()?, at_once.parse()?, call))
}

async fn list(client: &Configuration) -> Result<bool, Failure> {
    let answer = contacts_api::contact_list(client, Some(1), Some(20), None).await.map_err(said)?;
    let page = answer.data.and_then(|data| data.contacts);
    Ok(page.and_then(|page| page.data.flatten()).is_some_and(|rows| rows.len() == 20))
}

async fn send(client: &Configuration, file: Option<std::path::PathBuf>, text: Option<&str>) -> Result<bool, Failure> {
    let answer = messages_api::send_message(
        client,
        "55",
        "11987654321",
        None,
        None,
        None,
        None,
        file,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        text,
    );
    Ok(answer.await.map_err(said)?.data.is_some_and(|data| data.message.is_some()))
}

fn said(error: impl std::fmt::Debug) -> Failure {
    format!("{error:?}").into()
}
