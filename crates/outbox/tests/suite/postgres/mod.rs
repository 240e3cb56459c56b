//! Tests of the Postgres ledger that no other ledger needs.

mod connection;
mod enqueue;
mod identity;
mod proxy;
mod reads;
mod refused;

use zap_outbox::postgres::tokio_postgres::{self, Client, NoTls};
use zap_outbox::{AccountId, CampaignId, Content, Ledger, NewCampaign, NewMessage};
use zap_postgres_server::Server;

use crate::contract::fixture::{number, time};

/// A ledger in an empty schema.
struct Fixture {
    server: &'static Server,
    schema: String,
    ledger: Ledger,
    account: AccountId,
}

impl Fixture {
    /// Returns `None` if Postgres is not installed.
    async fn new() -> Option<Self> {
        let server = Server::shared()?;
        let schema = server.new_schema();
        let ledger = Ledger::open(&server.url(&schema)).await.unwrap();
        let account = ledger.open_account("EscalaZap", None).await.unwrap();
        Some(Self { server, schema, ledger, account })
    }

    fn url(&self) -> String {
        self.server.url(&self.schema)
    }

    /// Starts a campaign to three recipients.
    async fn campaign(&self) -> CampaignId {
        started(&self.ledger, self.account).await
    }

    /// Creates the stream `receipts`, with the placeholder `pedido`.
    async fn stream(&self) -> CampaignId {
        let stream = NewCampaign::stream("receipts", Content::text("Pedido {pedido}").unwrap());
        self.ledger.create_campaign(self.account, stream).await.unwrap().id
    }

    /// Returns a connection of a program that is not ours.
    async fn client(&self) -> Client {
        connect(&self.url()).await
    }

    /// Runs SQL with `psql` as the role `outbox`, in the ledger's schema.
    fn psql(&self, sql: &str) -> Result<String, String> {
        self.server.psql_as("outbox", &format!("SET search_path TO {}; {sql}", self.schema))
    }

    async fn begin(&self) -> usize {
        self.ledger.begin(self.account, 10).await.unwrap().claims.len()
    }
}

async fn started(ledger: &Ledger, account: AccountId) -> CampaignId {
    let plan = NewCampaign::bulk("campaign", Content::text("Olá!").unwrap(), time("2099-01-01T00:00Z"));
    let campaign = ledger.create_campaign(account, plan).await.unwrap().id;
    ledger.import(campaign, (0..3).map(|at| NewMessage::new(number(at)))).await.unwrap();
    ledger.start_campaign(campaign, 3, "Ana").await.unwrap();
    campaign
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}
