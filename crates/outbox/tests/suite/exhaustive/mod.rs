//! Searches all interleavings of two workers, a sweeper, a person, crashes and late answers around one message.
//!
//! The database's part of the world is changed only by `model::step`, the function that every store uses.
//!
//! `MINUTES=29` searches for longer than the default of 16 minutes; see [`moves::end`].

mod moves;
mod outage;
mod search;
mod world;

use std::collections::BTreeSet;

use search::{Found, search};
use world::{Mutant, Rules};
use zap_outbox::model::{Evidence, MessageState};

/// The search must look at about as many worlds as it does now, in 16 and in 29 minutes. A model that can do less finds
/// less.
const AT_LEAST: [usize; 2] = [45_000, 450_000];

fn mutant(mutant: Mutant) -> Rules {
    Rules { mutant: Some(mutant), ..Rules::default() }
}

fn holds(rules: Rules) -> search::Explored {
    match search(rules) {
        Ok(explored) => explored,
        Err(Found { promise, trace }) => panic!("broken: {promise}\n{trace}"),
    }
}

fn breaks(rules: Rules) -> Found {
    match search(rules) {
        Ok(explored) => panic!("{rules:?}: nothing was found in {} worlds", explored.worlds),
        Err(found) => found,
    }
}

#[test]
fn no_interleaving_sends_twice_or_tells_a_lie() {
    let explored = holds(Rules::default());
    println!("{} states", explored.worlds);
    let at_least = AT_LEAST[usize::from(moves::end() >= 29)];
    assert!(explored.worlds > at_least, "only {} worlds", explored.worlds);
    // Every way in which a message can end is among them, with what the recipient got.
    let mut expected = BTreeSet::new();
    for evidence in [Evidence::Answer, Evidence::LateAnswer, Evidence::Look, Evidence::Person] {
        expected.insert((MessageState::Done, Some(evidence), 1));
        expected.insert((MessageState::NotDone, Some(evidence), 0));
    }
    for evidence in [Evidence::NoAnswer, Evidence::Overdue] {
        expected.insert((MessageState::Unknown, Some(evidence), 0));
        expected.insert((MessageState::Unknown, Some(evidence), 1));
    }
    expected.insert((MessageState::NotDone, Some(Evidence::NotSent), 0));
    expected.insert((MessageState::Ready, None, 0));
    expected.insert((MessageState::Sending, None, 0));
    expected.insert((MessageState::Sending, None, 1));
    expected.insert((MessageState::Skipped, Some(Evidence::Cancelled), 0));
    assert_eq!(explored.ends, expected);
}

#[test]
fn a_worker_that_freezes_between_its_check_and_its_request_can_send_twice() {
    // The residual risk, which is documented: the providers offer no fencing.
    let found = breaks(Rules { freezes: true, ..Rules::default() });
    assert_eq!(found.promise, "a recipient gets a message at most once", "{}", found.trace);
    assert!(found.trace.contains("Resend"), "it takes a person who sends again:\n{}", found.trace);
}

#[test]
fn an_answer_that_comes_after_a_person_has_sent_the_message_again_is_not_dropped() {
    let wrong = Rules { mistakes: true, ..Rules::default() };
    let explored = holds(wrong);
    assert!(explored.ends.contains(&(MessageState::Ready, None, 1)), "a person may be wrong");
    let found = breaks(Rules { mutant: Some(Mutant::DropLateDone), ..wrong });
    assert!(found.trace.contains("Resend"), "{}", found.trace);
}

#[test]
fn a_database_that_lost_a_commit_can_send_twice() {
    // The other residual risk: an asynchronous failover, or a restored backup.
    let found = breaks(Rules { loses_commits: true, ..Rules::default() });
    assert!(found.trace.contains("LoseCommits"), "{}", found.trace);
}

#[test]
fn requeueing_after_a_crash_is_caught() {
    breaks(mutant(Mutant::RequeueAfterCrash));
}

#[test]
fn finishing_without_the_attempt_is_caught() {
    breaks(mutant(Mutant::FinishWithoutAttempt));
}

#[test]
fn sending_before_the_commit_is_caught() {
    breaks(mutant(Mutant::SendBeforeCommit));
}

#[test]
fn sending_again_too_early_is_caught() {
    breaks(mutant(Mutant::EarlyResend));
}

#[test]
fn settling_too_early_is_caught() {
    breaks(mutant(Mutant::EarlySettle));
}

#[test]
fn retrying_an_unknown_outcome_is_caught() {
    breaks(mutant(Mutant::RetryUnknown));
}

#[test]
fn starting_the_request_without_a_time_limit_is_caught() {
    breaks(mutant(Mutant::NoStartLimit));
}

#[test]
fn making_a_late_unsent_message_ready_is_caught() {
    breaks(mutant(Mutant::RequeueLate));
}

#[test]
fn looking_without_a_baseline_is_caught() {
    let found = breaks(mutant(Mutant::NoBaseline));
    assert_eq!(found.promise, "`done` means sent", "{}", found.trace);
}
