//! Settings: what is wrong with them is named, all at once, and no value is ever shown.

mod client;
mod names;
#[cfg(unix)]
mod pasted;

use zap_facade::{Capability, Config, ConfigError, ErrorKind, Outcome, PhoneNumber, ProblemKind, Provider, connect};

const ESCALAZAP: [(&str, &str); 3] = [
    ("ESCALAZAP_BASE_URL", "http://127.0.0.1:1/escalazap/external-api"),
    ("ESCALAZAP_CLIENT_ID", "canary-id"),
    ("ESCALAZAP_CLIENT_SECRET", "canary-secret"),
];
const CHATGURU: [(&str, &str); 4] = [
    ("CHATGURU_SERVER", "app.zap.guru"),
    ("CHATGURU_KEY", "canary-key"),
    ("CHATGURU_ACCOUNT_ID", "canary-account"),
    ("CHATGURU_PHONE_ID", "canary-phone"),
];

fn with<'a>(base: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = base.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    kept.chain(more).copied().collect()
}

fn variables(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::from_variables(None, variables.iter().copied())
}

/// Each problem as `setting kind`.
fn problems(error: &ConfigError) -> Vec<String> {
    let shown = format!("{error} {error:?} {error:#?}");
    assert!(!shown.contains("canary"), "a value is shown: {shown}");
    assert!(error.problems().iter().all(|problem| problem.help.len() > 10), "each has a help: {error}");
    error.problems().iter().map(|problem| format!("{} {}", problem.setting, problem.kind)).collect()
}

fn json(text: &str) -> String {
    serde_json::from_str::<Config>(text).unwrap_err().to_string()
}

#[tokio::test]
async fn the_provider_is_chosen_at_run_time() {
    let to: PhoneNumber = "+5511987654321".parse().unwrap();
    for (provider, name) in [("escalazap", "EscalaZap"), ("ChatGuru", "ChatGuru")] {
        // Variables of others are left alone.
        let more = [("ZAP_PROVIDER", provider), ("WAZIME_WHATEVER", "x"), ("PATH", "/bin")];
        let all = [with(&ESCALAZAP, &[]), with(&CHATGURU, &[("CHATGURU_BASE_URL", "http://127.0.0.1:1")])].concat();
        let messenger = connect(variables(&with(&all, &more)).unwrap()).unwrap();
        assert_eq!(messenger.provider(), name);
        assert_eq!(
            (messenger.chatguru().is_some(), messenger.externalapi().is_some()),
            (name == "ChatGuru", name != "ChatGuru")
        );
        let error = messenger.send_text(&to, "x").await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotDone));
        assert!(!format!("{messenger:?} {error} {error:?}").contains("canary"));
    }
}

#[test]
fn all_that_is_missing_is_named_at_once() {
    let error =
        Config::from_variables(Some(Provider::ChatGuru), [("CHATGURU_KEY", "  "), ("PATH", "/bin")]).unwrap_err();
    assert_eq!(
        problems(&error),
        [
            "CHATGURU_KEY is missing",
            "CHATGURU_ACCOUNT_ID is missing",
            "CHATGURU_PHONE_ID is missing",
            "CHATGURU_SERVER is missing"
        ]
    );
    assert!(error.to_string().contains("Celulares"), "{error}");
    let error = Config::from_variables(Some(Provider::WaziMe), ESCALAZAP).unwrap_err();
    assert_eq!(problems(&error), ["WAZIME_CLIENT_ID is missing", "WAZIME_CLIENT_SECRET is missing"]);
    assert_eq!(problems(&variables(&ESCALAZAP).unwrap_err()), ["ZAP_PROVIDER is missing"]);
    let error = variables(&with(&ESCALAZAP, &[("ZAP_PROVIDER", "canary")])).unwrap_err();
    assert_eq!(problems(&error), ["ZAP_PROVIDER cannot be used"]);
    assert!(error.to_string().contains("escalazap, wazime, wapiflow, chatguru"), "{error}");
}

#[test]
fn what_is_unknown_or_unusable_is_named_at_once() {
    let more = [
        ("ZAP_PROVIDER", "chatguru"),
        ("CHATGURU_TIMEZONE", "canary"),
        ("CHATGURU_TIME_ZONE", "Brazil/Canary"),
        ("CHATGURU_PARAMETERS_IN", "canary"),
        ("CHATGURU_SERVER", "canary\\example"),
        ("CHATGURU_PROXY", "ftp://canary"),
        ("CHATGURU_REQUESTS_PER_SECOND", "0"),
        ("CHATGURU_READ_TIMEOUT_SECONDS", "0"),
        ("CHATGURU_CONNECT_TIMEOUT_SECONDS", "30"),
        ("CHATGURU_TOTAL_TIMEOUT_SECONDS", "20"),
    ];
    let mut found = problems(&variables(&with(&CHATGURU, &more)).unwrap_err());
    found.sort();
    assert_eq!(
        found,
        [
            "CHATGURU_CONNECT_TIMEOUT_SECONDS contradicts another setting",
            "CHATGURU_PARAMETERS_IN cannot be used",
            "CHATGURU_PROXY cannot be used",
            "CHATGURU_READ_TIMEOUT_SECONDS cannot be used",
            "CHATGURU_REQUESTS_PER_SECOND cannot be used",
            "CHATGURU_SERVER cannot be used",
            "CHATGURU_TIMEZONE is not a setting",
            "CHATGURU_TIME_ZONE cannot be used",
        ]
    );
}

