//! What the generator knows of a spec.
//!
//! Everything special about an API is data here; no name of a provider, an operation or a field is
//! known to the code. [`crate::read`] fills it in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::schema::Shape;

/// An API.
#[derive(Debug)]
pub struct Api {
    /// Title for people.
    pub title: String,
    /// What the API is.
    pub description: String,
    /// Its instances.
    pub servers: Vec<Server>,
    /// What every call is signed with.
    pub credentials: Vec<Credential>,
    /// How answers say how it went.
    pub envelope: Envelope,
    /// Whether the server trims texts and takes an empty one for none (`x-trims`).
    pub trims: bool,
    /// Its operations, in the order of the file.
    pub operations: Vec<Operation>,
    /// Open sets of values.
    pub open_enums: Vec<OpenEnum>,
    /// Object schemas by name.
    pub objects: BTreeMap<String, Object>,
    /// Names of the object schemas that answers are made of.
    pub answers: BTreeSet<String>,
}

/// An instance.
#[derive(Debug)]
pub struct Server {
    /// Identifier (`x-name`).
    pub name: String,
    /// Base URL, with `{variable}`s.
    pub url: String,
    /// What it is.
    pub description: String,
    /// Variables in the URL.
    pub variables: Vec<Variable>,
}

/// A variable in a server's URL.
#[derive(Debug)]
pub struct Variable {
    /// Its name in the URL.
    pub name: String,
    /// What the docs use for it.
    pub default: String,
    /// What to put there.
    pub description: String,
    /// Whether it must be the name of a host (`x-format: host_name`).
    pub is_host_name: bool,
}

/// An `apiKey` security scheme.
#[derive(Debug)]
pub struct Credential {
    /// Name of the scheme, and of the constructor's argument.
    pub name: String,
    /// Where it goes.
    pub place: Place,
    /// Its name there.
    pub wire_name: String,
    /// What it is and where to find it.
    pub description: String,
}

/// Where a parameter or credential goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
}

/// The spec's `x-envelope`.
#[derive(Debug)]
pub struct Envelope {
    /// Property with the verdict.
    pub status: String,
    /// The verdict that means success.
    pub success: String,
    /// The verdict that means failure.
    pub error: String,
    /// Property with the reason.
    pub remark: Option<String>,
    /// Properties with text for people.
    pub texts: Vec<String>,
    /// Remarks that prove a refusal, each with its reason; `None`: any error proves one.
    pub refusals: Option<Vec<(String, String)>>,
    /// HTTP status of a refusal by the framework, and its property with the refused fields.
    pub validation: Option<(u16, String)>,
    /// Texts of refusals without a remark, each with its reason.
    pub reasons: Vec<(String, String)>,
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
    /// Whether it changes something (`x-safety`).
    pub changes: bool,
    /// One line.
    pub summary: String,
    /// Parameters the caller gives.
    pub parameters: Vec<Parameter>,
    /// Parameters with one possible value.
    pub constants: Vec<(String, String)>,
    /// Schema of the form it takes.
    pub body: Option<String>,
    /// Schema of its answer.
    pub answer: String,
    /// How its answer is paged.
    pub pagination: Option<Pagination>,
    /// What a request must hold.
    pub rules: Vec<Rule>,
}

/// Something that a request must hold.
#[derive(Debug)]
pub struct Rule {
    /// The fields that it is about.
    pub fields: Vec<String>,
    /// What must hold.
    pub constraint: Constraint,
    /// What happens otherwise; may be empty.
    pub why: String,
    /// How it is known.
    pub evidence: String,
    /// The facts it rests on.
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
    /// Where it goes.
    pub place: Place,
    /// Whether it must be given.
    pub required: bool,
    /// Its shape.
    pub shape: Shape,
    /// What it means.
    pub description: String,
}

/// The spec's `x-pagination`.
#[derive(Debug)]
pub struct Pagination {
    /// Parameter with the page's number.
    pub page: String,
    /// Parameter with the page's size.
    pub page_size: String,
    /// Where the items are.
    pub items: Vec<String>,
    /// Where the number of the last page is.
    pub last_page: Vec<String>,
    /// Where the number of all items is.
    pub total: Option<Vec<String>>,
    /// Property that tells an item from every other.
    pub key: Option<String>,
}

impl Pagination {
    /// All its paths in the answer.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Vec<String>> {
        [&self.items, &self.last_page].into_iter().chain(&self.total)
    }
}

/// A schema with `x-open-enum`.
#[derive(Debug)]
pub struct OpenEnum {
    /// Name of the schema.
    pub name: String,
    /// What the values mean together.
    pub description: String,
    /// Whether the values are whole numbers; texts otherwise.
    pub integer: bool,
    /// The known values.
    pub values: Vec<EnumValue>,
}

/// A known value of an open set.
#[derive(Debug)]
pub struct EnumValue {
    /// On the wire.
    pub value: Value,
    /// Identifier.
    pub name: String,
    /// What it means.
    pub description: String,
}

/// An object schema.
#[derive(Debug)]
pub struct Object {
    /// Its properties, in the order of the file.
    pub properties: Vec<Property>,
}

/// A property of an object schema.
#[derive(Debug)]
pub struct Property {
    /// Name on the wire.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// Its shape.
    pub shape: Shape,
    /// What it means.
    pub description: String,
}
