//! The client at a server on loopback, and its examples at a sandbox. Without a provider of cryptography no client can be
//! built, so most of the tests need the feature `rustls`.

#[cfg(feature = "rustls")]
mod answers;
#[cfg(feature = "rustls")]
mod bad_input;
#[cfg(feature = "rustls")]
mod errors;
#[cfg(feature = "rustls")]
mod examples;
#[cfg(feature = "rustls")]
#[path = "../../../client-runtime/tests/support/loopback.rs"]
mod loopback;
#[cfg(all(feature = "rustls", target_os = "linux"))]
mod memory;
#[cfg(feature = "rustls")]
mod support;

#[cfg(all(feature = "rustls-no-provider", not(feature = "rustls"), not(feature = "native-tls")))]
#[test]
fn without_a_provider_of_cryptography_the_error_names_what_is_missing() {
    use externalapi_client::{Client, Credentials, ErrorKind, Outcome, Provider};

    let error = Client::builder(Provider::EscalaZap, Credentials::new("id", "secret")).build().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone));
    assert!(error.to_string().contains("install_default"), "{error}");
}
