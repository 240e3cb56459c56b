//! The report of a campaign as a CSV file.

mod cells;
mod error;

use std::collections::BTreeMap;
use std::io::Write;

use cells::Cells;
pub use error::ReportError;

use crate::error::LedgerError;
use crate::ledger::Ledger;
use crate::model::CampaignKind;
use crate::records::{CampaignId, Count, MessageId};
use crate::transactions::Reported;

/// How many rows one transaction reads.
const PAGE: u32 = 1_000;

const COLUMNS: [&str; 10] =
    ["number", "state", "evidence", "attempt", "settled_at", "line", "key", "provider_id", "error", "note"];

impl Ledger {
    /// Writes a CSV file with one row for each message of a campaign, in the order in which they were added. Returns how
    /// many messages it wrote in which state, by evidence.
    ///
    /// | column | content |
    /// |---|---|
    /// | `number` | The number, always exactly in E.164, such as `+5511900000001`. |
    /// | `state` | The [state](crate::model::MessageState). |
    /// | `evidence` | The [evidence](crate::model::Evidence), empty for `ready` and `sending`. |
    /// | `attempt` | How often the intent to send it was committed. 0: it was never sent. |
    /// | `settled_at` | When it reached its state, as in RFC 3339 with `Z`. Empty for `ready` and `sending`. |
    /// | `line` | The line of the list, if it is from one. |
    /// | `key` | Your key, for a message of a stream. |
    /// | `provider_id` | The provider's id of it. |
    /// | `error` | What went wrong, for people. Contains no secrets. |
    /// | `note` | The latest note of a person who settled it or sent it again. |
    ///
    /// Later versions may add columns at the end. The file is UTF-8 without a byte order mark, has the delimiter `,` and
    /// is quoted as RFC 4180 says. It can be read again as a [list](crate::recipients).
    ///
    /// # Formulas
    ///
    /// A spreadsheet executes a cell that begins like a formula. So a text in `key`, `provider_id`, `error` or `note`
    /// that begins with `=`, `+`, `-`, `@`, a tab or a line break gets an apostrophe (`'`) in front; a program that needs
    /// the exact text reads [`messages`](Self::messages). The column `number` also begins with `+`, but only digits
    /// follow, which no spreadsheet executes, so it stays as it is. Import the column as text to keep the plus sign.
    ///
    /// # Campaigns that run
    ///
    /// The messages are read in pages of a thousand, each in a transaction of its own, so that memory is bounded and no
    /// worker waits. Each row is the state at the time of its page. The counts are those of the rows.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such campaign, or if the ledger cannot be read or the file cannot be written. Then
    /// a part of the file may have been written.
    ///
    /// # Blocking
    ///
    /// A page is written with one call of [`write_all`](Write::write_all), which blocks the runtime as long as it takes.
    /// At the end, [`flush`](Write::flush) is called.
    ///
    /// ```
    /// # use zap_outbox::{Clock, Content, Ledger, NewCampaign, NewMessage};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let ledger = Ledger::in_memory(Clock::system());
    /// # let account = ledger.open_account("EscalaZap", None).await?;
    /// # let plan = NewCampaign::bulk("black-friday", Content::text("Olá!")?, "2099-11-30T18:00-03:00".parse()?);
    /// # let campaign = ledger.create_campaign(account, plan).await?.id;
    /// # ledger.import(campaign, [NewMessage::new("+5511900000001".parse()?)]).await?;
    /// let mut file = Vec::new();
    /// let counts = ledger.report(campaign, &mut file).await?;
    /// assert_eq!(counts[0].messages, 1);
    /// let row = "+5511900000001,ready,,0,,1,,,,\r\n";
    /// assert!(String::from_utf8(file)?.ends_with(row));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn report(&self, campaign: CampaignId, mut writer: impl Write + Send) -> Result<Vec<Count>, ReportError> {
        let kind = self.campaign(campaign).await?.plan.kind;
        let mut cells = Cells::new();
        for name in COLUMNS {
            cells.add(name);
        }
        cells.end_row();
        let mut counts = BTreeMap::new();
        let mut after = MessageId(0);
        loop {
            let page = self.report_page(campaign, after, PAGE).await?;
            for row in &page {
                add_row(&mut cells, row, kind);
                let status = &row.message.status;
                *counts.entry((status.state, status.evidence)).or_insert(0) += 1;
            }
            writer.write_all(&cells.take()).map_err(ReportError::Write)?;
            match page.last() {
                Some(last) if page.len() >= PAGE as usize => after = last.message.id,
                _ => break,
            }
        }
        writer.flush().map_err(ReportError::Write)?;
        let counts = counts.into_iter().map(|((state, evidence), messages)| Count { state, evidence, messages });
        Ok(counts.collect())
    }

    async fn report_page(
        &self,
        campaign: CampaignId,
        after: MessageId,
        limit: u32,
    ) -> Result<Vec<Reported>, LedgerError> {
        self.read(move |tables| crate::transactions::report_page(tables, campaign, after, limit)).await
    }
}

fn add_row(cells: &mut Cells, row: &Reported, kind: CampaignKind) {
    let Reported { message, note } = row;
    let status = &message.status;
    cells.add(&message.number.to_string());
    cells.add(status.state.as_str());
    cells.add(status.evidence.map_or("", |evidence| evidence.as_str()));
    cells.add(&status.attempt.to_string());
    cells.add(&status.settled_at.map(|at| at.to_string()).unwrap_or_default());
    cells.add(&message.line.map(|line| line.to_string()).unwrap_or_default());
    cells.add_foreign(if kind == CampaignKind::Stream { &message.once_key } else { "" });
    for text in [&message.provider_id, &message.error, note] {
        cells.add_foreign(text.as_deref().unwrap_or_default());
    }
    cells.end_row();
}
