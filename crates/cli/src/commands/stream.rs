//! `zap stream`

use clap::{ArgGroup, Args, Subcommand};
use serde::Serialize;
use zap_outbox::{Clock, ContentError, Ledger, NewCampaign, NewMessage, OpeningHours, Outbox};

use crate::context::{Context, messenger};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::message_args::{KINDS, MessageArgs};
use crate::number;

/// The recipient for which the content is checked. Nothing is sent.
const SAMPLE: &str = "+5511987654321";

/// Create a stream, to which programs add messages one at a time
///
/// A stream runs at once and has no end. Programs add messages with the library,
/// or with the SQL function `zap_enqueue` of a Postgres ledger. `zap work` sends
/// them.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct StreamCommand {
    #[command(subcommand)]
    change: Change,
}

#[derive(Debug, Subcommand)]
enum Change {
    Create(Box<Create>),
}

/// Create a stream. Each placeholder is a value that a message has
///
/// Running the same command again changes nothing.
#[derive(Debug, Args)]
#[command(
    verbatim_doc_comment,
    group(ArgGroup::new("message").required(true).args(KINDS)),
    override_usage = "zap stream create [OPTIONS] --text <TEXT> <NAME>"
)]
struct Create {
    /// The name of the stream
    #[arg(value_parser = super::plan::name)]
    name: String,

    /// Send only in these hours of the recipients' zone, such as "Mon-Sat
    /// 09:00-18:00" [default: always]
    #[arg(long)]
    hours: Option<OpeningHours>,

    /// Campaigns and streams with a higher number are sent first
    #[arg(long, value_name = "NUMBER", default_value_t = 100, allow_negative_numbers = true)]
    priority: i32,

    #[command(flatten)]
    message: MessageArgs,
}

#[derive(Debug, Serialize)]
struct Created {
    stream: String,
    account: String,
    /// The names of the values that a message needs.
    placeholders: Vec<String>,
}

impl StreamCommand {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let Change::Create(create) = self.change;
        create.run(cx).await
    }
}

impl Create {
    async fn run(self, cx: &Context) -> Result<Exit> {
        let content = self.message.content()?.ok_or_else(|| Failure::usage("the message is missing"))?;
        let outbox = Outbox::builder(Ledger::in_memory(Clock::system()), messenger()?).open().await?;
        let placeholders: Vec<String> = content.placeholders().into_iter().map(str::to_owned).collect();
        let mut sample = NewMessage::new(number::parse(SAMPLE).map_err(Failure::new)?);
        sample.params = placeholders.iter().map(|name| (name.clone(), "1".to_owned())).collect();
        match outbox.check(&content, &sample).await {
            Err(ContentError::Unsupported(error)) => return Err(Failure::refused(&error)),
            Err(error) if placeholders.is_empty() => return Err(Failure::usage(error.to_string())),
            // Other values may be right.
            _ => {}
        }
        let mut stream = NewCampaign::stream(&*self.name, content).with_priority(self.priority);
        if let Some(hours) = self.hours {
            stream = stream.with_hours(hours);
        }
        let account = cx.new_account().await?;
        account.ledger.create_campaign(account.id, stream).await?;
        let created = Created { stream: self.name, account: account.name, placeholders };
        cx.console.data(&created, || created.text())?;
        Ok(Exit::Done)
    }
}

impl Created {
    fn text(&self) -> String {
        let Self { stream, account, placeholders } = self;
        let values = if placeholders.is_empty() {
            "its messages need no values".to_owned()
        } else {
            format!("its messages need the values {}", placeholders.join(", "))
        };
        format!("The stream `{stream}` of the account {account} runs; {values}\nNext: zap work")
    }
}
