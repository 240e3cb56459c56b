//! Calls one after another, as builders are used: `base.first(a).second(b, c)`.

use syn::Expr;

/// A call in a chain: its name and arguments.
pub(super) type Call<'c> = (String, Vec<&'c Expr>);

/// What a chain starts with, and its calls in order.
pub(super) fn chain(expr: &Expr) -> (&Expr, Vec<Call<'_>>) {
    match expr {
        Expr::Await(inner) => chain(&inner.base),
        Expr::MethodCall(call) => {
            let (base, mut calls) = chain(&call.receiver);
            calls.push((call.method.to_string(), call.args.iter().collect()));
            (base, calls)
        }
        _ => (expr, Vec::new()),
    }
}

/// The text of a string literal.
pub(super) fn text(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// The texts and numbers of `&["a", 1]`, and the tuples in it as `a=1`.
pub(super) fn texts(expr: &Expr) -> Vec<String> {
    match expr {
        Expr::Reference(inner) => texts(&inner.expr),
        Expr::Array(list) => list.elems.iter().flat_map(texts).collect(),
        Expr::Tuple(pair) => vec![pair.elems.iter().flat_map(texts).collect::<Vec<_>>().join("=")],
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) => vec![number.base10_digits().to_owned()],
        other => text(other).into_iter().collect(),
    }
}
