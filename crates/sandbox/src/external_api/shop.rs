//! Products and orders of a shop, which are sent as buttons.

use serde_json::{Value, json};

use crate::php;

use super::{content::Content, failure::Failure, input::Input};

/// How many columns of a product's description are shown.
const DESCRIPTION: usize = 100;

/// A decoded product or order. Invalid JSON, and values that PHP treats as false, count as missing.
pub(super) enum Goods {
    Product(Value),
    Order(Value),
}

/// Returns the product or order of a message. An order takes precedence.
pub(super) fn goods(input: &Input) -> Result<Option<Goods>, Failure> {
    let product = decoded(input, "product")?.map(Goods::Product);
    let order = decoded(input, "created_order_data")?.map(Goods::Order);
    Ok(order.or(product))
}

/// Returns the button for a product or an order.
pub(super) fn button(goods: &Goods) -> Result<Content, Failure> {
    match goods {
        Goods::Product(product) => product_button(product).map(Content::Product),
        Goods::Order(order) => order_button(order).map(Content::Order),
    }
}

fn decoded(input: &Input, name: &str) -> Result<Option<Value>, Failure> {
    if !input.truthy(name) {
        return Ok(None);
    }
    // PHP's decoder accepts only texts and what PHP can convert to text.
    let text = php::text_of(input.value(name)).ok_or(Failure::Error)?;
    Ok(serde_json::from_slice(&php::bytes_of(&text)).ok().filter(php::truthy))
}

fn product_button(product: &Value) -> Result<Value, Failure> {
    let name = entry(product, "name")?;
    let description = text_argument(entry(product, "description")?)?;
    let description = php::limit(&php::strip_tags(&description), DESCRIPTION);
    let permalink = entry(product, "permalink")?;
    let header = match picture(product)? {
        Some(link) => json!({"type": "image", "image": {"link": link}}),
        None => json!({"type": "text", "text": name}),
    };
    Ok(shown(&header, &description.into(), "Visit Product", permalink))
}

/// Returns the address of the first picture, if the server considers its type suitable for WhatsApp. The server's list
/// lacks `jpg`.
fn picture(product: &Value) -> Result<Option<&Value>, Failure> {
    let first = product.get("images").and_then(first).and_then(|image| image.get("src"));
    let Some(link) = first.filter(|link| !link.is_null()) else { return Ok(None) };
    let text = text_argument(link)?;
    let extension = text.rsplit_once('.').map(|(_, extension)| extension);
    Ok(matches!(extension, Some("jpeg" | "png")).then_some(link))
}

fn order_button(order: &Value) -> Result<Value, Failure> {
    let item = order.get("woo_response").and_then(|woo| woo.get("line_items")).and_then(first);
    let name = item.and_then(|item| item.get("name")).unwrap_or(&Value::Null);
    let url = entry(order, "order_url")?;
    Ok(shown(&json!({"type": "text", "text": "Order Information"}), name, "Visit Order", url))
}

fn shown(header: &Value, body: &Value, label: &str, url: &Value) -> Value {
    json!({
        "type": "cta_url",
        "header": header,
        "body": {"text": body},
        "action": {"name": "cta_url", "parameters": {"display_text": label, "url": url}},
    })
}

/// Returns `$value[0]`, which is the same for a list and for a map with the key 0.
fn first(value: &Value) -> Option<&Value> {
    value.get(0).or_else(|| value.get("0"))
}

/// Returns `$value[$key]`. A list has no such key, and a number is not an array. For a text PHP raises an error, not an
/// exception.
fn entry<'a>(value: &'a Value, key: &str) -> Result<&'a Value, Failure> {
    let missing = || Failure::Exception(format!("Undefined array key \"{key}\""));
    match value {
        Value::Object(map) => map.get(key).ok_or_else(missing),
        Value::Array(_) => Err(missing()),
        Value::String(_) => Err(Failure::Error),
        Value::Bool(_) => Err(no_array("bool")),
        Value::Number(number) if number.is_f64() => Err(no_array("float")),
        Value::Number(_) => Err(no_array("int")),
        Value::Null => Err(no_array("null")),
    }
}

fn no_array(kind: &str) -> Failure {
    Failure::Exception(format!("Trying to access array offset on value of type {kind}"))
}

/// Returns a value as a PHP function accepts it for a text argument.
fn text_argument(value: &Value) -> Result<String, Failure> {
    php::text_of(value).ok_or(Failure::Error)
}

