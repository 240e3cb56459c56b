//! The README's table of capabilities says what the messengers say.

use zap_facade::jiff::tz::TimeZone;
use zap_facade::{Capability, ChatGuru, ExternalApi, Messenger};

use crate::support;

#[test]
fn the_table_of_capabilities_is_true() {
    let externalapi = ExternalApi::new(support::externalapi("http://127.0.0.1:1").build().unwrap());
    let chatguru =
        ChatGuru::new(support::chatguru("http://127.0.0.1:1").build().unwrap()).with_time_zone(TimeZone::UTC);
    let readme = include_str!("../../README.md");
    let rows: Vec<Vec<&str>> = readme.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
    for &capability in Capability::ALL {
        let row = rows.iter().find(|row| row.get(1) == Some(&capability.to_string().as_str()));
        let row = row.unwrap_or_else(|| panic!("`{capability}` is not in the table"));
        assert_eq!(row[3] != "–", externalapi.capabilities().has(capability), "{capability}, ExternalApi");
        assert_eq!(row[4] != "–", chatguru.capabilities().has(capability), "{capability}, ChatGuru");
        assert!(row[2].contains(capability.method()) || row[2] == "the same", "{capability}: {}", row[2]);
    }
}
