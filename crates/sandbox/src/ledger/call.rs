//! A request that reached a provider, and how it was answered.

use std::time::{Duration, SystemTime};

use crate::{FaultId, Provider};

/// A request that reached a provider in the sandbox, and how it was answered.
///
/// Secrets are masked everywhere in it. Long values end with a mark where they were cut.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// Rises with every call of this sandbox, also over resets.
    pub id: u64,
    /// The provider under whose prefix the request came.
    pub provider: Provider,
    /// The operation as the specs name it, for example `send_message`; `None` when the request
    /// matched none: an unknown path, an unknown `action`, a wrong method.
    pub operation: Option<&'static str>,
    /// The method as it came, for example `POST`.
    pub method: String,
    /// Path and query as they came, with the values of secrets replaced by `***`.
    pub target: String,
    /// The headers of the request, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body of the request.
    pub body: RequestBody,
    /// The HTTP status of the answer; 0 when a fault ended the call before there was one.
    pub status: u16,
    /// The answer. Where a fault replaced or changed it, what was sent instead.
    pub answer: GivenAnswer,
    /// Whether the answer itself says success: `status` of the `ExternalApi`, `result` of
    /// `ChatGuru`. A delivered template message that is answered `exception` counts as false, and
    /// so does an answer that a fault kept from arriving whole.
    pub success: bool,
    /// The files that came with the request.
    pub files: Vec<ReceivedFile>,
    /// The ids of what it delivered.
    pub deliveries: Vec<u64>,
    /// The fault that struck it.
    pub fault: Option<FaultId>,
    /// From the head of the request to the answer, delays by faults included.
    pub duration: Duration,
    /// When the answer was ready, on the sandbox's clock.
    pub at: SystemTime,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestBody {
    /// There was none.
    Empty,
    /// The fields and files of a form, in order.
    Form(Vec<FormPart>),
    /// Anything else, at most 4 KiB of it.
    Text(String),
}

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormPart {
    /// A field.
    Field {
        /// Its name.
        name: String,
        /// Its value, at most 4 KiB of it.
        value: String,
    },
    /// A file.
    File(ReceivedFile),
}

/// A file that came with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedFile {
    /// The form field.
    pub field: String,
    /// The name that the caller gave the file.
    pub file_name: String,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The media type by content.
    pub media_type: String,
}

impl ReceivedFile {
    /// About how many bytes it takes.
    pub(crate) fn weight(&self) -> usize {
        let texts = [&self.field, &self.file_name, &self.sha256, &self.media_type];
        size_of::<Self>() + texts.iter().map(|text| text.capacity() + 16).sum::<usize>()
    }
}

/// What a call was answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GivenAnswer {
    /// The headers that the provider set, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, at most 16 KiB of it.
    pub body: String,
    /// How much of it was let through.
    pub sent: Sent,
}

/// How much of an answer was let through to the caller. Whether it arrived, only the caller knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sent {
    /// All of it.
    Whole,
    /// Its beginning.
    Partial,
    /// Nothing: the connection was closed.
    None,
}

impl Sent {
    /// The name over HTTP: `whole`, `partial` or `none`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Partial => "partial",
            Self::None => "none",
        }
    }
}
