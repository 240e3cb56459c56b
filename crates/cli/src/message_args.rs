//! The options that say what is sent.

use std::path::{Path, PathBuf};

use clap::Args;
use zap_outbox::Content;

use crate::failure::{Failure, Result};

/// The names of the options of which a message needs exactly one.
pub const KINDS: [&str; 4] = ["text", "text_file", "template", "dialog"];

/// What to send.
#[derive(Debug, Args)]
pub struct MessageArgs {
    /// The text. {name} stands for the column `name`; write {{ for a brace
    #[arg(long, group = "kind", help_heading = "Message")]
    text: Option<String>,

    /// A file with the text, in UTF-8
    #[arg(long, value_name = "FILE", group = "kind", help_heading = "Message")]
    text_file: Option<PathBuf>,

    /// The id of a template of the provider
    #[arg(long, value_name = "ID", group = "kind", help_heading = "Message")]
    template: Option<String>,

    /// A value for the next placeholder in the template's header, such as
    /// {name}. Can be repeated
    #[arg(long, value_name = "VALUE", requires = "template", help_heading = "Message")]
    header: Vec<String>,

    /// A value for the next placeholder in the template's body. Can be repeated
    #[arg(long, value_name = "VALUE", requires = "template", help_heading = "Message")]
    body: Vec<String>,

    /// The id of a dialog of the provider's bot
    #[arg(long, value_name = "ID", group = "kind", help_heading = "Message")]
    dialog: Option<String>,
}

impl MessageArgs {
    /// Returns the content, or `None` if no option gives it.
    pub fn content(&self) -> Result<Option<Content>> {
        let invalid = |option: &str, error: &dyn std::fmt::Display| Failure::usage(format!("{option}: {error}"));
        if let Some(text) = &self.text {
            return Content::text(text).map(Some).map_err(|error| invalid("--text", &error));
        }
        if let Some(path) = &self.text_file {
            let text = read(path)?;
            return Content::text(&text).map(Some).map_err(|error| invalid(&path.display().to_string(), &error));
        }
        if let Some(id) = &self.template {
            let (header, body) = (self.header.iter().map(String::as_str), self.body.iter().map(String::as_str));
            return Content::template(id, header, body)
                .map(Some)
                .map_err(|error| invalid("--header or --body", &error));
        }
        Ok(self.dialog.as_ref().map(|id| Content::Dialog { id: id.clone() }))
    }
}

/// Reads a text, without the line break at its end and a byte order mark.
fn read(path: &Path) -> Result<String> {
    let shown = path.display();
    let bytes = std::fs::read(path).map_err(|error| {
        Failure::usage(format!("{shown}: the text cannot be read: {error}")).fix("check the path of --text-file")
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::usage(format!("{shown}: the text is not in UTF-8 (byte {at})")).fix("save the file in UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
    let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
    if text.is_empty() {
        return Err(Failure::usage(format!("{shown}: the file is empty")).fix("write the text into it"));
    }
    Ok(text)
}
