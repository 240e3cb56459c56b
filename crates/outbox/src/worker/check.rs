//! Checks a content before it is planned.

use zap_facade::Capability;

use super::Outbox;
use crate::content::{Content, ContentError};
use crate::records::NewMessage;

impl Outbox {
    /// Checks that a content can be sent to a recipient, as far as this is known without sending it.
    ///
    /// Call this before you create a campaign, with the message of the first row or of every row. It finds a content
    /// that the account's provider does not support, values that are missing, files that are missing or changed, and
    /// everything that breaks the provider's rules, such as a text that is too long, or a file of a wrong type or size.
    ///
    /// ```
    /// # use zap_outbox::zap_facade::{Provider, connect, contract::Account};
    /// # use zap_outbox::{Clock, Content, ContentError, Ledger, NewMessage, Outbox};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = zap_sandbox::Sandbox::builder().start().await?;
    /// # let messenger = connect(Account::of(&sandbox, Provider::ChatGuru).config())?;
    /// # let outbox = Outbox::builder(Ledger::in_memory(Clock::system()), messenger).open().await?;
    /// let recipient = NewMessage::new("+5511900000001".parse()?).with_param("nome", "Ana");
    /// outbox.check(&Content::text("Olá {nome}")?, &recipient).await?;
    ///
    /// // ChatGuru has no templates.
    /// let refused = outbox.check(&Content::template("7", [], ["{nome}"])?, &recipient).await.unwrap_err();
    /// assert!(matches!(refused, ContentError::Unsupported(_)), "{refused}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error that says why the content cannot be sent.
    pub async fn check(&self, content: &Content, sample: &NewMessage) -> Result<(), ContentError> {
        let prepared = content.prepare(&sample.params).await?;
        let message = prepared.outgoing();
        let (capabilities, needed) = (self.messenger.capabilities(), message.capability());
        let tried = if capabilities.has(Capability::DryRun) {
            self.messenger.dry_run(&sample.number, message).await.map(drop)
        } else {
            Ok(())
        };
        match tried {
            // The messenger's own error may say what to do instead.
            Err(error) if !capabilities.has(needed) => Err(ContentError::Unsupported(error)),
            Ok(()) if !capabilities.has(needed) => {
                Err(ContentError::Unsupported(needed.unsupported(self.messenger.provider())))
            }
            tried => tried.map_err(ContentError::Invalid),
        }
    }
}
