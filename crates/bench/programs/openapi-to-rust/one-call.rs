//! The smallest program around openapi-to-rust's client.

#[allow(warnings)]
mod generated;

use generated::HttpClient;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = HttpClient::new().with_base_url("https://www.escalazap.com/external-api");
    let client = client.with_header("client-id", "id").with_header("client-secret", "secret");
    let answer = client.contact_list(Some(1), None, None::<&str>).await.map_err(|error| format!("{error:?}"))?;
    println!("{:?}", answer.data);
    Ok(())
}
