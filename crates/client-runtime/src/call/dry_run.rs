//! Shows the request that a call would send.

use std::fmt;

use reqwest::Method;
use reqwest::header::HeaderMap;

use crate::body::file::{File, Source};
use crate::body::file_name::quoted;
use crate::body::form::{Encoding, Form, Value};
use crate::body::multipart::{boundary, end_form, start_part};
use crate::body::path_source;
use crate::body::segments::{content_type, sum};
use crate::body::text_body::{self, TextBody};
use crate::call::call::Call;
use crate::client::inner::ClientInner;
use crate::client::proxy::authority;
use crate::error::error::Error;
use crate::error::form_error::FormError;
use crate::redact::secret::MASK;

/// The request that a call would send, with every secret masked as `***`, even inside values.
///
/// The call satisfies the rules of its operation. Nothing was sent, and no connection was made.
///
/// `Display` shows the request as HTTP, with a line for the content of each file. It contains no secrets, but it contains
/// phone numbers, names and texts of people.
///
/// It does not contain headers that the HTTP client adds because of
/// [`ClientBuilder::configure_reqwest`](crate::ClientBuilder::configure_reqwest). Each request has a form boundary of its
/// own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DryRun {
    method: Method,
    url: String,
    headers: Vec<(String, String)>,
    body: DryRunBody,
    boundary: Option<String>,
}

/// The body of a [`DryRun`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DryRunBody {
    /// No body.
    Empty,
    /// Parameters, urlencoded.
    Urlencoded(String),
    /// A JSON text.
    Json(String),
    /// The parts of a form, in the order in which they are sent.
    Form(Vec<DryRunPart>),
}

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DryRunPart {
    /// A text.
    Text {
        /// The name of the field.
        name: String,
        /// Its value.
        value: String,
    },
    /// An object, which is sent as JSON.
    Json {
        /// The name of the field.
        name: String,
        /// Its value.
        value: String,
    },
    /// A file.
    File {
        /// The name of the field.
        name: String,
        /// The name that the receiver sees.
        file_name: String,
        /// Its media type.
        media_type: String,
        /// Its size in bytes, unless it is a stream without a length.
        bytes: Option<u64>,
    },
}

impl Call<'_> {
    /// Returns the request that [`Call::send`] would send, with every secret masked. Nothing is sent.
    ///
    /// # Errors
    ///
    /// Returns an error if the call breaks a rule or a file cannot be read.
    pub async fn dry_run(self) -> Result<DryRun, Error> {
        DryRun::of(&self).await
    }
}

impl DryRun {
    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the whole URL.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the headers, with their names in lower case. A form without a `content-length` is sent in chunks.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &DryRunBody {
        &self.body
    }

    pub(crate) async fn of(call: &Call<'_>) -> Result<Self, Error> {
        call.preflight().await?;
        let client = call.client;
        let auth = call.auth()?;
        let (request, parameters) = call.without_form(&auth, &auth.masked_query);
        let mask = |text: &str| client.scrubber.mask(text);
        let mut headers = vec![("host".to_owned(), authority(request.url()))];
        headers.extend(shown(client, request.headers()));
        let idempotency = call.operation.idempotency.filter(|name| !call.is_given(name));
        for (name, value) in &mut headers {
            if idempotency.is_some_and(|key| key.eq_ignore_ascii_case(name)) {
                "(made for each call)".clone_into(value);
            }
        }
        let mut add = |name: &str, value: String| headers.push((name.to_owned(), value));
        let text = call.form.as_ref().map(|form| form.form()).and_then(|form| match form.encoding() {
            Encoding::Multipart => None,
            Encoding::Json => Some(text_body::json(form)),
            Encoding::Root => Some(text_body::json_root(form)),
            Encoding::Urlencoded => Some(text_body::urlencoded(form)),
        });
        let (body, boundary) = if let Some(TextBody { text, media_type }) = text {
            add("content-type", media_type.to_owned());
            add("content-length", text.len().to_string());
            let text = mask(&text);
            (if media_type.ends_with("json") { DryRunBody::Json(text) } else { DryRunBody::Urlencoded(text) }, None)
        } else if let Some(form) = &call.form {
            let boundary = boundary();
            let (parts, length) = parts(form.form(), &boundary, &mask).await.map_err(|error| call.unsendable(error))?;
            add("content-type", content_type(&boundary));
            match length {
                Some(length) => add("content-length", length.to_string()),
                None => add("transfer-encoding", "chunked".to_owned()),
            }
            (DryRunBody::Form(parts), Some(boundary))
        } else if let Some(parameters) = parameters {
            // The length is that of the real body, not of the masked one.
            let masked = parameters.len() - auth.masked_query.len();
            add("content-length", (masked + auth.query.len()).to_string());
            (DryRunBody::Urlencoded(mask(&parameters)), None)
        } else {
            (DryRunBody::Empty, None)
        };
        Ok(Self { method: request.method().clone(), url: mask(request.url().as_str()), headers, body, boundary })
    }
}

