//! The patched code of a part of an API, and how the parts become one file.

use std::collections::{BTreeMap, BTreeSet};

use quote::quote;

use super::{Patch, Result, types, unexpected};
use crate::emit;

/// The patched code of a part, as text. What several parts have in common is in each of them.
#[derive(Default)]
pub struct Parts {
    /// What stands before the operations' methods.
    pub(super) root: String,
    /// How `impl Client` and the modules begin.
    pub(super) heads: Heads,
    /// The operations of `methods` and `builders`.
    pub(super) operations: BTreeSet<String>,
    pub(super) methods: String,
    /// The types by name: that is their order in the file.
    pub(super) types: BTreeMap<String, String>,
    /// The builders of the forms by the form's name.
    pub(super) forms: BTreeMap<String, String>,
    /// How each form is sent.
    pub(super) bodies: BTreeMap<String, String>,
    /// The modules beside the types.
    pub(super) modules: BTreeSet<String>,
    /// What the types are besides, and the open enums.
    pub(super) more_types: String,
    pub(super) builders: String,
    pub(super) debugs: String,
}

#[derive(Default)]
pub(super) struct Heads {
    pub(super) client: String,
    pub(super) types: String,
    pub(super) forms: String,
    pub(super) builders: String,
}

impl Parts {
    fn and(mut self, other: Self) -> Self {
        self.heads = self.heads.or(other.heads);
        self.operations.extend(other.operations);
        self.types.extend(other.types);
        self.forms.extend(other.forms);
        self.bodies.extend(other.bodies);
        self.modules.extend(other.modules);
        self.root += &other.root;
        self.methods += &other.methods;
        self.more_types += &other.more_types;
        self.builders += &other.builders;
        self.debugs += &other.debugs;
        self
    }
}

impl Heads {
    fn or(self, other: Self) -> Self {
        let or = |one: String, other| if one.is_empty() { other } else { one };
        Self {
            client: or(self.client, other.client),
            types: or(self.types, other.types),
            forms: or(self.forms, other.forms),
            builders: or(self.builders, other.builders),
        }
    }
}

impl Patch<'_> {
    /// What progenitor does not know of.
    pub fn frame(&self) -> Result<Parts> {
        let api = self.api;
        let root = self.printer(0).of(emit::root(api))? + &emit::operations(api);
        let mut printer = self.printer(1);
        api.open_enums.iter().try_for_each(|one| printer.code(emit::open_enum(one)))?;
        types::verdicts(api).try_for_each(|verdict| printer.code(verdict))?;
        Ok(Parts { root, more_types: printer.take(), ..Parts::default() })
    }

    /// The file that the parts make up.
    pub fn file(&self, parts: Vec<Parts>) -> Result<String> {
        let api = self.api;
        let Parts { root, heads, operations, methods, types, forms, bodies, modules, more_types, builders, debugs } =
            parts.into_iter().fold(Parts::default(), Parts::and);
        if let Some(missing) = api.operations.iter().find(|operation| !operations.contains(&operation.id)) {
            return unexpected(format!("there is no code for `{}`", missing.id));
        }
        let mut text = root;
        text.extend([&*heads.client, &*methods, "}\n", &*heads.types]);
        text.extend(types.into_values());
        let has_forms = !forms.is_empty();
        if has_forms {
            text += &heads.forms;
            text.extend(forms.into_values());
            let mut done = BTreeSet::new();
            for body in api.operations.iter().filter_map(|operation| operation.body.as_ref()) {
                let Some(sent) = bodies.get(body) else {
                    return unexpected(format!("there is no type for the form `{body}`"));
                };
                if done.insert(body) {
                    text += sent;
                }
            }
            text += "    }\n";
        }
        text.extend(modules);
        text += &more_types;
        if has_forms {
            text += &self.printer(1).of(quote! {
                impl ::std::convert::From<zap_client_runtime::Flaw> for error::ConversionError {
                    fn from(flaw: zap_client_runtime::Flaw) -> Self {
                        ::std::string::ToString::to_string(&flaw).into()
                    }
                }
            })?;
        }
        text.extend(["}\n", &*heads.builders]);
        text += &self.printer(1).of(quote! {
            #[allow(unused_imports)]
            use super::{Error, ResponseValue, operations, types};
        })?;
        text.extend([&*builders, &*debugs, "}\n"]);
        Ok(text)
    }
}
