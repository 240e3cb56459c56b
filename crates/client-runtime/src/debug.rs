//! What `Debug` shows of what is to be sent: it ends in logs, so no number, no text and no file's
//! name, but which values there are and how long they are.

use std::fmt::{Debug, Formatter, Result};

use percent_encoding::percent_decode_str;
use reqwest::Url;

use crate::call::Call;
use crate::file::Source;
use crate::form::{Form, Value};
use crate::operation::Instance;

impl Debug for Call<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut shown = f.debug_struct("Call");
        shown.field("client", &self.client).field("operation", &self.operation.id).field("query", &Query(&self.query));
        if let Some(form) = &self.form {
            shown.field("form", form);
        }
        shown.field("violations", &self.violations).finish()
    }
}

/// Urlencoded parameters.
struct Query<'q>(&'q str);

impl Debug for Query<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let decoded = |text| percent_decode_str(text).decode_utf8_lossy();
        let pairs = self.0.split('&').filter_map(|pair| pair.split_once('='));
        f.debug_map().entries(pairs.map(|(name, value)| (decoded(name), Characters::of(&decoded(value))))).finish()
    }
}

/// How long a text is.
struct Characters(usize);

impl Characters {
    fn of(text: &str) -> Self {
        Self(text.chars().count())
    }
}

impl Debug for Characters {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "({} characters)", self.0)
    }
}

impl Debug for Form {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let flaws = self.flaws().iter().map(|name| (name, format_args!("(of a wrong type)")));
        f.debug_map().entries(self.parts().iter().map(|(name, value)| (name, value))).entries(flaws).finish()
    }
}

impl Debug for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let file = match self {
            Self::Text(text) => return Characters::of(text).fmt(f),
            Self::File(file) => file,
        };
        match file.source() {
            Source::Bytes(bytes) => write!(f, "({} of {} bytes)", file.media_type(), bytes.len()),
            Source::Disk(_) => write!(f, "({} on disk)", file.media_type()),
            Source::Stream { length: Some(length), .. } => write!(f, "({} of {length} bytes)", file.media_type()),
            Source::Stream { length: None, .. } => write!(f, "({} from a stream)", file.media_type()),
        }
    }
}

/// The host alone: people put keys and passwords into URLs.
impl Debug for Instance {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let url = Url::parse(&self.base_url).ok();
        let host = url.as_ref().and_then(Url::host_str);
        f.debug_struct("Instance").field("name", &self.name).field("host", &host).finish_non_exhaustive()
    }
}
