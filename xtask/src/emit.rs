//! What progenitor does not know of: instances, credentials, the operation table, open enums.

mod operations;

pub use self::operations::operations;

use heck::{ToShoutySnakeCase as _, ToSnakeCase as _, ToUpperCamelCase as _};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use crate::model::{Api, Envelope, OpenEnum, Place, Server};

/// A documentation comment.
pub fn doc(text: &str) -> TokenStream {
    let lines = doc_lines(text);
    quote! { #(#[doc = #lines])* }
}

/// The lines of a documentation comment.
pub fn doc_lines(text: &str) -> impl Iterator<Item = String> {
    // rustc refuses a carriage return in a comment.
    let lines = text.trim().lines().flat_map(|line| line.split('\r')).map(str::trim_end);
    lines.map(|line| if line.is_empty() { String::new() } else { format!(" {line}") })
}

/// The client with its instances and credentials, but without the operations' methods.
pub fn client(api: &Api) -> TokenStream {
    let client_doc = doc(&format!("Client for {}.\n\n{}", api.title, api.description));
    let (envelope, trims) = (envelope(&api.envelope), api.trims);
    let mut paths: Vec<_> = api.operations.iter().map(|operation| &operation.path).collect();
    paths.sort_unstable();
    paths.dedup();
    let provider = provider(&api.servers);
    let credentials = credentials(api);
    quote! {
        static API: zap_client_runtime::Api = zap_client_runtime::Api {
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            envelope: #envelope,
            trims: #trims,
            paths: &[#(#paths),*],
        };

        #provider
        #credentials

        #client_doc
        ///
        /// Cloning is cheap: the clones share connections.
        #[derive(Clone, Debug)]
        pub struct Client {
            raw: zap_client_runtime::RawClient,
        }

        impl Client {
            /// Settings of a client for `instance`: a [`Provider`], or a
            /// [custom instance](zap_client_runtime::Instance).
            pub fn builder(
                instance: impl Into<zap_client_runtime::Instance>,
                credentials: Credentials,
            ) -> zap_client_runtime::ClientBuilder<Self> {
                zap_client_runtime::ClientBuilder::new(&API, instance.into(), credentials)
            }

            /// Name of the instance that is called.
            pub fn provider(&self) -> &str {
                self.raw.provider()
            }

            /// What the calls of this client share: for calling an operation that the spec does not
            /// list, with an [`Operation`](zap_client_runtime::Operation) of your own.
            pub fn raw_client(&self) -> &zap_client_runtime::RawClient {
                &self.raw
            }
        }

        impl From<zap_client_runtime::RawClient> for Client {
            fn from(raw: zap_client_runtime::RawClient) -> Self {
                Self { raw }
            }
        }
    }
}

fn envelope(envelope: &Envelope) -> TokenStream {
    let Envelope { status, success, error, texts, .. } = envelope;
    let remark = option(envelope.remark.as_ref().map(|remark| quote!(#remark)));
    let refusals = match &envelope.refusals {
        None => quote!(zap_client_runtime::Refusals::All),
        Some(remarks) => {
            let remarks = remarks.iter().map(with_reason);
            quote!(zap_client_runtime::Refusals::Listed(&[#(#remarks),*]))
        }
    };
    let reasons = envelope.reasons.iter().map(with_reason);
    let validation = option(envelope.validation.as_ref().map(
        |(http_status, errors)| quote!(zap_client_runtime::ValidationAnswer { http_status: #http_status, errors: #errors }),
    ));
    quote! {
        zap_client_runtime::Envelope {
            status: #status,
            success: #success,
            error: #error,
            remark: #remark,
            texts: &[#(#texts),*],
            refusals: #refusals,
            validation: #validation,
            reasons: &[#(#reasons),*],
        }
    }
}

fn with_reason((word, reason): &(String, String)) -> TokenStream {
    let reason = format_ident!("{}", reason.to_upper_camel_case());
    quote!((#word, zap_client_runtime::RefusalReason::#reason))
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or(quote!(None), |value| quote!(Some(#value)))
}

/// An enum with a variant for each instance; a variant has a field for each variable of its URL.
fn provider(servers: &[Server]) -> TokenStream {
    let variants = servers.iter().map(|server| {
        let name = format_ident!("{}", server.name);
        let shown = if server.variables.is_empty() {
            format!("{}\n\nBase URL: `{}`.", server.description, server.url)
        } else {
            format!("{}\n\nBase URL: `{}` with the fields put in.", server.description, server.url)
        };
        let docs = doc(&shown);
        if server.variables.is_empty() {
            return quote!(#docs #name);
        }
        let fields = server.variables.iter().map(|variable| {
            let docs = doc(&format!("{}\n\nFor instance `{}`.", variable.description, variable.default));
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
            /// Every instance that the spec lists.
            pub const ALL: &'static [Self] = &[#(Self::#names),*];
        }
    });
    let instance = instance(servers);
    quote! {
        /// The instances that the spec lists.
        #[derive(#derive)]
        #[non_exhaustive]
        pub enum Provider { #(#variants),* }

        impl Provider {
            #all

            /// Its name.
            pub fn name(&self) -> &'static str {
                match self { #(#names),* }
            }

            /// Where its operations are.
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

/// What the runtime is told of an instance; of its variables, those that it has to check.
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

fn credentials(api: &Api) -> TokenStream {
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
        "What every call is signed with. It is never shown, and this copy is wiped from memory when dropped.\n\n{list}"
    ));
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Credentials { #(#names: zap_client_runtime::Secret),* }

        impl Credentials {
            /// Takes over the values; each must be as the provider shows it.
            pub fn new(#(#names: impl Into<zap_client_runtime::Secret>),*) -> Self {
                Self { #(#names: #names.into()),* }
            }
        }

        impl zap_client_runtime::Credentials for Credentials {
            fn into_parts(self) -> Vec<(zap_client_runtime::CredentialLocation, zap_client_runtime::Secret)> {
                vec![#((#places, self.#names)),*]
            }
        }
    }
}

/// The name of an operation's entry in the table.
pub fn operation_ident(id: &str) -> proc_macro2::Ident {
    format_ident!("{}", id.to_shouty_snake_case())
}

/// An enum that keeps the values it does not know.
///
/// It stands beside all other types of the spec, which may be called `Result` or `String`: what is
/// meant from the standard library is named in full.
pub fn open_enum(one: &OpenEnum) -> TokenStream {
    let name = format_ident!("{}", one.name);
    let docs = doc(&one.description);
    let variants: Vec<_> = one.values.iter().map(|value| format_ident!("{}", value.name)).collect();
    let variant_docs =
        one.values.iter().map(|value| doc(&format!("{} On the wire: `{}`.", value.description, plain(&value.value))));
    let values: Vec<_> = one.values.iter().map(|value| literal(&value.value)).collect();
    let (wire, derive) = if one.integer {
        (quote!(i64), quote!(Clone, Copy, Debug, PartialEq, Eq, Hash))
    } else {
        (quote!(::std::string::String), quote!(Clone, Debug, PartialEq, Eq, Hash))
    };
    let schema = wire.to_string().replace(' ', "");
    let declaration = quote! {
        #docs
        #[derive(#derive)]
        #[non_exhaustive]
        #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
        #[cfg_attr(feature = "schemars", schemars(from = #schema, into = #schema))]
    };
    let unknown = quote! {
        /// A value that the spec does not name, kept as it came.
        Unknown(#wire)
    };
    if one.integer {
        quote! {
            #declaration
            pub enum #name { #(#variant_docs #variants,)* #unknown }

            impl #name {
                /// The value on the wire.
                pub const fn value(self) -> i64 {
                    match self { #(Self::#variants => #values,)* Self::Unknown(value) => value }
                }
            }

            impl ::std::convert::From<i64> for #name {
                fn from(value: i64) -> Self {
                    match value { #(#values => Self::#variants,)* other => Self::Unknown(other) }
                }
            }

            impl ::std::convert::From<#name> for i64 {
                fn from(value: #name) -> Self {
                    value.value()
                }
            }

            zap_client_runtime::open_enum!(#name as i64);
        }
    } else {
        quote! {
            #declaration
            pub enum #name { #(#variant_docs #variants,)* #unknown }

            impl #name {
                /// The value on the wire.
                pub fn value(&self) -> &str {
                    match self { #(Self::#variants => #values,)* Self::Unknown(value) => value }
                }
            }

            impl ::std::convert::From<&str> for #name {
                fn from(value: &str) -> Self {
                    match value { #(#values => Self::#variants,)* other => Self::Unknown(other.to_owned()) }
                }
            }

            impl ::std::convert::From<::std::string::String> for #name {
                fn from(value: ::std::string::String) -> Self {
                    value.as_str().into()
                }
            }

            impl ::std::convert::From<#name> for ::std::string::String {
                fn from(value: #name) -> Self {
                    value.value().to_owned()
                }
            }

            zap_client_runtime::open_enum!(#name as String);
        }
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn literal(value: &Value) -> Literal {
    value.as_i64().map_or_else(|| Literal::string(&plain(value)), Literal::i64_unsuffixed)
}

#[cfg(test)]
mod tests {
    use super::doc_lines;

    #[test]
    fn a_line_of_documentation_is_one_line() {
        let lines: Vec<_> = doc_lines("\n One.\rTwo. \r\n\n  Three.\n").collect();
        assert_eq!(lines, [" One.", " Two.", "", "   Three."]);
        assert_eq!(doc_lines(" ").count(), 0);
    }
}
