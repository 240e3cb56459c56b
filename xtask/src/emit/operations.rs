//! The table of operations. It is long and plain, so that it is written as text. `{:?}` of a text, a list, a pair or an
//! option is its Rust literal.

use heck::ToUpperCamelCase as _;

use super::credentials::security;
use super::{WIDTH, doc_lines, operation_ident};
use crate::model::{Answer, Api, Constraint, NextPage, Operation, Pagination, Rule};

/// The text of the table.
pub fn operations(api: &Api) -> String {
    let entries: String = api.operations.iter().map(|operation| entry(api, operation)).collect();
    let name = |operation: &Operation| format!("    &{},\n", operation_ident(&operation.id));
    let all: String = api.operations.iter().map(name).collect();
    format!(
        "\
//! The operations as data: method, path, safety, rules and pagination.

use zap_client_runtime::reqwest::Method;
#[allow(unused_imports)]
use zap_client_runtime::{{Constraint, Evidence, Operation, Pagination, Rule, Safety}};

{entries}/// All operations, in the order of the spec.
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
    let arguments =
        [literal(id), format!("Method::{method}"), literal(path), format!("Safety::{safety}"), literal(summary)];
    // As rustfmt breaks it: the call has a line of its own, or it begins in the first line.
    let new = call("Operation::new", &arguments, 4, 0);
    let (column, before) = if new.contains('\n') { (0, " ") } else { (8, "\n    ") };
    let indent = " ".repeat(column);
    let mut entry = format!("{docs}pub static {name}: Operation ={before}{new}");
    let mut add = |function: &str, argument: String| {
        entry.extend(["\n", &indent, ".", function, "(", &argument, ")"]);
    };
    let fields = api.fields(operation);
    if !fields.is_empty() {
        let fields: Vec<_> = fields.into_iter().map(literal).collect();
        add("with_fields", list(&fields, column + ".with_fields(".len(), column));
    }
    if let Answer::Text(media) | Answer::Bytes(media) = &operation.answer {
        add("with_accept", literal(media));
    }
    if let Some(alternatives) = &operation.security {
        let alternatives = security(api, alternatives);
        let alternatives: Vec<_> = alternatives.iter().map(|one| list(one, column + 4, column + 4)).collect();
        add("with_security", list(&alternatives, column + ".with_security(".len(), column));
    }
    if let Some(header) = &operation.idempotency {
        add("with_idempotency", literal(header));
    }
    if !constants.is_empty() {
        add("with_constants", format!("&{constants:?}"));
    }
    if !operation.rules.is_empty() {
        let rules: String = operation.rules.iter().map(|one| rule(one, column + 4)).collect();
        add("with_rules", format!("&[\n{rules}{indent}]"));
    }
    if let Some(Pagination { next: NextPage::Number { page, last_page }, page_size, items, total, key }) =
        &operation.pagination
    {
        let page_size = page_size.as_deref().unwrap_or_default();
        let total = total.as_ref().map_or("None".to_owned(), |path| format!("Some(&{path:?})"));
        let pages = [
            format!("page: {page:?}"),
            format!("page_size: {page_size:?}"),
            format!("items: &{items:?}"),
            format!("last_page: &{last_page:?}"),
            format!("total: {total}"),
            format!("key: {key:?}"),
        ];
        let pages = pages.map(|line| format!("{indent}    {line},\n")).concat();
        let pages = format!("Pagination {{\n{pages}{indent}}}");
        add("with_pagination", pages);
    }
    entry + ";\n\n"
}

fn rule(rule: &Rule, column: usize) -> String {
    let Rule { fields, why, facts, .. } = rule;
    let constraint = match &rule.constraint {
        Constraint::Plain(name) => (*name).to_owned(),
        Constraint::Number(name, number) => format!("{name}({number})"),
        Constraint::Texts(name, texts) => format!("{name}(&{texts:?})"),
        Constraint::NumberAndTexts(name, number, texts) => format!("{name}({number}, &{texts:?})"),
    };
    let fields: Vec<_> = fields.iter().map(|field| literal(field)).collect();
    let arguments = [
        list(&fields, column + 4, column + 4),
        format!("Constraint::{constraint}"),
        format!("Evidence::{}", rule.evidence.to_upper_camel_case()),
        format!("&{facts:?}"),
        literal(why),
    ];
    format!("{}{},\n", " ".repeat(column), call("Rule::new", &arguments, column, column))
}

fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// A call that begins at a column, in a line with an indentation. If it does not fit into the line, it has an argument
/// a line.
fn call(function: &str, arguments: &[String], column: usize, indent: usize) -> String {
    let call = format!("{function}({})", arguments.join(", "));
    // A comma or a semicolon follows.
    if column + call.chars().count() < WIDTH && !call.contains('\n') {
        return call;
    }
    let line = |argument: &String| format!("{}{},\n", " ".repeat(indent + 4), broken(argument, indent + 4));
    let lines: String = arguments.iter().map(line).collect();
    format!("{function}(\n{lines}{})", " ".repeat(indent))
}

/// A list that begins at a column, in a line with an indentation. If it does not fit, it has an item a line.
fn list(items: &[String], column: usize, indent: usize) -> String {
    let list = format!("&[{}]", items.join(", "));
    if column + list.chars().count() + ");".len() <= WIDTH && !list.contains('\n') {
        return list;
    }
    let lines: Vec<_> = items.iter().map(|item| format!("{}{item},\n", " ".repeat(indent + 4))).collect();
    let lines = lines.concat();
    format!("&[\n{lines}{}]", " ".repeat(indent))
}

/// A text that begins at a column, broken where it is too long: the compiler leaves out a backslash at the end of a
/// line, and the spaces at the start of the next.
fn broken(literal: &str, column: usize) -> String {
    if !literal.starts_with('"') || column + literal.chars().count() < WIDTH {
        return literal.to_owned();
    }
    let mut lines = vec![String::new()];
    for word in literal.split_inclusive(' ') {
        let line = lines.last().map_or(0, |line| line.chars().count());
        if line > 0 && column + line + word.chars().count() + "\\".len() > WIDTH {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(word);
        }
    }
    lines.join(&format!("\\\n{}", " ".repeat(column)))
}
