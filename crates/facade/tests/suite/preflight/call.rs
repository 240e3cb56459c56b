//! Any operation, called by data.

use externalapi_client::{Error, File};
use zap_client_runtime::reqwest::Url;
use zap_client_runtime::{Call, Constraint, DryRun, DryRunBody, DryRunPart, Form, Operation};

use crate::support::calls::{self, Api, Client, Names};
use crate::support::{self, EmptyStream};

/// A value for a field.
#[derive(Clone, Copy, Debug)]
pub enum Given {
    Nothing,
    Text(&'static str),
    Number(i64),
    /// So many times this text.
    Times(&'static str, usize),
    /// A JSON object with these names.
    Object(&'static [&'static str]),
    Entries(&'static [(&'static str, &'static str)]),
    /// A file in memory: name and content.
    Bytes(&'static str, &'static [u8]),
    /// A stream: name and length.
    Stream(&'static str, Option<u64>),
    /// A file with a name of so many characters and this ending.
    Named(usize, &'static str),
}

/// A field and its value.
pub type Field = (&'static str, Given);

/// An operation, and the values of a call of it that is valid.
pub struct Valid {
    pub operation: &'static Operation,
    is_form: bool,
    api: Api,
    /// The values of the call in `support/calls.rs`.
    given: Vec<(&'static str, String)>,
}

/// The operations of both clients.
pub async fn all(clients: &Clients) -> Vec<Valid> {
    let mut all = Vec::new();
    for call in calls::all() {
        let dry = (call.dry_run)(clients.of(call.api), &Names::of_snapshots()).await.unwrap();
        let given = texts(call.operation, &dry);
        let is_form = matches!(dry.body(), DryRunBody::Form(_));
        all.push(Valid { operation: call.operation, is_form, api: call.api, given });
    }
    all
}

/// The fields of a request that are texts.
fn texts(operation: &Operation, dry: &DryRun) -> Vec<(&'static str, String)> {
    let url = Url::parse(dry.url()).unwrap();
    let path = url.path().split('/').rev();
    let in_path = operation.path.rsplit('/').zip(path).filter_map(|(template, value)| {
        Some((template.strip_prefix('{')?.strip_suffix('}')?.to_owned(), value.to_owned()))
    });
    let in_query = url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned()));
    let parts = if let DryRunBody::Form(parts) = dry.body() { parts.as_slice() } else { &[] };
    let in_form = parts.iter().filter_map(|part| match part {
        DryRunPart::Text { name, value } => Some((name.clone(), value.clone())),
        _ => None,
    });
    let found: Vec<_> = in_path.chain(in_query).chain(in_form).collect();
    let field = |name: &String| operation.fields.iter().copied().find(|field| field == name);
    found.into_iter().filter_map(|(name, value)| Some((field(&name)?, value))).collect()
}

impl Valid {
    /// Returns whether a rule requires `field` in every request.
    fn requires(&self, field: &str) -> bool {
        self.operation.rules.iter().any(|rule| rule.constraint == Constraint::Required && rule.fields == [field])
    }

    /// The texts of a valid call that has no more than it must have beside the fields of `change`.
    fn beside(&self, change: &[Field]) -> Vec<&(&'static str, String)> {
        let is_changed = |name: &str| change.iter().any(|(other, _)| *other == name);
        let mut kept: Vec<_> = self.given.iter().filter(|(name, _)| self.requires(name) && !is_changed(name)).collect();
        // Of what a request must have one of, the last, unless another is given.
        let is_given =
            |name: &str| change.iter().any(|(other, value)| *other == name && !matches!(value, Given::Nothing));
        for rule in self.operation.rules.iter().filter(|rule| rule.constraint == Constraint::AtLeastOne) {
            if !rule.fields.iter().any(|name| is_given(name)) {
                let last = rule.fields.iter().rev().find_map(|field| self.given.iter().find(|(name, _)| name == field));
                kept.extend(last.filter(|(name, _)| !is_changed(name)));
            }
        }
        kept
    }

    fn fill<'c>(&self, mut call: Call<'c>, change: &[Field]) -> Call<'c> {
        let operation = self.operation;
        let mut form = Form::new();
        let text = |call: Call<'c>, form: Form, name, text: &str| {
            if operation.path.contains(&format!("{{{name}}}")) {
                (call.path(name, text), form)
            } else if self.is_form {
                (call, form.text(name, [text]))
            } else {
                (call.query(name, [text]), form)
            }
        };
        for (name, value) in self.beside(change) {
            (call, form) = text(call, form, *name, value);
        }
        let is_map = |name: &str| {
            let is_of = |one: &&zap_client_runtime::Rule| one.fields == [name];
            operation.rules.iter().filter(is_of).any(|rule| matches!(rule.constraint, Constraint::MinEntries(_)))
        };
        // A map has no text: the dry run shows its entries.
        for name in operation.fields.iter().filter(|name| is_map(name) && self.requires(name)) {
            if !change.iter().any(|(changed, _)| changed == name) {
                call = call.query_map(name, "field__", [("Cidade", "Recife")]);
            }
        }
        for &(name, given) in change {
            assert!(operation.fields.contains(&name), "{} has no {name}", operation.id);
            match given {
                Given::Nothing => {}
                Given::Entries(entries) => call = call.query_map(name, "field__", entries.iter().copied()),
                Given::Text(value) => (call, form) = text(call, form, name, value),
                Given::Number(number) => (call, form) = text(call, form, name, &number.to_string()),
                Given::Times(value, times) => (call, form) = text(call, form, name, &value.repeat(times)),
                Given::Object(names) => {
                    let object: serde_json::Map<_, _> = names.iter().map(|name| ((*name).into(), "x".into())).collect();
                    (call, form) = text(call, form, name, &serde_json::Value::Object(object).to_string());
                }
                Given::Bytes(file, content) => form = form.file(name, [File::from_bytes(file, content)]),
                Given::Stream(file, length) => form = form.file(name, [File::from_stream(file, length, EmptyStream)]),
                Given::Named(length, ending) => {
                    let stem = "é".repeat(length - ending.len() - 1);
                    form = form.file(name, [File::from_bytes(format!("{stem}.{ending}"), &b"x"[..])]);
                }
            }
        }
        if self.is_form { call.form(form) } else { call }
    }
}

/// Both clients, built once: the TLS library takes its time.
pub struct Clients {
    external_api: Client,
    chatguru: Client,
}

impl Clients {
    pub fn new(origin: &str) -> Self {
        let [external_api, chatguru] = [Api::ExternalApi, Api::ChatGuru].map(|api| support::client(api, origin));
        Self { external_api, chatguru }
    }

    fn of(&self, api: Api) -> &Client {
        if api == Api::ChatGuru { &self.chatguru } else { &self.external_api }
    }

    /// A call that is right but for `change`.
    fn call(&self, valid: &Valid, change: &[Field]) -> Call<'_> {
        valid.fill(self.of(valid.api).raw().call(valid.operation), change)
    }

    pub async fn send(&self, valid: &Valid, change: &[Field]) -> Result<(), Error> {
        // Nothing is to be answered.
        self.call(valid, change).send::<externalapi_client::types::ContactDeleteResponse>().await.map(drop)
    }

    pub async fn dry_run(&self, valid: &Valid, change: &[Field]) -> Result<DryRun, Error> {
        self.call(valid, change).dry_run().await
    }
}
