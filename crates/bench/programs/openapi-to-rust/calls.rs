//! The calls that are compared, by openapi-to-rust's client: WHAT COUNT AT-ONCE ORIGIN.

#[allow(warnings)]
mod generated;
mod load;

use std::sync::Arc;

use generated::{HttpClient, MultipartFile, SendMessageBodyBuilder};
use load::Failure;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, count, at_once, origin] = arguments.as_slice() else { return Err("WHAT COUNT AT-ONCE ORIGIN".into()) };
    let client = HttpClient::new()
        .with_base_url(format!("{origin}/external-api"))
        .with_header("client-id", "bench-client-id")
        .with_header("client-secret", "bench-client-secret");
    let (client, what) = (Arc::new(client), Arc::new(what.clone()));
    let call = move || {
        let (client, what) = (Arc::clone(&client), Arc::clone(&what));
        async move {
            let there = match what.strip_prefix("upload:") {
                // It takes files from memory only.
                Some(path) => send(&client, Some(MultipartFile::new(std::fs::read(path)?))).await?,
                None if *what == "list" => list(&client).await?,
                None => send(&client, None).await?,
            };
            if there { Ok(()) } else { Err("the answer is not what it should be".into()) }
        }
    };
    load::runtime().block_on(load::load(count.parse()?, at_once.parse()?, call))
}

async fn list(client: &HttpClient) -> Result<bool, Failure> {
    let answer = client.contact_list(Some(1), Some(20), None::<&str>).await.map_err(said)?;
    let page = answer.data.and_then(|data| data.contacts);
    Ok(page.and_then(|page| page.data.flatten()).is_some_and(|rows| rows.len() == 20))
}

async fn send(client: &HttpClient, file: Option<MultipartFile>) -> Result<bool, Failure> {
    let body = SendMessageBodyBuilder::new("11987654321".to_owned(), "55".to_owned());
    let body = match file {
        Some(file) => body.document(file),
        None => body.message("Olá! Seu pedido saiu para entrega.".to_owned()),
    };
    let answer = client.send_message(body.build()).await.map_err(said)?;
    Ok(answer.data.is_some_and(|data| data.message.is_some()))
}

fn said(error: impl std::fmt::Debug) -> Failure {
    format!("{error:?}").into()
}
