//! Opening hours: when messages may be sent, in the recipient's time zone.

mod next;
mod opening_hours;
mod parse;

pub use next::Opening;
pub use opening_hours::OpeningHours;
pub use parse::InvalidHours;
