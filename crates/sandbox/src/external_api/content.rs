//! What a message carries. Of several contents one is sent; this is where it is chosen.

use serde_json::{Map, Value, json};

use crate::{body::Upload, php};

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

/// The button that a product or an order becomes. An order goes before a product; broken JSON
/// counts as nothing; `Err` is JSON of the wrong kind, on which the server breaks.
pub(super) fn shop(input: &Input) -> Result<Option<Content>, ()> {
    let product = decoded(input, "product")?.map(|product| Content::Product(product_button(&product)));
    let order = decoded(input, "created_order_data")?.map(|order| Content::Order(order_button(&order)));
    Ok(order.or(product))
}

fn decoded(input: &Input, name: &str) -> Result<Option<Map<String, Value>>, ()> {
    if !input.truthy(name) {
        return Ok(None);
    }
    let text = php::text_of(input.value(name)).ok_or(())?;
    match serde_json::from_str(&text) {
        Ok(value) if !php::truthy(&value) => Ok(None),
        Ok(Value::Object(map)) => Ok(Some(map)),
        Ok(_) => Err(()),
        Err(_) => Ok(None),
    }
}

fn product_button(product: &Map<String, Value>) -> Value {
    let text = |name: &str| product.get(name).and_then(Value::as_str).unwrap_or_default();
    let image = product.get("images").and_then(|images| images.get(0)?.get("src")?.as_str());
    let header = match image {
        Some(link) => json!({"type": "image", "image": {"link": link}}),
        None => json!({"type": "text", "text": text("name")}),
    };
    button(&header, &without_tags(text("description")), "Visit Product", text("permalink"))
}

fn order_button(order: &Map<String, Value>) -> Value {
    let items = order.get("woo_response").and_then(|woo| woo.get("line_items")?.as_array());
    let names: Vec<&str> = items.into_iter().flatten().filter_map(|item| item.get("name")?.as_str()).collect();
    let url = order.get("order_url").and_then(Value::as_str).unwrap_or_default();
    button(&json!({"type": "text", "text": "Order Information"}), &names.join(", "), "Visit Order", url)
}

fn button(header: &Value, body: &str, label: &str, url: &str) -> Value {
    json!({
        "type": "cta_url",
        "header": header,
        "body": {"text": body},
        "action": {"name": "cta_url", "parameters": {"display_text": label, "url": url}},
    })
}

fn without_tags(html: &str) -> String {
    let mut inside = false;
    let mut text = String::new();
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => inside = false,
            other if !inside => text.push(other),
            _ => {}
        }
    }
    text
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

    #[test]
    fn an_order_goes_before_a_product() {
        let both = json!({"product": "{\"name\":\"Bolo\"}", "created_order_data": "{\"order_url\":\"u\"}"});
        let Ok(Some(Content::Order(button))) = shop(&input_of(both)) else { panic!("an order") };
        assert_eq!(button["action"]["parameters"]["url"], "u");
    }

    #[test]
    fn broken_json_is_nothing_and_json_of_the_wrong_kind_breaks() {
        for nothing in ["{", "0", "[]", "null", "{}"] {
            assert_eq!(shop(&input_of(json!({"product": nothing}))), Ok(None), "{nothing}");
        }
        for broken in [json!("5"), json!("[1]"), json!({"name": "x"})] {
            assert_eq!(shop(&input_of(json!({"product": broken}))), Err(()), "{broken}");
        }
        assert_eq!(without_tags("<p>a < b</p> c"), "a  c");
    }
}
