//! New versions of a document that was changed by hand: what is merged, what is a conflict, and how a merge ends.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::ANDORINHA;
use super::command::{edit, lint, run, run_as, spec, workspace};

const BASE: &str = "specs/imported/andorinha.yaml";
const UNMERGED: &str = "specs/imported/andorinha.unmerged.yaml";

/// A document with these paths and properties.
fn document(paths: &[(&str, &str)], properties: &[&str]) -> String {
    let mut text =
        "openapi: 3.0.3\ninfo: { title: Bot, version: '1' }\nservers: [{ url: 'https://bot.example' }]\npaths:\n"
            .to_owned();
    for (path, id) in paths {
        let _ = writeln!(
            text,
            "  {path}:\n    post:\n      operationId: {id}\n      summary: Call {id}\n      requestBody:\n        content:\n          \
             application/json: {{ schema: {{ $ref: '#/components/schemas/Body' }} }}\n      responses: {{ '200': {{ \
             description: Done. }} }}"
        );
    }
    text += "components:\n  schemas:\n    Body:\n      type: object\n      properties:\n";
    for name in properties {
        let _ = writeln!(text, "        {name}: {{ type: string, description: A text. }}");
    }
    text
}

/// Returns the lines of an operation or a property in a spec.
fn block<'s>(spec: &'s str, key: &str) -> &'s str {
    let start = spec.find(key).unwrap_or_else(|| panic!("{key} is in\n{spec}"));
    let indent = key.len() - key.trim_start().len();
    let is_end = |line: &str| !line.trim().is_empty() && line.len() - line.trim_start().len() <= indent;
    let mut end = start;
    for (index, line) in spec[start..].split_inclusive('\n').enumerate() {
        if index > 0 && is_end(line) {
            break;
        }
        end += line.len();
    }
    &spec[start..end]
}

const PATHS: [(&str, &str); 3] =
    [("/api/sendText", "sendText"), ("/api/startTyping", "startTyping"), ("/api/sendContactVcard", "sendContactVcard")];

/// Reviews `start_typing` as a read.
fn review_start_typing(root: &Path) {
    let text = spec(root);
    let own = block(&text, "  /api/startTyping:\n");
    let new = own
        .replace("      # To be reviewed: taken for a change because it is a POST.\n", "")
        .replace("x-safety: change", "x-safety: read");
    assert_ne!(own, new);
    edit(root, own, &new);
}

#[test]
fn a_change_by_hand_stays_at_its_operation_when_paths_are_sorted() {
    let root = workspace("sorted");
    run_as(&root, "bot.yaml", &document(&PATHS, &["text"])).expect("it can be imported");
    review_start_typing(&root);
    let mut sorted = PATHS;
    sorted.sort_unstable();
    assert_ne!(sorted, PATHS);
    run_as(&root, "bot.yaml", &document(&sorted, &["text"])).expect("it can be merged");
    let text = spec(&root);
    let order: Vec<_> = text.lines().filter(|line| line.starts_with("  /api/")).collect();
    assert_eq!(order, ["  /api/sendContactVcard:", "  /api/sendText:", "  /api/startTyping:"]);
    for (path, safety) in [("sendContactVcard", "change"), ("sendText", "change"), ("startTyping", "read")] {
        let own = block(&text, &format!("  /api/{path}:\n")).to_owned();
        assert!(own.contains(&format!("x-safety: {safety}\n")), "{own}");
        assert_eq!(own.contains("# To be reviewed"), safety == "change", "{own}");
    }
    assert_eq!(lint(&root), Vec::<String>::new());
}

#[test]
fn an_operation_that_replaces_another_inherits_nothing_from_it() {
    let root = workspace("replaced");
    run_as(&root, "bot.yaml", &document(&PATHS, &["text"])).expect("it can be imported");
    review_start_typing(&root);
    let mut new = PATHS;
    new[1] = ("/api/deleteChat", "deleteChat");
    let new = document(&new, &["text"]);
    let errors = run_as(&root, "bot.yaml", &new).expect_err("a changed operation is removed");
    let text = spec(&root);
    let line = 1 + text.lines().position(|line| line.starts_with("<<<<<<< by hand")).expect("it is marked");
    assert_eq!(
        errors,
        [
            format!(
                "specs/andorinha.yaml:{line}: /paths/~1api~1startTyping: the new version removes `start_typing`, which you \
                 changed"
            ),
            "conflicts between your changes and the new version: 1".to_owned()
        ]
    );
    let fresh = fs::read_to_string(root.join(UNMERGED)).expect("it is there");
    let key = "  /api/deleteChat:\n";
    assert_eq!(block(&text, key).trim_end(), block(&fresh, key).trim_end());
    assert!(block(&text, key).contains("x-safety: change"));
}

