//! The setter of a body that is a list, a scalar or any JSON.

use quote::format_ident;
use syn::{ImplItemFn, Type, parse_quote};

use super::setters::{arguments_of, eased_object, innermost};
use super::{PatchError, Result, set_docs, subject, unexpected};
use crate::model::Api;

/// Returns the setter of a body that is not an object with known properties. `ty` is its type.
pub(super) fn root_setter(api: &Api, ty: &str) -> Result<ImplItemFn> {
    let name = format_ident!("body");
    let ty: Type = syn::parse_str(ty).map_err(|error| PatchError(format!("`{ty}` is not a type: {error}")))?;
    let any = |function: &str, docs: &str| -> ImplItemFn {
        let function = format_ident!("{function}");
        parse_quote! {
            #[doc = #docs]
            pub fn #name(mut self, value: impl zap_client_runtime::serde::Serialize) -> Self {
                self.#name = zap_client_runtime::#function(value);
                self
            }
        }
    };
    let mut setter: ImplItemFn = match subject(&ty).as_deref() {
        Some("Vec") if api.parts.contains(&innermost(&ty)) && api.objects.contains_key(&innermost(&ty)) => {
            let Some(setter) = eased_object(&name, &ty) else { return unexpected("a list has no setter") };
            setter
        }
        Some("Vec") => {
            let item = arguments_of(&ty).into_iter().next();
            parse_quote! {
                pub fn #name(mut self, values: impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<#item>>) -> Self {
                    self.#name = Ok(values.into_iter().map(::std::convert::Into::into).collect());
                    self
                }
            }
        }
        Some("Value") => return Ok(any("any_json", " Sets the body, which is any JSON.")),
        Some("Map") => return Ok(any("any_object", " Sets the body, which is any JSON object.")),
        _ => parse_quote! {
            pub fn #name(mut self, value: impl ::std::convert::Into<#ty>) -> Self {
                self.#name = Ok(value.into());
                self
            }
        },
    };
    set_docs(&mut setter.attrs, "Sets the body.");
    Ok(setter)
}
