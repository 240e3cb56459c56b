//! Reads multipart forms part by part, as they arrive.

use std::collections::BTreeMap;

use axum::body::Body;

use crate::{memory::Reservation, php};

use super::{BODY_LIMIT, Fields, Parsed, Upload, drain, part_reader::PartReader};

/// The most parts that are read of a form, and the most files among them. These are PHP's own limits, and it drops the
/// rest silently.
const PARTS: usize = 1020;
const FILES: usize = 20;
/// About how many bytes a part takes besides its name and content, such as the kept beginning of a file.
const PART: usize = 5 * 1024;

/// Reads a form. Like PHP, it ignores everything after a malformed part.
pub(super) async fn read(boundary: &[u8], body: Body, held: &mut Reservation) -> Parsed {
    let mut parts = PartReader::new(body, boundary);
    let mut form = FormReader { fields: Fields::recorded(), files: BTreeMap::new(), number_of_files: 0, kept: 0 };
    let mut fits = true;
    for _ in 0..PARTS {
        match form.part(&mut parts, held).await {
            Some(true) => {}
            Some(false) => {
                fits = false;
                break;
            }
            None => break,
        }
    }
    // PHP has the whole request before it parses it, so the rest is read too.
    let (body, seen) = parts.into_rest();
    let (_, all) = drain(body, seen).await;
    if !fits || all > BODY_LIMIT {
        return Parsed { too_large: true, ..Parsed::default() };
    }
    Parsed { files: form.files, ..form.fields.finish() }
}

struct FormReader {
    fields: Fields,
    files: BTreeMap<String, Upload>,
    number_of_files: usize,
    /// The size of the fields in bytes.
    kept: usize,
}

impl FormReader {
    /// Reads one part, if there is one. Returns `false` if the form is too large.
    async fn part(&mut self, parts: &mut PartReader, held: &mut Reservation) -> Option<bool> {
        let described = parts.next().await?;
        let Some(name) = described.name else { return Some(true) };
        let Some(file_name) = described.file_name else { return Some(self.field(&name, parts, held).await) };
        let (name, file_name) = (php::text(name), php::text(file_name));
        // A browser sends an empty file name if no file was chosen.
        if file_name.is_empty() || self.number_of_files == FILES {
            return Some(true);
        }
        self.number_of_files += 1;
        let mut upload = Upload::new(&file_name);
        held.add(PART + 2 * (name.len() + file_name.len()));
        while let Some(data) = parts.piece().await {
            upload.feed(&data, held);
        }
        upload.finish();
        self.fields.push_file(upload.described(&name));
        if name.contains('[') {
            // `name[]` is a list of files. No operation accepts one, but its name counts as present.
            self.fields.push(&name, "file".to_owned());
        }
        self.files.insert(name, upload);
        Some(true)
    }

    async fn field(&mut self, name: &[u8], parts: &mut PartReader, held: &mut Reservation) -> bool {
        let max = held.memory().server().request_share();
        let mut value = Vec::new();
        self.kept += name.len();
        held.add(PART + name.len());
        while let Some(data) = parts.piece().await {
            self.kept += data.len();
            if self.kept > max || !held.wait_for(data.len()).await {
                return false;
            }
            value.extend_from_slice(&data);
        }
        self.fields.push_bytes(name, value);
        true
    }
}
