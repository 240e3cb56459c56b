//! What can happen next in a world.

use std::sync::LazyLock;
use std::time::Duration;

use zap_outbox::model::{
    Command, DECIDE_AFTER, MessageState, MessageStatus, NotSent, Refusal, SETTLE_AFTER, SkipReason, Verdict, step,
};

use super::world::{Claim, Flight, Mutant, Rules, Worker, World, new_status, time};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// Time passes, in minutes.
    Pass(u8),
    /// The transaction T2 of a worker.
    Begin(u8),
    /// A worker compares the time with that of T2.
    Check(u8),
    /// There is no connection.
    NoConnection(u8),
    /// The message cannot be sent as it is, so nothing is sent.
    Reject(u8),
    /// The request leaves.
    Send(u8),
    /// The request leaves before T2 (a mutant).
    SendFirst(u8),
    /// A worker stops waiting for its answer.
    GiveUp(u8),
    /// The provider processes a request and delivers the message. The answer arrives, or is lost.
    Deliver { flight: usize, is_answered: bool },
    /// The provider delivers the message and answers with a failure. The worker sees that the conversation has moved.
    DeliverSeen(usize),
    /// The provider refuses a request.
    Refuse { flight: usize, busy: bool },
    /// A request is lost on its way.
    Lose(usize),
    /// The transaction T4 of a worker, which may not learn that it was committed.
    Finish { worker: u8, is_confirmed: bool },
    /// A worker process ends.
    Crash(u8),
    /// The transaction T5.
    Sweep,
    /// A person, or a look at the conversation, settles the message as it is seen by the recipient.
    Settle { by_look: bool },
    /// A person has seen, perhaps wrongly, that the message did not arrive, and sends it again.
    Resend,
    /// A person cancels the campaign.
    Cancel,
    /// The database goes back to its state at the start.
    LoseCommits,
}

/// Messages are attempted this often.
const ATTEMPTS: u32 = 2;

/// Returns after how many minutes the search ends, from the variable `MINUTES`.
///
/// 16 are enough for a second attempt to become unknown, and 29 for it to be settled, and a late answer after that.
pub(super) fn end() -> u8 {
    static END: LazyLock<u8> =
        LazyLock::new(|| std::env::var("MINUTES").map_or(16, |end| end.parse().expect("MINUTES is a number")));
    *END
}

fn minutes(duration: Duration) -> u8 {
    u8::try_from(duration.as_secs() / 60).expect("the limits are minutes")
}

/// Returns all that may happen. Some moves may turn out to have no effect.
pub(super) fn all(world: &World, rules: Rules) -> Vec<Move> {
    let mut moves = vec![Move::Sweep, Move::Resend, Move::Cancel];
    moves.extend([Move::Settle { by_look: true }, Move::Settle { by_look: false }]);
    // The times at which an attempt becomes unknown, and at which it may be settled.
    moves.extend([Move::Pass(minutes(DECIDE_AFTER)), Move::Pass(minutes(SETTLE_AFTER))]);
    if rules.loses_commits && !world.lost_commits {
        moves.push(Move::LoseCommits);
    }
    for (at, worker) in (0..).zip(&world.workers) {
        match worker {
            Worker::Idle if rules.mutant == Some(Mutant::SendBeforeCommit) => moves.push(Move::SendFirst(at)),
            Worker::Idle | Worker::Hasty(_) => moves.push(Move::Begin(at)),
            Worker::Begun(_) => moves.push(Move::Check(at)),
            Worker::Checked(_) => moves.extend([Move::Send(at), Move::NoConnection(at), Move::Reject(at)]),
            Worker::Waiting(_) => moves.push(Move::GiveUp(at)),
            Worker::Answered(..) => {
                moves.extend([true, false].map(|is_confirmed| Move::Finish { worker: at, is_confirmed }));
            }
        }
        if *worker != Worker::Idle {
            moves.push(Move::Crash(at));
        }
    }
    for flight in 0..world.flights.len() {
        moves.push(Move::Lose(flight));
        moves.extend([true, false].map(|is_answered| Move::Deliver { flight, is_answered }));
        moves.push(Move::DeliverSeen(flight));
        moves.extend([true, false].map(|busy| Move::Refuse { flight, busy }));
    }
    moves
}

