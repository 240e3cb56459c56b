//! The list of templates.

use serde_json::Value;

use crate::{answer::Answer, world::Template};

use super::{context::Context, paginate, state::State};

/// Returns all templates of the user, regardless of their status. The server ignores a search.
pub(super) fn list(state: &mut State, context: &Context<'_>) -> Answer {
    let found: Vec<&Template> = state.templates.iter().filter(|row| row.user_id == context.user_id).collect();
    paginate::answer(context, &found, ("inbox", "Template data fetched successfully", "templates"), |row| {
        Value::Object(row.row.clone())
    })
}
