//! A call between its request and its answer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    FaultId,
    answer::{Answer, EncodedAnswer},
    app_state::AppState,
    ledger::{Draft, Entry, Excerpt, HeaderLines, Sent},
    memory::ConnectionMemory,
    parsed_request::ParsedRequest,
};

/// A call whose request was read and is not yet answered.
pub(super) struct PendingCall {
    pub(super) app: Arc<AppState>,
    pub(super) request: ParsedRequest,
    pub(super) conn_memory: Arc<ConnectionMemory>,
    pub(super) began: Instant,
}

/// What the ledger records of the fault that was applied to a call.
#[derive(Debug)]
pub(super) struct FaultRecord {
    pub(super) sent: Sent,
    pub(super) id: Option<FaultId>,
    /// How much longer the answer will take.
    pub(super) pause: Duration,
}

impl Default for FaultRecord {
    /// No fault was applied to the call.
    fn default() -> Self {
        Self { sent: Sent::Whole, id: None, pause: Duration::ZERO }
    }
}

impl PendingCall {
    /// Processes the request, and records the call with the answer that `change` returns. Deliveries are recorded
    /// even if the answer is changed or lost.
    pub(super) fn process(self, fault: &FaultRecord, change: impl FnOnce(Answer) -> Answer) -> EncodedAnswer {
        let app = Arc::clone(&self.app);
        app.between_resets(|| {
            let mut answer = self.request.process(&app);
            let drafts = std::mem::take(&mut answer.deliveries);
            let answer = change(answer);
            let success = answer.success && fault.sent == Sent::Whole;
            let (encoded, conn_memory) = (answer.encode(), Arc::clone(&self.conn_memory));
            self.record(Some(&encoded), success, drafts, fault);
            encoded.counted(&conn_memory).dated(app.clock.now())
        })
    }

    /// Records the call with this answer, or with none, without processing the request.
    pub(super) fn ignore(self, fault: &FaultRecord, answer: Option<Answer>) -> Option<EncodedAnswer> {
        let app = Arc::clone(&self.app);
        app.between_resets(|| {
            let success = answer.as_ref().is_some_and(|answer| answer.success);
            let encoded = answer.map(Answer::encode);
            self.record(encoded.as_ref(), success, Vec::new(), fault);
            encoded.map(|answer| answer.dated(app.clock.now()))
        })
    }

    fn record(self, answer: Option<&EncodedAnswer>, success: bool, drafts: Vec<Draft>, fault: &FaultRecord) {
        let (provider, operation) = (self.request.provider(), self.request.operation_id());
        let (raw, body, files) = self.request.into_parts();
        let entry = Entry {
            id: 0,
            at: self.app.clock.millis(),
            provider,
            operation,
            method: raw.method,
            target: raw.target,
            headers: HeaderLines::of(&raw.headers),
            body,
            files,
            status: answer.map_or(0, |answer| answer.status.as_u16()),
            answer_headers: answer.map(|answer| HeaderLines::of(&answer.headers)).unwrap_or_default(),
            answer_body: answer.map(|answer| Excerpt::of(&answer.body)).unwrap_or_default(),
            sent: fault.sent,
            success,
            deliveries: 0..0,
            fault: fault.id,
            duration: self.began.elapsed() + fault.pause,
        };
        self.app.ledger.record(entry, drafts);
    }
}