#[test]
fn a_limit_by_hand_stays_at_its_property_when_properties_are_moved() {
    let root = workspace("moved");
    run_as(&root, "bot.yaml", &document(&PATHS, &["caption", "text"])).expect("it can be imported");
    edit(
        &root,
        "        caption:\n          type: string\n",
        "        caption:\n          type: string\n          maxLength: 1024\n",
    );
    run_as(&root, "bot.yaml", &document(&PATHS, &["filename", "text", "caption"])).expect("it can be merged");
    let text = spec(&root);
    for (name, has_limit) in [("caption", true), ("filename", false), ("text", false)] {
        let own = block(&text, &format!("        {name}:\n")).to_owned();
        assert_eq!(own.contains("maxLength: 1024"), has_limit, "{own}");
    }
    assert_eq!(lint(&root), Vec::<String>::new());
}

#[test]
fn a_removed_operation_that_was_only_reviewed_is_removed_and_listed() {
    let root = workspace("leave");
    let paths = [("/group/name", "groupName"), ("/group/list", "groupList")];
    run_as(&root, "bot.yaml", &document(&paths, &["text"])).expect("it can be imported");
    edit(&root, "      # To be reviewed: taken for a change because it is a POST.\n", "");
    let paths = [("/group/leave", "groupLeave"), ("/group/list", "groupList")];
    let lines = run_as(&root, "bot.yaml", &document(&paths, &["text"])).expect("nothing is lost");
    assert_eq!(spec(&root), fs::read_to_string(root.join(BASE)).expect("it is there"));
    let title = "The document no longer has these operations of the last import:";
    let at = lines.iter().position(|line| line == title).unwrap_or_else(|| panic!("{lines:#?}"));
    assert_eq!(lines[at + 1], "  group_name");
    assert!(lines.contains(&"  group_leave".to_owned()), "it is to be reviewed: {lines:#?}");
    let paths = [("/group/leave", "groupLeave"), ("/group/members", "groupList")];
    let lines = run_as(&root, "bot.yaml", &document(&paths, &["text"])).expect("nothing is lost");
    assert!(
        lines.contains(&"  group_list".to_owned()),
        "another request of the same name is to be reviewed: {lines:#?}"
    );
}

#[test]
fn a_part_that_was_removed_by_hand_stays_removed_until_the_new_version_changes_it() {
    let root = workspace("removed");
    run_as(&root, "bot.yaml", &document(&PATHS[..1], &["text", "caption"])).expect("it can be imported");
    let text = spec(&root);
    edit(&root, block(&text, "        caption:\n"), "");
    let new = document(&PATHS[..1], &["text", "caption", "size"]);
    run_as(&root, "bot.yaml", &new).expect("it can be merged");
    assert!(!spec(&root).contains("caption:"));
    let new = new.replace("caption: { type: string, description: A", "caption: { type: string, description: Another");
    let errors = run_as(&root, "bot.yaml", &new).expect_err("it is changed");
    assert!(errors[0].ends_with("/caption: you removed `caption`, which the new version changes"), "{errors:#?}");
}

/// A document whose summary was changed by hand and by the provider.
fn conflict(name: &str) -> (std::path::PathBuf, String, Vec<String>) {
    let root = workspace(name);
    run(&root, ANDORINHA, None).expect("it can be imported");
    edit(&root, "summary: Get a message.", "summary: Get the message.");
    let new = ANDORINHA
        .replace("summary: Get a message", "summary: Find a message")
        .replace("version: 3.2.0", "version: 3.3.0");
    let errors = run(&root, &new, None).expect_err("both changed the summary");
    (root, new, errors)
}

#[test]
fn a_change_by_hand_that_the_new_version_contradicts_is_a_conflict_with_its_location() {
    let (root, new, errors) = conflict("conflict");
    let spec = spec(&root);
    let line = 1 + spec.lines().position(|line| line.starts_with("<<<<<<< by hand")).expect("it is marked");
    let expected = [
        "<<<<<<< by hand",
        "      summary: Get the message.",
        "||||||| last import",
        "      summary: Get a message.",
        "=======",
        "      summary: Find a message.",
        ">>>>>>> new import",
    ];
    let marked: Vec<_> = spec.lines().skip(line - 1).take(expected.len()).collect();
    assert_eq!(marked, expected, "only the line that both changed is marked");
    assert_eq!(
        errors[0],
        format!(
            "specs/andorinha.yaml:{line}: /paths/~1messages~1{{message-id}}/get/summary: you and the new version changed \
             the same lines"
        )
    );
    let finding = lint(&root).join("\n");
    assert!(finding.starts_with(&format!("specs/andorinha.yaml:{line}: plain-yaml")), "{finding}");
    assert!(finding.contains("a conflict of a merge: keep the lines that apply, and remove the others"), "{finding}");
    let errors = run(&root, &new, None).expect_err("the conflict is still there");
    assert_eq!(
        errors,
        [
            "specs/andorinha.yaml still has conflicts of the last import: edit the lines that are marked first, or undo the \
          import with `git checkout specs/andorinha.yaml`"
        ]
    );
}

