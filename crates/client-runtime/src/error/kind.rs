//! Kinds of errors.

/// The kind of an error, which tells you where the call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request could not be made from the given values: a required value is missing, the call breaks a rule of its
    /// operation ([`Error::violations`](crate::Error::violations) lists all of them), a file cannot be read, a credential is
    /// not a valid header value, or the base URL is invalid. Nothing was sent. The error's text names the value.
    InvalidRequest,
    /// A connection could not be made: name resolution, connecting or TLS failed. Nothing was sent. (With an HTTP client
    /// that you supply this is not certain, see [`ClientBuilder::reqwest_client`](crate::ClientBuilder::reqwest_client).)
    /// Check the network and the base URL.
    Connect,
    /// The answer did not arrive completely within the [`Timeouts`](crate::Timeouts). The outcome of a change is unknown,
    /// because the provider may still be processing it. There are two exceptions: its files took too long to open, so
    /// nothing was sent, or the answer began with a status that proves that nothing was done, such as 401.
    Timeout,
    /// The connection broke after the request or a part of it was sent.
    Interrupted,
    /// The provider reported a failure. [`Error::remark`](crate::Error::remark) and [`Error::messages`](crate::Error::messages) say
    /// why; [`Error::outcome`](crate::Error::outcome) says whether that proves that nothing was done.
    Refused,
    /// The answer is not one of this API: a page of a proxy or of a wrong base URL, a redirect (which is never followed),
    /// or JSON of another shape. [`Error::status`](crate::Error::status) and [`Error::body`](crate::Error::body) return it.
    UnexpectedAnswer,
    /// The provider reported success, but its answer does not have the shape that the spec gives. The outcome is done.
    /// [`Error::body`](crate::Error::body) returns the answer. Please report it, because the spec is wrong.
    Undecodable,
    /// The answer is larger than the client accepts; see
    /// [`ClientBuilder::max_answer_bytes`](crate::ClientBuilder::max_answer_bytes).
    AnswerTooLarge,
    /// The provider does not have the operation, so nothing was sent. Generated clients never return this kind. It is for
    /// code that serves several providers; the error's text says what to use instead.
    Unsupported,
}

/// The part of a call that took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Resolving the name, connecting or the TLS handshake. Nothing was sent.
    Connect,
    /// Uploading a file: the network accepted no more of it.
    Upload,
    /// Waiting for the answer to begin. The provider may still be processing the request.
    Answer,
    /// Receiving the answer's body.
    Body,
    /// The whole attempt; see [`Timeouts::total`](crate::Timeouts::total).
    Total,
}
