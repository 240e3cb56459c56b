//! Open enums: enums that keep the values that they do not know.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::doc;
use crate::model::OpenEnum;

/// An enum that keeps the values it does not know.
///
/// Other types of the spec may be called `Result` or `String`, so that what is meant from the standard library is named
/// in full.
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
        /// A value that the spec does not name, kept as it was received.
        Unknown(#wire)
    };
    if one.integer {
        quote! {
            #declaration
            pub enum #name { #(#variant_docs #variants,)* #unknown }

            impl #name {
                /// Returns the value that is sent and received.
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
                /// Returns the value that is sent and received.
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
