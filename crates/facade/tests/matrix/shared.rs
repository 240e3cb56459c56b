//! What this matrix shares with that of the runtime's tests.

#[path = "../../../client-runtime/tests/support/faults.rs"]
pub mod faults;
#[path = "../../../client-runtime/tests/support/outcome_table.rs"]
pub mod outcome_table;
#[path = "../../../client-runtime/tests/support/relay.rs"]
pub mod relay;
#[path = "../../../client-runtime/tests/support/route.rs"]
pub mod route;

// What these modules need.
use crate::support::{ClosedPort, Reply, Server, is_whole, tls};