#[cfg(test)]
mod tests {
    use super::{super::input::input_of, *};

    fn made(values: Value) -> Result<Option<Content>, Failure> {
        goods(&input_of(values))?.as_ref().map(button).transpose()
    }

    fn product(extra: &Value) -> Value {
        let mut product = json!({"name": "Bolo", "description": "<p>Bom</p>", "permalink": "p"});
        if let (Value::Object(product), Value::Object(extra)) = (&mut product, extra) {
            product.extend(extra.clone());
        }
        json!({"product": product.to_string()})
    }

    fn order(order: &Value) -> Result<Option<Content>, Failure> {
        made(json!({"created_order_data": order.to_string()}))
    }

    #[test]
    fn an_order_goes_before_a_product() {
        let both = json!({"product": "{\"name\":\"Bolo\"}", "created_order_data": "{\"order_url\":\"u\"}"});
        let Ok(Some(Content::Order(button))) = made(both) else { panic!("an order") };
        assert_eq!(button["action"]["parameters"]["url"], "u");
    }

    #[test]
    fn invalid_json_and_false_values_count_as_missing() {
        for nothing in ["{", "abc", "0", "-0", "0.0", "[]", "null", "{}", "false", "\"\"", "\"0\"", "\""] {
            assert_eq!(made(json!({"product": nothing})), Ok(None), "{nothing}");
            assert_eq!(made(json!({"created_order_data": nothing})), Ok(None), "{nothing}");
        }
    }

    #[test]
    fn json_of_another_kind_breaks() {
        for name in ["product", "created_order_data"] {
            for broken in [json!("\"abc\""), json!(["x"]), json!({"name": "x"})] {
                assert_eq!(made(json!({name: broken})), Err(Failure::Error), "{name} {broken}");
            }
            for broken in [json!("5"), json!(5), json!("1.5"), json!("true"), json!("[1]"), json!("{\"a\":1}")] {
                assert!(matches!(made(json!({name: broken})), Err(Failure::Exception(_))), "{name} {broken}");
            }
        }
        for key in ["name", "description", "permalink"] {
            let mut lacking = json!({"name": "Bolo", "description": "d", "permalink": "p"});
            lacking.as_object_mut().unwrap().remove(key);
            let expected = Failure::Exception(format!("Undefined array key \"{key}\""));
            assert_eq!(made(json!({"product": lacking.to_string()})), Err(expected));
        }
    }

    #[test]
    fn pictures_of_some_kinds_head_a_product() {
        for (images, is_picture) in [
            (json!([{"src": "https://x.test/a.png"}]), true),
            (json!({"0": {"src": "a.jpeg"}}), true),
            (json!([{"src": "a.jpg"}]), false),
            (json!([{"src": "a.PNG"}]), false),
            (json!([{"src": "a.png?x=1"}]), false),
            (json!([{"src": null}]), false),
            (json!(["a.png"]), false),
            (json!("a.png"), false),
            (json!([]), false),
        ] {
            let Ok(Some(Content::Product(button))) = made(product(&json!({"images": images.clone()}))) else {
                panic!("{images}")
            };
            assert_eq!(button["header"]["type"], if is_picture { "image" } else { "text" }, "{images}");
        }
        assert_eq!(made(product(&json!({"images": [{"src": ["a.png"]}]}))), Err(Failure::Error));
    }

    #[test]
    fn values_keep_their_types_but_a_description_is_text() {
        let values = json!({"name": 5, "description": null, "permalink": ["p"]});
        let Ok(Some(Content::Product(button))) = made(product(&values)) else { panic!("a product") };
        assert_eq!((&button["header"]["text"], &button["body"]["text"]), (&json!(5), &json!("")));
        assert_eq!(button["action"]["parameters"]["url"], json!(["p"]));
        assert_eq!(made(product(&json!({"description": ["d"]}))), Err(Failure::Error));
        for (items, name) in [
            (json!({"line_items": [{"name": 5}, {"name": "b"}]}), json!(5)),
            (json!({"line_items": []}), json!(null)),
            (json!("x"), json!(null)),
        ] {
            let Ok(Some(Content::Order(button))) = order(&json!({"order_url": null, "woo_response": items})) else {
                panic!("an order")
            };
            assert_eq!((&button["body"]["text"], &button["action"]["parameters"]["url"]), (&name, &json!(null)));
        }
    }
}
