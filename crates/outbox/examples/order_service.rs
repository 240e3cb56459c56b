//! A shop that places orders, and sends each customer a receipt exactly once, or says that it does not know.
//!
//! The order and its receipt are stored in one transaction. A worker sends what was committed, here to the sandbox.
//! Needs Postgres: `cargo run --package zap-outbox --example order_service`.

use std::error::Error;
use std::future::pending;

use zap_outbox::model::MessageState;
use zap_outbox::postgres::enqueue;
use zap_outbox::postgres::tokio_postgres::{self, Client, NoTls};
use zap_outbox::zap_facade::contract::Account;
use zap_outbox::zap_facade::{PhoneNumber, Provider, connect};
use zap_outbox::{Content, Ledger, NewCampaign, NewMessage, Outbox, Stopped};
use zap_postgres_server::Server;
use zap_sandbox::{Profile, Sandbox};

/// Places an order. If this returns an error, there is neither an order nor a receipt, and you can call it again. You
/// can also call it again if you do not know whether it has taken effect.
async fn place_order(shop: &mut Client, id: i32, customer: PhoneNumber) -> Result<(), Box<dyn Error>> {
    let transaction = shop.transaction().await?;
    transaction.execute("INSERT INTO orders (id) VALUES ($1) ON CONFLICT DO NOTHING", &[&id]).await?;
    let receipt = NewMessage::new(customer).with_param("pedido", id.to_string());
    enqueue(&transaction, "EscalaZap", "receipts", &format!("order-{id}"), &receipt).await?;
    if id == 13 {
        return Err("the card was refused".into());
    }
    transaction.commit().await?;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Some(server) = Server::shared() else { return Ok(()) };
    let sandbox = Sandbox::builder().profile(Profile::Documented).start().await?;
    let url = server.url(&server.new_schema());

    // The worker, usually a program of its own.
    let messenger = connect(Account::of(&sandbox, Provider::EscalaZap).config())?;
    let outbox = Outbox::builder(Ledger::open(&url).await?, messenger).open().await?;
    let receipts = NewCampaign::stream("receipts", Content::text("Recebemos o pedido {pedido}.")?);
    let receipts = outbox.ledger().create_campaign(outbox.account(), receipts).await?.id;

    // The shop.
    let (mut shop, connection) = tokio_postgres::connect(&url, NoTls).await?;
    tokio::spawn(connection);
    shop.batch_execute("CREATE TABLE orders (id int PRIMARY KEY)").await?;
    for id in [7, 8, 7, 13] {
        let placed = place_order(&mut shop, id, format!("+55119000000{id:02}").parse()?).await;
        println!("order {id}: {}", placed.map_or_else(|error| error.to_string(), |()| "placed".to_owned()));
    }

    let stopped = outbox.work_until_done(pending()).await?;
    for count in outbox.ledger().counts(receipts).await? {
        println!("{} {}", count.messages, count.state);
    }
    let mut texts: Vec<_> = sandbox.deliveries().into_iter().filter_map(|sent| sent.text).collect();
    texts.sort();
    println!("{}", texts.join("\n"));
    assert_eq!(stopped, Stopped::Done);
    assert_eq!(texts, ["Recebemos o pedido 7.", "Recebemos o pedido 8."]);
    assert_eq!(outbox.ledger().counts(receipts).await?[0].state, MessageState::Done);
    Ok(())
}

#[test]
fn each_order_has_one_receipt() {
    main().unwrap();
}
