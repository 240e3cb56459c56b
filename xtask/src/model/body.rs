//! The bodies of requests and answers.

/// The body of an operation.
#[derive(Debug)]
pub enum Body {
    /// An object with known properties, by the name of its schema.
    Fields {
        /// The name of its schema.
        schema: String,
        /// How it is written.
        media: Media,
    },
    /// Other JSON.
    Json {
        /// Its type in Rust, as the builders' module writes it.
        ty: String,
        /// Whether it must be given.
        required: bool,
    },
}

impl Body {
    /// Returns the name of the schema, if it is an object with known properties.
    #[must_use]
    pub fn schema(&self) -> Option<&str> {
        match self {
            Self::Fields { schema, .. } => Some(schema),
            Self::Json { .. } => None,
        }
    }
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// `multipart/form-data`, which can hold files.
    Multipart,
    /// `application/json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Urlencoded,
}

impl Media {
    /// All of them, by their media types.
    pub const ALL: [(&'static str, Self); 3] = [
        ("multipart/form-data", Self::Multipart),
        ("application/json", Self::Json),
        ("application/x-www-form-urlencoded", Self::Urlencoded),
    ];
}

/// The successful answer of an operation.
#[derive(Debug)]
pub enum Answer {
    /// A JSON object, by the name of its schema.
    Object(String),
    /// Other JSON, by its type in Rust as the builders' module writes it.
    Json(String),
    /// Text of this media type.
    Text(String),
    /// Bytes of this media type.
    Bytes(String),
    /// No body.
    Nothing,
}

impl Answer {
    /// Returns the name of the schema, if it is a JSON object.
    #[must_use]
    pub fn object(&self) -> Option<&str> {
        match self {
            Self::Object(name) => Some(name),
            _ => None,
        }
    }
}
