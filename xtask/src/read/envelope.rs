//! Reads the envelope: how the answers of an API report success and failure.

use crate::document::{At, Result};
use crate::model::{Api, Envelope, Operation, RefusalText, Refusals};
use crate::schema::{named_schema, unwrapped};

pub(super) fn read_envelope(at: &At<'_>) -> Result<Envelope> {
    if let Some(by) = at.get("by") {
        return read_by_status(at, &by);
    }
    let refusals = at.need("refusals")?;
    Ok(Envelope {
        status: at.need_text("status")?.to_owned(),
        success: at.need_text("success")?.to_owned(),
        error: at.need_text("error")?.to_owned(),
        remark: at.get_text("remark")?.map(str::to_owned),
        texts: at.need("texts")?.texts()?,
        refusals: match refusals.text() {
            Ok("all") => Refusals::All,
            Ok(other) => {
                return Err(refusals.error(format!(
                    "`{other}`: write `all`, or the remarks that prove a refusal, each with its reason"
                )));
            }
            Err(_) => Refusals::Remarks(refusals.entries()?.into_iter().map(read_refusal).collect::<Result<_>>()?),
        },
        validation: at.get("validation").map(|at| read_validation(&at)).transpose()?,
        reasons: read_reasons(at)?,
    })
}

/// Reads the envelope of an API whose HTTP status says how a call went.
fn read_by_status(at: &At<'_>, by: &At<'_>) -> Result<Envelope> {
    if by.text()? != "http_status" {
        return Err(by.error("write `http_status`, or `status`, `success` and `error` for a property of the answer"));
    }
    for key in ["status", "success", "error", "validation"] {
        if let Some(more) = at.get(key) {
            return Err(more.error(format!("`{key}` is about the body, but the HTTP status says how a call went")));
        }
    }
    let refusals = at.get("refusals").map_or(Ok(Vec::new()), |at| at.entries())?;
    Ok(Envelope {
        status: String::new(),
        success: String::new(),
        error: String::new(),
        remark: at.get_text("remark")?.map(str::to_owned),
        texts: at.get("texts").map_or(Ok(Vec::new()), |at| at.texts())?,
        refusals: Refusals::Statuses(refusals.into_iter().map(read_status).collect::<Result<_>>()?),
        validation: None,
        reasons: read_reasons(at)?,
    })
}

/// The HTTP statuses that prove a refusal for every API. A server error never does, since it can come after the effect.
const PROOF: [u16; 9] = [401, 404, 405, 411, 413, 414, 415, 429, 431];

fn read_status((status, at): (&str, At<'_>)) -> Result<(u16, String)> {
    match status.parse() {
        Ok(number) if PROOF.contains(&number) => {
            Err(at.error(format!("{status} proves a refusal without being listed")))
        }
        Ok(number) if (400..500).contains(&number) => Ok((number, read_reason(&at)?)),
        _ => {
            Err(at.error(format!("`{status}` is not an HTTP status from 400 to 499, which alone can prove a refusal")))
        }
    }
}

fn read_reasons(at: &At<'_>) -> Result<Vec<RefusalText>> {
    let reasons = at.get("reasons").map_or(Ok(Vec::new()), |at| at.entries())?;
    reasons.into_iter().map(read_text).collect()
}

/// Reads how the server's framework refuses values: the HTTP status, and the property with the refused fields.
fn read_validation(at: &At<'_>) -> Result<(u16, String)> {
    let status = at.need("http_status")?;
    let number = status.scalar()?.as_u64().and_then(|number| u16::try_from(number).ok());
    let number = number.filter(|number| (400..500).contains(number));
    let number = number.ok_or_else(|| status.error("an HTTP status from 400 to 499 expected"))?;
    Ok((number, at.need_text("errors")?.to_owned()))
}

/// The reasons of a refusal.
const REASONS: [&str; 9] =
    ["credentials", "validation", "not_found", "conflict", "limit", "plan", "unavailable", "not_ready", "other"];

fn read_refusal((remark, at): (&str, At<'_>)) -> Result<(String, String)> {
    Ok((remark.to_owned(), read_reason(&at)?))
}

fn read_reason(at: &At<'_>) -> Result<String> {
    let reason = at.text()?;
    if !REASONS.contains(&reason) {
        return Err(at.error(format!("`{reason}` is not a reason: write one of {}", REASONS.join(", "))));
    }
    Ok(reason.to_owned())
}

/// Reads a known text, whose value is its reason, or the reason `validation` with the refused fields.
fn read_text((text, at): (&str, At<'_>)) -> Result<RefusalText> {
    if text.trim_matches(['…', '.', ' ']).is_empty() {
        return Err(at.error(format!("`{text}` would match every text: write the text that the server sends")));
    }
    let (reason, fields) = match at.get("fields") {
        None if at.as_scalar().is_some() => (read_reason(&at)?, Vec::new()),
        None => return Err(at.error("a reason expected, or `reason: validation` with `fields`")),
        Some(fields) => (read_reason(&at.need("reason")?)?, fields.texts()?),
    };
    if !fields.is_empty() && reason != "validation" {
        return Err(at.error(format!("only a refusal with the reason `validation` has fields, and this is `{reason}`")));
    }
    Ok(RefusalText { text: text.to_owned(), reason, fields })
}

/// Checks that the fields of known texts exist.
pub(super) fn check_texts(root: &At<'_>, api: &Api) -> Result<()> {
    let is_known = |field: &str| api.operations.iter().any(|operation| api.fields(operation).contains(&field));
    for RefusalText { text, fields, .. } in &api.envelope.reasons {
        if let Some(field) = fields.iter().find(|field| !is_known(field)) {
            let at = root.need("x-envelope")?.need("reasons")?.need(text)?;
            return Err(at.error(format!("no operation has the field `{field}`")));
        }
    }
    Ok(())
}

/// Checks that every answer has the property that says how the call went.
pub(super) fn check_envelope(root: &At<'_>, api: &Api) -> Result<()> {
    if api.envelope.is_by_status() {
        return Ok(());
    }
    let status = &api.envelope.status;
    for Operation { id, answer, .. } in &api.operations {
        let Some(answer) = answer.object() else {
            return Err(root.need("x-envelope")?.error(format!(
                "the answer of `{id}` is not a JSON object, so it lacks `{status}`; only an API whose HTTP status says \
                 how a call went has such answers (`by: http_status`)"
            )));
        };
        let schema = named_schema(root, answer)?;
        let Some(property) = schema.get("properties").and_then(|at| at.get(status)) else {
            return Err(
                schema.error(format!("the answer of `{id}` lacks the property `{status}`, which `x-envelope` names"))
            );
        };
        let kind = unwrapped(&property)?;
        if kind.get("oneOf").is_none()
            && (kind.get_text("type")? != Some("string") || kind.get("x-open-enum").is_some())
        {
            return Err(property.error(format!("`{status}` says how the call went, so it must be `type: string`")));
        }
    }
    Ok(())
}
