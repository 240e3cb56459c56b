//! The table of operations, written as text: it is long and plain, and reads best with a rule a line. `{:?}` of a text, a
//! list, a pair or an option is its Rust literal.

use heck::ToUpperCamelCase as _;

use super::{doc_lines, operation_ident};
use crate::model::{Api, Constraint, Operation, Pagination, Rule};

/// The text of the table.
pub fn operations(api: &Api) -> String {
    let entries: String = api.operations.iter().map(|operation| entry(api, operation)).collect();
    let name = |operation: &Operation| format!("    &{},\n", operation_ident(&operation.id));
    let all: String = api.operations.iter().map(name).collect();
    format!(
        "\
//! The operations as data: method, path, safety, rules, pages.

use zap_client_runtime::reqwest::Method;
#[allow(unused_imports)]
use zap_client_runtime::{{Constraint, Evidence, Operation, Pagination, Rule, Safety}};

{entries}/// All of them, in the order of the spec.
pub static ALL: &[&Operation] = &[
{all}];
"
    )
}

fn entry(api: &Api, operation: &Operation) -> String {
    let Operation { id, method, path, summary, constants, .. } = operation;
    let comment = |line: String| format!("///{line}\n");
    let docs: String = doc_lines(&format!("`{id}`: {summary}")).map(comment).collect();
    let name = operation_ident(id);
    let safety = if operation.changes { "Change" } else { "Read" };
    let mut entry = format!(
        "{docs}pub static {name}: Operation =
    Operation::new({id:?}, Method::{method}, {path:?}, Safety::{safety}, {summary:?})"
    );
    let mut add = |function: &str, argument: String| {
        entry.extend(["\n        .", function, "(", &argument, ")"]);
    };
    let fields = fields(api, operation);
    if !fields.is_empty() {
        add("with_fields", format!("&{fields:?}"));
    }
    if !constants.is_empty() {
        add("with_constants", format!("&{constants:?}"));
    }
    if !operation.rules.is_empty() {
        let rules: String = operation.rules.iter().map(rule).collect();
        add("with_rules", format!("&[\n{rules}        ]"));
    }
    if let Some(Pagination { page, page_size, items, last_page, total, key }) = &operation.pagination {
        let total = total.as_ref().map_or("None".to_owned(), |path| format!("Some(&{path:?})"));
        let pages = format!(
            "Pagination {{
            page: {page:?},
            page_size: {page_size:?},
            items: &{items:?},
            last_page: &{last_page:?},
            total: {total},
            key: {key:?},
        }}"
        );
        add("with_pagination", pages);
    }
    entry + ";\n\n"
}

/// What a caller fills in, by its name on the wire.
fn fields<'a>(api: &'a Api, operation: &'a Operation) -> Vec<&'a str> {
    let body = operation.body.as_ref().and_then(|body| api.objects.get(body));
    let properties = body.into_iter().flat_map(|body| &body.properties).map(|property| &*property.name);
    operation.parameters.iter().map(|parameter| &*parameter.name).chain(properties).collect()
}

fn rule(rule: &Rule) -> String {
    let Rule { fields, why, facts, .. } = rule;
    let constraint = match &rule.constraint {
        Constraint::Plain(name) => (*name).to_owned(),
        Constraint::Number(name, number) => format!("{name}({number})"),
        Constraint::Texts(name, texts) => format!("{name}(&{texts:?})"),
        Constraint::NumberAndTexts(name, number, texts) => format!("{name}({number}, &{texts:?})"),
    };
    let evidence = rule.evidence.to_upper_camel_case();
    format!(
        "            Rule::new(&{fields:?}, Constraint::{constraint}, Evidence::{evidence}, &{facts:?}, {why:?}),\n"
    )
}
