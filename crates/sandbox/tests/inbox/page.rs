//! The files of the page: complete, self-contained, and without a way to run the content of a message.

use std::{fs, path::PathBuf};

use zap_sandbox::Sandbox;

use crate::http::Request;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/inbox/page")
}

/// Name and content of every file of the page.
fn files() -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[tokio::test]
async fn the_page_and_its_files_are_served() {
    let sandbox = Sandbox::start().await.unwrap();
    for (name, content) in files() {
        let target = if name == "inbox.html" { "/".to_owned() } else { format!("/__sandbox/inbox/{name}") };
        let answer = Request::new("GET", &target).ask(&sandbox).await;
        assert_eq!(answer.status, 200, "{target}");
        assert!(answer.body == content.as_bytes(), "{target} is not the file; was the file changed after the build?");
        let kind = match name.rsplit_once('.').unwrap().1 {
            "html" => "text/html; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            other => panic!("a file of an unknown kind: {other}"),
        };
        assert_eq!(answer.header("content-type"), kind, "{target}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{target}");
        let policy = answer.header("content-security-policy");
        for part in ["default-src 'none'", "script-src 'self'", "form-action 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{target}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{target}: {policy}");
    }
    assert_eq!(Request::new("GET", "/__sandbox/inbox/other.js").ask(&sandbox).await.status, 404);
}

#[test]
fn every_file_that_is_referred_to_exists() {
    let files = files();
    let exists = |name: &str| files.iter().any(|(known, _)| known == name);
    for (file, content) in &files {
        for start in ["/__sandbox/inbox/", "from './"] {
            for rest in content.split(start).skip(1) {
                let name = rest.split(['"', '\'']).next().unwrap_or_default();
                assert!(exists(name), "{file} refers to {name}");
            }
        }
    }
}

#[test]
fn nothing_is_loaded_from_other_hosts_and_nothing_parses_markup() {
    for (name, content) in files() {
        let foreign = content.replace("http://www.w3.org/2000/svg", "");
        for part in ["http://", "https://", "url(", "@import"] {
            assert!(!foreign.contains(part), "{name} has {part}");
        }
        for part in
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc"]
        {
            assert!(!content.contains(part), "{name} has {part}");
        }
        if name == "inbox.html" {
            for part in [" style=", " onclick=", " onload=", "<style", "<script>"] {
                assert!(!content.contains(part), "{name} has {part}, which the policy forbids");
            }
        }
    }
}
