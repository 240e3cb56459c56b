//! Schedules a text through ChatGuru, for tomorrow at nine in the recipient's time zone.
//!
//! Run `cargo run --example schedule`. Without `CHATGURU_…` variables in the environment, it starts a sandbox and moves the
//! sandbox's clock forward.

mod account;

use std::time::Duration;

use zap_facade::jiff::civil::time;
use zap_facade::jiff::{ToSpan, Zoned};
use zap_facade::{Provider, SendTime, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let to = account::recipient(Provider::ChatGuru)?;
    let account = account::of(Provider::ChatGuru).await?;
    // The account's time zone is a setting, CHATGURU_TIME_ZONE. The recipient's may differ.
    let messenger = connect(account.config)?;

    let tomorrow = Zoned::now().in_tz("America/Manaus")?.checked_add(1.day())?;
    // Returns an error if the clocks never show this time or show it twice, because they are put forward or back.
    let at = SendTime::local(tomorrow.date().to_datetime(time(9, 0, 0, 0)), tomorrow.time_zone())?;
    let sent = messenger.send_text_at(&to, "Bom dia!", at).await;
    let receipt = sent.map_err(|error| account::advice(&error))?;
    let id = receipt.message_id.ok_or("the answer has no id")?;
    println!("now: {}", messenger.delivery_state(&id).await?);

    if let Some(sandbox) = &account.sandbox {
        sandbox.clock().advance(Duration::from_secs(48 * 3600));
        println!("two days later: {}", messenger.delivery_state(&id).await?);
    }
    Ok(())
}
