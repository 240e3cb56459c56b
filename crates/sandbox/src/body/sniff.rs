//! Detects a file's type from its first bytes, as the recorded server's `mime_content_type` does.

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Returns the media type of a file that begins with `head` and is `size` bytes long.
pub(super) fn media_type(head: &[u8], size: u64) -> &'static str {
    if size == 0 {
        return "application/x-empty";
    }
    let at = |offset: usize, bytes: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(bytes));
    if at(0, b"\x89PNG\r\n\x1a\n") {
        "image/png"
    } else if at(0, b"\xff\xd8\xff") {
        "image/jpeg"
    } else if at(0, b"GIF8") {
        "image/gif"
    } else if at(0, b"BM") && head.len() > 26 {
        "image/bmp"
    } else if at(0, b"RIFF") {
        riff(head)
    } else if at(4, b"ftyp") {
        brand(head)
    } else if at(0, b"%PDF-") {
        "application/pdf"
    } else if at(0, b"PK\x03\x04") {
        zip(head)
    } else if at(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        "application/msword"
    } else if at(0, b"OggS") {
        // The recorded server's table has no type for Opus.
        if at(28, b"\x01vorbis") { "audio/ogg" } else { "application/octet-stream" }
    } else if at(0, b"ID3") || at(0, b"\xff\xfb") || at(0, b"\xff\xf3") {
        "audio/mpeg"
    } else if at(0, b"\xff\xf1") || at(0, b"\xff\xf9") {
        "audio/x-hx-aac-adts"
    } else if at(0, b"#!AMR") {
        "audio/amr"
    } else if at(0, b"fLaC") {
        "audio/flac"
    } else {
        text(head)
    }
}

/// Returns the extension under which upload rules know the type.
pub(super) fn extension(media_type: &str) -> Option<&'static str> {
    Some(match media_type {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/bmp" => "bmp",
        "image/webp" => "webp",
        "video/mp4" => "mp4",
        "application/pdf" => "pdf",
        "application/msword" => "doc",
        DOCX => "docx",
        _ => return None,
    })
}

fn riff(head: &[u8]) -> &'static str {
    match head.get(8..12) {
        Some(b"WEBP") => "image/webp",
        Some(b"WAVE") => "audio/x-wav",
        Some(b"AVI ") => "video/x-msvideo",
        _ => "application/octet-stream",
    }
}

fn brand(head: &[u8]) -> &'static str {
    match head.get(8..12) {
        Some(b"M4A " | b"M4B ") => "audio/x-m4a",
        Some(b"M4V " | b"M4VH" | b"M4VP") => "video/x-m4v",
        Some(b"qt  ") => "video/quicktime",
        Some([b'3', b'g', b'p', _]) => "video/3gpp",
        Some(b"heic" | b"heix" | b"mif1") => "image/heic",
        Some(b"avif") => "image/avif",
        _ => "video/mp4",
    }
}

fn zip(head: &[u8]) -> &'static str {
    let office = head.get(30..).is_some_and(|name| {
        [b"[Content_Types].xml".as_slice(), b"_rels/.rels", b"docProps", b"word/"]
            .iter()
            .any(|first| name.starts_with(first))
    });
    if office && head.windows(5).any(|part| part == b"word/") { DOCX } else { "application/zip" }
}

fn text(head: &[u8]) -> &'static str {
    let printable = |byte: &u8| matches!(byte, 7..=13 | 27 | 32..=126 | 128..);
    if !head.iter().all(printable) {
        return "application/octet-stream";
    }
    let start = String::from_utf8_lossy(head).trim_start().to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        "text/html"
    } else if start.starts_with("<?php") {
        "text/x-php"
    } else {
        "text/plain"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sniff(head: &[u8]) -> &'static str {
        media_type(head, head.len() as u64)
    }

    #[test]
    fn types_by_content() {
        for (head, expected) in [
            (b"\x89PNG\r\n\x1a\n....".as_slice(), "image/png"),
            (b"\xff\xd8\xff\xe0", "image/jpeg"),
            (b"GIF89a", "image/gif"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
            (b"\0\0\0\x20ftypisom", "video/mp4"),
            (b"\0\0\0\x20ftypqt  ", "video/quicktime"),
            (b"%PDF-1.4", "application/pdf"),
            (b"hello\n", "text/plain"),
            (b"OggS\0\x02\0\0\0\0", "application/octet-stream"),
            (b"\0\0\0\0", "application/octet-stream"),
            (b"", "application/x-empty"),
        ] {
            assert_eq!(sniff(head), expected, "{head:?}");
        }
    }

    #[test]
    fn a_word_file_is_a_zip_with_a_word_folder() {
        let mut docx = b"PK\x03\x04".to_vec();
        docx.resize(30, 0);
        let mut other = docx.clone();
        docx.extend_from_slice(b"[Content_Types].xml....PK\x03\x04....word/document.xml");
        other.extend_from_slice(b"holiday.txt word/");
        assert_eq!(extension(sniff(&docx)), Some("docx"));
        assert_eq!(sniff(&other), "application/zip");
    }
}
