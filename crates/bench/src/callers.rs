//! The calls that are compared, made by each client.

use bytes::Bytes;
use clap::ValueEnum;
use externalapi_client::{Client, Credentials, File, Provider};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use reqwest::multipart::{Form, Part};
use serde_json::Value;

use crate::load::Failure;
use crate::models::{ContactListResponse, SendMessageResponse};

/// The client that makes the calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Who {
    /// This workspace's client, with all its features on.
    Ours,
    /// reqwest by hand, decoding types with the same properties.
    Typed,
    /// reqwest by hand, decoding `serde_json::Value`.
    Untyped,
    /// hyper by hand, decoding types with the same properties.
    Hyper,
}

impl Who {
    pub const ALL: [(&'static str, Self); 4] =
        [("ours", Self::Ours), ("typed", Self::Typed), ("untyped", Self::Untyped), ("hyper", Self::Hyper)];
}

/// The call that is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A page of 20 contacts.
    List,
    /// A text message.
    Text,
    /// A message with the file at this path.
    Upload(String),
    /// This number of contacts, one after another, page by page.
    Contacts(usize),
}

impl What {
    /// Parses `list`, `text`, `upload:PATH` or `contacts:COUNT`.
    pub fn named(name: &str) -> Result<Self, Failure> {
        Ok(match name.split_once(':') {
            None if name == "list" => Self::List,
            None if name == "text" => Self::Text,
            Some(("upload", path)) => Self::Upload(path.to_owned()),
            Some(("contacts", count)) => Self::Contacts(count.parse()?),
            _ => return Err("write list, text, upload:PATH or contacts:COUNT".into()),
        })
    }
}

const ID: &str = "bench-client-id";
const SECRET: &str = "bench-client-secret";
const TEXT: &str = "Olá! Seu pedido saiu para entrega.";

/// A client that is set up once, as in a real program.
pub enum Caller {
    Ours(Client),
    Reqwest { client: reqwest::Client, base: String, typed: bool },
    Hyper { client: Hyper, base: String },
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

    /// Makes one call, decodes the answer and reads a value of it.
    pub async fn call(&self, what: &What) -> Result<(), Failure> {
        let there = match self {
            Self::Ours(client) => ours(client, what).await?,
            Self::Reqwest { client, base, typed } => by_hand(client, base, *typed, what).await?,
            Self::Hyper { client, base } => bare(client, base, what).await?,
        };
        if there { Ok(()) } else { Err("the answer is not what it should be".into()) }
    }
}

async fn ours(client: &Client, what: &What) -> Result<bool, Failure> {
    Ok(match what {
        What::List => {
            let answer = client.contact_list().page(1).paginate(20).send().await?;
            let contacts = answer.data.as_ref().and_then(|data| data.contacts.as_ref());
            contacts.and_then(|page| page.data.as_ref()).is_some_and(|rows| rows.len() == 20)
        }
        What::Text => {
            let call = client.send_message();
            let call = call.body_map(|b| b.mobile_code("55").mobile("11987654321").message(TEXT));
            is_sent(&*call.send().await?)
        }
        What::Upload(path) => {
            let file = File::from_path(path);
            let call = client.send_message();
            let call = call.body_map(|b| b.mobile_code("55").mobile("11987654321").document(file));
            is_sent(&*call.send().await?)
        }
        What::Contacts(count) => all_contacts(client, *count).await? == *count,
    })
}

fn is_sent(answer: &externalapi_client::types::SendMessageResponse) -> bool {
    answer.data.as_ref().is_some_and(|data| data.message.is_some())
}

/// Reads `count` contacts, one after another.
async fn all_contacts(client: &Client, count: usize) -> Result<usize, Failure> {
    let mut contacts = client.contact_list().paginate(100).items();
    let mut seen = 0;
    while seen < count
        && let Some(contact) = contacts.next().await
    {
        seen += usize::from(contact?.id.is_some());
    }
    Ok(seen)
}

async fn by_hand(client: &reqwest::Client, base: &str, typed: bool, what: &What) -> Result<bool, Failure> {
    let form = || Form::new().text("mobile_code", "55").text("mobile", "11987654321");
    let post = || client.post(format!("{base}/inbox/send-message"));
    let request = match what {
        What::List => client.get(format!("{base}/contact/list")).query(&[("page", 1), ("paginate", 20)]),
        What::Text => post().multipart(form().text("message", TEXT)),
        What::Upload(path) => post().multipart(form().part("document", Part::file(path).await?)),
        What::Contacts(_) => return Err("a stream is ours alone".into()),
    };
    let answer = request.header("client-id", ID).header("client-secret", SECRET).send().await?.error_for_status()?;
    Ok(match what {
        _ if !typed => success(&answer.json().await?),
        What::List => contacts(&answer.json().await?),
        _ => sent(&answer.json().await?),
    })
}

type Hyper = hyper_util::client::legacy::Client<HttpConnector, Full<Bytes>>;

async fn bare(client: &Hyper, base: &str, what: &What) -> Result<bool, Failure> {
    let request = hyper::Request::builder().header("client-id", ID).header("client-secret", SECRET);
    let request = match what {
        What::List => request.uri(format!("{base}/contact/list?page=1&paginate=20")).body(Full::default())?,
        What::Text => {
            let part = |name: &str, text: &str| {
                format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
            };
            let (code, mobile) = (part("mobile_code", "55"), part("mobile", "11987654321"));
            let body = code + &mobile + &part("message", TEXT) + "--b--\r\n";
            let request = request.method("POST").uri(format!("{base}/inbox/send-message"));
            request.header("content-type", "multipart/form-data; boundary=b").body(Full::from(body))?
        }
        _ => return Err("not with bare hyper".into()),
    };
    let body = client.request(request).await?.into_body().collect().await?.to_bytes();
    Ok(match what {
        What::List => contacts(&serde_json::from_slice(&body)?),
        _ => sent(&serde_json::from_slice(&body)?),
    })
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
