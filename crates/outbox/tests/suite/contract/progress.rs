//! How far campaigns are.

use zap_outbox::model::{MessageState, PauseReason, Rate, Verdict};
use zap_outbox::{Content, NewCampaign, NewMessage};

use super::fixture::{Fixture, number, time};

pub(super) async fn progress_says_how_far_a_campaign_is_and_when_it_ends(fixture: Fixture) {
    let zones = ["America/Sao_Paulo", "America/Manaus"];
    let messages = (0..200).map(|at| NewMessage::new(number(at)).with_zone(zones[at as usize % 2])).collect();
    // It is 09:00 in São Paulo, and 08:00 in Manaus.
    let plan = Fixture::plan("campaign").with_hours("Mon-Fri 09:00-10:00".parse().unwrap());
    let campaign = fixture.running(plan, messages).await;
    let progress = fixture.ledger.progress(campaign).await.unwrap();
    assert_eq!((progress.total(), progress.messages(MessageState::Ready)), (200, 200));
    assert_eq!((progress.opens_at, progress.pause(), progress.ahead), (None, None, 0));
    assert_eq!(progress.forecast(), None, "there is no rate");
    let soon = progress.forecast_at(Rate::UNLIMITED);
    assert_eq!(
        (soon.ends_at.map(|at| at.to_string()[..16].to_owned()), soon.expiring),
        (Some("2027-03-05T13:00".into()), 0)
    );
    fixture.rate(Rate::per_second(1.0 / 60.0).unwrap()).await;
    let claim = fixture.one().await;
    fixture.finish(&claim, Verdict::Done).await;
    let progress = fixture.ledger.progress(campaign).await.unwrap();
    assert_eq!((progress.total(), progress.messages(MessageState::Ready)), (200, 199));
    assert_eq!(progress.messages(MessageState::Done), 1);
    // 59 in São Paulo, 60 in Manaus; on Monday, the other 40 in São Paulo, and 40 in Manaus, at 09:00.
    let forecast = progress.forecast().unwrap();
    assert_eq!((forecast.ends_at, forecast.expiring), (Some(time("2027-03-08T13:39Z")), 0));
    fixture.pass(3 * 3600);
    let closed = fixture.ledger.progress(campaign).await.unwrap();
    assert_eq!(closed.opens_at, Some(time("2027-03-08T12:00Z")));
}

pub(super) async fn progress_says_what_stops_a_campaign(fixture: Fixture) {
    let plan = NewCampaign::bulk("short", Content::text("Olá!").unwrap(), time("2027-03-05T12:00:30Z"));
    let campaign = fixture.running(plan, (0..100).map(|at| NewMessage::new(number(at))).collect()).await;
    fixture.rate(Rate::per_second(2.0).unwrap()).await;
    fixture.ledger.pause_campaign(campaign, "lunch", "Ana").await.unwrap();
    let progress = fixture.ledger.progress(campaign).await.unwrap();
    assert_eq!(progress.pause().map(|pause| &*pause.detail), Some("lunch"));
    let forecast = progress.forecast().unwrap();
    assert_eq!((forecast.ends_at, forecast.expiring), (Some(time("2027-03-05T12:00:30Z")), 40));
    fixture.ledger.pause_account(fixture.account, "holidays", "Ana").await.unwrap();
    let progress = fixture.ledger.progress(campaign).await.unwrap();
    assert_eq!(progress.pause().map(|pause| (pause.reason, &*pause.detail)), Some((PauseReason::Person, "holidays")));
    fixture.ledger.cancel_campaign(campaign, "Ana").await.unwrap();
    let cancelled = fixture.ledger.progress(campaign).await.unwrap().forecast().unwrap();
    assert_eq!((cancelled.ends_at, cancelled.expiring), (Some(time("2027-03-05T12:00Z")), 0), "nothing more is sent");
}

pub(super) async fn campaigns_that_go_first_delay_the_forecast(fixture: Fixture) {
    let messages = |from: u32| (from..from + 60).map(|at| NewMessage::new(number(at))).collect::<Vec<_>>();
    let first = fixture.running(Fixture::plan("first"), messages(0)).await;
    let second = fixture.running(Fixture::plan("second"), messages(100)).await;
    fixture.running(Fixture::plan("third").with_priority(1), messages(200)).await;
    fixture.rate(Rate::per_second(1.0).unwrap()).await;
    let ends = |id| {
        let ledger = fixture.ledger.clone();
        async move {
            let progress = ledger.progress(id).await.unwrap();
            (progress.ahead, progress.forecast().unwrap().ends_at.unwrap())
        }
    };
    assert_eq!(ends(first).await, (60, time("2027-03-05T12:01:59Z")));
    assert_eq!(ends(second).await, (120, time("2027-03-05T12:02:59Z")));
    fixture.ledger.pause_campaign(first, "lunch", "Ana").await.unwrap();
    assert_eq!(ends(second).await, (60, time("2027-03-05T12:01:59Z")));
}
