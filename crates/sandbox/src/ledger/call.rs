//! A request that reached a provider, and how it was answered.

use std::time::{Duration, SystemTime};

use crate::{FaultId, Provider};

/// A request that reached a provider in the sandbox, and how it was answered.
///
/// All secrets are masked. Values that were cut end with a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// The id. It increases with every call to this sandbox, also across resets.
    pub id: u64,
    /// The provider that the path of the request names.
    pub provider: Provider,
    /// The operation's id in the specs, for example `send_message`, or `None` if the request matched no operation: an
    /// unknown path, an unknown `action`, or a wrong method.
    pub operation: Option<&'static str>,
    /// The method, for example `POST`.
    pub method: String,
    /// Path and query as received, with the values of secrets replaced by `***`.
    pub target: String,
    /// The headers of the request. Names are in lower case.
    pub headers: Vec<(String, String)>,
    /// The body of the request.
    pub body: RequestBody,
    /// The HTTP status of the answer, or 0 if a fault ended the call without one.
    pub status: u16,
    /// The answer. If a fault replaced or changed it, this is what was sent instead.
    pub answer: GivenAnswer,
    /// `true` if the answer reports success: `status` of the `ExternalApi`, `result` of `ChatGuru`.
    ///
    /// It is false for a delivered template message that is answered `exception`, and for an answer that a fault cut or
    /// lost.
    pub success: bool,
    /// The files in the request.
    pub files: Vec<ReceivedFile>,
    /// The ids of the call's deliveries.
    pub deliveries: Vec<u64>,
    /// The fault that was applied to the call.
    pub fault: Option<FaultId>,
    /// The time from the head of the request to the answer, including the delays of faults.
    pub duration: Duration,
    /// When the answer was ready, on the sandbox's clock.
    pub at: SystemTime,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestBody {
    /// No body.
    Empty,
    /// The fields and files of a form, in order.
    Form(Vec<FormPart>),
    /// Anything else, cut after 4 KiB.
    Text(String),
}

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormPart {
    /// A field.
    Field {
        /// The name of the field.
        name: String,
        /// The value, cut after 4 KiB.
        value: String,
    },
    /// A file.
    File(ReceivedFile),
}

/// A file in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedFile {
    /// The form field.
    pub field: String,
    /// The file name that the caller sent.
    pub file_name: String,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The media type, detected from the content.
    pub media_type: String,
}

impl ReceivedFile {
    /// Returns about how many bytes it takes.
    pub(crate) fn weight(&self) -> usize {
        let texts = [&self.field, &self.file_name, &self.sha256, &self.media_type];
        size_of::<Self>() + texts.iter().map(|text| text.capacity() + 16).sum::<usize>()
    }
}

/// The answer to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GivenAnswer {
    /// The headers that the provider sets. Names are in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, cut after 16 KiB.
    pub body: String,
    /// How much of the answer was sent.
    pub sent: Sent,
}

/// The part of an answer that was sent. Only the caller knows whether it arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sent {
    /// The whole answer was sent.
    Whole,
    /// Only the beginning of the answer was sent.
    Partial,
    /// Nothing was sent: the connection was closed.
    None,
}

impl Sent {
    /// Returns the name in the control routes: `whole`, `partial` or `none`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Partial => "partial",
            Self::None => "none",
        }
    }
}
