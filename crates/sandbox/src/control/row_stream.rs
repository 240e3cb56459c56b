//! Rows of the ledger as an answer, which is written piece by piece if it is long.

use std::{collections::VecDeque, fmt::Write as _, io, sync::Arc};

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode},
};
use serde_json::Value;

use crate::{
    ledger::{LedgerQuery, Rows},
    memory::{self, ConnectionMemory, Reservation},
    unfold::unfold,
};

use super::reply;

/// The longest answer that is written at once, in bytes.
const WHOLE: usize = 1024 * 1024;
/// The length of the pieces of a longer answer, unless a single row is longer.
const PIECE: usize = 64 * 1024;

/// The rows to be written.
pub(super) struct RowStream {
    /// The key of the rows in the answer.
    key: &'static str,
    ids: VecDeque<u64>,
    forgotten: u64,
    last: u64,
}

impl RowStream {
    /// Returns the rows that a query found, under a key in the answer. `id` returns the id of a row.
    pub(super) fn new<T>(key: &'static str, found: &Rows<T>, query: LedgerQuery, id: impl Fn(&T) -> u64) -> Self {
        let ids: VecDeque<u64> = found.rows.iter().map(|row| id(row)).collect();
        let last = ids.back().copied().or(query.after).unwrap_or(0);
        Self { key, ids, forgotten: found.forgotten, last }
    }

    /// Returns the answer. `row` returns the row with an id, if it still exists.
    ///
    /// Only ids are held until the rows are written. Forgotten rows are therefore skipped, and a slow caller takes
    /// memory for one piece only.
    pub(super) fn answer(
        self,
        conn_memory: &Arc<ConnectionMemory>,
        row: impl Fn(u64) -> Option<Value> + Clone + Send + Sync + Unpin + 'static,
    ) -> Response<Body> {
        let mut writer = Writer { stream: self, begun: false, ended: false };
        let mut text = String::new();
        writer.write(&mut text, WHOLE, &row);
        let is_whole = writer.ended;
        let text = memory::counted(text, conn_memory);
        let body = if is_whole {
            Body::from(text)
        } else {
            let conn_memory = Arc::clone(conn_memory);
            unfold((Some(text), writer), move |(text, mut writer)| {
                let (conn_memory, row) = (Arc::clone(&conn_memory), row.clone());
                async move {
                    if text.is_some() {
                        return text.map(|text| (Ok(text), (None, writer)));
                    }
                    let mut held = Reservation::empty(&conn_memory);
                    if !held.wait_for(PIECE).await {
                        return Some((Err(io::ErrorKind::TimedOut.into()), (None, writer)));
                    }
                    let mut text = String::new();
                    writer.write(&mut text, PIECE, &row);
                    let text = (!text.is_empty()).then(|| memory::counted(text, &conn_memory));
                    text.map(|text| (Ok(text), (None, writer)))
                }
            })
        };
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::OK;
        reply::describe(&mut response, HeaderValue::from_static("application/json"));
        response
    }
}

struct Writer {
    stream: RowStream,
    begun: bool,
    ended: bool,
}

impl Writer {
    /// Writes the next rows, until the text has `most` bytes.
    fn write(&mut self, text: &mut String, max: usize, row: &impl Fn(u64) -> Option<Value>) {
        let RowStream { key, ids, forgotten, last } = &mut self.stream;
        // Writing to a String cannot fail.
        while !self.ended && text.len() < max {
            let Some(id) = ids.pop_front() else {
                let start = if self.begun { String::new() } else { format!("{{\"{key}\":[") };
                let _ = write!(text, "{start}],\"forgotten\":{forgotten},\"last\":{last}}}");
                self.ended = true;
                return;
            };
            let Some(value) = row(id) else { continue };
            let start = if self.begun { ",".to_owned() } else { format!("{{\"{key}\":[") };
            let _ = write!(text, "{start}{value}");
            self.begun = true;
        }
    }
}
