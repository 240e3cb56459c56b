//! Checks the type of a file by its name and its first bytes.

use std::future::poll_fn;
use std::io;
use std::path::Path;

use crate::body::file::{File, Source};
use crate::body::path_source;

/// The number of bytes to read, enough for all types below.
const HEAD: usize = 16;

/// Returns whether a file may have one of these types, which are extensions in lower case.
///
/// The recorded server checks only the content (fact [E24]) and accepts a picture called `a.txt`. So a file fits if its
/// extension fits, and otherwise if its content does.
///
/// [E24]: https://docs.rs/externalapi-client/latest/externalapi_client/facts/#e24
pub(crate) async fn fits(file: &File, types: &[&str]) -> bool {
    let Some((_, extension)) = file.name().rsplit_once('.') else { return true };
    if types.iter().any(|one| one.eq_ignore_ascii_case(extension)) {
        return true;
    }
    let read;
    let head = match file.source() {
        Source::Bytes(bytes) => &bytes[..bytes.len().min(HEAD)],
        Source::Path(path) => match head(path).await {
            Ok(head) => {
                read = head;
                &read[..]
            }
            // Sending the file reports why it cannot be read.
            Err(_) => return true,
        },
        Source::Stream { .. } => return false,
    };
    types.iter().any(|one| begins_as(one, head))
}

async fn head(path: &Path) -> io::Result<Vec<u8>> {
    let (mut reader, _) = path_source::open(path).await?;
    let mut head = Vec::new();
    while head.len() < HEAD {
        let left = (HEAD - head.len()) as u64;
        let piece = poll_fn(|context| reader.poll_piece(left, context)).await?;
        if piece.is_empty() {
            break;
        }
        head.extend_from_slice(&piece);
    }
    Ok(head)
}

/// Returns whether a file of this type may begin with these bytes.
fn begins_as(extension: &str, head: &[u8]) -> bool {
    match extension {
        "jpg" | "jpeg" => head.starts_with(b"\xff\xd8\xff"),
        "png" => head.starts_with(b"\x89PNG\r\n\x1a\n"),
        "pdf" => head.starts_with(b"%PDF-"),
        "doc" => head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "docx" => head.starts_with(b"PK\x03\x04"),
        "mp4" => head.get(4..8) == Some(b"ftyp"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_refused_only_if_neither_name_nor_content_fits() {
        let png = b"\x89PNG\r\n\x1a\n...".as_slice();
        for (name, content, expected) in [
            ("a.png", b"anything".as_slice(), true),
            ("A.JPEG", b"anything", true),
            ("picture", b"anything", true),
            ("a.txt", png, true),
            ("a.gif", b"GIF89a", false),
            ("a.txt", b"", false),
            ("png", b"GIF89a", true),
            ("a.", b"GIF89a", false),
        ] {
            let file = File::from_bytes(name, content);
            assert_eq!(fits(&file, &["jpg", "jpeg", "png"]).await, expected, "{name}");
        }
    }
}
