//! Helpers that the tests share: a client of each API with canary credentials, a call of each operation, the
//! recordings, and the server on loopback of the runtime's tests.

// Each test program uses its own part of this.
#![allow(dead_code, unused_imports)]

pub mod calls;
#[path = "../../../client-runtime/tests/support/loopback.rs"]
mod loopback;
pub mod recordings;
#[path = "../../../client-runtime/tests/support/tls.rs"]
pub mod tls;
#[path = "../../../client-runtime/tests/support/wire.rs"]
pub mod wire;

pub use loopback::*;

pub const CLIENT_ID: &str = "canary-client-id";
pub const CLIENT_SECRET: &str = "canary-client-secret";
pub const KEY: &str = "canary-key";
pub const ACCOUNT_ID: &str = "canary-account-id";
pub const PHONE_ID: &str = "canary-phone-id";

/// Every secret of the clients below.
pub const SECRETS: [&str; 5] = [CLIENT_ID, CLIENT_SECRET, KEY, ACCOUNT_ID, PHONE_ID];

pub fn externalapi(origin: &str) -> externalapi_client::ClientBuilder<externalapi_client::Client> {
    let credentials = externalapi_client::Credentials::new(CLIENT_ID, CLIENT_SECRET);
    externalapi_client::Client::builder(externalapi_client::Provider::EscalaZap, credentials)
        .base_url(format!("{origin}/external-api"))
        .configure_reqwest(direct)
}

pub fn chatguru(origin: &str) -> chatguru_client::ClientBuilder<chatguru_client::Client> {
    let provider = chatguru_client::Provider::ChatGuru { server: "app.zap.guru".into() };
    let credentials = chatguru_client::Credentials::new(KEY, ACCOUNT_ID, PHONE_ID);
    chatguru_client::Client::builder(provider, credentials).base_url(origin).configure_reqwest(direct)
}

/// A client of an API, at the same origin for both.
pub fn client(api: calls::Api, origin: &str) -> calls::Client {
    match api {
        calls::Api::ExternalApi => calls::Client::ExternalApi(externalapi(origin).build().unwrap()),
        calls::Api::ChatGuru => calls::Client::ChatGuru(chatguru(origin).build().unwrap()),
    }
}

/// Returns the origin of an API in a sandbox, for the functions above.
pub fn origin(sandbox: &zap_sandbox::Sandbox, api: calls::Api) -> String {
    let provider = if api == calls::Api::ChatGuru { "chatguru" } else { "escalazap" };
    format!("{}/{provider}", sandbox.url())
}

/// Returns a world with one account, which has the credentials of the clients above, and one row of each kind that a
/// call needs.
pub fn world() -> zap_sandbox::World {
    zap_sandbox::World::from_json(include_str!("world.json")).unwrap()
}

/// Turns off the proxies that the environment may name, for calls to loopback.
pub fn direct(builder: externalapi_client::reqwest::ClientBuilder) -> externalapi_client::reqwest::ClientBuilder {
    builder.no_proxy()
}

/// Remarks that prove that nothing was done (facts E8, E9).
pub const REFUSALS: [&str; 10] = [
    "Unauthorized",
    "contact_error",
    "contact_limit_error",
    "image_upload_error",
    "not_available",
    "not_found",
    "subscription_required",
    "unknown_contact",
    "user_error",
    "validation_error",
];

/// Keeps the snapshots of this scope in `crates/facade/tests/snapshots`, named `test__name`.
pub fn snapshots() -> insta::internals::SettingsBindDropGuard {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind_to_scope()
}

/// Returns the path of a built example of this package. cargo builds the examples whenever it builds all tests.
pub fn program(example: &str) -> std::path::PathBuf {
    let test = std::env::current_exe().unwrap();
    let path =
        test.parent().unwrap().with_file_name("examples").join(example).with_extension(std::env::consts::EXE_EXTENSION);
    assert!(path.exists(), "{} is not built: `cargo build --examples`", path.display());
    path
}
