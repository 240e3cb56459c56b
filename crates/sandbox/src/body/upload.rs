//! An uploaded file, and what is kept of it after its bytes have passed.

use std::fmt::Write as _;

use bytes::{Bytes, BytesMut};
use sha2::{Digest as _, Sha256};

use crate::{ledger::ReceivedFile, memory::Reservation, php};

use super::sniff;

/// How many bytes of the beginning are kept, to detect the type.
const HEAD: usize = 4096;
/// How many bytes of the end are kept, to detect a truncated image.
const TAIL: usize = 16;
/// Up to which size the whole file is kept.
const WHOLE: usize = 1024 * 1024;

/// A file: its name, size, hash, beginning and end, and all bytes of a small one.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) file_name: String,
    pub(crate) size: u64,
    pub(crate) sha256: String,
    head: Vec<u8>,
    tail: Vec<u8>,
    /// The whole file, while it is small.
    whole: Option<BytesMut>,
    hasher: Sha256,
}

impl Upload {
    pub(super) fn new(file_name: &str) -> Self {
        Self {
            // Old browsers send whole paths. Only the last part is the name.
            file_name: file_name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
            size: 0,
            sha256: String::new(),
            head: Vec::new(),
            tail: Vec::new(),
            whole: Some(BytesMut::new()),
            hasher: Sha256::new(),
        }
    }

    /// Processes the next bytes of the file. Keeps all of a small file if memory is free.
    pub(super) fn feed(&mut self, data: &[u8], held: &mut Reservation) {
        self.size = self.size.saturating_add(data.len() as u64);
        self.hasher.update(data);
        if let Some(mut whole) = self.whole.take() {
            if whole.len() + data.len() <= WHOLE && held.try_add(data.len()) {
                whole.extend_from_slice(data);
                self.whole = Some(whole);
            } else {
                held.shrink_to(held.bytes() - whole.len());
            }
        }
        let wanted = HEAD.saturating_sub(self.head.len()).min(data.len());
        self.head.extend_from_slice(&data[..wanted]);
        self.tail.extend_from_slice(&data[data.len().saturating_sub(TAIL)..]);
        self.tail.drain(..self.tail.len().saturating_sub(TAIL));
    }

    pub(super) fn finish(&mut self) {
        let digest = std::mem::take(&mut self.hasher).finalize();
        for byte in &digest {
            // Writing to a String cannot fail.
            let _ = write!(self.sha256, "{byte:02x}");
        }
    }

    /// Returns all bytes, if the file is small.
    pub(crate) fn bytes(&self) -> Option<Bytes> {
        self.whole.as_ref().map(|whole| Bytes::copy_from_slice(whole))
    }

    /// Returns the description for the ledger.
    pub(crate) fn described(&self, field: &str) -> ReceivedFile {
        ReceivedFile {
            field: php::lossy(field).into_owned(),
            file_name: php::lossy(&self.file_name).into_owned(),
            size: self.size,
            sha256: self.sha256.clone(),
            media_type: self.media_type().to_owned(),
        }
    }

    /// Returns the media type that the server detects from the content. It ignores the type that the caller sends.
    pub(crate) fn media_type(&self) -> &'static str {
        sniff::media_type(&self.head, self.size)
    }

    /// Returns the extension for the content, if it is one that some operation accepts.
    pub(crate) fn extension(&self) -> Option<&'static str> {
        sniff::extension(self.media_type())
    }

    /// Whether the framework refuses the file because its name is that of a program for the web server.
    pub(crate) fn is_named_like_php(&self) -> bool {
        let extension = self.file_name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let extension = extension.trim().to_ascii_lowercase();
        matches!(extension.as_str(), "php" | "php3" | "php4" | "php5" | "php7" | "php8" | "phtml" | "phar")
    }

    /// Whether the server opens the file as a picture and encodes it again. It stores files with other names unchanged.
    pub(crate) fn is_named_like_image(&self) -> bool {
        let extension = self.file_name.rsplit_once('.').map_or("", |(_, extension)| extension);
        matches!(extension, "jpg" | "jpeg" | "png" | "JPG" | "JPEG" | "PNG")
    }

    /// Whether the server's image library can open the file.
    pub(crate) fn is_whole_image(&self) -> bool {
        match self.media_type() {
            "image/png" => self.tail.windows(4).any(|chunk| chunk == b"IEND"),
            // The library reads truncated JPEGs, but not without any picture data.
            "image/jpeg" => self.size > 100,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_little_of_a_large_file_and_hashes_all() {
        let mut upload = Upload::new("C:\\photos\\a.PHP ");
        let held = &mut Reservation::detached();
        for _ in 0..1000 {
            upload.feed(&[7; 999], held);
        }
        upload.feed(b"end", held);
        assert_eq!(held.bytes(), 999_003);
        upload.finish();
        assert_eq!(upload.size, 999_003);
        assert_eq!((upload.head.len(), upload.tail.len()), (HEAD, TAIL));
        assert_eq!(upload.bytes().map(|whole| whole.len()), Some(999_003));
        assert!(upload.tail.ends_with(b"end") && upload.is_named_like_php());
        assert_eq!(upload.file_name, "a.PHP ");
        upload.feed(&vec![0; 100_000], held);
        assert_eq!((upload.bytes(), held.bytes()), (None, 0));
        let mut abc = Upload::new("abc");
        abc.feed(b"abc", held);
        abc.finish();
        assert_eq!(abc.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