fn shown(client: &ClientInner, headers: &HeaderMap) -> Vec<(String, String)> {
    let value = |value: &reqwest::header::HeaderValue| {
        if value.is_sensitive() {
            MASK.to_owned()
        } else {
            client.scrubber.mask(&String::from_utf8_lossy(value.as_bytes()))
        }
    };
    headers.iter().map(|(name, one)| (name.to_string(), value(one))).collect()
}

/// Returns the parts, and the length of the body unless a stream has no length. No stream is read.
async fn parts(
    form: &Form,
    boundary: &str,
    mask: &impl Fn(&str) -> String,
) -> Result<(Vec<DryRunPart>, Option<u64>), FormError> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut files = Some(0);
    for (name, value) in form.parts() {
        start_part(&mut text, boundary, name, value)?;
        parts.push(match value {
            Value::Text(value) => {
                text.push_str(value);
                DryRunPart::Text { name: (*name).to_owned(), value: mask(value) }
            }
            Value::Json(value) => {
                text.push_str(value);
                DryRunPart::Json { name: (*name).to_owned(), value: mask(value) }
            }
            Value::File(file) => {
                let bytes = size(name, file).await?;
                files = files.zip(bytes).map(|(files, bytes)| sum(files, name, bytes)).transpose()?;
                DryRunPart::File {
                    name: (*name).to_owned(),
                    file_name: mask(file.name()),
                    media_type: mask(file.media_type()),
                    bytes,
                }
            }
        });
        text.push_str("\r\n");
    }
    end_form(&mut text, boundary);
    Ok((parts, files.map(|files| files + text.len() as u64)))
}

/// Returns the size of a file. Opens it, to check that it can be read.
async fn size(name: &'static str, file: &File) -> Result<Option<u64>, FormError> {
    match file.source() {
        Source::Bytes(bytes) => Ok(Some(bytes.len() as u64)),
        Source::Path(path) => match path_source::open(path).await {
            Ok((_, length)) => Ok(Some(length)),
            Err(cause) => Err(FormError::Open { name, path: path.to_path_buf(), cause }),
        },
        Source::Stream { length, .. } if file.has_content() => Ok(*length),
        Source::Stream { .. } => Err(FormError::Consumed { name }),
    }
}

impl fmt::Display for DryRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {} HTTP/1.1", self.method, self.url)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {value}")?;
        }
        match &self.body {
            DryRunBody::Empty => Ok(()),
            DryRunBody::Urlencoded(text) | DryRunBody::Json(text) => write!(f, "\n{text}\n"),
            DryRunBody::Form(parts) => {
                let boundary = self.boundary.as_deref().unwrap_or_default();
                writeln!(f)?;
                for part in parts {
                    writeln!(f, "--{boundary}\n{part}")?;
                }
                writeln!(f, "--{boundary}--")
            }
        }
    }
}

impl fmt::Display for DryRunPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { name, value } => write!(f, "content-disposition: form-data; name=\"{name}\"\n\n{value}"),
            Self::Json { name, value } => {
                write!(f, "content-disposition: form-data; name=\"{name}\"\ncontent-type: application/json\n\n{value}")
            }
            Self::File { name, file_name, media_type, bytes } => {
                writeln!(f, "content-disposition: form-data; name=\"{name}\"; filename=\"{}\"", quoted(file_name))?;
                write!(f, "content-type: {media_type}\n\n")?;
                match bytes {
                    Some(bytes) => write!(f, "({bytes} bytes)"),
                    None => f.write_str("(a stream of unknown length)"),
                }
            }
        }
    }
}
