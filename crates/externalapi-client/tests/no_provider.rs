//! With the feature `rustls-no-provider` alone, a program that forgot to install one is told so.
#![cfg(all(feature = "rustls-no-provider", not(feature = "rustls"), not(feature = "native-tls")))]

use externalapi_client::{Client, Credentials, ErrorKind, Outcome, Provider};

#[test]
fn the_error_names_what_is_missing() {
    let error = Client::builder(Provider::EscalaZap, Credentials::new("id", "secret")).build().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone));
    assert!(error.to_string().contains("install_default"), "{error}");
}
