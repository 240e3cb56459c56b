//! Ids.

use std::fmt;

use serde::Serialize;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
            pub struct $name(pub i64);

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }
        )+
    };
}

ids! {
    /// The id of an account in a ledger.
    AccountId;
    /// The id of a campaign in a ledger.
    CampaignId;
    /// The id of a message in a ledger. Later messages have higher ids.
    MessageId;
}
