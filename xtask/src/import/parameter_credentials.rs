//! Credentials that a document declares as plain parameters.

use heck::ToSnakeCase as _;

use super::candidates::Candidate;
use super::parameters::{Credential, declared, is_credential};
use crate::document::At;

/// A credential of an operation that a parameter holds.
#[derive(Clone, Debug)]
pub(super) struct ParameterCredential<'d> {
    pub at: At<'d>,
    /// The name of the header or of the parameter in the query.
    pub name: String,
    pub place: &'d str,
    pub kind: Kind,
}

/// How a credential is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Basic,
    Bearer,
    Key,
}

/// The names of keys in headers and in the query, without a leading `x`, as words.
const KEYS: [&str; 14] = [
    "api_key",
    "apikey",
    "api_token",
    "api_secret",
    "api_access_token",
    "access_token",
    "access_key",
    "auth",
    "auth_key",
    "auth_token",
    "authentication_token",
    "authorization_token",
    "secret_key",
    "token",
];

/// Returns the credentials among the parameters of an operation without `security`.
///
/// `Authorization` always is one, and so is a parameter with the name and the location of a `known` credential. Others are
/// taken for one by their names, and only if `by_name` says that the document has no `security` at all: where it has,
/// `token` can be anything.
pub(super) fn parameter_credentials<'d>(
    candidate: &Candidate<'d>,
    known: &[Credential],
    by_name: bool,
) -> Vec<ParameterCredential<'d>> {
    let declared = declared(&candidate.item, &candidate.at).unwrap_or_default();
    let credential = |(at, name, place): (At<'d>, String, &'d str)| {
        let is_authorization = place == "header" && name.eq_ignore_ascii_case("authorization");
        let words = name.to_snake_case();
        let is_known = known.iter().any(|one| is_credential(one, &name, place));
        let is_key = is_known || by_name && KEYS.contains(&words.strip_prefix("x_").unwrap_or(&words));
        let kind = match place {
            "header" if is_authorization => scheme(&at),
            "header" | "query" if is_key => Kind::Key,
            _ => return None,
        };
        Some(ParameterCredential { at, name, place, kind })
    };
    declared.into_iter().filter_map(credential).collect()
}

/// Returns the scheme that the texts about an `Authorization` header name.
fn scheme(at: &At<'_>) -> Kind {
    let texts: Vec<_> = at.walk().iter().filter_map(At::as_text).map(str::to_ascii_lowercase).collect();
    let mentions = |word| texts.iter().any(|text| text.contains(word));
    match (mentions("bearer"), mentions("basic")) {
        (true, false) => Kind::Bearer,
        (false, true) => Kind::Basic,
        _ => Kind::Key,
    }
}
