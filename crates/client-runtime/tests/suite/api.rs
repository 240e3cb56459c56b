//! A tiny API with a client written by hand, as small as the runtime allows: a list to read, a letter to send as a
//! form, and, in a second API, a note to send as parameters.
//!
//! The first API has its credentials in headers and lists the remarks that prove a refusal; the second has them among
//! the parameters, and each of its errors is a refusal. Both name the provider `Pombo`.

use std::fmt;
use std::marker::PhantomData;

use zap_client_runtime::reqwest::{self, Method};
use zap_client_runtime::{
    Answer, Api, Call, ClientBuilder, Constraint, CredentialLocation, Credentials, DryRun, Envelope, Error, Evidence,
    File, Form, Instance, Items, Key, Operation, Page, Pagination, RawClient, RefusalReason, Refusals, ResponseValue,
    Rule, Safety, Secret, object,
};

pub const CLIENT_ID: &str = "canary-client-id";
pub const CLIENT_SECRET: &str = "canary-client-secret";
pub const KEY: &str = "canary-key";
pub const ACCOUNT_ID: &str = "canary-account-id";

/// Every secret of the clients below.
pub const SECRETS: [&str; 4] = [CLIENT_ID, CLIENT_SECRET, KEY, ACCOUNT_ID];

static BY_HEADER: Api = Api {
    user_agent: "pombo/1",
    envelope: Envelope {
        status: "status",
        success: "success",
        error: "error",
        remark: Some("remark"),
        texts: &["message"],
        refusals: Refusals::Listed(&[
            ("validation_error", RefusalReason::Validation),
            ("not_found", RefusalReason::NotFound),
            ("subscription_required", RefusalReason::Plan),
        ]),
        validation: None,
        reasons: &[],
    },
    trims: true,
    paths: &["/birds", "/letters"],
};

static BY_PARAMETER: Api = Api {
    user_agent: "pombo/1",
    envelope: Envelope {
        status: "result",
        remark: None,
        texts: &["description"],
        refusals: Refusals::All,
        ..BY_HEADER.envelope
    },
    trims: false,
    paths: &["/api/v1"],
};

pub static BIRD_LIST: Operation = Operation::new("bird_list", Method::GET, "/birds", Safety::Read, "List the birds.")
    .with_fields(&["page", "search"])
    .with_pagination(Pagination {
        page: "page",
        page_size: "size",
        items: &["data", "birds", "data"],
        last_page: &["data", "birds", "last_page"],
        total: Some(&["data", "birds", "total"]),
        key: Some("id"),
    })
    .with_rules(&[Rule::new(&["page"], Constraint::Minimum(1), Evidence::Docs, &["P1"], "")]);

pub static LETTER_SEND: Operation =
    Operation::new("letter_send", Method::POST, "/letters", Safety::Change, "Send a letter.")
        .with_fields(&["to", "text", "scan"])
        .with_rules(&[
            Rule::new(&["to"], Constraint::Required, Evidence::Docs, &["P2"], ""),
            Rule::new(&["to"], Constraint::Digits, Evidence::Docs, &["P2"], ""),
            Rule::new(&["scan"], Constraint::MaxBytes(100 * 1024 * 1024), Evidence::Docs, &["P3"], ""),
            Rule::new(&["text", "scan"], Constraint::AtLeastOne, Evidence::Docs, &["P3"], ""),
        ]);

pub static NOTE_ADD: Operation = Operation::new("note_add", Method::POST, "/api/v1", Safety::Change, "Add a note.")
    .with_constants(&[("action", "note_add")])
    .with_fields(&["to", "text"])
    .with_rules(&[
        Rule::new(&["to"], Constraint::Required, Evidence::Docs, &["P4"], ""),
        Rule::new(&["to"], Constraint::Digits, Evidence::Docs, &["P4"], ""),
    ]);

struct Headers;

impl Credentials for Headers {
    fn into_parts(self) -> Vec<(CredentialLocation, Secret)> {
        [("client-id", CLIENT_ID), ("client-secret", CLIENT_SECRET)]
            .map(|(name, value)| (CredentialLocation::Header(name), Secret::from(value)))
            .into()
    }
}

struct Parameters;

impl Credentials for Parameters {
    fn into_parts(self) -> Vec<(CredentialLocation, Secret)> {
        [("key", KEY), ("account_id", ACCOUNT_ID)]
            .map(|(name, value)| (CredentialLocation::Parameter(name), Secret::from(value)))
            .into()
    }
}

/// A client of the API with credentials in headers, at a server on loopback.
pub fn by_header(origin: &str) -> ClientBuilder<Client> {
    by_environment(format!("{origin}/pombo")).configure_reqwest(direct)
}

