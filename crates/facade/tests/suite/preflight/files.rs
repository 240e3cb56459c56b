//! Files: by their size on disk, by their names, and by their content where the name says otherwise.

use std::fs;
use std::path::PathBuf;

use externalapi_client::File;
use zap_client_runtime::Constraint;
use zap_facade::Error;

use crate::support::{self, EmptyStream, Reply, Server};

/// A file of this test's own, gone afterwards.
struct OnDisk(PathBuf);

impl OnDisk {
    fn new(name: &str, head: &[u8], length: u64) -> Self {
        let path = std::env::temp_dir().join(format!("preflight-{}-{name}", std::process::id()));
        fs::write(&path, head).unwrap();
        // Without content, so that it takes no room.
        fs::File::options().write(true).open(&path).unwrap().set_len(length).unwrap();
        Self(path)
    }

    fn file(&self) -> File {
        File::from_path(&self.0)
    }
}

impl Drop for OnDisk {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

async fn checked(server: &Server, image: File) -> Result<(), Error> {
    let client = support::externalapi(&server.origin).build().unwrap();
    client.send_message().body_map(|b| b.mobile_code("55").mobile("1").image(image)).dry_run().await.map(drop)
}

#[tokio::test]
async fn on_disk_they_are_measured() {
    let server = Server::start(Reply::success()).await;
    let limit = 5 * 1024 * 1024;
    let fits = OnDisk::new("fits.png", b"", limit);
    checked(&server, fits.file()).await.unwrap();
    let large = OnDisk::new("large.png", b"", limit + 1);
    let error = checked(&server, large.file()).await.unwrap_err();
    assert_eq!(error.violations()[0].constraint(), Constraint::MaxBytes(limit));
    assert!(error.to_string().contains("at most 5242880 bytes, but has 5242881"), "{error}");
    let empty = OnDisk::new("empty.png", b"", 0);
    assert_eq!(checked(&server, empty.file()).await.unwrap_err().violations()[0].constraint(), Constraint::MinBytes(1));

    let named_wrong = OnDisk::new("picture.tmp", b"\x89PNG\r\n\x1a\n", 100);
    checked(&server, named_wrong.file()).await.unwrap();
    let neither = OnDisk::new("page.html", b"<html>", 100);
    assert_eq!(checked(&server, neither.file()).await.unwrap_err().violations().len(), 1);
    checked(&server, neither.file().with_name("page")).await.unwrap();
    assert_eq!(server.connections(), 0);
}

/// A file that cannot be read is reported after what can be checked without reading it.
#[tokio::test]
async fn what_cannot_be_read_is_no_violation() {
    let server = Server::start(Reply::success()).await;
    for path in ["/no/such/file.png", "/no/such/file.txt"] {
        let error = checked(&server, File::from_path(path)).await.unwrap_err();
        assert!(error.violations().is_empty() && error.to_string().contains("`image`: cannot read"), "{error}");
    }
}

#[tokio::test]
async fn a_stream_without_length_is_not_measured() {
    let server = Server::start(Reply::success()).await;
    checked(&server, File::from_stream("a.png", None, EmptyStream)).await.unwrap();
    checked(&server, File::from_stream("a", None, EmptyStream)).await.unwrap();
    let error = checked(&server, File::from_stream("a.webp", None, EmptyStream)).await.unwrap_err();
    assert_eq!(error.violations().len(), 1, "its name is all there is: {error}");
}

/// An empty document or recording is refused, however it comes.
#[tokio::test]
async fn an_empty_file_is_refused() {
    let server = Server::start(Reply::success()).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let empty = OnDisk::new("empty.pdf", b"", 0);
    for file in [empty.file(), File::from_bytes("a.pdf", ""), File::from_stream("a.pdf", 0, EmptyStream)] {
        for audio in [false, true] {
            let file = file.clone();
            let call = client.send_message().body_map(|b| {
                let b = b.mobile_code("55").mobile("1");
                if audio { b.audio(file) } else { b.document(file) }
            });
            let error = call.send().await.unwrap_err();
            assert_eq!(error.violations()[0].constraint(), Constraint::MinBytes(1), "{error}");
            assert!(error.to_string().contains("is empty"), "{error}");
        }
    }
    assert_eq!(server.connections(), 0);
}

/// Each fault of a name is reported with its location and the fix. The name is not quoted.
#[tokio::test]
async fn a_name_that_would_not_arrive_is_refused() {
    let server = Server::start(Reply::success()).await;
    for (name, why) in [
        ("", "it is empty"),
        ("segredo/a.png", "its character 8 is `/`"),
        ("segredo.png/", "its character 12 is `/`"),
        ("\\", "its character 1 is `\\`"),
        ("segredo\0.png", "its character 8 is the control character U+0000"),
        ("segredo\r\n.png", "its character 8 is the control character U+000D"),
    ] {
        let error = checked(&server, File::from_bytes(name, "\u{89}PNG")).await.unwrap_err();
        let found = error.violations().iter().find(|one| one.constraint() == Constraint::FileName).expect(name);
        assert_eq!(found.fields(), ["image"]);
        let text = found.to_string();
        assert!(text.contains(why) && text.contains("`File::with_name`") && !text.contains("segredo"), "{text}");
    }
    checked(&server, File::from_bytes("a\"b.png", "x")).await.unwrap();
    assert_eq!(server.connections(), 0);
}

/// Files of the system whose length is not the one that their metadata says, and paths that are not regular files.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_is_not_as_long_as_it_says_is_refused() {
    let server = Server::start(Reply::success()).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let pipe = std::env::temp_dir().join(format!("preflight-{}-pipe", std::process::id()));
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    let pipe = made.is_ok_and(|status| status.success()).then_some(pipe);
    for path in ["/proc/self/status", "/dev/null", "/dev/zero"].map(PathBuf::from).into_iter().chain(pipe.clone()) {
        let file = File::from_path(&path).with_name("a.pdf");
        let call = client.send_message().body_map(|b| b.mobile_code("55").mobile("1").document(file));
        let sent = tokio::time::timeout(std::time::Duration::from_secs(60), call.send()).await;
        let error = sent.expect("it does not hang").unwrap_err();
        assert!(error.to_string().contains("`document`: cannot read"), "{}: {error}", path.display());
    }
    pipe.map(fs::remove_file);
    assert_eq!(server.connections(), 0);
}
