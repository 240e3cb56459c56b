//! A new version of an imported document: the import merges it with what was changed by hand, and the review names each
//! change that matters to callers.

use std::fs;
use std::path::Path;

use xtask::codegen::{Mode, codegen};
use xtask::import::{Import, Source, import};
use xtask::lint::{Workspace, report};
use xtask::review::{Revision, markdown, review};

use super::replaced;
use crate::folders::temporary;

/// The document of the guide to add a provider.
const POMBO: &str = include_str!("../../guides/pombo.yaml");

/// What a person changes in the spec after the first import.
const BY_HAND: [(&str, &str); 4] = [
    ("  texts: [message]\n", "  texts: [message]\n  refusals: { \"400\": validation }\n"),
    (
        "first answer.\n      # To be reviewed: taken for a change because it is a POST.\n      x-safety: change\n",
        "first answer.\n      x-safety: change\n      x-idempotency: Idempotency-Key\n",
    ),
    ("        next: next\n        page_size: limit\n", "        next: next\n"),
    (
        "      summary: Check whether a number has WhatsApp.\n      description: No description in the document.\n      # To be \
         reviewed: taken for a change because it is a POST.\n      x-safety: change\n",
        "      summary: Check whether a number has WhatsApp.\n      description: No message is sent to the number.\n      \
         x-safety: read\n",
    ),
];

/// What the provider changes, and the lines of the review about it.
const NEW_VERSION: [(&str, &str, &[&str]); 9] = [
    ("version: 1.4.0", "version: 2.0.0", &["Documentation only: `info`"]),
    (
        "    delete:\n      operationId: cancelMessage\n",
        "    patch:\n      operationId: editMessage\n",
        &[
            "- **breaking**: operation `cancel_message`: removed",
            "- compatible: operation `edit_message`: new",
            "- compatible: `edit_message`: sends `PATCH /v1/messages/{messageId}`",
        ],
    ),
    (
        "      required: [to, type]\n      properties:\n",
        "      required: [to, type, channel]\n      properties:\n        channel: { type: string }\n",
        &[
            "- **breaking**: `SendMessageBody.channel`: new, `String`, and required",
            "- **breaking**: `send_message`: JSON property `channel` is new and required",
        ],
    ),
    ("  /v1/media:\n", "  /v2/media:\n", &["- **breaking**: `upload_media`: `POST /v1/media` → `POST /v2/media`"]),
    (
        "      operationId: getMessage\n",
        "      operationId: getMessage\n      security: [{ bearer: [] }, { key: [] }]\n",
        &["- compatible: `get_message`: credentials: `bearer` → `bearer`, or `key`"],
    ),
    (
        "  securitySchemes:\n",
        "  securitySchemes:\n    key: { type: apiKey, in: header, name: X-Key }\n",
        &["- compatible: credential `key`: only `get_message` can send it, as header `X-Key`"],
    ),
    (
        "          application/json:\n            schema:\n              type: object\n              required: [number]\n",
        "          application/x-www-form-urlencoded:\n            schema:\n              type: object\n              required: \
         [number]\n",
        &["- **breaking**: `check_number`: body: `application/json` → `application/x-www-form-urlencoded`"],
    ),
    (
        "          schema: { type: string, maxLength: 64 }\n",
        "          schema: { type: string, maxLength: 32 }\n        - { name: X-Source, in: header, schema: { type: string } }\n",
        &[
            "- **breaking**: `send_message`, header parameter `Idempotency-Key`: maxLength: `64` → `32`; narrower",
            "- compatible: `send_message`: header parameter `X-Source` is new",
        ],
    ),
    (
        "      enum: [queued, sent, delivered, failed]\n",
        "      enum: [queued, sent, read, failed]\n",
        &["- compatible: `Status::Read`: new", "- **breaking**: `Status::Delivered`: removed"],
    ),
];

/// What a person changes after the second import, and the lines of the review about it.
const BY_HAND_AGAIN: [(&str, &str, &str); 4] = [
    (
        "refusals: { \"400\": validation }",
        "refusals: { \"403\": plan }",
        "- **breaking**: `x-envelope`, refusals: `400` no longer proves a refusal",
    ),
    (
        "      x-idempotency: Idempotency-Key\n",
        "",
        "- **breaking**: `send_message`: idempotency key: `Idempotency-Key` → `none`",
    ),
    (
        "        cursor: after\n        next: next\n",
        "        next_url: Link header\n",
        "- **breaking**: `list_messages`: x-pagination next: removed; was `next`",
    ),
    ("x-safety: read\n      x-source: { evidence: docs, facts: [P1] }\n      requestBody:", CHANGE, SAFETY),
];

const CHANGE: &str = "x-safety: change\n      x-source: { evidence: docs, facts: [P1] }\n      requestBody:";
const SAFETY: &str = "- **breaking**: `check_number`: safety: `read` → `change`";

#[test]
fn a_review_names_what_a_new_version_of_a_document_changes_for_callers() {
    let root = temporary("review-of-an-import");
    fs::create_dir(root.join("specs")).expect("it can be created");
    fs::write(root.join("specs/facts.md"), "# Facts\n").expect("it can be written");
    let spec = root.join("specs/pombo.yaml");
    let edit = |edits: &[(&str, &str)]| {
        let text = fs::read_to_string(&spec).expect("it is there");
        fs::write(&spec, replaced(&text, edits)).expect("it can be written");
    };
    imported(&root, POMBO);
    edit(&BY_HAND);
    let before = generated(&root);

    let edits: Vec<_> = NEW_VERSION.iter().map(|(from, to, _)| (*from, *to)).collect();
    imported(&root, &replaced(POMBO, &edits));
    let merged = fs::read_to_string(&spec).expect("it is there");
    for kept in BY_HAND.iter().flat_map(|(_, to)| to.lines()) {
        assert!(merged.contains(kept), "{kept} is in\n{merged}");
    }
    let after = generated(&root);
    let text = markdown(&review(&before, &after).expect("both can be read"));
    for line in NEW_VERSION.iter().flat_map(|(_, _, lines)| *lines) {
        assert!(text.lines().any(|one| one.starts_with(line)), "{line} is in\n{text}");
    }
    // What was changed by hand is in both.
    assert!(!text.contains("x-pagination") && !text.contains("safety") && !text.contains("Outcome rules"), "{text}");

    edit(&BY_HAND_AGAIN.map(|(from, to, _)| (from, to)));
    let text = markdown(&review(&after, &generated(&root)).expect("both can be read"));
    for (_, _, line) in BY_HAND_AGAIN {
        assert!(text.lines().any(|one| one.starts_with(line)), "{line} is in\n{text}");
    }
}

fn imported(root: &Path, text: &str) {
    let source = Source::parse("pombo.yaml", text).expect("it is a document");
    let imported =
        import(root, &Import { source: &source, name: "pombo", selection: None }).expect("it can be imported");
    assert_eq!(imported.errors, Vec::<String>::new());
}

/// Returns the workspace, after it was checked and its client was generated.
fn generated(root: &Path) -> Revision {
    let findings = Workspace::read(root).expect("it can be read").all_findings();
    assert!(findings.is_empty(), "{}", report(&findings, 1));
    codegen(root, Mode::Write).expect("the client can be generated");
    Revision::of_folder(root).expect("it can be read")
}
