//! The patched code of a part of an API, and how the parts become the files of a client.

use std::collections::{BTreeMap, BTreeSet};

use quote::quote;

use super::{Patch, Result, add, types, unexpected};
use crate::client_code::ClientCode;
use crate::emit;

/// The patched code of a shard. Types that several shards use are in each of them.
#[derive(Default)]
pub struct Parts {
    /// The methods of the client, one for each operation.
    pub(super) methods: String,
    /// The names of these methods.
    pub(super) method_names: BTreeSet<String>,
    /// The types by name, which is their order in the file.
    pub(super) types: BTreeMap<String, String>,
    /// The modules beside the types.
    pub(super) modules: BTreeSet<String>,
    /// The builders of the forms by the form's name.
    pub(super) forms: BTreeMap<String, String>,
    /// How each form is sent.
    pub(super) bodies: BTreeMap<String, String>,
    /// The builders of the operations.
    pub(super) builders: String,
}

impl Parts {
    fn and(mut self, other: Self) -> Self {
        add(&mut self.methods, &other.methods);
        self.method_names.extend(other.method_names);
        self.types.extend(other.types);
        self.modules.extend(other.modules);
        self.forms.extend(other.forms);
        self.bodies.extend(other.bodies);
        add(&mut self.builders, &other.builders);
        self
    }
}

impl Patch<'_> {
    /// Returns the client that consists of these parts. Each file begins with `header`.
    pub fn client(&self, parts: Vec<Parts>, header: &str) -> Result<ClientCode> {
        let parts = parts.into_iter().fold(Parts::default(), Parts::and);
        let has_forms = !parts.forms.is_empty();
        let builders = format!("{BUILDERS}\n{}", parts.builders);
        let form_builders = self.form_builders(&parts)?;
        let mut files = vec![
            (ClientCode::ROOT, self.modules()),
            ("operations.rs", emit::operations(self.api)),
            ("builder.rs", builders),
        ];
        files.extend(has_forms.then_some(("types/builder.rs", form_builders)));
        files.push(("types.rs", self.types_file(parts.types, parts.modules, has_forms)?));
        files.push(("client.rs", self.client_file(&parts.methods, &parts.method_names)?));
        let file = |(path, text): (&str, String)| (path.to_owned(), format!("{header}{text}"));
        Ok(ClientCode::new(files.into_iter().map(file).collect()))
    }

    fn modules(&self) -> String {
        let webhooks = self.api.webhooks.iter().map(|name| format!("pub use self::types::{name};\n"));
        webhooks.fold(MODULES.to_owned(), |text, webhook| text + &webhook)
    }

    fn client_file(&self, methods: &str, names: &BTreeSet<String>) -> Result<String> {
        if let Some(missing) = self.api.operations.iter().find(|operation| !names.contains(&operation.id)) {
            return unexpected(format!("there is no code for `{}`", missing.id));
        }
        let mut printer = self.printer();
        printer.code(emit::client(self.api))?;
        Ok(format!("{CLIENT}\n{}\nimpl Client {{\n{methods}}}\n", printer.take()))
    }

    fn types_file(
        &self,
        types: BTreeMap<String, String>,
        modules: BTreeSet<String>,
        has_forms: bool,
    ) -> Result<String> {
        let mut text = TYPES.to_owned();
        if has_forms {
            text += "\npub mod builder;\n";
        }
        types.into_values().chain(modules).for_each(|item| add(&mut text, &item));
        let mut printer = self.printer();
        self.api.open_enums.iter().try_for_each(|one| printer.code(emit::open_enum(one)))?;
        types::webhooks(self.api).try_for_each(|webhook| printer.code(webhook))?;
        types::verdicts(self.api).try_for_each(|verdict| printer.code(verdict))?;
        if has_forms {
            printer.code(quote! {
                impl ::std::convert::From<zap_client_runtime::FieldError> for error::ConversionError {
                    fn from(flaw: zap_client_runtime::FieldError) -> Self {
                        ::std::string::ToString::to_string(&flaw).into()
                    }
                }
            })?;
        }
        Ok(format!("{text}\n{}", printer.take()))
    }

    fn form_builders(&self, parts: &Parts) -> Result<String> {
        let mut text = FORM_BUILDERS.to_owned();
        parts.forms.values().for_each(|form| add(&mut text, form));
        for form in &self.bodies {
            let Some(sent) = parts.bodies.get(*form) else {
                return unexpected(format!("there is no type for the form `{form}`"));
            };
            add(&mut text, sent);
        }
        Ok(text)
    }
}

/// The text of `mod.rs`.
const MODULES: &str = "\
pub mod builder;
mod client;
pub mod operations;
pub mod types;

pub use self::client::{Client, Credentials, Provider};
";

const CLIENT: &str = "\
//! The client: its instances, its credentials, and a method for each operation.

use super::builder;
";

const TYPES: &str = "\
//! The types of requests and answers.
";

const FORM_BUILDERS: &str = "\
//! Builders of the JSON objects and forms.
";

const BUILDERS: &str = "\
//! Builders of the calls, one for each operation.

#[allow(unused_imports)]
use zap_client_runtime::{Error, ResponseValue};

use super::{operations, types};
";
