//! The table that the tour prints.

use std::future::Future;
use std::time::{Duration, Instant};

use zap_facade::Error;

#[derive(Default)]
pub struct Table {
    rows: Vec<Row>,
}

struct Row {
    provider: String,
    operation: String,
    sent: String,
    outcome: String,
    time: Duration,
    well: bool,
}

impl Table {
    pub fn new() -> Self {
        Self::default()
    }

    /// Waits for a call, checks its answer and notes both. Returns what `check` found.
    pub async fn row<T, F>(
        &mut self,
        provider: &str,
        operation: &str,
        sent: &str,
        call: impl Future<Output = Result<T, Error>>,
        check: impl FnOnce(&T) -> Result<F, String>,
    ) -> Result<F, String> {
        let start = Instant::now();
        let result = call.await;
        let time = start.elapsed();
        let checked = match &result {
            Ok(answer) => check(answer).map_err(|why| format!("done, but {why}")),
            Err(error) => Err(format!("{}: {error}", error.outcome())),
        };
        self.rows.push(Row {
            provider: provider.into(),
            operation: operation.into(),
            sent: sent.into(),
            outcome: checked.as_ref().map_or_else(Clone::clone, |_| "done".into()),
            time,
            well: checked.is_ok(),
        });
        checked.map_err(|why| format!("{provider} {operation}: {why}"))
    }

    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    pub fn has(&self, provider: &str, operation: &str) -> bool {
        self.rows.iter().any(|row| row.provider == provider && row.operation == operation)
    }

    pub fn all_well(&self) -> bool {
        self.rows.iter().all(|row| row.well)
    }

    pub fn print(&self) {
        let width = |text: fn(&Row) -> &str, head: &str| {
            self.rows.iter().map(|row| text(row).chars().count()).chain([head.len()]).max().unwrap_or(0)
        };
        let provider = width(|row| &row.provider, "provider");
        let operation = width(|row| &row.operation, "operation");
        let sent = width(|row| &row.sent, "sent");
        println!("{:provider$}  {:operation$}  {:sent$}  {:>8}  outcome", "provider", "operation", "sent", "time");
        let mut last = "";
        for row in &self.rows {
            let name = if row.provider == last { "" } else { &row.provider };
            last = &row.provider;
            let millis = row.time.as_secs_f64() * 1000.0;
            println!(
                "{name:provider$}  {:operation$}  {:sent$}  {millis:>5.1} ms  {}",
                row.operation, row.sent, row.outcome
            );
        }
    }
}
