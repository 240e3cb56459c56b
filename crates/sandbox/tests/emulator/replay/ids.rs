//! Ids of rows that calls make: those of the recording, and those of the sandbox in their place.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// The tables whose rows calls make.
pub(super) const TABLES: [&str; 3] = ["contacts", "conversations", "messages"];

/// The same row has the same id everywhere; of a new row, which one it is does not matter.
#[derive(Debug, Default)]
pub(super) struct Ids {
    of_world: BTreeMap<&'static str, BTreeSet<i64>>,
    made: BTreeMap<&'static str, BTreeSet<i64>>,
    given: BTreeMap<&'static str, BTreeMap<i64, i64>>,
}

impl Ids {
    pub(super) fn new(world: &Value) -> Self {
        let of_table = |table: &'static str| {
            let rows = world[table].as_array().map_or(&[] as &[Value], Vec::as_slice);
            (table, rows.iter().filter_map(|row| row["id"].as_i64()).collect())
        };
        Self { of_world: TABLES.map(of_table).into(), ..Self::default() }
    }

    /// Notes an id that the recorded call made.
    pub(super) fn made(&mut self, table: &'static str, id: i64) {
        self.made.entry(table).or_default().insert(id);
    }

    /// Notes the ids of `observed.created`.
    pub(super) fn created(&mut self, created: &Value) {
        for table in TABLES {
            for id in created[table].as_array().into_iter().flatten().filter_map(Value::as_i64) {
                self.made(table, id);
            }
        }
    }

    /// Whether an id is the recorded one, or stands in its place.
    pub(super) fn are_equal(&mut self, table: &'static str, want: &Value, got: &Value) -> bool {
        let (Some(recorded), Some(id)) = (want.as_i64(), got.as_i64()) else { return want == got };
        if !self.made.get(table).is_some_and(|made| made.contains(&recorded)) {
            return recorded == id;
        }
        let given = self.given.entry(table).or_default();
        if let Some(known) = given.get(&recorded) {
            return *known == id;
        }
        if self.of_world[table].contains(&id) || given.values().any(|known| *known == id) {
            return false;
        }
        given.insert(recorded, id);
        true
    }

    /// The path with the sandbox's id.
    pub(super) fn in_path(&self, path: &str) -> String {
        const PLACES: [(&str, &str); 4] = [
            ("contacts", "/contact/update/"),
            ("contacts", "/contact/delete/"),
            ("conversations", "/inbox/conversation-details/"),
            ("conversations", "/inbox/change-conversation-status/"),
        ];
        for (table, place) in PLACES {
            let Some((before, text)) = path.rsplit_once(place) else { continue };
            let Ok(id) = text.parse::<i64>() else { continue };
            if let Some(given) =
                self.given.get(table).and_then(|given| given.get(&id)).filter(|_| id.to_string() == text)
            {
                return format!("{before}{place}{given}");
            }
        }
        path.to_owned()
    }
}
