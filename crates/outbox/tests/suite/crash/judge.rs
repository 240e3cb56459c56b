//! Compares the ledger with what the recipients got, and finds out where workers crashed.

use std::collections::BTreeMap;
use std::fmt;

use zap_outbox::jiff::{Timestamp, ToSpan};
use zap_outbox::model::{Evidence, MessageState};
use zap_outbox::{Clock, Message};
use zap_sandbox::{FormPart, RequestBody};

use super::campaign::Crashing;

/// What a judge found.
#[derive(Debug, Default)]
pub(crate) struct Judgement {
    /// How many messages are in each state.
    pub(crate) states: BTreeMap<MessageState, usize>,
    /// The messages whose worker crashed.
    pub(crate) places: Places,
    /// What must not be.
    pub(crate) violations: Vec<String>,
}

/// Where workers crashed: the messages that they left, by how far each had got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    /// The intent was committed, and no request arrived.
    pub(crate) after_intent: usize,
    /// The request arrived, and the worker had no answer.
    pub(crate) in_call: usize,
    /// The worker had the answer, and had not recorded it.
    pub(crate) after_answer: usize,
}

impl Places {
    pub(crate) fn total(self) -> usize {
        self.after_intent + self.in_call + self.after_answer
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.after_intent += other.after_intent;
        self.in_call += other.in_call;
        self.after_answer += other.after_answer;
    }
}

impl fmt::Display for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { after_intent, in_call, after_answer } = self;
        write!(f, "{after_intent} after the intent, {in_call} in the call, {after_answer} after the answer")
    }
}

impl Crashing {
    /// Sweeps at a time at which all that is open is overdue, and judges. `answered` says how often workers had an answer
    /// for a number.
    pub(crate) async fn judge(&self, answered: &BTreeMap<String, usize>) -> Judgement {
        let later = Clock::manual(Timestamp::now() + 10.minutes());
        while self.store.open_at(later.clone()).await.sweep().await.unwrap().more {}
        let mut delivered: BTreeMap<String, u32> = BTreeMap::new();
        for delivery in self.sandbox.deliveries() {
            *delivered.entry(delivery.to).or_default() += 1;
        }
        let mut requests: BTreeMap<String, usize> = BTreeMap::new();
        for call in self.sandbox.calls() {
            let to = recipient(&call.body).unwrap_or_else(|| panic!("a request without a recipient: {call:?}"));
            *requests.entry(to).or_default() += 1;
        }
        let mut judgement = Judgement::default();
        for message in self.messages().await {
            let digits = message.number.digits();
            let got = delivered.remove(&digits).unwrap_or(0);
            let requests = requests.get(&digits).copied().unwrap_or(0);
            judgement.message(&message, got, requests, answered.get(&digits).copied().unwrap_or(0));
        }
        judgement.counts(self).await;
        judgement.violations.extend(delivered.into_keys().map(|to| format!("{to} is not a recipient")));
        judgement
    }
}

/// Returns the digits of the number to which a request sends.
fn recipient(body: &RequestBody) -> Option<String> {
    let RequestBody::Form(parts) = body else { return None };
    let field = |wanted: &str| {
        parts.iter().find_map(|part| match part {
            FormPart::Field { name, value } if name == wanted => Some(value.as_str()),
            _ => None,
        })
    };
    Some(format!("{}{}", field("mobile_code")?, field("mobile")?))
}

impl Judgement {
    fn message(&mut self, message: &Message, got: u32, requests: usize, answered: usize) {
        let status = &message.status;
        *self.states.entry(status.state).or_default() += 1;
        let expected = match status.state {
            MessageState::Done => 1..=1,
            MessageState::Unknown => 0..=1,
            _ => 0..=0,
        };
        if !expected.contains(&got) || status.state == MessageState::Sending {
            self.violations.push(format!("message {} is {} and got {got}", message.id, status.state));
        }
        let attempts = status.attempt as usize;
        if requests > attempts {
            self.violations.push(format!("message {}: {requests} requests in {attempts} attempts", message.id));
        }
        if status.evidence == Some(Evidence::Overdue) {
            let place = match attempts {
                attempts if answered == attempts => &mut self.places.after_answer,
                attempts if requests == attempts => &mut self.places.in_call,
                _ => &mut self.places.after_intent,
            };
            *place += 1;
        }
    }

    /// Compares the ledger's own counts with its messages.
    async fn counts(&mut self, crashing: &Crashing) {
        let mut states = BTreeMap::new();
        match crashing.store.open().await.counts(crashing.campaign).await {
            Ok(counts) => {
                for count in counts {
                    *states.entry(count.state).or_default() += usize::try_from(count.messages).unwrap();
                }
                states.retain(|_, messages| *messages > 0);
                if states != self.states {
                    self.violations.push(format!("the ledger counts {states:?}, and has {:?}", self.states));
                }
            }
            Err(error) => self.violations.push(error.to_string()),
        }
    }

    pub(crate) fn count(&self, state: MessageState) -> usize {
        self.states.get(&state).copied().unwrap_or(0)
    }
}
