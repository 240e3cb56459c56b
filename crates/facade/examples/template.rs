//! Sends a template message with variables through EscalaZap.
//!
//! Run `cargo run --example template`. Without `ESCALAZAP_…` variables in the environment, it starts a sandbox.

mod account;

use zap_facade::externalapi_client::types::TemplateStatus;
use zap_facade::{Outcome, Provider, TemplateMessage, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let to = account::recipient(Provider::EscalaZap)?;
    let account = account::of(Provider::EscalaZap).await?;
    let messenger = connect(account.config)?;

    // The trait has no list of templates, so use the provider's own client.
    let client = messenger.externalapi().ok_or("this provider is not an instance of ExternalApi")?;
    let page = client.template_list().send().await?.into_inner().data.and_then(|data| data.templates);
    let templates = page.and_then(|page| page.data).unwrap_or_default();
    let approved = templates.into_iter().find(|template| template.status == Some(TemplateStatus::Approved));
    let template = approved.ok_or("no template is approved")?;
    println!("{:?}: {:?}", template.name, template.body);

    let message = TemplateMessage::new(template.id.ok_or("the template has no id")?).with_body(["Ana"]);
    match messenger.send_template(&to, &message).await {
        Ok(receipt) => println!("the template is {}", receipt.state),
        // Some versions answer every template like this, whether it is delivered or not. Do not send it again.
        Err(error) if error.outcome() == Outcome::Unknown => println!("{}", account::advice(&error)),
        Err(error) => return Err(account::advice(&error).into()),
    }
    Ok(())
}
