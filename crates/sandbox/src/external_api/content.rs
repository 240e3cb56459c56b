//! What a message carries. Of several contents one is sent; this is where it is chosen.

use serde_json::{Value, json};

use crate::body::Upload;

use super::input::Input;

/// What is sent.
#[derive(Debug, PartialEq)]
pub(super) enum Content {
    /// A button, by its id.
    Cta(i64),
    /// A product, as the button that it becomes.
    Product(Value),
    /// An order, as the button that it becomes.
    Order(Value),
    /// A list to choose from, by its id.
    List(i64),
    /// A file.
    Media(Media),
    /// A place.
    Location(Value),
    /// The text, which may be missing: then the message is blank.
    Text,
}

/// A file, as the message shows it.
#[derive(Debug, PartialEq)]
pub(super) struct Media {
    pub(super) kind: &'static str,
    /// The provider's number for the kind.
    pub(super) number: i64,
    pub(super) mime_type: &'static str,
    /// Only documents keep their name.
    pub(super) file_name: Option<String>,
    /// Everything but documents is copied to the provider's own disk.
    pub(super) is_copied: bool,
}

impl Content {
    /// The provider's number for the kind of message.
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

/// Chooses among what needs no lookup: image, document, video, audio, location, text.
pub(super) fn plain(input: &Input) -> Content {
    for (kind, number) in [("image", 2), ("document", 4), ("video", 3), ("audio", 5)] {
        if let Some(upload) = input.file(kind) {
            return Content::Media(media(kind, number, upload));
        }
    }
    // A coordinate of 0 is false to PHP: the equator cannot be sent.
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
