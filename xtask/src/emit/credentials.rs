//! The credentials of an API.

use heck::ToSnakeCase as _;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::doc;
use crate::model::{Api, Place};

/// The credentials, with the location of each in a request.
pub(super) fn credentials(api: &Api) -> TokenStream {
    let names: Vec<_> = api.credentials.iter().map(|one| format_ident!("{}", one.name.to_snake_case())).collect();
    let places = api.credentials.iter().map(|one| {
        let wire_name = &one.wire_name;
        if one.place == Place::Header {
            quote!(zap_client_runtime::CredentialLocation::Header(#wire_name))
        } else {
            quote!(zap_client_runtime::CredentialLocation::Parameter(#wire_name))
        }
    });
    let list = api.credentials.iter().fold(String::new(), |list, one| {
        let description = one.description.replace('\n', "\n  ");
        format!("{list}- `{}`: {description}\n", one.name.to_snake_case())
    });
    let docs = doc(&format!(
        "The credentials that every call carries. They are never shown, and this copy is wiped from memory when it is dropped.\n\n{list}"
    ));
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Credentials { #(#names: zap_client_runtime::Secret),* }

        impl Credentials {
            /// Creates credentials from these values. Each must be exactly as the provider shows it.
            pub fn new(#(#names: impl Into<zap_client_runtime::Secret>),*) -> Self {
                Self { #(#names: #names.into()),* }
            }
        }

        impl zap_client_runtime::Credentials for Credentials {
            fn into_parts(self) -> Vec<(zap_client_runtime::CredentialLocation, zap_client_runtime::Secret)> {
                Vec::from([#((#places, self.#names)),*])
            }
        }
    }
}
