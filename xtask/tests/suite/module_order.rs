//! The order of each crate's modules: a module imports only modules above it.

mod imports;

use crate::folders::root;

/// The crates that have an order of modules.
const MODULES: [(&str, &[&str]); 2] = [("crates/client-runtime", CLIENT_RUNTIME), ("xtask", XTASK)];

const CLIENT_RUNTIME: &[&str] = &[
    // The spec as data.
    "spec::rule",
    "spec::host_name",
    "spec::operation",
    "spec::envelope",
    "spec::api",
    // Errors and what they are made of.
    "error::outcome",
    "error::evidence",
    "error::violation",
    "error::connect_failure",
    "error::form_error",
    "error::causes",
    "error::kind",
    "error::refusal",
    "error::error",
    "error::construct",
    "error::display",
    "error::transient",
    // Secrets.
    "redact::secret",
    "redact::needle",
    "redact::encoded_match",
    "redact::tokens",
    "redact::scrubber",
    // Reading answers.
    "decode::visitor",
    "decode::lenient",
    "decode::salvage",
    "decode::object",
    "decode::open_enum",
    "decode::repair",
    // What several layers use.
    "util::future",
    "util::optional",
    "util::percent",
    "util::text_length",
    "util::url_cache",
    // Files and forms.
    "body::path_source",
    "body::file",
    "body::file_name",
    "body::file_type",
    "body::form",
    "body::upload_progress",
    "body::body_stream",
    "body::segments",
    "body::multipart",
    // Rules before sending.
    "validate::trim",
    "validate::format",
    "validate::text",
    "validate::form",
    "validate::dyn_form",
    // Limits and retries.
    "policy::timeouts",
    "policy::deadline",
    "policy::rate_limit",
    "policy::retry",
    // Clients.
    "client::parameter_location",
    "client::proxy",
    "client::tls",
    "client::http_client",
    "client::base_url",
    "client::credentials",
    "client::inner",
    "client::builder",
    // Calls.
    "call::call",
    "call::request",
    "call::raw_response",
    "call::response",
    "call::node_budget",
    "call::envelope_fields",
    "call::judge",
    "call::trace",
    "call::connect_error",
    "call::transport_error",
    "call::attempt",
    "call::send",
    "call::dry_run",
    // Webhooks.
    "webhook",
    // Lists.
    "paginate::page",
    "paginate::summary",
    "paginate::progress",
    "paginate::items",
];

const XTASK: &[&str] = &[
    // The document and its meaning in OpenAPI.
    "document",
    "schema",
    "names",
    "spec_index::node_kind",
    "spec_index::reference",
    "spec_index::operation_node",
    "spec_index",
    "describe",
    // Reading the model.
    "model",
    "pagination",
    "rules",
    "form_rules",
    "limits",
    "read::docs",
    "read::credentials",
    "read::servers",
    "read::envelope",
    "read::schemas",
    "read::webhooks",
    "read::parameter",
    "read::operation",
    "read",
    "rewrite",
    // The lint.
    "lint::facts",
    "lint::rule",
    "lint::validate",
    "lint::personal_data",
    "lint::credentials",
    "lint::examples",
    "lint::extensions",
    "lint::keys",
    "lint::limits",
    "lint::operations",
    "lint::answers",
    "lint::webhooks",
    "lint::pagination",
    "lint::provenance",
    "lint::descriptions",
    "lint::schemas",
    "lint::secrets",
    "lint::check",
    "lint::report",
    "lint::workspace",
    "lint",
    // Generating the clients.
    "client_code",
    "shards",
    "emit",
    "patch",
    "codegen",
    // The review.
    "surface",
    "review::item",
    "review::version",
    "review::model",
    "review::git",
    "review::revision",
    "review::subject",
    "review::spec_diff",
    "review::spec",
    "review::request",
    "review::wire",
    "review::outcome",
    "review::listing",
    "review::rust",
    "review::generated_diff",
    "review::release",
    "review::compare",
    "review::changelog",
    "review::markdown",
    "review",
    // The comparison with the providers' pages.
    "drift::words",
    "drift::page_model",
    "drift::page",
    "drift::table",
    "drift::action_page",
    "drift::curl_page",
    "drift::read_page",
    "drift::spec_model",
    "drift::difference",
    "drift::known",
    "drift::compare_page",
    "drift::compare_spec",
    "drift::folder",
    "drift",
];

#[test]
fn modules_import_only_modules_above_them() {
    for (folder, order) in MODULES {
        let wrong = imports::wrong_imports(&root().join(folder), order);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
