//! Calls that a link leads to.

use percent_encoding::percent_decode_str;

use crate::call::call::Call;
use crate::error::violation::Violation;
use crate::spec::credential::CredentialLocation;
use crate::spec::rule::Constraint;
use crate::util::percent::push;

impl Call<'_> {
    /// Replaces the parameters in the query with those of a link to another page; for generated code.
    ///
    /// The call still goes to its own address, with its own credentials, whatever host the link names. A link without
    /// parameters is refused.
    #[doc(hidden)]
    pub fn query_of_link(mut self, link: &str) -> Self {
        let query = link.split_once('?').map_or("", |(_, query)| query);
        let query = query.split_once('#').map_or(query, |(query, _)| query);
        let is_credential = |name: &str| {
            let is_it =
                |location: CredentialLocation| matches!(location, CredentialLocation::Parameter(own) if own == name);
            self.client.credentials.iter().any(|(location, _)| is_it(*location))
        };
        let mut parameters = String::with_capacity(query.len());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let [name, value] =
                [name, value].map(|text| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned());
            if !is_credential(&name) {
                push(&mut parameters, &name, &value);
            }
        }
        if parameters.is_empty() {
            // It would be the first page again.
            let why = "the link to it has no parameters, and only those of a link are used";
            self.violations.push(Violation::own("next page", Constraint::Type, why));
        }
        self.query = parameters;
        self
    }
}
