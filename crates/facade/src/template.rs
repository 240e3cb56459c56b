//! Template messages.

/// A template and the values for its placeholders.
///
/// For ExternalApi, a value is refused before anything is sent if the provider would replace it, or WhatsApp would
/// refuse it later: an empty value, one of more than 1024 characters, one with a line break, a tab or five spaces in a
/// row, and one that contains `{{` and `}}`. The exceptions are the values `{{ contactName }}` and `{{ contactMobile
/// }}`, which the provider replaces with the contact's name and number ([E27](externalapi_client::facts#e27),
/// [E32](externalapi_client::facts#e32), [E33](externalapi_client::facts#e33)).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TemplateMessage {
    /// The provider's id of the template. ExternalApi: the `id` in `template_list`, which is not Meta's id
    /// ([E20](externalapi_client::facts#e20)).
    pub id: String,
    /// Values for the placeholders in the header, in order.
    pub header: Vec<String>,
    /// Values for the placeholders in the body, in order.
    pub body: Vec<String>,
}

impl TemplateMessage {
    /// Creates a message from a template without placeholders.
    #[must_use]
    #[allow(clippy::needless_pass_by_value, reason = "callers can pass a number")]
    pub fn new(id: impl ToString) -> Self {
        Self { id: id.to_string(), header: Vec::new(), body: Vec::new() }
    }

    /// Sets the values for the header.
    #[must_use]
    pub fn with_header(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.header = values.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the values for the body.
    #[must_use]
    pub fn with_body(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.body = values.into_iter().map(Into::into).collect();
        self
    }
}
