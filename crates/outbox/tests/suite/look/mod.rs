//! Looks at the conversations of unknown messages.

mod fixture;
mod many;
mod outcomes;
mod races;
mod reads;
mod script;
mod table;
