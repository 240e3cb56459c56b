//! Searches all interleavings of two workers, an outage, clocks that pass, and a person around the pause of an account.
//!
//! The account's part of the world is changed only by `model::Gate`, which every store uses.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt::Write as _;
use std::rc::Rc;

use zap_outbox::jiff::{SignedDuration, Timestamp};
use zap_outbox::model::{CHECK_LIMIT, Gate, MAX_TRIALS, Pause, PauseReason, Rate, Slots, UNKNOWNS_IN_A_ROW, Verdict};

/// How many messages a worker begins at a time.
const BATCH: u32 = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mutant {
    /// Each worker checks, even if another worker checks already.
    ChecksTogether,
    /// There is no limit to the trials.
    TriesForEver,
    /// A check that was begun before a person paused the account resumes it.
    ChecksAreNotFenced,
    /// A trial does not wait for its answer.
    ForgetsTheTrial,
    /// A message that the provider was not asked about counts as an answer.
    RejectsEndTheTrial,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Worker {
    Idle,
    Checking { until: Timestamp },
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct World {
    gate: GateKey,
    workers: [Worker; 2],
    /// Messages on their way.
    flying: u32,
    unknown: u32,
    person_paused: bool,
    person_resumed: bool,
}

/// A gate with a hash: what of it can change here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct GateKey {
    hold_until: Timestamp,
    pause: Option<PauseReason>,
    is_trial: bool,
    unknowns: u32,
    failures: u32,
    trials: u32,
}

impl GateKey {
    fn of(gate: &Gate) -> Self {
        let Gate { hold_until, is_trial, unknowns, failures, trials, .. } = *gate;
        let pause = gate.pause.as_ref().map(|pause| pause.reason);
        Self { hold_until, pause, is_trial, unknowns, failures: failures.min(1), trials }
    }

    fn gate(&self) -> Gate {
        let Self { hold_until, pause, is_trial, unknowns, failures, trials } = *self;
        let pause = pause.map(|reason| Pause::new(reason, ""));
        Gate { hold_until, pause, is_trial, unknowns, failures, trials, ..Gate::new(Rate::UNLIMITED) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    /// Minutes pass.
    Pass(i64),
    /// A worker begins messages.
    Begin,
    /// A message ends as unknown, because of its answer or because it is overdue.
    Lose,
    /// A message cannot be sent as it is, so the provider is not asked.
    Reject,
    BeginCheck(usize),
    /// The read is answered, or not.
    FinishCheck {
        worker: usize,
        succeeds: bool,
    },
    /// A worker that checks is killed.
    Crash(usize),
    PersonPauses,
    PersonResumes,
}

/// Every world is at this time. When time passes, all times in the world become earlier.
fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).expect("it is in range")
}

/// The end of a right to check that was lost: it is the time of nothing else.
fn lost() -> Timestamp {
    now() - SignedDuration::from_hours(100)
}

fn moves() -> Vec<Move> {
    let mut moves = vec![
        Move::Pass(3),
        Move::Pass(62),
        Move::Begin,
        Move::Lose,
        Move::Reject,
        Move::PersonPauses,
        Move::PersonResumes,
    ];
    for worker in 0..2 {
        moves.extend([true, false].map(|succeeds| Move::FinishCheck { worker, succeeds }));
        moves.extend([Move::BeginCheck(worker), Move::Crash(worker)]);
    }
    moves
}

/// Returns the world after a move, or `None` if it cannot happen or changes nothing.
fn apply(world: &World, what: Move, mutant: Option<Mutant>) -> Option<World> {
    let mut next = world.clone();
    let mut gate = world.gate.gate();
    let now = now();
    match what {
        Move::Pass(minutes) => {
            let by = SignedDuration::from_mins(minutes);
            gate.hold_until -= by;
            for worker in &mut next.workers {
                if let Worker::Checking { until } = worker {
                    *until -= by;
                }
            }
        }
        Move::Begin => {
            let in_flight = world.flying > 0 && mutant != Some(Mutant::ForgetsTheTrial);
            let Slots::Now(slots) = gate.slots(now, in_flight, BATCH) else { return None };
            // Messages that are on their way when the account is paused become unknown too.
            next.flying = Some(world.flying + slots).filter(|flying| *flying <= BATCH)?;
        }
        Move::Lose => {
            next.flying = world.flying.checked_sub(1)?;
            next.unknown = world.unknown + 1;
            gate.record(&Verdict::Unknown, "", now);
        }
        Move::Reject => {
            next.flying = world.flying.checked_sub(1)?;
            if mutant == Some(Mutant::RejectsEndTheTrial) {
                gate.record(&Verdict::NotDone, "", now);
            }
            gate.record(&Verdict::Invalid, "", now);
        }
        Move::BeginCheck(worker) => {
            if world.workers[worker] != Worker::Idle {
                return None;
            }
            if mutant == Some(Mutant::TriesForEver) {
                gate.trials = gate.trials.min(MAX_TRIALS - 1);
            }
            let before = gate.hold_until;
            let until = gate.begin_check(now)?;
            if mutant == Some(Mutant::ChecksTogether) {
                gate.hold_until = before;
            }
            next.workers[worker] = Worker::Checking { until };
        }
        Move::FinishCheck { worker, succeeds } => {
            let Worker::Checking { mut until } = world.workers[worker] else { return None };
            next.workers[worker] = Worker::Idle;
            if mutant == Some(Mutant::ChecksTogether) {
                until = gate.hold_until;
            }
            if mutant == Some(Mutant::ChecksAreNotFenced) && gate.pause.is_some() {
                gate.pause = Some(Pause::new(PauseReason::Unknowns, ""));
                gate.trials = gate.trials.min(MAX_TRIALS - 1);
                until = gate.hold_until;
            }
            gate.finish_check(until, if succeeds { Ok(()) } else { Err(None) }, now);
        }
        Move::Crash(worker) => {
            if world.workers[worker] == Worker::Idle {
                return None;
            }
            next.workers[worker] = Worker::Idle;
        }
        Move::PersonPauses => {
            if world.person_paused || !gate.pause(Pause::new(PauseReason::Person, "")) {
                return None;
            }
            next.person_paused = true;
        }
        Move::PersonResumes => {
            if world.person_resumed || gate.pause.is_none() {
                return None;
            }
            gate.resume();
            (next.person_resumed, next.person_paused) = (true, false);
            next.unknown = 0;
        }
    }
    // What is over is the same, however long ago it was.
    let past = now - SignedDuration::from_mins(1);
    for worker in &mut next.workers {
        if let Worker::Checking { until } = worker {
            let is_lost = *until <= now && *until != gate.hold_until;
            *until = if is_lost { lost() } else { (*until).max(past) };
        }
    }
    gate.hold_until = gate.hold_until.max(past);
    next.gate = GateKey::of(&gate);
    next.workers.sort_unstable();
    (next != *world).then_some(next)
}

/// Returns the promise that a world breaks.
fn broken(before: &World, what: Move, world: &World) -> Option<&'static str> {
    let most = UNKNOWNS_IN_A_ROW + BATCH - 1 + MAX_TRIALS;
    if world.unknown > most {
        return Some("an outage makes a bounded number of messages unknown");
    }
    if before.gate.is_trial && what == Move::Begin && (before.flying > 0 || world.flying > 1) {
        return Some("a trial is one message");
    }
    if before.gate.pause == Some(PauseReason::Person)
        && world.gate.pause != before.gate.pause
        && what != Move::PersonResumes
    {
        return Some("what a person has paused, only a person resumes");
    }
    let ends = |worker: &Worker| match worker {
        Worker::Checking { until } if *until > now() => Some(*until),
        _ => None,
    };
    if world.workers.iter().filter_map(ends).count() > 1 && !world.person_resumed {
        return Some("one worker checks at a time");
    }
    None
}

