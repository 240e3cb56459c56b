//! Template messages.

/// A template, and what its placeholders are filled with.
///
/// ExternalApi refuses a value before anything is sent if the provider would replace it or WhatsApp would refuse it later:
/// an empty one, one of more than 1024 characters, one with a line break, a tab or five spaces in a row, and one with
/// `{{` and `}}` in it. `{{ contactName }}` and `{{ contactMobile }}`, as the whole value, become the contact's name and
/// number (facts E27, E32, E33).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TemplateMessage {
    /// The provider's id of the template. ExternalApi: the number in its own list, `template_list`,
    /// not Meta's (fact E20).
    pub id: String,
    /// Values for the placeholders of the header, in order.
    pub header: Vec<String>,
    /// Values for the placeholders of the text, in order.
    pub body: Vec<String>,
}

impl TemplateMessage {
    /// A template without placeholders.
    #[must_use]
    #[allow(clippy::needless_pass_by_value, reason = "so that a number is written as it is")]
    pub fn new(id: impl ToString) -> Self {
        Self { id: id.to_string(), header: Vec::new(), body: Vec::new() }
    }

    /// The same with values for the header.
    #[must_use]
    pub fn with_header(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.header = values.into_iter().map(Into::into).collect();
        self
    }

    /// The same with values for the text.
    #[must_use]
    pub fn with_body(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.body = values.into_iter().map(Into::into).collect();
        self
    }
}
