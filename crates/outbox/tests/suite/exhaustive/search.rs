//! Breadth-first search, so that a mistake is shown by one of the shortest ways to it.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::fmt::Write as _;
use std::rc::Rc;

use zap_outbox::model::{Command, Evidence, MessageState, Verdict, step};

use super::moves::{Move, all, apply};
use super::world::{Rules, Worker, World, time};

// The workers are alike, so the search may exchange them: the number of a worker in a trace can change.

/// A state, its evidence, and what the recipient got.
type End = (MessageState, Option<Evidence>, u8);

/// A search that found nothing.
pub(super) struct Explored {
    pub(super) worlds: usize,
    pub(super) ends: BTreeSet<End>,
}

/// A broken promise.
pub(super) struct Found {
    pub(super) promise: &'static str,
    pub(super) trace: String,
}

/// From each world, the one before it and the move between them.
type Origins = HashMap<Rc<World>, Option<(Rc<World>, Move)>>;

pub(super) fn search(rules: Rules) -> Result<Explored, Found> {
    let start = Rc::new(World::new());
    let mut origins = Origins::from([(Rc::clone(&start), None)]);
    let mut open = VecDeque::from([start]);
    let mut ends = BTreeSet::new();
    while let Some(world) = open.pop_front() {
        ends.insert((world.status.state, world.status.evidence, world.delivered));
        for what in all(&world, rules) {
            let Some(next) = apply(&world, rules, &what) else { continue };
            let promise = next.broken(rules).or_else(|| broken_by(&world, rules, &what, &next));
            let next = Rc::new(next);
            if let Entry::Vacant(entry) = origins.entry(Rc::clone(&next)) {
                entry.insert(Some((Rc::clone(&world), what)));
                open.push_back(Rc::clone(&next));
            }
            if let Some(promise) = promise.filter(|_| !rules.freezes || next.delivered > 1) {
                return Err(Found { promise, trace: trace(&origins, &next) });
            }
        }
    }
    Ok(Explored { worlds: origins.len(), ends })
}

/// Returns the promise that a move breaks.
fn broken_by(world: &World, rules: Rules, what: &Move, next: &World) -> Option<&'static str> {
    if let Move::Finish { worker, .. } = what
        && let Worker::Answered(claim, Verdict::Done) = &world.workers[usize::from(*worker)]
        && (claim.attempt, claim.token) == (world.status.attempt, world.status.token)
        && next.status.state != MessageState::Done
    {
        return Some("an answer that says that the latest attempt was sent is never dropped");
    }
    if rules.mistakes {
        return None;
    }
    let (was, now) = (world.status.state, next.status.state);
    let is_sent_again = matches!(was, MessageState::Unknown | MessageState::NotDone)
        && matches!(now, MessageState::Ready | MessageState::Sending);
    if is_sent_again && !matches!(what, Move::Resend | Move::LoseCommits) {
        return Some("nothing unknown or not done is sent again without a person");
    }
    if was == MessageState::Done && now != MessageState::Done && *what != Move::LoseCommits {
        return Some("`done` is final where people tell the truth");
    }
    if let Move::Send(worker) = what {
        let Worker::Checked(claim) = &world.workers[usize::from(*worker)] else {
            return Some("only a worker that has checked the time sends");
        };
        if world.status.attempt < claim.attempt && !world.lost_commits {
            return Some("the intent is committed before the request leaves");
        }
    }
    let is_overdue = now == MessageState::Sending && next.status.decide_at.is_none_or(|at| at <= time(next.now));
    if is_overdue && step(&next.status, &Command::Sweep, time(next.now)).is_err() {
        return Some("no message stays in `sending` for ever");
    }
    None
}

fn trace(origins: &Origins, end: &Rc<World>) -> String {
    let mut steps = Vec::new();
    let mut at = end;
    while let Some(Some((before, what))) = origins.get(at) {
        steps.push((what, at));
        at = before;
    }
    let mut text = String::new();
    for (what, world) in steps.into_iter().rev() {
        let World { now, status, delivered, flights, .. } = &**world;
        let (state, attempt) = (status.state, status.attempt);
        let flights = flights.len();
        let _ = writeln!(
            text,
            "{now:>3} min  {what:?}: {state}, attempt {attempt}, {delivered} delivered, {flights} on the way"
        );
    }
    text
}