/// A client of the API with credentials among the parameters.
pub fn by_parameter(origin: &str) -> ClientBuilder<Client> {
    ClientBuilder::new(&BY_PARAMETER, Instance::new("Pombo", origin), Parameters).configure_reqwest(direct)
}

/// Returns the same client as [`by_header`], but with the proxies of the environment.
pub fn by_environment(base_url: String) -> ClientBuilder<Client> {
    ClientBuilder::new(&BY_HEADER, Instance::new("Pombo", base_url), Headers)
}

/// Turns off the proxies that the environment may name, for calls to loopback.
pub fn direct(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.no_proxy()
}

/// A client like the generated ones: typed calls that wrap untyped ones.
#[derive(Clone, Debug)]
pub struct Client(RawClient);

impl From<RawClient> for Client {
    fn from(raw: RawClient) -> Self {
        Self(raw)
    }
}

impl Client {
    /// Lists birds.
    pub fn list(&self) -> Request<'_, BirdList> {
        Request::new(self.0.call(&BIRD_LIST))
    }

    /// Lists birds page by page.
    pub fn birds(&self) -> Items<'_, Bird> {
        self.birds_from(1)
    }

    pub fn birds_from(&self, first: i64) -> Items<'_, Bird> {
        Items::new(&self.0, &BIRD_LIST, Some(first), move |number| {
            let call = self.list().query("page", &number.to_string());
            Box::pin(async move {
                let page = call.send().await?.into_inner().data.and_then(|data| data.birds).unwrap_or_default();
                let items = page.data.unwrap_or_default().into_iter();
                let items = items.map(|bird| (Key::of(bird.id.map(Into::into), &bird), bird)).collect();
                Ok(Page { items, last_page: page.last_page, total: page.total })
            })
        })
    }

    /// Sends a letter with this text.
    pub fn letter(&self, text: &str) -> Request<'_, Sent> {
        self.letter_of(Form::new().text("to", ["11987654321"]).text("text", [text]))
    }

    /// Sends a letter with this scan.
    pub fn scan(&self, file: File) -> Request<'_, Sent> {
        self.letter_of(Form::new().text("to", ["11987654321"]).file("scan", [file]))
    }

    pub fn letter_of(&self, form: Form) -> Request<'_, Sent> {
        Request::new(self.0.call(&LETTER_SEND).form(form))
    }

    /// Adds a note.
    pub fn note(&self, text: &str) -> Request<'_, Noted> {
        self.note_to("5511987654321").query("text", text)
    }

    pub fn note_to(&self, number: &str) -> Request<'_, Noted> {
        Request::new(self.0.call(&NOTE_ADD)).query("to", number)
    }
}

/// A call whose answer is a `T`.
#[must_use]
pub struct Request<'c, T> {
    call: Call<'c>,
    answer: PhantomData<fn() -> T>,
}

impl<'c, T: Answer> Request<'c, T> {
    fn new(call: Call<'c>) -> Self {
        Self { call, answer: PhantomData }
    }

    pub fn query(self, name: &'static str, value: &str) -> Self {
        Self::new(self.call.query(name, [value]))
    }

    pub async fn send(self) -> Result<ResponseValue<T>, Error> {
        self.call.send().await
    }

    pub async fn dry_run(self) -> Result<DryRun, Error> {
        self.call.dry_run().await
    }
}

impl<T> fmt::Debug for Request<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}

macro_rules! answers {
    ($($(#[$answer:ident])? $name:ident { $($property:literal => $field:ident: $type:ty),* $(,)? })*) => {$(
        #[derive(Clone, Debug, Default)]
        pub struct $name { $(pub $field: $type),* }

        object! { $name { $($property => $field),* } }
    )*};
}

answers! {
    BirdList {
        "status" => status: Option<String>, "message" => message: Option<Vec<String>>, "data" => data: Option<BirdData>,
    }
    BirdData { "birds" => birds: Option<BirdPage> }
    BirdPage { "data" => data: Option<Vec<Bird>>, "last_page" => last_page: Option<i64>, "total" => total: Option<i64> }
    Bird { "id" => id: Option<i64>, "name" => name: Option<String>, "loft" => loft: Option<String> }
    Sent {
        "status" => status: Option<String>, "message" => message: Option<Vec<String>>, "data" => data: Option<BirdData>,
    }
    Noted {
        "result" => result: Option<String>, "description" => description: Option<String>, "note_id" => note_id: Option<String>,
    }
}

impl Answer for BirdList {
    fn verdict(&self) -> Option<&str> {
        self.status.as_deref()
    }
}

impl Answer for Sent {
    fn verdict(&self) -> Option<&str> {
        self.status.as_deref()
    }
}

impl Answer for Noted {
    fn verdict(&self) -> Option<&str> {
        self.result.as_deref()
    }
}
