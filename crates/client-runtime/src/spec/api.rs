//! An API as a whole, and its instances.

use std::fmt::{Debug, Formatter, Result};

use reqwest::Url;

use crate::spec::envelope::Envelope;
use crate::spec::host_name::HostName;

/// An API as its client needs it, apart from the operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Api {
    /// The `User-Agent` of every call.
    pub user_agent: &'static str,
    /// How answers report success and failure.
    pub envelope: Envelope,
    /// Whether the server trims texts and treats an empty text as absent.
    pub trims: bool,
    /// The paths of the operations below the base URL, each once. A base URL that ends in one of them is refused.
    pub paths: &'static [&'static str],
}

/// One instance of an API, with a name and a base URL.
///
/// `Debug` shows only the host of the URL, because people put keys and passwords into URLs.
#[derive(Clone, PartialEq, Eq)]
pub struct Instance {
    /// The name that errors show.
    pub name: String,
    /// Everything before an operation's path, such as `https://zap.example/external-api`.
    pub base_url: String,
    /// Values in the base URL that must be names of hosts.
    pub(crate) host_names: Vec<HostName>,
}

impl Instance {
    /// Creates an instance that the spec does not list.
    #[must_use]
    pub fn new(name: impl Into<String>, base_url: impl Into<String>) -> Self {
        Self { name: name.into(), base_url: base_url.into(), host_names: Vec::new() }
    }

    /// Adds a value in the base URL that must be the name of a host; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn with_host_name(mut self, variable: &'static str, value: String, example: &'static str) -> Self {
        self.host_names.push(HostName { variable, value, example });
        self
    }
}

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
