//! What a spec says of an API as a whole, and of its instances.

use std::fmt::{Debug, Formatter, Result};

use reqwest::Url;

use crate::spec::envelope::Envelope;
use crate::spec::host_name::HostName;

/// What a client needs to know of its API besides the operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Api {
    /// `User-Agent` of every call.
    pub user_agent: &'static str,
    /// How answers say how it went.
    pub envelope: Envelope,
    /// Whether the server cuts off spaces around texts and takes an empty text for none.
    pub trims: bool,
    /// The operations' paths below the base URL, each once. A base URL that ends in one of them is a mistake.
    pub paths: &'static [&'static str],
}

/// One installation of an API: a name for people and the base URL. Its `Debug` shows the URL's host
/// alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Instance {
    /// Shown in errors.
    pub name: String,
    /// Everything before an operation's path, for instance `https://zap.example/external-api`.
    pub base_url: String,
    /// What was put into the base URL and must be the name of a host.
    pub(crate) host_names: Vec<HostName>,
}

impl Instance {
    /// An installation that the spec does not list.
    #[must_use]
    pub fn new(name: impl Into<String>, base_url: impl Into<String>) -> Self {
        Self { name: name.into(), base_url: base_url.into(), host_names: Vec::new() }
    }

    /// The same with a value in its base URL that must be the name of a host; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn with_host_name(mut self, variable: &'static str, value: String, example: &'static str) -> Self {
        self.host_names.push(HostName { variable, value, example });
        self
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::spec::envelope::Refusals;

    /// An API for tests.
    pub(crate) const API: Api = Api {
        user_agent: "test/1",
        envelope: Envelope {
            status: "status",
            success: "success",
            error: "error",
            remark: None,
            texts: &[],
            refusals: Refusals::All,
            validation: None,
            reasons: &[],
        },
        trims: false,
        paths: &[],
    };
}
