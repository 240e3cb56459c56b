//! Files: by their size on disk, by their names, and by their content where the name says otherwise.

use std::fs;
use std::path::PathBuf;

use client_runtime::Constraint;
use externalapi_client::File;
use facade::Error;

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
    assert_eq!(error.violations()[0].rule(), Constraint::MaxBytes(limit));
    assert!(error.to_string().contains("at most 5242880 bytes, and has 5242881"), "{error}");
    let empty = OnDisk::new("empty.png", b"", 0);
    assert_eq!(checked(&server, empty.file()).await.unwrap_err().violations()[0].rule(), Constraint::MinBytes(1));

    let named_wrong = OnDisk::new("picture.tmp", b"\x89PNG\r\n\x1a\n", 100);
    checked(&server, named_wrong.file()).await.unwrap();
    let neither = OnDisk::new("page.html", b"<html>", 100);
    assert_eq!(checked(&server, neither.file()).await.unwrap_err().violations().len(), 1);
    checked(&server, neither.file().with_name("page")).await.unwrap();
    assert_eq!(server.connections(), 0);
}

/// What cannot be read is told as ever, after what can be told without reading it.
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
