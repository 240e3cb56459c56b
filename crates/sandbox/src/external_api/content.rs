//! The content of a message, and which content is sent if a request has several.

use serde_json::{Value, json};

use crate::body::Upload;

use super::input::Input;

/// The content of a message.
#[derive(Debug, PartialEq)]
pub(super) enum Content {
    /// A button, by its id.
    Cta(i64),
    /// A product, as a button.
    Product(Value),
    /// An order, as a button.
    Order(Value),
    /// A list to choose from, by its id.
    List(i64),
    /// A file.
    Media(Media),
    /// A location.
    Location(Value),
    /// The text. If it is missing, the message is blank.
    Text,
}

/// A file as the message's row shows it.
#[derive(Debug, PartialEq)]
pub(super) struct Media {
    pub(super) kind: &'static str,
    /// The provider's number for this kind of file.
    pub(super) number: i64,
    pub(super) mime_type: &'static str,
    /// The file name. Only documents keep theirs.
    pub(super) file_name: Option<String>,
    /// Whether the file is copied to the provider's own storage, as all files but documents are.
    pub(super) is_copied: bool,
}

impl Content {
    /// Returns the provider's number for this kind of message.
    pub(super) fn number(&self) -> i64 {
        match self {
            Self::Text => 1,
            Self::Media(media) => media.number,
            Self::Cta(_) | Self::Product(_) | Self::Order(_) => 6,
            Self::Location(_) => 8,
            Self::List(_) => 9,
        }
    }
}

/// Chooses among the contents that need no lookup: image, document, video, audio, location, text.
pub(super) fn plain(input: &Input) -> Content {
    for (kind, number) in [("image", 2), ("document", 4), ("video", 3), ("audio", 5)] {
        if let Some(upload) = input.file(kind) {
            return Content::Media(media(kind, number, upload));
        }
    }
    // PHP treats a coordinate of 0 as false, so a location on the equator cannot be sent.
    if input.truthy("latitude") && input.truthy("longitude") {
        let label = |name: &str| input.get(name).cloned().unwrap_or_else(|| json!(""));
        return Content::Location(json!({
            "latitude": input.value("latitude"),
            "longitude": input.value("longitude"),
            "name": label("name"),
            "address": label("address"),
        }));
    }
    Content::Text
}

fn media(kind: &'static str, number: i64, upload: &Upload) -> Media {
    Media {
        kind,
        number,
        mime_type: upload.media_type(),
        file_name: (kind == "document").then(|| upload.file_name.clone()),
        is_copied: kind != "document",
    }
}

#[cfg(test)]
mod tests {
    use super::{super::input::input_of, *};

    #[test]
    fn a_coordinate_of_0_or_alone_is_a_blank_text() {
        for values in [
            json!({"latitude": "0", "longitude": "-46.6"}),
            json!({"latitude": "-23.5"}),
            json!({"latitude": 0.0, "longitude": 1}),
        ] {
            assert_eq!(plain(&input_of(values.clone())), Content::Text, "{values}");
        }
        let content = plain(&input_of(json!({"latitude": "0.0", "longitude": 1.5, "message": "x"})));
        assert_eq!(content, Content::Location(json!({"latitude": "0.0", "longitude": 1.5, "name": "", "address": ""})));
    }
}
