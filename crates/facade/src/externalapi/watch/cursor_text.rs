//! Cursors as texts: `v1.TIME:ID.TIME:ID….CHECKSUM`, the floor first.

use std::fmt;
use std::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::cursor::{ConversationCursor, Move};

const VERSION: &str = "v1";
/// Stands for the id of a floor that covers its whole time.
const ALL_IDS: &str = "*";
const BEGINNING: &str = "beginning";

/// The error for a text that is not a [`ConversationCursor`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvalidCursor {
    /// It is empty, cut off, changed, or something else.
    Damaged,
    /// It is of a later version of this library.
    UnknownVersion,
}

impl fmt::Display for InvalidCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Damaged => {
                "the conversation cursor is damaged or cut off: use an earlier one, or ConversationCursor::now; its \
                 length varies, so store it in a column without a short limit"
            }
            Self::UnknownVersion => "the conversation cursor is of a later version of zap-facade: update this program",
        })
    }
}

impl std::error::Error for InvalidCursor {}

impl fmt::Display for ConversationCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let floor = match self.floor {
            Move::FIRST => BEGINNING.to_owned(),
            Move { time, id: i64::MAX } => format!("{time}:{ALL_IDS}"),
            Move { time, id } => format!("{time}:{id}"),
        };
        let recent = self.recent.iter().map(|Move { time, id }| format!(".{time}:{id}"));
        let text = format!("{VERSION}.{floor}{}", recent.collect::<String>());
        write!(f, "{text}.{:08x}", checksum(&text))
    }
}

impl FromStr for ConversationCursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        // A database or an editor may add white space.
        let text = text.trim();
        let (version, _) = text.split_once('.').ok_or(InvalidCursor::Damaged)?;
        let is_version = version.strip_prefix('v').is_some_and(|number| number.parse::<u32>().is_ok());
        if is_version && version != VERSION {
            return Err(InvalidCursor::UnknownVersion);
        }
        parse(text).ok_or(InvalidCursor::Damaged)
    }
}

fn parse(text: &str) -> Option<ConversationCursor> {
    let (text, sum) = text.rsplit_once('.')?;
    if sum != format!("{:08x}", checksum(text)) {
        return None;
    }
    let mut parts = text.strip_prefix(VERSION)?.strip_prefix('.')?.split('.');
    let floor = match parts.next()? {
        BEGINNING => Move::FIRST,
        floor => match floor.strip_suffix(ALL_IDS).and_then(|floor| floor.strip_suffix(':')) {
            Some(time) => Move::last_at(time.parse().ok()?),
            None => parse_move(floor)?,
        },
    };
    let recent = parts.map(parse_move).collect::<Option<Vec<_>>>()?;
    let in_order = recent.is_sorted() && recent.first().is_none_or(|first| *first > floor);
    in_order.then_some(ConversationCursor { floor, recent })
}

fn parse_move(text: &str) -> Option<Move> {
    let (time, id) = text.split_once(':')?;
    Some(Move { time: time.parse().ok()?, id: id.parse().ok()? })
}

/// FNV-1a. It detects a text that was cut off, which could otherwise be a cursor, too.
fn checksum(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

impl Serialize for ConversationCursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ConversationCursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text)
    }
}

struct Text;

impl Visitor<'_> for Text {
    type Value = ConversationCursor;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a conversation cursor as text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<ConversationCursor, E> {
        text.parse().map_err(E::custom)
    }
}
