//! The same two calls in every way that is compared.

use bytes::Bytes;
use externalapi_client::types::{ContactListResponse, SendMessageResponse};
use externalapi_client::{Client, Credentials, Provider};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use reqwest::multipart::Form;
use serde_json::Value;

pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// This workspace's client, with all that it promises.
    Ours,
    /// reqwest by hand, decoding the types of this workspace.
    Typed,
    /// reqwest by hand, decoding `serde_json::Value`.
    Untyped,
    /// hyper by hand, decoding the types of this workspace.
    Hyper,
}

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A page of 20 contacts.
    List,
    /// A text message.
    Text,
}

const ID: &str = "bench-client-id";
const SECRET: &str = "bench-client-secret";
const TEXT: &str = "Olá! Seu pedido saiu para entrega.";

/// A client that is set up once, as a program would.
pub enum Caller {
    Ours(Client),
    Reqwest { client: reqwest::Client, base: String, typed: bool },
    Hyper { client: hyper_util::client::legacy::Client<HttpConnector, Full<Bytes>>, base: String },
}

impl Caller {
    pub fn new(who: Who, origin: &str) -> Result<Self, Failure> {
        let base = format!("{origin}/external-api");
        Ok(match who {
            Who::Ours => {
                let credentials = Credentials::new(ID, SECRET);
                Self::Ours(Client::builder(Provider::EscalaZap, credentials).base_url(base).build()?)
            }
            Who::Typed | Who::Untyped => {
                let client = reqwest::Client::builder().timeout(std::time::Duration::from_secs(30)).build()?;
                Self::Reqwest { client, base, typed: who == Who::Typed }
            }
            Who::Hyper => {
                let client = hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build_http();
                Self::Hyper { client, base }
            }
        })
    }

    /// One call; its answer is decoded and looked into.
    pub async fn call(&self, what: What) -> Result<(), Failure> {
        let there = match (self, what) {
            (Self::Ours(client), What::List) => {
                let answer = client.contact_list().page(1).paginate(20).send().await?;
                contacts(&answer)
            }
            (Self::Ours(client), What::Text) => {
                let call = client.send_message();
                let answer = call.body_map(|b| b.mobile_code("55").mobile("11987654321").message(TEXT)).send().await?;
                sent(&answer)
            }
            (Self::Reqwest { client, base, typed }, What::List) => {
                let request = client.get(format!("{base}/contact/list")).query(&[("page", 1), ("paginate", 20)]);
                let answer = request.header("client-id", ID).header("client-secret", SECRET).send().await?;
                let answer = answer.error_for_status()?;
                if *typed { contacts(&answer.json().await?) } else { success(&answer.json().await?) }
            }
            (Self::Reqwest { client, base, typed }, What::Text) => {
                let form = Form::new().text("mobile_code", "55").text("mobile", "11987654321").text("message", TEXT);
                let request = client.post(format!("{base}/inbox/send-message")).multipart(form);
                let answer = request.header("client-id", ID).header("client-secret", SECRET).send().await?;
                let answer = answer.error_for_status()?;
                if *typed { sent(&answer.json().await?) } else { success(&answer.json().await?) }
            }
            (Self::Hyper { client, base }, what) => {
                let request = hyper::Request::builder().header("client-id", ID).header("client-secret", SECRET);
                let request = match what {
                    What::List => {
                        request.uri(format!("{base}/contact/list?page=1&paginate=20")).body(Full::default())?
                    }
                    What::Text => {
                        let part = |name: &str, text: &str| {
                            format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
                        };
                        let (code, mobile) = (part("mobile_code", "55"), part("mobile", "11987654321"));
                        let body = code + &mobile + &part("message", TEXT) + "--b--\r\n";
                        request
                            .method("POST")
                            .uri(format!("{base}/inbox/send-message"))
                            .header("content-type", "multipart/form-data; boundary=b")
                            .body(Full::from(body))?
                    }
                };
                let body = client.request(request).await?.into_body().collect().await?.to_bytes();
                match what {
                    What::List => contacts(&serde_json::from_slice(&body)?),
                    What::Text => sent(&serde_json::from_slice(&body)?),
                }
            }
        };
        if there { Ok(()) } else { Err("the answer is not what it should be".into()) }
    }
}

fn contacts(answer: &ContactListResponse) -> bool {
    let contacts = answer.data.as_ref().and_then(|data| data.contacts.as_ref());
    contacts.and_then(|page| page.data.as_ref()).is_some_and(|rows| rows.len() == 20)
}

fn sent(answer: &SendMessageResponse) -> bool {
    answer.data.as_ref().is_some_and(|data| data.message.is_some())
}

fn success(answer: &Value) -> bool {
    answer["status"] == "success"
}
