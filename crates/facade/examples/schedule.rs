//! A text for tomorrow at nine, on the receiver's clock, through ChatGuru. Without `CHATGURU_…`
//! variables in the environment it starts a sandbox, where tomorrow comes at once.

mod account;

use std::time::Duration;

use zap_facade::jiff::civil::time;
use zap_facade::jiff::{ToSpan, Zoned};
use zap_facade::{Provider, SendTime, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let account = account::of(Provider::ChatGuru).await?;
    // The account's own zone is a setting, CHATGURU_TIME_ZONE; the receiver's may be another.
    let messenger = connect(account.config)?;

    let tomorrow = Zoned::now().in_tz("America/Manaus")?.checked_add(1.day())?;
    // Refused where clocks are put forward or back, since no clock or two of them show such a time.
    let at = SendTime::local(tomorrow.date().to_datetime(time(9, 0, 0, 0)), tomorrow.time_zone())?;
    let sent = messenger.send_text_at(&account.to, "Bom dia!", at).await;
    let receipt = sent.map_err(|error| account::advice(&error))?;
    let id = receipt.message_id.ok_or("the answer has no id")?;
    println!("now: {}", messenger.delivery_state(&id).await?);

    if let Some(sandbox) = &account.sandbox {
        sandbox.clock().advance(Duration::from_secs(48 * 3600));
        println!("two days later: {}", messenger.delivery_state(&id).await?);
    }
    Ok(())
}
