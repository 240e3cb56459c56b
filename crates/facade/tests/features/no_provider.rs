//! With the feature `rustls-no-provider` alone and no provider of cryptography installed, the error says so and blames no
//! setting.
#![cfg(all(
    feature = "externalapi",
    feature = "rustls-no-provider",
    not(feature = "rustls"),
    not(feature = "native-tls")
))]

use tokio_rustls::rustls::crypto::aws_lc_rs;
use zap_facade::{Config, ProblemKind, connect};

/// One test, since what is installed is installed for the whole process.
#[test]
fn the_error_names_what_is_missing_until_it_is_installed() {
    let settings = [
        ("ZAP_PROVIDER", "escalazap"),
        ("ESCALAZAP_BASE_URL", "https://zap.example/external-api"),
        ("ESCALAZAP_CLIENT_ID", "id"),
        ("ESCALAZAP_CLIENT_SECRET", "secret"),
    ];
    let config = Config::from_variables(None, settings).unwrap();
    let error = connect(config.clone()).unwrap_err();
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!((&*problem.setting, problem.kind), ("ZAP_PROVIDER", ProblemKind::NoClient), "{error}");
    assert!(problem.help.contains("install_default"), "{error}");

    aws_lc_rs::default_provider().install_default().unwrap();
    assert_eq!(connect(config).unwrap().provider(), "EscalaZap");
}
