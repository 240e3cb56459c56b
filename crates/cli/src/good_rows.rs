//! The rows of a list that can be sent to.

use zap_outbox::recipients::{Csv, Recipient, Recipients, Report};
use zap_outbox::{Content, ContentError, NewMessage, Outbox};

use crate::failure::{Failure, Result};

/// Reads the rows of a list that can be sent to.
pub struct GoodRows<'a> {
    recipients: Recipients,
    content: Option<&'a Content>,
    outbox: Option<&'a Outbox>,
}

impl<'a> GoodRows<'a> {
    /// Reads the header. With an outbox, each message is checked against the rules of its provider.
    pub fn read(csv: Csv, content: Option<&'a Content>, outbox: Option<&'a Outbox>) -> Result<Self> {
        let recipients = csv.read(content.into_iter().flat_map(Content::texts))?;
        Ok(Self { recipients, content, outbox })
    }

    /// Returns the next recipient.
    pub async fn next(&mut self) -> Result<Option<Recipient>> {
        while let Some(recipient) = self.recipients.next().transpose()? {
            let (Some(content), Some(outbox)) = (self.content, self.outbox) else { return Ok(Some(recipient)) };
            match outbox.check(content, &NewMessage::from(recipient.clone())).await {
                Ok(()) => return Ok(Some(recipient)),
                // No other row is better.
                Err(ContentError::Unsupported(error)) => return Err(Failure::refused(&error)),
                Err(error) => self.recipients.refuse(&recipient, error.to_string()),
            }
        }
        Ok(None)
    }

    /// Returns the report on the whole list.
    pub fn finish(self) -> Result<Report> {
        Ok(self.recipients.finish()?)
    }
}
