//! Multipart forms, part by part as they arrive.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, multipart::Field},
    http::{HeaderMap, Request, header},
};

use super::{BODY_LIMIT, FIELDS_LIMIT, Fields, Parsed, Upload, drain, lent::Lent};

/// Reads a form. What comes after a malformed place is dropped, as PHP does.
pub(super) async fn read(headers: &HeaderMap, body: Body) -> Parsed {
    let body = Lent::new(body);
    let parsed = parse(headers, Body::new(body.clone())).await;
    // Parsers stop at the last boundary or at their limit. The server does not: it has the whole
    // request before it begins.
    let seen = body.seen();
    drain(body, seen).await;
    parsed
}

async fn parse(headers: &HeaderMap, body: Body) -> Parsed {
    let mut request = Request::new(body);
    // The limit is ours, and counts what the form is made of.
    DefaultBodyLimit::disable().apply(&mut request);
    if let Some(kind) = headers.get(header::CONTENT_TYPE) {
        request.headers_mut().insert(header::CONTENT_TYPE, kind.clone());
    }
    let Ok(mut form) = Multipart::from_request(request, &()).await else {
        return Parsed::default();
    };
    let mut fields = Fields::shown();
    let mut files = BTreeMap::new();
    let mut budget = Budget::default();
    while let Ok(Some(field)) = form.next_field().await {
        if !part(field, &mut fields, &mut files, &mut budget).await {
            return Parsed { too_large: true, ..Parsed::default() };
        }
    }
    Parsed { files, ..fields.finish() }
}

/// What has been read of the whole form.
#[derive(Default)]
struct Budget {
    all: u64,
    kept: usize,
}

/// Reads one part; false when the form has become too heavy.
async fn part(
    mut field: Field<'_>,
    fields: &mut Fields,
    files: &mut BTreeMap<String, Upload>,
    budget: &mut Budget,
) -> bool {
    let Some(name) = field.name().map(str::to_owned) else {
        return true;
    };
    if let Some(file_name) = field.file_name().map(str::to_owned) {
        let mut upload = Upload::new(&file_name);
        while let Ok(Some(data)) = field.chunk().await {
            budget.all = budget.all.saturating_add(data.len() as u64);
            if budget.all > BODY_LIMIT {
                return false;
            }
            upload.feed(&data);
        }
        // A browser sends an empty file name when no file was chosen: that is no file.
        if !file_name.is_empty() {
            upload.finish();
            fields.push_file(upload.described(&name));
            if name.contains('[') {
                // `name[]` is a list of files: something that is there, and that no operation takes.
                fields.push(&name, "file".to_owned());
            }
            files.insert(name, upload);
        }
        return true;
    }
    let mut value = Vec::new();
    while let Ok(Some(data)) = field.chunk().await {
        budget.all = budget.all.saturating_add(data.len() as u64);
        budget.kept += data.len();
        if budget.kept > FIELDS_LIMIT || budget.all > BODY_LIMIT {
            return false;
        }
        value.extend_from_slice(&data);
    }
    fields.push_bytes(name.as_bytes(), value);
    true
}