/// Returns the world after a move, or `None` if it cannot happen or changes nothing.
pub(super) fn apply(world: &World, rules: Rules, what: &Move) -> Option<World> {
    let mut next = world.clone();
    let now = time(world.now);
    match *what {
        Move::Pass(by) => {
            next.now = world.now.checked_add(by).filter(|limit| *limit <= end())?;
            let is_checked = |worker: &Worker| matches!(worker, Worker::Checked(_));
            if !rules.freezes && world.workers.iter().any(is_checked) {
                return None;
            }
            // A request is not on its way for as long as this.
            let longest = minutes(DECIDE_AFTER + SETTLE_AFTER);
            if world.flights.iter().any(|flight| next.now >= flight.written + longest) {
                return None;
            }
        }
        Move::Begin(at) => begin(&mut next, at)?,
        Move::SendFirst(at) => {
            let attempt = world.status.attempt + 1;
            if world.status.state != MessageState::Ready || attempt > ATTEMPTS {
                return None;
            }
            set(&mut next, at, Worker::Hasty(Claim { attempt, token: 0, begun: world.now }));
            send(&mut next, at, attempt);
        }
        Move::Check(at) => {
            let Worker::Begun(claim) = world.workers[usize::from(at)] else { return None };
            let in_time = claim.begun == world.now || rules.mutant == Some(Mutant::NoStartLimit);
            let too_late = Worker::Answered(claim, Verdict::NotSent(NotSent::TooLate));
            set(&mut next, at, if in_time { Worker::Checked(claim) } else { too_late });
        }
        Move::NoConnection(at) | Move::Reject(at) => {
            let Worker::Checked(claim) = world.workers[usize::from(at)] else { return None };
            let is_invalid = matches!(what, Move::Reject(_));
            let verdict = if is_invalid { Verdict::Invalid } else { Verdict::NotSent(NotSent::Busy { wait: None }) };
            set(&mut next, at, Worker::Answered(claim, verdict));
        }
        Move::Send(at) => {
            let Worker::Checked(claim) = world.workers[usize::from(at)] else { return None };
            set(&mut next, at, Worker::Waiting(claim));
            send(&mut next, at, claim.attempt);
        }
        Move::GiveUp(at) => {
            abandon(&mut next, at);
            answer(&mut next, Some(at), Verdict::Unknown);
        }
        Move::Deliver { flight, is_answered } => {
            next.delivered += 1;
            let worker = next.flights.remove(flight).worker;
            answer(&mut next, worker, if is_answered { Verdict::Done } else { Verdict::Unknown });
        }
        Move::DeliverSeen(flight) => {
            next.delivered += 1;
            let worker = next.flights.remove(flight).worker;
            answer(&mut next, worker, Verdict::SeenDone);
        }
        Move::Refuse { flight, busy } => {
            let worker = next.flights.remove(flight).worker;
            let verdict = if busy { Verdict::NotSent(NotSent::Busy { wait: None }) } else { Verdict::NotDone };
            answer(&mut next, worker, verdict);
        }
        Move::Lose(flight) => {
            let worker = next.flights.remove(flight).worker;
            let is_fooled = rules.mutant == Some(Mutant::NoBaseline);
            answer(&mut next, worker, if is_fooled { Verdict::SeenDone } else { Verdict::Unknown });
        }
        Move::Finish { worker, is_confirmed } => {
            let Worker::Answered(claim, verdict) = &world.workers[usize::from(worker)] else { return None };
            if let Some(status) = finish(world, rules, *claim, verdict) {
                next.status = status;
            }
            if is_confirmed {
                set(&mut next, worker, Worker::Idle);
            }
        }
        Move::Crash(at) => {
            abandon(&mut next, at);
            set(&mut next, at, Worker::Idle);
        }
        Move::Sweep => {
            let requeues = rules.mutant == Some(Mutant::RequeueAfterCrash);
            let swept = step(&world.status, &Command::Sweep, now).ok()?;
            next.status = if requeues { ready_again(&world.status) } else { swept.status };
        }
        Move::Settle { by_look } => {
            let command = Command::Settle { done: world.delivered > 0, by_look };
            next.status = by_person(world, &command, rules.mutant == Some(Mutant::EarlySettle))?;
        }
        Move::Resend if world.delivered > 0 && !rules.mistakes => return None,
        Move::Resend => {
            next.status = by_person(world, &Command::Resend, rules.mutant == Some(Mutant::EarlyResend))?;
        }
        Move::Cancel => {
            next.status = step(&world.status, &Command::Skip(SkipReason::Cancelled), now).ok()?.status;
        }
        Move::LoseCommits => {
            next.lost_commits = true;
            next.status = new_status();
        }
    }
    let next = next.canonical();
    (next != *world).then_some(next)
}