fn search(mutant: Option<Mutant>) -> Result<HashSet<(bool, u32)>, String> {
    let gate = GateKey::of(&Gate::new(Rate::UNLIMITED));
    let workers = [Worker::Idle; 2];
    let start = World { gate, workers, flying: 0, unknown: 0, person_paused: false, person_resumed: false };
    let start = Rc::new(start);
    let mut origins: HashMap<Rc<World>, Option<(Rc<World>, Move)>> = HashMap::from([(Rc::clone(&start), None)]);
    let mut open = VecDeque::from([start]);
    let mut seen = HashSet::new();
    while let Some(world) = open.pop_front() {
        seen.insert((world.gate.pause.is_some(), world.gate.trials));
        for what in moves() {
            let Some(next) = apply(&world, what, mutant) else { continue };
            let promise = broken(&world, what, &next);
            let next = Rc::new(next);
            if !origins.contains_key(&next) {
                origins.insert(Rc::clone(&next), Some((Rc::clone(&world), what)));
                open.push_back(Rc::clone(&next));
            }
            if let Some(promise) = promise {
                return Err(format!("{promise}\n{}", trace(&origins, &world, what)));
            }
        }
    }
    Ok(seen)
}

fn trace(origins: &HashMap<Rc<World>, Option<(Rc<World>, Move)>>, end: &Rc<World>, last: Move) -> String {
    let mut steps = vec![last];
    let mut at = end;
    while let Some(Some((before, what))) = origins.get(at) {
        steps.push(*what);
        at = before;
    }
    let mut text = String::new();
    for step in steps.into_iter().rev() {
        let _ = writeln!(text, "{step:?}");
    }
    text
}

#[test]
fn an_outage_makes_few_messages_unknown_and_a_person_is_obeyed() {
    let seen = search(None).unwrap_or_else(|found| panic!("{found}"));
    for trials in 0..=MAX_TRIALS {
        assert!(seen.contains(&(true, trials)), "{trials}");
    }
    assert!(CHECK_LIMIT.as_secs() > 60, "or no check lasts while time passes");
}

#[test]
fn mistakes_with_the_pause_are_caught() {
    for (mutant, promise) in [
        (Mutant::ChecksTogether, "one worker checks at a time"),
        (Mutant::TriesForEver, "an outage makes a bounded number of messages unknown"),
        (Mutant::ChecksAreNotFenced, "what a person has paused, only a person resumes"),
        (Mutant::ForgetsTheTrial, "a trial is one message"),
        (Mutant::RejectsEndTheTrial, "an outage makes a bounded number of messages unknown"),
    ] {
        let found = search(Some(mutant)).expect_err(&format!("{mutant:?} is found"));
        assert!(found.starts_with(promise), "{mutant:?}: {found}");
    }
}
