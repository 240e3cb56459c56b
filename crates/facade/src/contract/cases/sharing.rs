//! Many users of one messenger, and users who leave.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

use super::super::act::known;
use super::super::stage::{Checked, Stage, failed, holds};

pub(super) async fn dropped_send_is_sent_at_most_once(stage: Stage) -> Checked {
    const ROUNDS: usize = 64;
    let to = known();
    let mut succeeded = Vec::new();
    for round in 0..ROUNDS {
        let text = format!("Rodada {round}.");
        let mut sending = stage.messenger.send_text(&to, &text);
        // Dropped after so many steps, wherever it is by then: not begun, sent, answered in part.
        let mut left = round * 7 % 8;
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
    // What is on its way arrives, or does not; nothing more comes once nothing has come for a while.
    let mut calls = u64::MAX;
    while calls != stage.sandbox.total_calls() {
        calls = stage.sandbox.total_calls();
        sleep(Duration::from_millis(100)).await;
    }
    for round in 0..ROUNDS {
        let found = stage.delivered(&format!("Rodada {round}."));
        holds(found <= 1, || format!("a send that was dropped arrived {found} times"))?;
        holds(found == 1 || !succeeded.contains(&round), || "a send that succeeded is not in the ledger".to_owned())?;
    }
    Ok(())
}

pub(super) async fn tasks_can_share_it(stage: Stage) -> Checked {
    const TASKS: usize = 64;
    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let messenger = Arc::clone(&stage.messenger);
        tasks.spawn(async move { messenger.send_text(&known(), &format!("Tarefa {task}.")).await });
    }
    while let Some(joined) = tasks.join_next().await {
        let sent = joined.map_err(|error| format!("a task panicked: {error}"))?;
        sent.map_err(|error| failed(&error, "a task's text was not sent"))?;
    }
    for task in 0..TASKS {
        let found = stage.delivered(&format!("Tarefa {task}."));
        holds(found == 1, || format!("the ledger has the text of one task {found} times"))?;
    }
    Ok(())
}
