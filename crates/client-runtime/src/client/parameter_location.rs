//! Where parameters go.

/// Where the parameters of an operation go, including credentials that are parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParameterLocation {
    /// Into the URL, as the providers document it. Every proxy on the way may log it, including the key.
    #[default]
    Query,
    /// Into an urlencoded body, which proxies do not log and whose length is not limited. This applies only to POSTs
    /// without a form. Parameters of other operations go into the URL.
    Body,
}
