//! Files and forms to send.

pub(crate) mod body_stream;
pub(crate) mod file;
pub(crate) mod file_name;
pub(crate) mod file_type;
pub(crate) mod finite;
pub(crate) mod form;
pub(crate) mod multipart;
pub(crate) mod path_source;
pub(crate) mod segments;
pub(crate) mod sent_object;
pub(crate) mod text_body;
pub(crate) mod upload_progress;
