//! Servers and databases that cannot hold a ledger.

use zap_outbox::{Ledger, LedgerError};
use zap_postgres_server::{Options, PASSWORD, Server};

async fn refused(url: &str) -> LedgerError {
    Ledger::open(url).await.map(drop).expect_err("it is refused")
}

#[tokio::test]
async fn a_server_that_does_not_write_durably_is_refused() {
    let Some(server) = Server::start(&Options::default()) else { return };
    let schema = server.new_schema();
    for setting in ["fsync", "full_page_writes"] {
        server.psql(&format!("ALTER SYSTEM SET {setting} TO off"));
        server.psql("SELECT pg_reload_conf()");
        let error = loop {
            // The server reads its settings a little later.
            match Ledger::open(&server.url(&schema)).await {
                Ok(_) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
                Err(error) => break error,
            }
        };
        assert!(matches!(error, LedgerError::NotDurable(_)), "{error}");
        assert!(error.to_string().contains(&format!("`{setting}=off`")), "{error}");
        server.psql("ALTER SYSTEM RESET ALL");
        server.psql("SELECT pg_reload_conf()");
    }
}

#[tokio::test]
async fn a_database_of_somebody_else_is_refused_and_unchanged() {
    let Some(server) = Server::shared() else { return };
    let schema = server.new_schema();
    server.psql(&format!("CREATE TABLE {schema}.zap_event (name text)"));
    let error = refused(&server.url(&schema)).await;
    assert!(error.to_string().starts_with("the table zap_event in this schema is not of a ledger"), "{error}");
    let tables = format!("SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname = '{schema}'");
    assert_eq!(server.psql(&tables), "zap_event");

    let schema = server.new_schema();
    server.psql(&format!("CREATE TABLE {schema}.zap_meta (version int); GRANT ALL ON {schema}.zap_meta TO outbox"));
    let error = refused(&server.url(&schema)).await;
    assert!(matches!(error, LedgerError::NotALedger(_)), "{error}");
}

#[tokio::test]
async fn a_newer_ledger_is_refused() {
    let Some(server) = Server::shared() else { return };
    let url = server.url(&server.new_schema());
    let ledger = Ledger::open(&url).await.unwrap();
    let client = super::connect(&url).await;
    client.execute("UPDATE zap_meta SET version = version + 1", &[]).await.unwrap();
    assert!(matches!(refused(&url).await, LedgerError::Newer { .. }));
    // A program that has opened it before notices it, too.
    let error = ledger.open_account("EscalaZap", None).await.unwrap_err();
    assert!(matches!(error, LedgerError::Newer { .. }), "{error}");
}

#[tokio::test]
async fn a_ledger_of_an_older_version_is_brought_up_to_date() {
    let Some(fixture) = super::Fixture::new().await else { return };
    fixture.stream().await;
    let older = "ALTER TABLE zap_message DROP CONSTRAINT zap_message_number; UPDATE zap_meta SET version = 3";
    fixture.psql(older).unwrap();
    let ledger = Ledger::open(&fixture.url()).await.unwrap();
    ledger.open_account("WaziMe", None).await.unwrap();
    let call = "SELECT is_new FROM zap_enqueue('EscalaZap', 'receipts', 'a', '+5511900000001', '{\"pedido\": \"7\"}')";
    assert_eq!(fixture.psql(call).unwrap(), "t");
    assert_eq!(fixture.psql("SELECT version >= 4 FROM zap_meta").unwrap(), "t");
}

#[tokio::test]
async fn a_schema_whose_name_needs_quotes_can_hold_a_ledger() {
    let Some(server) = Server::shared() else { return };
    let schema = format!("Zap {}", server.new_schema());
    server.psql(&format!("CREATE SCHEMA \"{schema}\" AUTHORIZATION outbox"));
    let url = server.url(&format!("%22{}%22", schema.replace(' ', "%5C%20")));
    drop(Ledger::open(&url).await.unwrap());
    let ledger = Ledger::open(&url).await.unwrap();
    ledger.open_account("EscalaZap", None).await.unwrap();
}

#[tokio::test]
async fn no_error_has_a_part_of_a_password_with_special_characters() {
    for url in [
        "postgres://u:canary@canary@127.0.0.1:1/db",
        "postgres://u:a@canary@canary@127.0.0.1:1/db",
        "postgres://u:canary@canary/canary@127.0.0.1:1/db",
        "postgres://u:canary/canary@127.0.0.1:1/db",
        "postgres://u:canary/canary@canary@127.0.0.1:1/db",
        "postgres://u:canary#canary@127.0.0.1:1/db",
        "postgres://u:canary?canary@127.0.0.1:1/db",
        "postgres://u:1?user=canary@127.0.0.1:1/db",
        "postgres://u:canary?user=x@127.0.0.1:1/db",
        "postgres://u:canary:canary@127.0.0.1:1/db",
        "postgres://u:canary%zzcanary@127.0.0.1:1/db",
        "postgres://u:a@canary%40127.0.0.1:1/db",
        "postgres://u:canary&canary@127.0.0.1:1/db",
        "postgres://u:canary canary@127.0.0.1:1/db",
    ] {
        let error = refused(url).await;
        assert!(!format!("{error:?} {error}").contains("canary"), "{url}: {error:?}");
    }
    let error = refused("postgres://u:geheim@wort@127.0.0.1:1/db").await.to_string();
    assert!(error.contains("such as `%40` for `@`"), "{error}");
}

#[tokio::test]
async fn a_database_that_cannot_be_written_is_refused() {
    let Some(server) = Server::shared() else { return };
    let schema = server.new_schema();
    let url = format!("{}%20-cdefault_transaction_read_only%3Don", server.url(&schema));
    let error = refused(&url).await.to_string();
    assert!(error.contains("read-only (`default_transaction_read_only`)"), "{error}");
    server.psql(&format!("ALTER SCHEMA {schema} OWNER TO zap; GRANT USAGE ON SCHEMA {schema} TO outbox"));
    let error = refused(&server.url(&schema)).await.to_string();
    assert!(error.contains(&format!("GRANT CREATE, USAGE ON SCHEMA {schema}")), "{error}");
    let error = refused(&server.url("nowhere")).await.to_string();
    assert!(error.contains("there is no schema for the ledger's tables"), "{error}");
}

#[tokio::test]
async fn no_error_has_the_password() {
    let Some(server) = Server::shared() else { return };
    let schema = server.new_schema();
    let good = server.tcp_url(&schema);
    let ledger = Ledger::open(&good).await.unwrap();
    assert!(!format!("{ledger:?}").contains(PASSWORD), "{ledger:?}");
    for (from, to, expected) in [
        (PASSWORD, "pa55word-canary-of-another", "password authentication failed"),
        ("/outbox?", "/nothing?", "database \"nothing\" does not exist"),
        ("?options", "?pa55word-canary=1&options", "an option that is not supported"),
        ("127.0.0.1:", "127.0.0.1:9999", "is invalid"),
        ("postgres://outbox:", "postgres://outbox:a%zz", "password authentication failed"),
        (&server.port().to_string(), "1", "cannot be reached: postgres://127.0.0.1:1/outbox"),
        ("?options", "?sslmode=pa55word-canary&options", "`sslmode` is not"),
        ("?options", "?sslmode=require&options", "cannot be reached"),
    ] {
        let url = good.replacen(from, to, 1);
        let error = refused(&url).await;
        assert!(error.to_string().contains(expected), "{expected}: {error}");
        assert!(!format!("{error:?} {error}").contains("canary"), "{error:?}");
    }
}
