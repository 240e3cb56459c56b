//! The instances of an API.

use heck::ToSnakeCase as _;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::doc;
use crate::model::Server;

/// An enum with a variant for each instance; a variant has a field for each variable of its URL.
pub(super) fn provider(servers: &[Server]) -> TokenStream {
    let variants = servers.iter().map(|server| {
        let name = format_ident!("{}", server.name);
        let shown = if server.variables.is_empty() {
            format!("{}\n\nBase URL: `{}`.", server.description, server.url)
        } else {
            format!("{}\n\nBase URL: `{}` with the fields inserted.", server.description, server.url)
        };
        let docs = doc(&shown);
        if server.variables.is_empty() {
            return quote!(#docs #name);
        }
        let fields = server.variables.iter().map(|variable| {
            let docs = doc(&format!("{}\n\nExample: `{}`.", variable.description, variable.default));
            let name = format_ident!("{}", variable.name.to_snake_case());
            quote!(#docs #name: String)
        });
        quote!(#docs #name { #(#fields),* })
    });
    let names = servers.iter().map(|server| {
        let (name, text) = (format_ident!("{}", server.name), &server.name);
        let rest = (!server.variables.is_empty()).then(|| quote!({ .. }));
        quote!(Self::#name #rest => #text)
    });
    let urls = servers.iter().map(|server| {
        let (name, url) = (format_ident!("{}", server.name), &server.url);
        if server.variables.is_empty() {
            return quote!(Self::#name => #url.to_owned());
        }
        let fields: Vec<_> =
            server.variables.iter().map(|variable| format_ident!("{}", variable.name.to_snake_case())).collect();
        let replaces = server.variables.iter().zip(&fields).map(|(variable, field)| {
            let placeholder = format!("{{{}}}", variable.name);
            quote!(.replace(#placeholder, #field))
        });
        quote!(Self::#name { #(#fields),* } => #url #(#replaces)*)
    });
    let plain = servers.iter().all(|server| server.variables.is_empty());
    let derive =
        if plain { quote!(Clone, Copy, Debug, PartialEq, Eq, Hash) } else { quote!(Clone, Debug, PartialEq, Eq, Hash) };
    let all = plain.then(|| {
        let names = servers.iter().map(|server| format_ident!("{}", server.name));
        quote! {
            /// All instances that the spec lists.
            pub const ALL: &'static [Self] = &[#(Self::#names),*];
        }
    });
    let instance = instance(servers);
    quote! {
        /// An instance of the API that the spec lists.
        #[derive(#derive)]
        #[non_exhaustive]
        pub enum Provider { #(#variants),* }

        impl Provider {
            #all

            /// Returns the name of the instance.
            pub fn name(&self) -> &'static str {
                match self { #(#names),* }
            }

            /// Returns the base URL, to which each call appends the path of its operation.
            pub fn base_url(&self) -> String {
                match self { #(#urls),* }
            }
        }

        impl From<Provider> for zap_client_runtime::Instance {
            fn from(provider: Provider) -> Self {
                #instance
            }
        }
    }
}

/// The conversion into the runtime's instance, with the variables that the runtime checks.
fn instance(servers: &[Server]) -> TokenStream {
    let new = quote!(Self::new(provider.name(), provider.base_url()));
    if !servers.iter().flat_map(|server| &server.variables).any(|variable| variable.is_host_name) {
        return new;
    }
    let arms = servers.iter().map(|server| {
        let name = format_ident!("{}", server.name);
        let checked: Vec<_> = server.variables.iter().filter(|variable| variable.is_host_name).collect();
        let fields = checked.iter().map(|variable| format_ident!("{}", variable.name.to_snake_case()));
        let calls = checked.iter().map(|variable| {
            let (field, default) = (format_ident!("{}", variable.name.to_snake_case()), &variable.default);
            let name = field.to_string();
            quote!(.with_host_name(#name, #field, #default))
        });
        let rest = if server.variables.is_empty() {
            TokenStream::new()
        } else if checked.len() == server.variables.len() {
            quote!({ #(#fields),* })
        } else {
            quote!({ #(#fields,)* .. })
        };
        quote!(Provider::#name #rest => instance #(#calls)*)
    });
    quote! {
        let instance = #new;
        match provider { #(#arms),* }
    }
}
