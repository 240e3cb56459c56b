//! The errors of contents.

use std::error::Error as StdError;
use std::fmt;

use zap_facade::Error;

use super::file::FileError;
use crate::recipients::{InvalidTemplate, MissingValue};

/// The error for a content that cannot be created.
#[derive(Debug)]
#[non_exhaustive]
pub enum InvalidContent {
    /// The braces of a text do not form placeholders.
    Template(InvalidTemplate),
    /// The file cannot be uploaded.
    File(FileError),
}

/// The error for a content that cannot be sent to a recipient.
#[derive(Debug)]
#[non_exhaustive]
pub enum ContentError {
    /// A placeholder has no value.
    Missing(MissingValue),
    /// The file cannot be uploaded.
    File(FileError),
    /// The account's provider does not support the content, for any recipient.
    Unsupported(Error),
    /// The provider would refuse the message, by the rules that are known before it is sent.
    Invalid(Error),
}

impl fmt::Display for InvalidContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
            Self::Unsupported(error) | Self::Invalid(error) => error.fmt(f),
        }
    }
}

// The texts are those of the causes.
impl StdError for InvalidContent {}

impl StdError for ContentError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Unsupported(error) | Self::Invalid(error) => error.source(),
            _ => None,
        }
    }
}

impl From<InvalidTemplate> for InvalidContent {
    fn from(error: InvalidTemplate) -> Self {
        Self::Template(error)
    }
}

impl From<FileError> for InvalidContent {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<MissingValue> for ContentError {
    fn from(error: MissingValue) -> Self {
        Self::Missing(error)
    }
}

impl From<FileError> for ContentError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}
