//! The page of a fourth, invented instance. Its samples, tables and words are invented, but they document what the page
//! model has. The page is in English, and each row of its tables is on one line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use xtask::drift::{PageField, PageModel, PageOperation};

const TOP: &str = r#"Fourth
https://fourth.example/external-api
{
"status": "error",
"remark": "Unauthorized"
}
"#;

pub fn page(model: &PageModel) -> String {
    let mut page = TOP.to_owned();
    for operation in &model.operations {
        sample(operation, &mut page);
        page.push_str("An operation\n");
        if operation.field("prose").is_some() {
            page.push_str("Here One = 1, Two = 2, Three = 3 and Four = 4\n");
        }
        for (location, heading) in [("path", "In the URL"), ("query", "Parameters"), ("form", "Fields")] {
            let fields = fields(operation, location);
            if !fields.is_empty() {
                let _ = write!(page, "{heading}\n{}", table(&fields));
            }
        }
    }
    page
}

/// Returns the fields in a location, each with its name without the location.
fn fields<'f>(operation: &'f PageOperation, location: &str) -> Vec<(&'f str, &'f PageField)> {
    let named = |field: &'f PageField| field.name.split_once(' ').filter(|(start, _)| *start == location);
    operation.fields.iter().filter_map(|field| Some((named(field)?.1, field))).collect()
}

fn sample(operation: &PageOperation, page: &mut String) {
    let (method, path) = operation.name.split_once(' ').expect("a method and a path");
    let path = path.replace("{}", "42");
    let _ = writeln!(page, "CURLOPT_URL => 'https://fourth.example/extern-api{path}',");
    let _ = writeln!(page, "CURLOPT_CUSTOMREQUEST => '{method}',");
    let sent: Vec<_> = fields(operation, "sample").iter().map(|(name, _)| format!("'{name}' => 'x'")).collect();
    if !sent.is_empty() {
        let _ = writeln!(page, "CURLOPT_POSTFIELDS => array({}),", sent.join(","));
    }
    page.push_str("'client-id: x',\n'client-secret: x',\n");
}

fn table(fields: &[(&str, &PageField)]) -> String {
    let any = |key: &str| fields.iter().any(|(_, field)| field.attributes.contains_key(key));
    let columns: Vec<_> = ["type", "required", "default"].into_iter().filter(|key| any(key)).collect();
    // A table needs a second column.
    let described = any("values") || any("max-bytes") || columns == ["default"];
    let heads: Vec<_> = ["name"].into_iter().chain(described.then_some("description")).chain(columns.clone()).collect();
    let mut table = format!("| {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
    for (name, field) in fields {
        let mut cells = vec![(*name).to_owned()];
        cells.extend(described.then(|| description(&field.attributes)));
        cells.extend(columns.iter().map(|key| field.attributes.get(*key).map_or("-".to_owned(), Clone::clone)));
        let _ = writeln!(table, "| {} |", cells.join(" | "));
    }
    table
}

fn description(attributes: &BTreeMap<String, String>) -> String {
    let size = attributes.get("max-bytes").map(|bytes| bytes.parse::<u64>().expect("a number") / 1024 / 1024);
    match (attributes.get("file-types"), size, attributes.get("values")) {
        (Some(types), Some(size), _) => format!("A file ({types} – max {size}MB)"),
        (None, Some(size), _) => format!("A file – max {size}MB"),
        (.., Some(values)) => format!("Value = {}", values.replace(", ", "; Value = ")),
        _ => String::new(),
    }
}
