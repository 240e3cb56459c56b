//! The meaning of a node in OpenAPI, which follows from the keys that lead to it.

/// The methods that OpenAPI has, as keys of a path.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The meaning of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeKind {
    Root,
    Info,
    Server,
    Variable,
    Tag,
    Envelope,
    /// How an envelope shows that the server's framework refused a value.
    ValidationAnswer,
    /// What an envelope says about a known text of a refusal.
    RefusalText,
    Trims,
    SecurityScheme,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Responses,
    Response,
    /// What a provider posts to a URL of the account's choice.
    Webhook,
    WebhookPost,
    WebhookBody,
    /// How the receiver answers a webhook.
    WebhookReplies,
    WebhookReply,
    Media,
    /// A named schema.
    Component,
    Property,
    ParameterSchema,
    /// A schema within another, or one that should have a name.
    Schema,
    EnumValue,
    FormRule,
    Source,
    Components,
    /// Any other node with a meaning in OpenAPI.
    Other,
    /// A mapping from names that the API chose; the values have this meaning.
    Names(Inner),
    /// An example, a default or a list of values.
    Data,
}

/// The meaning of the values in a mapping from names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inner {
    Components,
    Examples,
    Media,
    Parameters,
    PathItems,
    Properties,
    RefusalTexts,
    RequestBodies,
    Responses,
    SecuritySchemes,
    Variables,
    Webhooks,
}

impl NodeKind {
    pub(crate) fn is_schema(self) -> bool {
        matches!(self, Self::Component | Self::Property | Self::ParameterSchema | Self::Schema)
    }

    /// Returns the kind of the value of `key`, or of its items if the value is a list.
    pub(crate) fn below(self, key: &str) -> Self {
        match (self, key) {
            (Self::Data | Self::Source, _) => Self::Data,
            (Self::Names(inner), _) => inner.kind(),
            (Self::Components, key) => Self::of_components(key),
            (_, "x-source") => Self::Source,
            (_, "parameters") => Self::Parameter,
            (_, "content") => Self::Names(Inner::Media),
            (_, "examples") => Self::Names(Inner::Examples),
            (_, "example" | "default" | "enum") => Self::Data,
            (Self::Root, "info") => Self::Info,
            (Self::Root | Self::PathItem | Self::Operation, "servers") => Self::Server,
            (Self::Root, "tags") => Self::Tag,
            (Self::Root, "components") => Self::Components,
            (Self::Root, "x-envelope") => Self::Envelope,
            (Self::Envelope, "validation") => Self::ValidationAnswer,
            (Self::Envelope, "reasons") => Self::Names(Inner::RefusalTexts),
            (Self::Root, "x-trims") => Self::Trims,
            (Self::Root, "paths") => Self::Names(Inner::PathItems),
            (Self::Server, "variables") => Self::Names(Inner::Variables),
            (Self::PathItem, method) if METHODS.contains(&method) => Self::Operation,
            (Self::Operation, "requestBody") => Self::RequestBody,
            (Self::Operation, "responses") => Self::Responses,
            (Self::Responses, _) => Self::Response,
            (Self::Root, "x-webhooks") => Self::Names(Inner::Webhooks),
            (Self::Webhook, "post") => Self::WebhookPost,
            (Self::WebhookPost, "requestBody") => Self::WebhookBody,
            (Self::WebhookPost, "responses") => Self::WebhookReplies,
            (Self::WebhookReplies, _) => Self::WebhookReply,
            (Self::Media, "schema") => Self::Schema,
            (Self::Parameter, "schema") => Self::ParameterSchema,
            (_, "properties") if self.is_schema() => Self::Names(Inner::Properties),
            (_, "items" | "additionalProperties" | "allOf" | "oneOf" | "anyOf" | "not") if self.is_schema() => {
                Self::Schema
            }
            (_, "x-open-enum") if self.is_schema() => Self::EnumValue,
            (_, "x-rules") if self.is_schema() => Self::FormRule,
            _ => Self::Other,
        }
    }

    /// Returns the kind of the value of a key of `components`.
    fn of_components(key: &str) -> Self {
        match key {
            "schemas" => Self::Names(Inner::Components),
            "parameters" => Self::Names(Inner::Parameters),
            "responses" => Self::Names(Inner::Responses),
            "requestBodies" => Self::Names(Inner::RequestBodies),
            "securitySchemes" => Self::Names(Inner::SecuritySchemes),
            "examples" => Self::Names(Inner::Examples),
            _ => Self::Other,
        }
    }
}

impl Inner {
    fn kind(self) -> NodeKind {
        match self {
            Self::Components => NodeKind::Component,
            Self::Examples => NodeKind::Data,
            Self::Media => NodeKind::Media,
            Self::Parameters => NodeKind::Parameter,
            Self::PathItems => NodeKind::PathItem,
            Self::Properties => NodeKind::Property,
            Self::RefusalTexts => NodeKind::RefusalText,
            Self::RequestBodies => NodeKind::RequestBody,
            Self::Responses => NodeKind::Response,
            Self::SecuritySchemes => NodeKind::SecurityScheme,
            Self::Variables => NodeKind::Variable,
            Self::Webhooks => NodeKind::Webhook,
        }
    }
}
