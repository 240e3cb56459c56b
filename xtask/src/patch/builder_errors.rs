//! What a builder holds for a value that is missing or wrong.
//!
//! progenitor's builders hold a text. Ours hold an error of the runtime, so that all of them are reported together, with
//! their rules, and so that a builder allocates nothing for a value that is still missing.

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Lit, LitStr, parse_quote};

use super::setters::arguments_of;
use super::subject;

/// Replaces progenitor's texts, and their type in a builder's fields.
pub(super) struct Flaws;

impl VisitMut for Flaws {
    fn visit_field_mut(&mut self, field: &mut syn::Field) {
        if subject(&field.ty).as_deref() == Some("Result")
            && let [value, text] = arguments_of(&field.ty).as_slice()
            && subject(text).as_deref() == Some("String")
        {
            field.ty = parse_quote!(::std::result::Result<#value, zap_client_runtime::FieldError>);
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match flaw(expr) {
            Some(flaw) => *expr = flaw,
            None => visit_mut::visit_expr_mut(self, expr),
        }
    }
}

fn flaw(expr: &Expr) -> Option<Expr> {
    match expr {
        Expr::MethodCall(call) if call.method == "to_string" => {
            let Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) = &*call.receiver else { return None };
            let text = text.value();
            let missing =
                text.strip_suffix(" was not initialized").or_else(|| text.strip_prefix("no value supplied for "));
            if let Some(name) = missing {
                return Some(parse_quote!(zap_client_runtime::FieldError::Missing(#name)));
            }
            let (_, name) = text.strip_suffix(" failed")?.rsplit_once("` for ")?;
            Some(parse_quote!(zap_client_runtime::FieldError::WrongType(#name)))
        }
        Expr::Closure(closure) => {
            let Expr::Macro(format) = &*closure.body else { return None };
            let tokens = format.mac.tokens.clone().into_iter().next()?;
            let text = syn::parse2::<LitStr>(tokens.into()).ok()?.value();
            let name = text.strip_prefix("error converting supplied value for ")?.split(':').next()?;
            Some(parse_quote!(|_| zap_client_runtime::FieldError::WrongType(#name)))
        }
        _ => None,
    }
}