/// T2. Returns `None` if nothing begins.
fn begin(world: &mut World, at: u8) -> Option<()> {
    let token = world.next_token;
    world.status = step(&world.status, &Command::Begin { token }, time(world.now)).ok()?.status;
    if world.status.attempt > ATTEMPTS {
        return None;
    }
    world.next_token += 1;
    let claim = Claim { attempt: world.status.attempt, token, begun: world.now };
    let is_hasty = matches!(world.workers[usize::from(at)], Worker::Hasty(_));
    set(world, at, if is_hasty { Worker::Waiting(claim) } else { Worker::Begun(claim) });
    Some(())
}

/// Returns the status after T4, if T4 has an effect.
fn finish(world: &World, rules: Rules, claim: Claim, verdict: &Verdict) -> Option<MessageStatus> {
    let Claim { mut attempt, mut token, .. } = claim;
    let mut verdict = verdict.clone();
    match rules.mutant {
        Some(Mutant::FinishWithoutAttempt) => (attempt, token) = (world.status.attempt, world.status.token),
        Some(Mutant::RetryUnknown) if verdict == Verdict::Unknown => {
            verdict = Verdict::NotSent(NotSent::Busy { wait: None });
        }
        Some(Mutant::RequeueLate)
            if world.status.state == MessageState::Unknown && matches!(verdict, Verdict::NotSent(_)) =>
        {
            return Some(ready_again(&world.status));
        }
        Some(Mutant::DropLateDone)
            if verdict == Verdict::Done
                && matches!(world.status.state, MessageState::Ready | MessageState::Skipped) =>
        {
            return None;
        }
        _ => {}
    }
    let command = Command::Finish { attempt, token, verdict };
    step(&world.status, &command, time(world.now)).ok().map(|transition| transition.status)
}

fn by_person(world: &World, command: &Command, is_early: bool) -> Option<MessageStatus> {
    let result = match step(&world.status, command, time(world.now)) {
        Err(Refusal::TooEarly(at)) if is_early => step(&world.status, command, at),
        result => result,
    };
    result.ok().map(|transition| transition.status)
}

fn ready_again(status: &MessageStatus) -> MessageStatus {
    MessageStatus { state: MessageState::Ready, decide_at: None, settled_at: None, evidence: None, ..status.clone() }
}

fn set(world: &mut World, at: u8, worker: Worker) {
    world.workers[usize::from(at)] = worker;
}

fn send(world: &mut World, at: u8, attempt: u32) {
    world.flights.push(Flight { written: world.now, worker: Some(at) });
    world.requests[attempt as usize] += u8::from(!world.lost_commits);
}

/// Nobody waits for the worker's request any more.
fn abandon(world: &mut World, at: u8) {
    for flight in world.flights.iter_mut().filter(|flight| flight.worker == Some(at)) {
        flight.worker = None;
    }
}

fn answer(world: &mut World, at: Option<u8>, verdict: Verdict) {
    let Some(at) = at else { return };
    if let Worker::Waiting(claim) = world.workers[usize::from(at)] {
        set(world, at, Worker::Answered(claim, verdict));
    }
}
