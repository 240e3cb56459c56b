//! Bodies that are one JSON value, such as a list.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::body::form::Form;
use crate::call::call::Call;
use crate::error::violation::FieldError;
use crate::validate::parts::FormWithParts;

impl Call<'_> {
    /// Sends the JSON of a value as the body, with the value of a builder; for generated code. A missing value sends no
    /// body: if the body is required, a rule says so.
    #[doc(hidden)]
    pub fn json_body<T: Serialize>(self, value: Result<T, FieldError>) -> Self {
        match value {
            Err(FieldError::Missing(_)) => self,
            value => self.form_with_parts(Form::json_root_of(value)),
        }
    }

    /// Sends `form` as the body, and validates the objects within it, too; for generated code.
    #[doc(hidden)]
    pub fn form_with_parts(mut self, form: impl Into<Form>) -> Self {
        self.form = Some(Box::new(FormWithParts(form.into())));
        self
    }
}

/// Returns a value as any JSON; for generated code.
#[doc(hidden)]
pub fn any_json(value: impl Serialize) -> Result<Value, FieldError> {
    serde_json::to_value(value).map_err(|error| FieldError::of_object("body", error))
}

/// Returns a value as a JSON object; for generated code.
#[doc(hidden)]
pub fn any_object(value: impl Serialize) -> Result<Map<String, Value>, FieldError> {
    match any_json(value)? {
        Value::Object(map) => Ok(map),
        _ => Err(FieldError::of_object("body", "it is not a JSON object")),
    }
}
