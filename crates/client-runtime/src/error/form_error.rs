//! Errors of forms.

use std::error::Error;
use std::fmt::{self, Display};
use std::io;
use std::path::PathBuf;

/// The maximum length of a media type. It has a limit for the same reason as the names of files.
pub(crate) const MAX_MEDIA_TYPE_BYTES: usize = 1024;

/// Why a form cannot be sent. Nothing was sent.
#[derive(Debug)]
pub(crate) enum FormError {
    Open { name: &'static str, path: PathBuf, cause: io::Error },
    NotOpened { name: &'static str },
    Consumed { name: &'static str },
    MediaType { name: &'static str },
    TooLong { name: &'static str },
}

impl Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open { name, path, cause } => write!(f, "`{name}`: cannot read {}: {cause}", path.display()),
            Self::NotOpened { name } => write!(f, "`{name}`: the file was not opened"),
            Self::Consumed { name } => write!(f, "`{name}`: this stream was already sent; create a new one"),
            Self::TooLong { name } => {
                write!(f, "`{name}`: the given length is larger than a request can be; give the size in bytes")
            }
            Self::MediaType { name } => {
                write!(
                    f,
                    "`{name}`: the media type has a character that is not allowed in a header, such as a line break, or is \
                     longer than {MAX_MEDIA_TYPE_BYTES} bytes"
                )
            }
        }
    }
}

/// A file does not have the length that the request announced.
#[derive(Debug)]
pub(crate) struct WrongLength(pub(crate) String);

impl fmt::Display for WrongLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for WrongLength {}

/// Returns whether `error` is a [`WrongLength`]. Sending the same file again does not help.
pub(crate) fn is_wrong_length(error: &(dyn Error + 'static)) -> bool {
    let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    matches!(inner, Some(inner) if inner.is::<WrongLength>())
}
