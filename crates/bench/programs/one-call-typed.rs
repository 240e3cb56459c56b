//! The smallest program around reqwest for the same call.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Answer {
    data: Option<Data>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Data {
    contacts: Page,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Page {
    data: Vec<Contact>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Contact {
    id: i64,
    firstname: Option<String>,
    mobile: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = reqwest::Client::builder().timeout(std::time::Duration::from_secs(30)).build()?;
    let request = client.get("https://www.escalazap.com/external-api/contact/list?page=1");
    let answer = request.header("client-id", "id").header("client-secret", "secret").send().await?;
    let answer: Answer = serde_json::from_slice(&answer.error_for_status()?.bytes().await?)?;
    println!("{:?}", answer.data);
    Ok(())
}
