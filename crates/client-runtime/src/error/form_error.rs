//! What is wrong with a form.

use std::error::Error;
use std::fmt::{self, Display};
use std::io;
use std::path::PathBuf;

/// The longest media type in bytes, for the reason that names of files have a limit.
pub(crate) const MOST_MEDIA_TYPE: usize = 1024;

/// What keeps a form from being sent. Nothing has left the machine.
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
            Self::Consumed { name } => write!(f, "`{name}`: this stream was sent before; make a new one"),
            Self::TooLong { name } => {
                write!(f, "`{name}`: the length given for it is more than a request can have: give the size in bytes")
            }
            Self::MediaType { name } => {
                write!(
                    f,
                    "`{name}`: the media type has a character that no header may carry, such as a line break, or is \
                     longer than {MOST_MEDIA_TYPE} bytes"
                )
            }
        }
    }
}

/// A file that has not the length that the request announces.
#[derive(Debug)]
pub(crate) struct WrongLength(pub(crate) String);

impl fmt::Display for WrongLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for WrongLength {}

/// Whether this is about a file of another length than announced: sent again, it is no better.
pub(crate) fn is_wrong_length(error: &(dyn Error + 'static)) -> bool {
    let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    matches!(inner, Some(inner) if inner.is::<WrongLength>())
}
