//! The stream of conversations that moved: each move once, none lost, whatever happens in the meantime.

mod model;
mod polls;
mod sandbox;
mod stub;
