//! The smallest program around openapi-generator's client.

use peer::apis::configuration::{ApiKey, Configuration};
use peer::apis::contacts_api::contact_list;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut client = Configuration::new();
    client.api_key = Some(ApiKey { prefix: None, key: "secret".to_owned() });
    let answer = contact_list(&client, Some(1), None, None).await?;
    println!("{:?}", answer.data);
    Ok(())
}