/// `main` prints this text when it returns the error.
#[test]
fn the_errors_debug_text_is_a_line_for_each_problem() {
    let error = Config::from_variables(Some(Provider::WaziMe), [("WAZIME_CLIENT_ID", "x")]).unwrap_err();
    let dashboard = "take it from the provider's dashboard, \"Developer Tools\"";
    let lines = format!("the settings cannot be used\n  WAZIME_CLIENT_SECRET is missing: {dashboard}");
    assert_eq!(format!("{error:?}"), lines);
}

#[test]
fn what_only_the_client_can_judge_is_named_too() {
    for (name, value) in [
        ("ESCALAZAP_BASE_URL", "canary://x"),
        ("ESCALAZAP_CLIENT_ID", "canary\nid"),
        ("ESCALAZAP_CLIENT_SECRET", "canary\nsecret"),
    ] {
        let all = with(&ESCALAZAP, &[("ZAP_PROVIDER", "escalazap"), (name, value)]);
        let error = connect(variables(&all).unwrap()).unwrap_err();
        assert_eq!(problems(&error), [format!("{name} cannot be used")]);
    }
}

#[test]
fn an_address_is_named_by_where_it_came_from() {
    let all = with(&CHATGURU, &[("ZAP_PROVIDER", "chatguru"), ("CHATGURU_SERVER", "canary:port")]);
    assert_eq!(problems(&connect(variables(&all).unwrap()).unwrap_err()), ["CHATGURU_SERVER cannot be used"]);
}

#[test]
fn any_serde_source_will_do() {
    let text = r#"{"provider": "chatguru", "server": null, "base_url": "http://127.0.0.1:1", "key": "k",
        "account_id": 12345, "phone_id": "p", "time_zone": "America/Sao_Paulo", "parameters_in": "body",
        "read_timeout_seconds": 5}"#;
    let config: Config = serde_json::from_str(text).unwrap();
    assert_eq!(config.provider(), Provider::ChatGuru);
    let messenger = connect(config).unwrap();
    assert!(messenger.capabilities().has(Capability::Schedule), "the zone is there");

    let value =
        serde_json::json!({"provider": "wapiflow", "client_id": "i", "client_secret": "s", "from_number": 5511});
    assert_eq!(connect(serde_json::from_value(value).unwrap()).unwrap().provider(), "WapiFlow");
}

#[test]
fn a_serde_source_is_judged_as_variables_are() {
    let error = json(
        r#"{"provider": "chatguru", "key": "canary", "client_id": "canary", "colour": 1, "timezone": 1, "phone_id": []}"#,
    );
    for part in [
        "client_id contradicts another setting: it is for EscalaZap, WaziMe and WapiFlow",
        "colour is not a setting: settings are base_url,",
        "timezone is not a setting: did you mean time_zone?",
        "phone_id cannot be used: write it as text",
        "account_id is missing",
        "server is missing",
    ] {
        assert!(error.contains(part), "`{part}` is not in: {error}");
    }
    assert!(!error.contains("canary"), "{error}");
    assert!(json("{}").contains("provider is missing"));
    assert!(json(r#"{"provider": null}"#).contains("provider is missing"));
    assert!(json(r#"{"provider": ["x"]}"#).contains("provider cannot be used"));
    assert!(json("[]").contains("the settings of an account"));
    let twice = json(r#"{"provider": "wazime", "client_id": "a", "client_id": "b", "client_secret": "c"}"#);
    assert!(twice.contains("client_id contradicts another setting: the key appears twice"), "{twice}");
}

#[test]
fn nothing_shows_a_value() {
    let config = variables(&with(&CHATGURU, &[("ZAP_PROVIDER", "chatguru")])).unwrap();
    assert_eq!(format!("{config:?}"), "Config { provider: ChatGuru, .. }");
    assert_eq!(ProblemKind::Missing.to_string(), "is missing");
}

#[cfg(unix)]
#[test]
fn a_value_that_is_no_text_is_named() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt as _;

    let raw = OsString::from_vec(vec![b'a', 0xff]);
    let mut all: Vec<(OsString, OsString)> =
        ESCALAZAP.iter().map(|(name, value)| (name.into(), value.into())).collect();
    all[1].1 = raw.clone();
    // A name that is not UTF-8 is ignored.
    all.push((raw, "x".into()));
    let error = Config::from_variables(Some(Provider::EscalaZap), all).unwrap_err();
    assert_eq!(problems(&error), ["ESCALAZAP_CLIENT_ID cannot be used"]);
}

/// A message must not go to another provider's account, whatever is added to either list.
#[test]
fn each_provider_is_connected_to_itself() {
    for &provider in Provider::ALL {
        let settings = if provider == Provider::ChatGuru {
            serde_json::json!({"provider": provider.slug(), "server": "app.zap.guru", "key": "k", "account_id": "a", "phone_id": "p"})
        } else {
            serde_json::json!({"provider": provider.slug(), "client_id": "i", "client_secret": "s"})
        };
        let messenger = connect(serde_json::from_value(settings).unwrap()).unwrap();
        assert_eq!(messenger.provider(), provider.name());
        assert_eq!(
            provider.instance().map(|instance| instance.name()),
            messenger.externalapi().map(|_| provider.name())
        );
    }
}