#[test]
fn an_import_after_conflicts_were_resolved_ends_the_merge() {
    for keeps_mark in [true, false] {
        let (root, new, _) = conflict(&format!("resolved-{keeps_mark}"));
        let import = fs::read_to_string(root.join(UNMERGED)).expect("it is there");
        assert_ne!(fs::read_to_string(root.join(BASE)).expect("it is there"), import);
        let is_side = |line: &&str| !line.contains("Get a message.") && !line.contains("Get the message.");
        let is_mark =
            |line: &str| ["<<<<<<< ", "||||||| ", "=======", ">>>>>>> "].iter().any(|one| line.starts_with(one));
        let text = spec(&root);
        let is_kept = |line: &&str| keeps_mark || !line.starts_with("# Merged with ");
        let lines: Vec<_> = text.lines().filter(is_side).filter(|line| !is_mark(line)).filter(is_kept).collect();
        let resolved = (lines.join("\n") + "\n").replace("Find a message.", "Find the message.");
        fs::write(root.join("specs/andorinha.yaml"), resolved).expect("it can be written");
        assert_eq!(lint(&root), Vec::<String>::new());
        run(&root, &new, None).expect("it ends the merge");
        assert!(spec(&root).contains("summary: Find the message.") && !spec(&root).contains("# Merged with "));
        assert_eq!(fs::read_to_string(root.join(BASE)).expect("it is there"), import);
        assert!(!root.join(UNMERGED).exists());
        assert!(fs::read_to_string(root.join("specs/facts.md")).expect("it is there").contains("`3.3.0`"));
        let lines = run(&root, &new, None).expect("it can be imported");
        assert_eq!(lines[0], "specs/andorinha.yaml: up to date");
    }
}

#[test]
fn an_import_whose_conflicts_were_undone_finds_them_again() {
    let (root, new, errors) = conflict("undone");
    // As `git checkout` does.
    let before = fs::read_to_string(root.join(BASE)).expect("it is there");
    let before = before.replace("summary: Get a message.", "summary: Get the message.");
    fs::write(root.join("specs/andorinha.yaml"), &before).expect("it can be written");
    assert_eq!(run(&root, &new, None).expect_err("it still conflicts"), errors);
    fs::write(root.join("specs/andorinha.yaml"), before).expect("it can be written");
    let other = ANDORINHA.replace("version: 3.2.0", "version: 3.4.0");
    run(&root, &other, None).expect("a version without the contradiction can be imported");
    assert!(spec(&root).contains("Get the message.") && spec(&root).contains("3.4.0"));
    assert!(!root.join(UNMERGED).exists());
}

#[test]
fn a_spec_that_does_not_belong_to_the_last_import_is_refused() {
    let root = workspace("half-restored");
    run(&root, ANDORINHA, None).expect("it can be imported");
    let before = spec(&root);
    let new = ANDORINHA.replace("version: 3.2.0", "version: 3.3.0");
    run(&root, &new, None).expect("it can be imported");
    fs::write(root.join("specs/andorinha.yaml"), &before).expect("it can be written");
    let errors = run(&root, &new, None).expect_err("the new version would be lost");
    assert!(errors[0].contains("come from different imports"), "{errors:?}");
    assert_eq!(spec(&root), before);
}

#[test]
fn another_document_under_the_same_name_is_refused() {
    let root = workspace("other");
    run(&root, ANDORINHA, None).expect("it can be imported");
    let before = spec(&root);
    let errors = run_as(&root, "bot.yaml", &document(&PATHS, &["text"])).expect_err("it is another API");
    assert!(errors[0].starts_with("bot.yaml is titled `Bot`, but the last import of this name was `"), "{errors:?}");
    assert!(errors[0].contains("choose another `--name`"), "{errors:?}");
    assert_eq!(spec(&root), before);
}

#[test]
fn operations_that_are_no_longer_selected_are_listed() {
    let root = workspace("fewer");
    let run = |paths: &[(&str, &str)], ids: Option<&[&str]>| run(&root, &document(paths, &["text"]), ids);
    run(&PATHS, None).expect("it can be imported");
    let lines = run(&PATHS, Some(&["sendText"])).expect("it can be imported");
    let title = "Removed, because they are no longer selected or were left out:";
    let at = lines.iter().position(|line| line == title).unwrap_or_else(|| panic!("{lines:#?}"));
    assert_eq!(lines[at + 1..at + 3], ["  start_typing", "  send_contact_vcard"]);
    assert_eq!(lines.last().map(String::as_str), Some("imported 1 of 1 operations"));
    let lines = run(&PATHS, None).expect("it can be imported");
    let more = "The document has 2 more operations; `--list` lists all, `--operations` selects";
    assert!(lines.contains(&more.to_owned()), "{lines:#?}");
    run(&PATHS, Some(&["sendText", "startTyping"])).expect("it can be imported");
    let errors = run(&PATHS, Some(&["", ""])).expect_err("ids are missing");
    assert_eq!(errors, ["`--operations` has an empty id"]);
}
