//! Reads the bodies of webhooks.

use crate::call::node_budget::exceeds_node_budget;
use crate::decode::object::{Object, ObjectOnly};
use crate::decode::repair;
use crate::decode::visitor::{self, DecodeError, ErasedDeserializer, Token, Visitor};

/// Reads the body of a webhook, for generated types.
///
/// A body that a server damaged is repaired as an answer is. If it is JSON and still cannot be read, its properties are
/// read one by one, and those that cannot be read are absent.
///
/// # Errors
///
/// The body is not a JSON object, or has more objects and lists than a body of its size can have.
#[doc(hidden)]
pub fn read_webhook<T: Object + Default>(body: &[u8]) -> serde_json::Result<T> {
    let text = repair::text(body);
    if exceeds_node_budget(&text) {
        return Err(serde::de::Error::custom("more objects and lists than a body of this size can have"));
    }
    let mut webhook = T::default();
    let Err(error) = visitor::json(&text, &mut ObjectOnly(&mut webhook)) else { return Ok(webhook) };
    webhook = T::default();
    let repaired = repair::repaired(&text);
    let text = repaired.as_deref().unwrap_or(&text);
    visitor::json(text, &mut OneByOne(&mut webhook)).map(|()| webhook).map_err(|_| error)
}

/// Reads each property of an object from a JSON text of its own, so that an error in one does not end the others: a
/// number that no type can hold, or lists that are nested too deep.
struct OneByOne<'o, T>(&'o mut T);

impl<T: Object> Visitor for OneByOne<'_, T> {
    fn start(&mut self, token: Token<'_>) -> Result<(), DecodeError> {
        ObjectOnly(self.0).start(token)
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        let name = serde_json::Value::from(name.unwrap_or_default());
        value.raw(&mut |json| {
            let _ = visitor::json(&format!("{{{name}:{json}}}"), &mut ObjectOnly(self.0));
        })
    }
}

#[cfg(test)]
mod tests;
