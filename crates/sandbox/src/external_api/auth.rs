//! Checks whether a request is allowed: first its credentials, then the list of addresses, then the plan.

use axum::http::StatusCode;

use crate::{answer::Answer, clock, raw_request::RawRequest, sql};

use super::{envelope, state::State};

/// Returns the id of the calling user, or the refusal.
pub(super) fn sign_in(state: &State, raw: &RawRequest, now: u64) -> Result<i64, Answer> {
    // Header bytes that are not UTF-8 are replaced, so that they equal no credential.
    let header = |name: &str| raw.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let (client_id, client_secret) =
        (header("client-id").unwrap_or_default(), header("client-secret").unwrap_or_default());
    let (client_id, client_secret) = (client_id.as_ref(), client_secret.as_ref());
    // PHP treats "0" as empty.
    if matches!(client_id, "" | "0") {
        return Err(unauthorized(&["The client id is required"]));
    }
    if matches!(client_secret, "" | "0") {
        return Err(unauthorized(&["The client secret is required"]));
    }
    // The database looks both up, and ignores case.
    let known = state.users.iter().find(|user| {
        sql::text_equals(&user.client_id, client_id) && sql::text_equals(&user.client_secret, client_secret)
    });
    let Some(user) = known else {
        return Err(unauthorized(&["Invalid credentials"]));
    };
    if user.banned {
        return Err(unauthorized(&[
            "The credentials provided do not match the ones associated with this user in our records. Please verify the credentials and try again.",
        ]));
    }
    let address = raw.peer.to_string();
    let allowed = user.ip_whitelist.as_ref().unwrap_or(&state.ip_whitelist);
    if !allowed.contains(&address) {
        return Err(unauthorized(&[
            "Access to this API endpoint is restricted to IP addresses that have been explicitly whitelisted.",
            &format!(
                "In order to access this API endpoint, please add your IP address ({address}) to the white list from the user dashboard."
            ),
        ]));
    }
    if user.plan.is_none() {
        return Err(envelope::refusal(
            "subscription_required",
            "You cannot proceed without an active plan. Please purchase a plan to continue",
        ));
    }
    // Times in this format sort like text.
    let today = clock::column_time(now);
    if user.plan_expires_at.as_deref().is_none_or(|end| end < today.as_str()) {
        return Err(envelope::refusal(
            "subscription_required",
            "Your plan has expired. Please renew or purchase a new plan to regain access.",
        ));
    }
    if !user.api_access {
        return Err(envelope::refusal(
            "not_available",
            "Your current plan does not support API access. Please upgrade your plan.",
        ));
    }
    Ok(user.id)
}

fn unauthorized(messages: &[&str]) -> Answer {
    let messages: Vec<String> = messages.iter().map(|text| (*text).to_owned()).collect();
    envelope::error(StatusCode::UNAUTHORIZED, "Unauthorized", &messages)
}
