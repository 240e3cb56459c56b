//! The transactions, once for all databases. The names T1 to T8 are those of the README's table.

mod accounts;
mod apply;
mod begin;
mod campaigns;
mod finish;
mod import;
mod look;
mod progress;
mod report;
mod retry;
mod settle;

pub use accounts::{Check, NextCheck};
pub use begin::{Begun, Next};
pub use finish::Swept;
pub use import::{Enqueued, Imported};
pub use retry::Retried;

pub(crate) use accounts::{
    begin_check, finish_check, next_check, open_account, opt_in, opt_out, pause_account, resume_account,
};
pub(crate) use begin::begin;
pub(crate) use campaigns::{change, complete, create, pause_restored, start};
pub(crate) use finish::{finish, sweep};
pub(crate) use import::{enqueue, import};
pub(crate) use look::{Sent, controls, others, settle_looked};
pub(crate) use progress::progress;
pub(crate) use report::{Reported, report_page};
pub(crate) use retry::retry;
pub(crate) use settle::{resend, settle};
