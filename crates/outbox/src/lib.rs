// The README's links lead to published pages. In rustdoc, these definitions come first and so take precedence.
//! [`Content`]: Content
//! [`Event`]: Event
//! [`Evidence`]: model::Evidence
//! [`Outbox::check`]: Outbox::check
//! [`Rate::with_burst`]: model::Rate::with_burst
//! [`Upload`]: Upload
//! [`begin`]: Ledger::begin
//! [`counters`]: Ledger::counters
//! [`counts`]: Ledger::counts
//! [`enqueue`]: Ledger::enqueue
//! [`finish`]: Ledger::finish
//! [`import_batch`]: Ledger::import_batch
//! [`model`]: model
//! [`pause_account`]: Ledger::pause_account
//! [`pause_campaign`]: Ledger::pause_campaign
//! [`progress`]: Ledger::progress
//! [`recipients`]: recipients
//! [`report`]: Ledger::report
//! [`resend`]: Ledger::resend
//! [`look_up_unknowns`]: Outbox::look_up_unknowns
//! [`resume_account`]: Ledger::resume_account
//! [`unknown`]: unknown
//! [`retry_not_done`]: Ledger::retry_not_done
//! [`settle`]: Ledger::settle
//! [`sweep`]: Ledger::sweep
//! [resend]: Ledger::resend
//!
#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod clock;
mod content;
mod conversation;
mod counters;
mod error;
mod forecast;
mod hours;
mod import;
mod ledger;
mod look;
mod memory;
pub mod model;
#[cfg(feature = "postgres")]
pub mod postgres;
pub mod recipients;
mod records;
mod report;
#[cfg(feature = "sqlite")]
pub mod sqlite;
mod tables;
mod transactions;
#[doc = include_str!("../docs/unknown.md")]
pub mod unknown {}
mod words;
mod worker;

pub use clock::Clock;
pub use content::{Content, ContentError, FileDigest, FileError, InvalidContent, MediaContent, Params, Source, Upload};
pub use counters::Counters;
pub use error::LedgerError;
pub use forecast::Forecast;
pub use hours::{InvalidHours, Opening, OpeningHours};
pub use import::Import;
/// The time library.
#[doc(no_inline)]
pub use jiff;
pub use ledger::Ledger;
pub use look::LookedUp;
pub use records::{
    Account, AccountId, Campaign, CampaignId, Claim, Count, Event, Finish, Message, MessageId, NewCampaign, NewMessage,
    OptOut, Progress,
};
pub use report::ReportError;
pub use tables::EventsOf;
pub use transactions::{Begun, Check, Enqueued, Imported, Next, NextCheck, Retried, Swept};
pub use words::UnknownWord;
pub use worker::{Outbox, OutboxBuilder, Stopped};
/// The facade, whose types are part of this library's interface.
#[doc(no_inline)]
pub use zap_facade;
