//! Reads the envelope: how the answers of an API report success and failure.

use crate::document::{At, Result};
use crate::model::{Api, Envelope, Operation};
use crate::schema::{named_schema, unwrapped};

pub(super) fn read_envelope(at: &At<'_>) -> Result<Envelope> {
    let refusals = at.need("refusals")?;
    Ok(Envelope {
        status: at.need_text("status")?.to_owned(),
        success: at.need_text("success")?.to_owned(),
        error: at.need_text("error")?.to_owned(),
        remark: at.get_text("remark")?.map(str::to_owned),
        texts: at.need("texts")?.texts()?,
        refusals: match refusals.text() {
            Ok("all") => None,
            Ok(other) => {
                return Err(refusals.error(format!(
                    "`{other}`: write `all`, or the remarks that prove a refusal, each with its reason"
                )));
            }
            Err(_) => Some(refusals.entries()?.into_iter().map(read_refusal).collect::<Result<_>>()?),
        },
        validation: at.get("validation").map(|at| read_validation(&at)).transpose()?,
        reasons: match at.get("reasons") {
            Some(reasons) => reasons.entries()?.into_iter().map(read_refusal).collect::<Result<_>>()?,
            None => Vec::new(),
        },
    })
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
const REASONS: [&str; 8] =
    ["credentials", "validation", "not_found", "conflict", "limit", "plan", "unavailable", "other"];

fn read_refusal((remark, at): (&str, At<'_>)) -> Result<(String, String)> {
    let reason = at.text()?;
    if !REASONS.contains(&reason) {
        return Err(at.error(format!("`{reason}` is not a reason: write one of {}", REASONS.join(", "))));
    }
    Ok((remark.to_owned(), reason.to_owned()))
}

/// Checks that every answer has the property that says how the call went.
pub(super) fn check_envelope(root: &At<'_>, api: &Api) -> Result<()> {
    let status = &api.envelope.status;
    for Operation { id, answer, .. } in &api.operations {
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
