//! The smallest program around this workspace's client.

use externalapi_client::{Client, Credentials, Provider};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(Provider::EscalaZap, Credentials::new("id", "secret")).build()?;
    let answer = client.contact_list().page(1).send().await?;
    println!("{:?}", answer.data);
    Ok(())
}
