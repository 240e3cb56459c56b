//! What the database holds.

mod account;
mod campaign;
mod event;
mod ids;
mod message;
mod progress;

pub use account::{Account, OptOut};
pub use campaign::{Campaign, Count, NewCampaign};
pub use event::Event;
pub use ids::{AccountId, CampaignId, MessageId};
pub use message::{Claim, Finish, Message, NewMessage};
pub use progress::Progress;
