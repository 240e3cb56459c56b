//! `zap doctor`

use std::fmt::Write as _;

use clap::Args;
use serde::Serialize;
use zap_outbox::zap_facade::doctor::{Diagnosis, Finding, Mark, examine};
use zap_outbox::zap_facade::{Config, Provider};

use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Result;

/// Check whether the account can be used from this machine
///
/// Makes read-only calls: nothing is sent, stored or changed. For ChatGuru it also
/// makes three calls with one credential altered each; only that confirms that the
/// correct ones are accepted. The exit code is 1 if the account cannot be used.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Doctor {
    /// escalazap, wazime, wapiflow or chatguru [default: the variable
    /// ZAP_PROVIDER]
    provider: Option<Provider>,
}

/// The width of a terminal.
const WIDTH: usize = 80;

#[derive(Debug, Serialize)]
struct Examined {
    can_be_used: bool,
    #[serde(flatten)]
    diagnosis: Diagnosis,
}

impl Doctor {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let provider = match self.provider {
            Some(provider) => provider,
            None => Config::from_env()?.provider(),
        };
        let diagnosis = examine(provider, std::env::vars_os()).await?;
        let examined = Examined { can_be_used: diagnosis.is_ok(), diagnosis };
        cx.console.data(&examined, || {
            let mut text = String::new();
            for Finding { mark, question, answer, .. } in &examined.diagnosis.findings {
                let mark = match mark {
                    Mark::Ok => "ok",
                    Mark::Wrong => "WRONG",
                    _ => "-",
                };
                let line = format!("{mark:5}  {question}");
                let is_short = line.chars().count() + 1 + answer.chars().count() <= WIDTH;
                let _ = writeln!(text, "{line}{}{answer}", if is_short { " " } else { "\n         " });
            }
            let can = if examined.can_be_used { "can be used" } else { "cannot be used: fix what is marked WRONG" };
            format!("{text}\n{provider} {can}")
        })?;
        Ok(if examined.can_be_used { Exit::Done } else { Exit::Failed })
    }
}
