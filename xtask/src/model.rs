//! What the generator knows about a spec.
//!
//! Everything special about an API is data here: the generator's code names no provider, no operation and no field.
//! [`crate::read`] fills it in.

mod body;
mod envelope;
mod pagination;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

pub use self::body::{Answer, Body, Media};
pub use self::envelope::{Envelope, RefusalText, Refusals};
pub use self::pagination::{NextPage, Pagination};
use crate::schema::Shape;

/// An API.
#[derive(Debug)]
pub struct Api {
    /// The title, for people.
    pub title: String,
    /// The description.
    pub description: String,
    /// Its instances.
    pub servers: Vec<Server>,
    /// The credentials of the calls.
    pub credentials: Vec<Credential>,
    /// How answers say how a call went.
    pub envelope: Envelope,
    /// Whether the server trims texts, and treats an empty text as absent (`x-trims`).
    pub trims: bool,
    /// Its operations, in the order of the file.
    pub operations: Vec<Operation>,
    /// Enums that keep unknown values.
    pub open_enums: Vec<OpenEnum>,
    /// Object schemas by name.
    pub objects: BTreeMap<String, Object>,
    /// Names of the object schemas that are read: those of answers and of webhooks.
    pub answers: BTreeSet<String>,
    /// Names of the object schemas within bodies: those that a body refers to, directly or through others.
    pub parts: BTreeSet<String>,
    /// Names of the object schemas that webhooks post (`x-webhooks`).
    pub webhooks: BTreeSet<String>,
}

/// What rules call a body that is not an object with known properties.
pub(crate) const ROOT: &str = "body";

impl Api {
    /// Returns the fields that a caller of an operation fills in, by their names on the wire.
    pub(crate) fn fields<'a>(&'a self, operation: &'a Operation) -> Vec<&'a str> {
        let body = operation.body.as_ref();
        let root = body.filter(|body| body.schema().is_none()).map(|_| ROOT);
        let object = body.and_then(|body| self.objects.get(body.schema()?));
        let properties =
            object.into_iter().flat_map(|body| &body.properties).map(|property| &*property.name).chain(root);
        operation.parameters.iter().map(|parameter| &*parameter.name).chain(properties).collect()
    }
}

/// An instance.
#[derive(Debug)]
pub struct Server {
    /// The name of its variant (`x-name`).
    pub name: String,
    /// The base URL, with `{variable}`s.
    pub url: String,
    /// The description.
    pub description: String,
    /// Variables in the URL.
    pub variables: Vec<Variable>,
}

/// A variable in a server's URL.
#[derive(Debug)]
pub struct Variable {
    /// Its name in the URL.
    pub name: String,
    /// The value in the documentation.
    pub default: String,
    /// The description.
    pub description: String,
    /// Whether it must be the name of a host (`x-format: host_name`).
    pub is_host_name: bool,
}

/// A security scheme.
#[derive(Debug)]
pub struct Credential {
    /// Name of the scheme in the document.
    pub scheme: String,
    /// Name of the constructor's argument.
    pub name: String,
    /// Its location in a request.
    pub kind: CredentialKind,
    /// Whether each operation that needs credentials needs this one.
    pub is_required: bool,
    /// What it is, and where to find it.
    pub description: String,
}

/// The kind of a credential, with its name on the wire.
#[derive(Debug, PartialEq, Eq)]
pub enum CredentialKind {
    /// A key in a header.
    Header(String),
    /// A key in the query.
    Parameter(String),
    /// A key in a cookie.
    Cookie(String),
    /// HTTP basic authentication.
    Basic,
    /// A bearer token.
    Bearer,
}

/// Alternatives of credentials, each the names of schemes. An alternative without names means no credentials.
pub type Alternatives = Vec<Vec<String>>;

/// The location of a parameter in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
}

/// An operation.
#[derive(Debug)]
pub struct Operation {
    /// `operationId`.
    pub id: String,
    /// HTTP method, upper case.
    pub method: String,
    /// Path without the fragment.
    pub path: String,
    /// Whether it changes data (`x-safety`).
    pub changes: bool,
    /// The summary, of one line.
    pub summary: String,
    /// The parameters that callers set.
    pub parameters: Vec<Parameter>,
    /// The parameters that have only one possible value.
    pub constants: Vec<(String, String)>,
    /// Its body.
    pub body: Option<Body>,
    /// The credentials that its calls carry, unless all calls carry all of them.
    pub security: Option<Alternatives>,
    /// The header parameter with the idempotency key (`x-idempotency`).
    pub idempotency: Option<String>,
    /// Its successful answer.
    pub answer: Answer,
    /// How its answer is paged.
    pub pagination: Option<Pagination>,
    /// The rules for a request.
    pub rules: Vec<Rule>,
}

/// A rule for a request.
#[derive(Debug)]
pub struct Rule {
    /// The fields that it applies to.
    pub fields: Vec<String>,
    /// The condition.
    pub constraint: Constraint,
    /// What happens if it is broken. May be empty.
    pub why: String,
    /// How it is known.
    pub evidence: String,
    /// The facts that prove it.
    pub facts: Vec<String>,
}

/// A variant of the runtime's `Constraint`, by name.
#[derive(Clone, Debug)]
pub enum Constraint {
    /// Without a value.
    Plain(&'static str),
    /// With a number.
    Number(&'static str, i64),
    /// With a list of texts.
    Texts(&'static str, Vec<String>),
    /// With a number and a list of texts.
    NumberAndTexts(&'static str, i64, Vec<String>),
}

/// A parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Name on the wire.
    pub name: String,
    /// Its location in a request.
    pub place: Place,
    /// Whether it is required.
    pub required: bool,
    /// Its shape.
    pub shape: Shape,
    /// How several values are written.
    pub style: Style,
    /// Its `type`. Empty if it has none.
    pub kind: String,
    /// The description.
    pub description: String,
}

/// How a parameter with several values is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Each value is a parameter of its own.
    Exploded,
    /// As one value, with this character between the items.
    Joined(char),
    /// Each entry of a map is a parameter `name[key]`.
    Deep,
}

/// A schema with `x-open-enum`.
#[derive(Debug)]
pub struct OpenEnum {
    /// Name of the schema.
    pub name: String,
    /// The description.
    pub description: String,
    /// Whether the values are whole numbers, and not texts.
    pub integer: bool,
    /// The known values.
    pub values: Vec<EnumValue>,
}

/// A known value of an open enum.
#[derive(Debug)]
pub struct EnumValue {
    /// The value that is sent and received.
    pub value: Value,
    /// The name of its variant.
    pub name: String,
    /// The description.
    pub description: String,
}

/// An object schema.
#[derive(Debug)]
pub struct Object {
    /// Whether an empty text stands for an absent value (`x-empty-is-absent`).
    pub empty_is_absent: bool,
    /// Its properties, in the order of the file.
    pub properties: Vec<Property>,
}

/// A property of an object schema.
#[derive(Debug)]
pub struct Property {
    /// Name on the wire.
    pub name: String,
    /// Whether it is required.
    pub required: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// Its shape.
    pub shape: Shape,
    /// The description.
    pub description: String,
}
