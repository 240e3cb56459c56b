//! Sends that succeed.

use std::time::Duration;

use zap_sandbox::DeliveryState as Ledger;

use super::super::calls::{SENDS, call, in_an_hour, known};
use super::super::fixture::{Checked, Finding, Fixture, failed, holds};
use crate::{Capability, DeliveryState, SendState};

pub(super) async fn success_is_one_delivery(fixture: Fixture) -> Checked {
    let messenger = &*fixture.messenger;
    for capability in SENDS.into_iter().filter(|capability| messenger.capabilities().has(*capability)) {
        let before = fixture.deliveries().len();
        let sent = call(messenger, capability).await.is_ok();
        let found = fixture.deliveries().len() - before;
        holds(!sent || found == 1, || {
            format!("{capability}: a send succeeded, and the ledger has {found} deliveries")
        })?;
    }
    let to = known();
    let sent = messenger.send_text(&to, "Só esta vez").await;
    sent.map_err(|error| failed(&error, "a text to a known contact failed"))?;
    let there = fixture.deliveries().into_iter().filter(|one| one.text.as_deref() == Some("Só esta vez"));
    let recipients: Vec<_> = there.map(|delivery| delivery.to).collect();
    holds(recipients == [to.digits()], || {
        format!("the ledger has the text {} times, or in the wrong chat", recipients.len())
    })?;
    Ok(())
}

pub(super) async fn queued_is_not_sent(fixture: Fixture) -> Checked {
    let messenger = &*fixture.messenger;
    for capability in SENDS.into_iter().filter(|capability| messenger.capabilities().has(*capability)) {
        let Ok(Some(receipt)) = call(messenger, capability).await else { continue };
        let waits = fixture.deliveries().last().is_some_and(|delivery| delivery.state == Ledger::Scheduled);
        holds(!(waits && receipt.state == SendState::Sent), || {
            format!("{capability}: a message that waits is reported as sent")
        })?;
    }
    if !messenger.capabilities().has(Capability::DeliveryState) {
        return Ok(());
    }
    let sent = messenger.send_text(&known(), "Quando?").await.map_err(|error| failed(&error, "a text failed"))?;
    let id = sent.message_id.ok_or_else(|| "the receipt has no id for `delivery_state`".to_owned())?;
    for (wait, expected) in [(Duration::ZERO, DeliveryState::Queued), (Duration::from_secs(3600), DeliveryState::Sent)]
    {
        fixture.sandbox.clock().advance(wait);
        let reported = messenger.delivery_state(&id).await;
        let reported = reported.map_err(|error| failed(&error, "`delivery_state` failed"))?;
        holds(reported == expected, || format!("a text that is {expected} is reported as {reported}"))?;
    }
    Ok(())
}

pub(super) async fn last_activity_follows_a_send(fixture: Fixture) -> Checked {
    let messenger = &*fixture.messenger;
    if !messenger.capabilities().has(Capability::LastActivity) {
        return Err(Finding::NotApplicable("it does not report the last activity".to_owned()));
    }
    let look =
        async || messenger.last_activity(&known()).await.map_err(|error| failed(&error, "`last_activity` failed"));
    let before = look().await?.latest;
    // Providers' times can have a precision of one second.
    fixture.sandbox.clock().advance(Duration::from_secs(2));
    messenger.send_text(&known(), "Olá!").await.map_err(|error| failed(&error, "a text failed"))?;
    let after = look().await?.latest;
    holds(after > before, || format!("before a text it was {before:?}, and after it {after:?}"))?;
    Ok(())
}

pub(super) async fn scheduled_is_never_early(fixture: Fixture) -> Checked {
    let messenger = &*fixture.messenger;
    if !messenger.capabilities().has(Capability::Schedule) {
        return Err(Finding::NotApplicable("it does not schedule texts".to_owned()));
    }
    let at = in_an_hour();
    let sent = messenger.send_text_at(&known(), "Na hora", at).await;
    sent.map_err(|error| failed(&error, "a text for one hour from now failed"))?;
    let due = fixture.deliveries().last().and_then(|delivery| delivery.due);
    let due = due.ok_or_else(|| "the text went out at once".to_owned())?;
    match due.duration_since(at.system_time()) {
        Ok(late) => holds(late < Duration::from_secs(60), || format!("the text goes out {late:?} late"))?,
        Err(early) => Err(format!("the text goes out {:?} early", early.duration()))?,
    }
    Ok(())
}
