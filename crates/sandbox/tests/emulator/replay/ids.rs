//! Maps the ids of created rows in a recording to those in the sandbox.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// The tables in which calls create rows.
pub(super) const TABLES: [&str; 3] = ["contacts", "conversations", "messages"];

/// Ids of existing rows must be equal. The id of a new row may differ, but must be the same everywhere.
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

    /// Registers an id that the recorded call created.
    pub(super) fn made(&mut self, table: &'static str, id: i64) {
        self.made.entry(table).or_default().insert(id);
    }

    /// Registers the ids in `observed.created`.
    pub(super) fn created(&mut self, created: &Value) {
        for table in TABLES {
            for id in created[table].as_array().into_iter().flatten().filter_map(Value::as_i64) {
                self.made(table, id);
            }
        }
    }

    /// Whether an id is the recorded one, or the one that corresponds to it.
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

    /// Replaces the recorded id in a path by the sandbox's.
    pub(super) fn in_path(&self, path: &str) -> String {
        const PREFIXES: [(&str, &str); 4] = [
            ("contacts", "/contact/update/"),
            ("contacts", "/contact/delete/"),
            ("conversations", "/inbox/conversation-details/"),
            ("conversations", "/inbox/change-conversation-status/"),
        ];
        for (table, prefix) in PREFIXES {
            let Some((before, text)) = path.rsplit_once(prefix) else { continue };
            let Ok(id) = text.parse::<i64>() else { continue };
            if let Some(given) =
                self.given.get(table).and_then(|given| given.get(&id)).filter(|_| id.to_string() == text)
            {
                return format!("{before}{prefix}{given}");
            }
        }
        path.to_owned()
    }
}
