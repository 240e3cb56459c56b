//! The credentials of an API.

use heck::ToSnakeCase as _;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::doc;
use crate::model::{Api, Credential, CredentialKind};

/// A secret that a caller gives: its field, and its location in a request.
type Part = (Ident, TokenStream);

/// The credentials, with the location of each in a request.
pub(super) fn credentials(api: &Api) -> TokenStream {
    let (required, optional): (Vec<_>, Vec<_>) = api.credentials.iter().partition(|one| one.is_required);
    let required: Vec<Part> = required.into_iter().flat_map(parts).collect();
    let names: Vec<_> = required.iter().map(|(name, _)| name).collect();
    let locations = required.iter().map(|(_, location)| location);
    let list = api.credentials.iter().fold(String::new(), |list, one| {
        let description = one.description.replace('\n', "\n  ");
        let names: Vec<_> = parts(one).iter().map(|(name, _)| format!("`{name}`")).collect();
        let names = if one.is_required { names.join(", ") } else { format!("`with_{}`", one.name.to_snake_case()) };
        format!("{list}- {names}: {description}\n")
    });
    let carried = if api.operations.iter().all(|operation| operation.security.is_none()) {
        "The credentials that every call carries."
    } else {
        "The credentials of the calls. Each call carries those that its operation needs."
    };
    let docs = doc(&format!(
        "{carried} They are never shown, and this copy is wiped from memory when it is dropped.\n\n{list}"
    ));
    let optional_names: Vec<_> = optional.iter().flat_map(|one| parts(one)).map(|(name, _)| name).collect();
    let setters = optional.iter().map(|one| setter(one));
    let none = optional_names.iter().map(|name| quote!(#name: None));
    let all = quote!(Vec::from([#((#locations, self.#names)),*]));
    let all = if optional.is_empty() {
        all
    } else {
        let more = optional
            .iter()
            .flat_map(|one| parts(one))
            .map(|(name, location)| quote!(parts.extend(self.#name.map(|secret| (#location, secret)));));
        quote!(let mut parts = #all; #(#more)* parts)
    };
    let new_docs = doc(if required.is_empty() {
        "Creates credentials without any value. Add them with the setters."
    } else {
        "Creates credentials from these values. Each must be exactly as the provider shows it."
    });
    let default = required.is_empty().then(|| quote!(Default,));
    let setter_table = setter_table(&optional);
    quote! {
        #docs
        #[derive(Clone, Debug, #default)]
        pub struct Credentials {
            #(#names: zap_client_runtime::Secret,)*
            #(#optional_names: Option<zap_client_runtime::Secret>,)*
        }

        impl Credentials {
            #new_docs
            pub fn new(#(#names: impl Into<zap_client_runtime::Secret>),*) -> Self {
                Self { #(#names: #names.into(),)* #(#none,)* }
            }

            #(#setters)*
        }

        impl zap_client_runtime::Credentials for Credentials {
            fn into_parts(self) -> Vec<(zap_client_runtime::CredentialLocation, zap_client_runtime::Secret)> {
                #all
            }

            #setter_table
        }
    }
}

/// The setters of the credentials that only some operations need, for errors that name what is missing.
fn setter_table(optional: &[&Credential]) -> TokenStream {
    if optional.is_empty() {
        return TokenStream::new();
    }
    let rows = optional.iter().flat_map(|one| {
        let setter = format!("with_{}", one.name.to_snake_case());
        parts(one).into_iter().map(move |(_, location)| quote!((#location, #setter)))
    });
    quote! {
        fn setters(&self) -> &'static [(zap_client_runtime::CredentialLocation, &'static str)] {
            &[#(#rows),*]
        }
    }
}

/// The secrets of a credential.
fn parts(one: &Credential) -> Vec<Part> {
    let name = format_ident!("{}", one.name.to_snake_case());
    let part = |name, location| (name, quote!(zap_client_runtime::CredentialLocation::#location));
    match &one.kind {
        CredentialKind::Header(wire_name) => vec![part(name, quote!(Header(#wire_name)))],
        CredentialKind::Parameter(wire_name) => vec![part(name, quote!(Parameter(#wire_name)))],
        CredentialKind::Cookie(wire_name) => vec![part(name, quote!(Cookie(#wire_name)))],
        CredentialKind::Bearer => vec![part(name, quote!(Bearer))],
        CredentialKind::Basic => vec![
            part(format_ident!("{name}_user"), quote!(BasicUser)),
            part(format_ident!("{name}_password"), quote!(BasicPassword)),
        ],
    }
}

/// The setter of a credential that only some operations need.
fn setter(one: &Credential) -> TokenStream {
    let name = format_ident!("with_{}", one.name.to_snake_case());
    let fields: Vec<_> = parts(one).into_iter().map(|(field, _)| field).collect();
    let docs =
        doc(&format!("Adds a credential that some operations need, or accept instead of another. {}", one.description));
    quote! {
        #docs
        #[must_use]
        pub fn #name(mut self, #(#fields: impl Into<zap_client_runtime::Secret>),*) -> Self {
            #(self.#fields = Some(#fields.into());)*
            self
        }
    }
}

/// The alternatives of credentials that the calls of an operation carry, each a list of locations.
pub(super) fn security(api: &Api, alternatives: &[Vec<String>]) -> Vec<Vec<String>> {
    let locations = |names: &Vec<String>| {
        let credentials = api.credentials.iter().filter(|one| names.contains(&one.scheme));
        credentials.flat_map(parts).map(|(_, location)| location.to_string().replace(' ', "")).collect()
    };
    alternatives.iter().map(locations).collect()
}
