//! `zap send`

use clap::{ArgGroup, Args};
use serde::Serialize;
use zap_outbox::zap_facade::{ErrorKind, Outcome, PhoneNumber};

use crate::context::{Context, messenger};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::message_args::{KINDS, MessageArgs};
use crate::number;

/// Send one message at once, without a ledger
///
/// Prints what happened. The exit code is 0 if the provider accepted the message,
/// 3 if it was not sent, and 4 if it may have been sent. If the command is killed,
/// you do not know whether the message was sent: for messages that matter, use a
/// campaign.
#[derive(Debug, Args)]
#[command(
    verbatim_doc_comment,
    group(ArgGroup::new("message").required(true).args(KINDS)),
    mut_arg("text", |arg| arg.help("The text. Write {{ for a brace")),
    mut_arg("header", |arg| arg.help("A value for the next placeholder in the template's header. Can be repeated")),
    mut_arg("media", |arg| arg.help("A file: its path, or a public URL")),
    override_usage = "zap send [OPTIONS] --text <TEXT> <NUMBER>"
)]
pub struct Send {
    /// The recipient, such as +5511987654321
    #[arg(value_parser = number::parse)]
    number: PhoneNumber,

    #[command(flatten)]
    message: MessageArgs,
}

#[derive(Debug, Serialize)]
struct Sent {
    number: String,
    provider: String,
    /// `done`, `not_done` or `unknown`.
    outcome: &'static str,
    /// How far the message has come.
    state: Option<String>,
    message_id: Option<String>,
    error: Option<String>,
}

impl Send {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let message = self.message.literal()?.ok_or_else(|| Failure::usage("the message is missing"))?;
        let messenger = messenger()?;
        let sent = message.send(&*messenger, &self.number).await;
        let (number, provider) = (self.number.to_string(), messenger.provider().to_owned());
        let (sent, exit) = match sent {
            Ok(receipt) => {
                let (state, message_id) = (Some(receipt.state.to_string()), receipt.message_id);
                (Sent { number, provider, outcome: "done", state, message_id, error: None }, Exit::Done)
            }
            // The message itself is wrong, and no request was made.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidRequest | ErrorKind::Unsupported) => {
                return Err(Failure::refused(&error));
            }
            Err(error) => {
                let (outcome, exit) = match error.outcome() {
                    Outcome::Done => ("done", Exit::Done),
                    Outcome::NotDone => ("not_done", Exit::NotDone),
                    Outcome::Unknown => ("unknown", Exit::Unknown),
                };
                let error = Some(error.to_string());
                (Sent { number, provider, outcome, state: None, message_id: None, error }, exit)
            }
        };
        cx.console.data(&sent, || sent.text())?;
        Ok(exit)
    }
}

impl Sent {
    fn text(&self) -> String {
        let Self { number, provider, outcome, state, message_id, error } = self;
        let result = match *outcome {
            "done" => format!("{provider} accepted the message to {number}"),
            "not_done" => format!("The message to {number} was not sent"),
            _ => format!("The message to {number} may have been sent: look at the conversation before you repeat it"),
        };
        let detail = match (error, state, message_id) {
            (Some(error), ..) => format!("\n  {error}"),
            (None, Some(state), Some(id)) => format!(": {state}, id {id}"),
            (None, Some(state), None) => format!(": {state}"),
            (None, None, _) => String::new(),
        };
        result + &detail
    }
}
