//! The location of parameters in a request.

/// The location of an operation's parameters in a request, including credentials that are parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParameterLocation {
    /// In the URL, as the providers document it. Every proxy on the way may log it, including the key.
    #[default]
    Query,
    /// In an urlencoded body, which proxies do not log and whose length is not limited. This applies only to POSTs
    /// without a form. The parameters of other operations are in the URL.
    Body,
}
