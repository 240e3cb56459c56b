//! The world of the search: the database, two workers, requests on their way, and what the recipient got.

use zap_outbox::jiff::Timestamp;
use zap_outbox::model::{MessageState, MessageStatus, Verdict};

/// What may happen in a world.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rules {
    /// Whether a worker may freeze between its check of the time and its request.
    pub(super) freezes: bool,
    /// Whether the database may lose commits.
    pub(super) loses_commits: bool,
    /// Whether a person may send a message again that has arrived.
    pub(super) mistakes: bool,
    pub(super) mutant: Option<Mutant>,
}

/// A mistake that the search must find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mutant {
    /// The sweeper makes a message ready instead of unknown.
    RequeueAfterCrash,
    /// An answer is recorded for whatever attempt is current.
    FinishWithoutAttempt,
    /// The request leaves before the intent is committed.
    SendBeforeCommit,
    /// A person may send again at once.
    EarlyResend,
    /// A person may settle at once.
    EarlySettle,
    /// An unknown outcome is recorded as provably not sent.
    RetryUnknown,
    /// The request may start any time after the intent was committed.
    NoStartLimit,
    /// A message that was returned after it had become unknown is made ready.
    RequeueLate,
    /// A look takes a conversation that moved before the request for one that moved after it.
    NoBaseline,
    /// An answer that says that a message was sent has no effect once a person has sent it again.
    DropLateDone,
}

/// A worker's claim on a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Claim {
    pub(super) attempt: u32,
    pub(super) token: i64,
    /// In minutes.
    pub(super) begun: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Worker {
    Idle,
    /// Sent before it committed (a mutant).
    Hasty(Claim),
    /// The intent is committed.
    Begun(Claim),
    /// It has checked the time, and will send.
    Checked(Claim),
    /// The request has left.
    Waiting(Claim),
    /// It knows the result, and has not recorded it.
    Answered(Claim, Verdict),
}

impl Worker {
    fn rank(&self) -> (u8, Option<Claim>, u8) {
        match self {
            Self::Idle => (0, None, 0),
            Self::Hasty(claim) => (1, Some(*claim), 0),
            Self::Begun(claim) => (2, Some(*claim), 0),
            Self::Checked(claim) => (3, Some(*claim), 0),
            Self::Waiting(claim) => (4, Some(*claim), 0),
            Self::Answered(claim, Verdict::Done) => (5, Some(*claim), 0),
            Self::Answered(claim, Verdict::NotDone) => (5, Some(*claim), 1),
            Self::Answered(claim, Verdict::Unknown) => (5, Some(*claim), 2),
            Self::Answered(claim, Verdict::NotSent(_)) => (5, Some(*claim), 3),
            Self::Answered(claim, Verdict::SeenDone) => (5, Some(*claim), 4),
            Self::Answered(claim, Verdict::Invalid) => (5, Some(*claim), 5),
        }
    }
}

/// A request on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Flight {
    pub(super) written: u8,
    /// Who waits for its answer.
    pub(super) worker: Option<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct World {
    /// Minutes since the start.
    pub(super) now: u8,
    pub(super) status: MessageStatus,
    pub(super) workers: [Worker; 2],
    pub(super) flights: Vec<Flight>,
    /// How many requests each attempt made.
    pub(super) requests: [u8; 5],
    /// How often the recipient got the message.
    pub(super) delivered: u8,
    pub(super) next_token: i64,
    pub(super) lost_commits: bool,
}

/// The start of all worlds.
const START: i64 = 1_800_000_000;

pub(super) fn time(minutes: u8) -> Timestamp {
    Timestamp::from_second(START + 60 * i64::from(minutes)).expect("it is in range")
}

pub(super) fn new_status() -> MessageStatus {
    MessageStatus::ready(time(0), time(u8::MAX))
}

impl World {
    pub(super) fn new() -> Self {
        Self {
            now: 0,
            status: new_status(),
            workers: [Worker::Idle, Worker::Idle],
            flights: Vec::new(),
            requests: [0; 5],
            delivered: 0,
            next_token: 1,
            lost_commits: false,
        }
    }

    /// Returns the same world in a form that is the same for all worlds with the same future: the workers are alike, and
    /// no transition depends on when a message was settled.
    pub(super) fn canonical(mut self) -> Self {
        self.status.settled_at = None;
        if self.workers[0].rank() > self.workers[1].rank() {
            self.workers.swap(0, 1);
            for worker in self.flights.iter_mut().filter_map(|flight| flight.worker.as_mut()) {
                *worker = 1 - *worker;
            }
        }
        self.flights.sort_by_key(|flight| (flight.worker, flight.written));
        self
    }

    /// Returns the promise that this world breaks.
    pub(super) fn broken(&self, rules: Rules) -> Option<&'static str> {
        let on_its_way = !self.flights.is_empty();
        let delivered = self.delivered > 0;
        if rules.mistakes {
            // The person has said something wrong. The search is for what the ledger makes of a late answer.
            return None;
        }
        if self.delivered > 1 {
            return Some("a recipient gets a message at most once");
        }
        if rules.freezes {
            // The state is then wrong before the second copy arrives. The search is for the copy.
            return None;
        }
        if self.requests.iter().any(|requests| *requests > 1) {
            return Some("an attempt makes at most one request");
        }
        match self.status.state {
            MessageState::Done if !delivered => Some("`done` means sent"),
            MessageState::NotDone if delivered || on_its_way => Some("`not_done` means not sent"),
            MessageState::Skipped if delivered || on_its_way => Some("`skipped` means not sent"),
            MessageState::Ready if delivered || on_its_way => Some("`ready` means not sent"),
            _ => None,
        }
    }
}
