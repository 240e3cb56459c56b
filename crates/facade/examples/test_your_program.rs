//! Tests a program against the sandbox: what does it deliver, also if the provider fails?
//!
//! It always starts its own sandbox. In your crate, write the content of `main` as a test.

use zap_facade::contract::Account;
use zap_facade::{Error, Messenger, Outcome, PhoneNumber, Provider, connect};
use zap_sandbox::{Fault, Sandbox};

/// The program under test. Reminds customers, and returns those for whom the call failed.
async fn remind(messenger: &dyn Messenger, customers: &[PhoneNumber]) -> Vec<(PhoneNumber, Error)> {
    let mut unsure = Vec::new();
    for to in customers {
        let mut sent = messenger.send_text(to, "Amanhã às 9h!").await;
        // Retry only if it provably was not sent and may work later. A real program waits before it retries.
        if sent.as_ref().is_err_and(|error| error.outcome() == Outcome::NotDone && error.is_transient()) {
            sent = messenger.send_text(to, "Amanhã às 9h!").await;
        }
        unsure.extend(sent.err().map(|error| (to.clone(), error)));
    }
    unsure
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    // The settings that your users would put into the environment.
    let messenger = connect(Account::of(&sandbox, Provider::EscalaZap).config())?;
    let customers = ["+55 11 98765-4321".parse()?, "+55 31 97777-0003".parse()?];

    assert!(remind(&*messenger, &customers).await.is_empty());
    let to: Vec<_> = sandbox.deliveries().into_iter().map(|delivery| delivery.to).collect();
    assert_eq!(to, ["5511987654321", "5531977770003"], "each customer got one");

    // A temporary refusal is retried.
    sandbox.reset();
    sandbox.faults().add(Fault::answer(429, "slowly").before())?;
    assert!(remind(&*messenger, &customers).await.is_empty());
    assert_eq!(sandbox.deliveries().len(), 2);

    // A message that was delivered, but whose answer was lost, is not.
    sandbox.reset();
    sandbox.faults().add(Fault::close_after())?;
    let unsure = remind(&*messenger, &customers).await;
    assert_eq!((unsure.len(), &unsure[0].0), (1, &customers[0]));
    assert_eq!(sandbox.deliveries().len(), 2, "no customer got two");

    println!("the program delivers once, whatever happens");
    Ok(())
}
