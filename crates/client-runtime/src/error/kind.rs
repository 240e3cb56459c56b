//! Where a call failed.

/// Where a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request could not be made from what was given: a required value is missing, a rule of the
    /// operation is broken ([`Error::violations`](crate::Error::violations) has them all), a file cannot be read, a credential is
    /// not a valid header value, or the base URL is invalid. Nothing was sent; the error's text names
    /// the value.
    InvalidRequest,
    /// No connection: name resolution, connect or TLS failed. Nothing was sent (that is known only
    /// of clients built here, see [`ClientBuilder::reqwest_client`](crate::ClientBuilder::reqwest_client)).
    /// Check the network and the base URL.
    Connect,
    /// No answer, or not all of it, within the time allowed; see [`Timeouts`](crate::Timeouts). For a
    /// change the outcome is unknown, since the provider may still be processing it, unless nothing was sent
    /// yet (its files took too long to open) or the answer began with a status that proves that
    /// nothing was done, such as 401.
    Timeout,
    /// The connection broke after the request, or a part of it, was sent.
    Interrupted,
    /// The provider answered that it did not succeed. [`Error::remark`](crate::Error::remark) and [`Error::messages`](crate::Error::messages) say
    /// why; [`Error::outcome`](crate::Error::outcome) says whether that proves that nothing was done.
    Refused,
    /// The answer is not one of this API: a page of a proxy or of a wrong base URL, a redirect
    /// (never followed), JSON of another shape. [`Error::status`](crate::Error::status) and [`Error::body`](crate::Error::body) have it.
    UnexpectedAnswer,
    /// The provider says that it succeeded, but its answer does not have the shape the spec gives.
    /// The effect is done; [`Error::body`](crate::Error::body) has the answer. Please report it: the spec is wrong.
    Undecodable,
    /// The answer is larger than the client accepts; see
    /// [`ClientBuilder::max_answer_bytes`](crate::ClientBuilder::max_answer_bytes).
    AnswerTooLarge,
    /// The provider has no such operation, so that nothing was sent. No generated client answers so;
    /// it is for code that serves several providers, and the error's text says what to use instead.
    Unsupported,
}

/// The part of a call that took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Resolving the name, connecting, agreeing on TLS: nothing was sent.
    Connect,
    /// Uploading a file: the network took no more of it.
    Upload,
    /// Waiting for the answer to begin. The provider may still be at work.
    Answer,
    /// Receiving the answer's body.
    Body,
    /// The whole attempt; see [`Timeouts::total`](crate::Timeouts::total).
    Total,
}
