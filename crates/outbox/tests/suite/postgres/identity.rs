//! A ledger whose server has changed.

use zap_outbox::LedgerError;
use zap_outbox::model::{CampaignState, PauseReason};

use super::Fixture;

#[tokio::test]
async fn a_ledger_that_was_restored_is_read_only_until_a_person_accepts_it() {
    for (change, what) in [
        ("system_id = '1234'", "was written by another Postgres server (system 1234 and not "),
        ("timeline = timeline + 1", "is on timeline 1 and not 2: a standby has taken over, or a backup was restored"),
    ] {
        let Some(fixture) = Fixture::new().await else { return };
        let campaign = fixture.campaign().await;
        let stream = fixture.stream().await;
        fixture.psql(&format!("UPDATE zap_meta SET {change}")).unwrap();
        let refused = fixture.ledger.begin(fixture.account, 5).await.unwrap_err();
        assert!(matches!(refused, LedgerError::Restored(_)), "{refused}");
        let text = refused.to_string();
        assert!(text.contains(what) && text.contains("accept_restored"), "{text}");
        assert!(!refused.is_transient());
        // A program that is started now sees it, too, and can look.
        let other = zap_outbox::Ledger::open(&fixture.url()).await.unwrap();
        assert_eq!(other.counts(campaign).await.unwrap()[0].messages, 3);
        assert!(other.sweep().await.is_ok(), "nothing is overdue, so nothing is written");
        assert!(matches!(other.open_account("WaziMe", None).await, Err(LedgerError::Restored(_))));

        assert_eq!(other.accept_restored("Ana").await.unwrap(), 2);
        for id in [campaign, stream] {
            let paused = fixture.ledger.campaign(id).await.unwrap();
            let reason = paused.pause.map(|pause| pause.reason);
            assert_eq!((paused.state, reason), (CampaignState::Paused, Some(PauseReason::Restored)));
        }
        assert_eq!(fixture.begin().await, 0);
        fixture.ledger.resume_campaign(campaign, "Ana").await.unwrap();
        assert_eq!(fixture.begin().await, 3);
    }
}
