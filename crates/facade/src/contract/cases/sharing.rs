//! Messengers that are shared between tasks, and futures that are dropped.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use zap_sandbox::Fault;

use super::super::calls::known;
use super::super::fixture::{Checked, Fixture, failed, holds};

pub(super) async fn dropped_send_is_sent_at_most_once(fixture: Fixture) -> Checked {
    const ROUNDS: usize = 64;
    let to = known();
    let mut succeeded = Vec::new();
    for round in 0..ROUNDS {
        let text = text(round);
        let mut sending = fixture.messenger.send_text(&to, &text);
        // Drop it after a number of polls, so that it may not have started, or be connecting, sending or answered.
        let mut left = round * 7 % 16;
        let result = poll_fn(|context| match sending.as_mut().poll(context) {
            Poll::Ready(result) => Poll::Ready(Some(result)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => {
                left -= 1;
                Poll::Pending
            }
        });
        if let Some(Ok(_)) = result.await {
            succeeded.push(round);
        }
    }
    // Also drop it when the message is delivered, before the answer arrives.
    fixture.only(Fault::delay(Duration::from_secs(600)).after().always())?;
    for round in ROUNDS..ROUNDS + 4 {
        let text = text(round);
        let mut sending = fixture.messenger.send_text(&to, &text);
        while fixture.delivered(&text) == 0 {
            let answered = timeout(Duration::from_millis(5), &mut sending).await;
            holds(answered.is_err(), || "the send returned before the provider answered".to_owned())?;
        }
    }
    fixture.sandbox.faults().clear();
    // Wait until requests that are under way have arrived: until nothing has changed for a while.
    let mut calls = None;
    while calls != Some((fixture.sandbox.total_calls(), fixture.deliveries().len())) {
        calls = Some((fixture.sandbox.total_calls(), fixture.deliveries().len()));
        sleep(Duration::from_millis(200)).await;
    }
    for round in 0..ROUNDS + 4 {
        let found = fixture.delivered(&text(round));
        if succeeded.contains(&round) {
            holds(found > 0, || "the ledger does not have a send that succeeded".to_owned())?;
        } else {
            holds(found <= 1, || format!("a send that was dropped arrived {found} times"))?;
        }
    }
    Ok(())
}

fn text(round: usize) -> String {
    format!("Rodada {round}.")
}

pub(super) async fn tasks_can_share_it(fixture: Fixture) -> Checked {
    const TASKS: usize = 64;
    let alone = fixture.messenger.send_text(&known(), "Sozinho.").await;
    alone.map_err(|error| failed(&error, "a text failed"))?;
    let alone = fixture.delivered("Sozinho.");
    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let messenger = Arc::clone(&fixture.messenger);
        tasks.spawn(async move { messenger.send_text(&known(), &format!("Tarefa {task}.")).await });
    }
    while let Some(joined) = tasks.join_next().await {
        let sent = joined.map_err(|error| format!("a task panicked: {error}"))?;
        sent.map_err(|error| failed(&error, "a text of a task failed"))?;
    }
    for task in 0..TASKS {
        let found = fixture.delivered(&format!("Tarefa {task}."));
        holds(found == alone, || format!("the ledger has the text of a task {found} times"))?;
    }
    Ok(())
}
