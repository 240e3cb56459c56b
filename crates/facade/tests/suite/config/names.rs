//! Names of settings, and values of the setting `server`: which are accepted and which are refused.

use zap_facade::connect;

use crate::config::{CHATGURU, ESCALAZAP, problems, variables, with};

#[test]
fn names_that_are_nearly_settings_are_refused() {
    let near = [
        ("ESCALAZAP_CLIENTID", "ESCALAZAP_CLIENT_ID"),
        ("ESCALAZAP_CLIENT_IDS", "ESCALAZAP_CLIENT_ID"),
        ("ESCALAZAP_CILENT_SECRET", "ESCALAZAP_CLIENT_SECRET"),
        ("escalazap_client_id", "ESCALAZAP_CLIENT_ID"),
        ("ESCALZAP_CLIENT_ID", "ESCALAZAP_CLIENT_ID"),
        ("ESCALAZAP-BASE-URL", "ESCALAZAP_BASE_URL"),
        ("ESCALAZAP_BASE_URI", "ESCALAZAP_BASE_URL"),
        ("ESCALAZAP_NUMBER_FROM", "ESCALAZAP_FROM_NUMBER"),
        ("ESCALAZAP_TIMEOUT_SECONDS", "ESCALAZAP_CONNECT_TIMEOUT_SECONDS"),
        ("ESCALAZAP_REQUEST_PER_SECOND", "ESCALAZAP_REQUESTS_PER_SECOND"),
        ("ESCALAZAP_PROXI", "ESCALAZAP_PROXY"),
        ("CHATGURU_SERVERS", "CHATGURU_SERVER"),
        ("CHATGURU_TIMEZONE", "CHATGURU_TIME_ZONE"),
        ("CHATGURU_KEYS", "CHATGURU_KEY"),
        ("CHAT_GURU_KEY", "CHATGURU_KEY"),
        ("CHATGURU_ACOUNT_ID", "CHATGURU_ACCOUNT_ID"),
    ];
    for (name, meant) in near {
        let chatguru = meant.starts_with("CHATGURU");
        let (base, provider) = if chatguru { (&CHATGURU[..], "chatguru") } else { (&ESCALAZAP[..], "escalazap") };
        let error = variables(&with(base, &[("ZAP_PROVIDER", provider), (name, "canary")])).unwrap_err();
        assert_eq!(problems(&error), [format!("{name} is not a setting")]);
        assert!(error.to_string().contains(&format!("did you mean {meant}?")), "{error}");
        assert!(variables(&with(base, &[("ZAP_PROVIDER", provider), (name, " ")])).is_ok(), "{name}: an empty one");
    }
}

/// Variables of other programs, among them those that Kubernetes makes for a service of this name.
#[test]
fn names_that_are_no_settings_are_left_alone() {
    let others = [
        "ESCALAZAP_WEBHOOK_TOKEN",
        "ESCALAZAP_DATABASE_URL",
        "ESCALAZAP_LOG_LEVEL",
        "ESCALAZAP_CLIENT_ID_2",
        "ESCALAZAP2_CLIENT_ID",
        "ESCALAZAP_API_SERVICE_HOST",
        "CHATGURU_PORT",
        "CHATGURU_SERVICE_HOST",
        "CHATGURU_SERVICE_PORT",
        "CHATGURU_SERVICE_PORT_HTTP",
        "CHATGURU_PORT_80_TCP",
        "CHATGURU_PORT_80_TCP_ADDR",
        "CHATGURU_PORT_80_TCP_PORT",
        "CHATGURU_PORT_80_TCP_PROTO",
        "CHATGURU_SENDER",
        "CHATGURU_KEY_2",
        "WAZIME_CLIENTID",
        "VITE_CHATGURU_KEY",
        "ZAP_TO",
    ];
    let more: Vec<_> = others.iter().map(|name| (*name, "canary")).collect();
    for provider in ["chatguru", "escalazap"] {
        let all = [&with(&ESCALAZAP, &CHATGURU)[..], &more[..], &[("ZAP_PROVIDER", provider)]].concat();
        assert!(variables(&all).is_ok(), "{:?}", variables(&all));
    }
}

#[test]
fn a_server_is_the_name_of_a_host() {
    for wrong in [
        "12",
        "app",
        "localhost",
        "127.0.0.1",
        "0x7f.1",
        "1.2",
        "[::1]",
        "https://app.zap.guru",
        "app.zap.guru/api/v1",
        "canary:port",
        "user@app.zap.guru",
        "app.zap.guru?x",
        "app..guru",
        ".zap.guru",
        "app zap.guru",
        "app.zap.guru#",
    ] {
        let all = with(&CHATGURU, &[("ZAP_PROVIDER", "chatguru"), ("CHATGURU_SERVER", wrong)]);
        let error = variables(&all).and_then(connect).unwrap_err();
        assert_eq!(problems(&error), ["CHATGURU_SERVER cannot be used"], "{wrong}");
        assert!(error.to_string().contains("app.zap.guru"), "{error}");
    }
    for right in ["app.zap.guru", " s12.chatguru.app ", "chat.loja-do-ze.com.br", "12.example"] {
        let all = with(&CHATGURU, &[("ZAP_PROVIDER", "chatguru"), ("CHATGURU_SERVER", right)]);
        assert!(variables(&all).and_then(connect).is_ok(), "{right}");
    }
}

#[test]
fn a_base_url_is_what_comes_before_the_path_of_a_call() {
    for (name, wrong, named) in [
        ("CHATGURU_BASE_URL", "https://s12.chatguru.app/api/v1", "ends in `/api/v1`, which each call adds"),
        ("CHATGURU_BASE_URL", "https://s12.chatguru.app/?key=canary", "a query"),
        ("CHATGURU_BASE_URL", "https://user:canary@s12.chatguru.app", "a password"),
        ("CHATGURU_BASE_URL", "s12.chatguru.app", "write it like `https://host/path`"),
        ("CHATGURU_BASE_URL", "https://12", "has a number as its host"),
        ("ESCALAZAP_BASE_URL", "https://zap.example/external-api/contact/list", "ends in `/contact/list`"),
        ("ESCALAZAP_BASE_URL", "https://zap.example/external-api#canary", "a fragment"),
    ] {
        let (base, provider) = match name.split('_').next() {
            Some("CHATGURU") => (&CHATGURU[..], "chatguru"),
            _ => (&ESCALAZAP[..], "escalazap"),
        };
        let all = with(base, &[("ZAP_PROVIDER", provider), (name, wrong)]);
        let error = variables(&all).and_then(connect).unwrap_err();
        assert_eq!(problems(&error), [format!("{name} cannot be used")], "{wrong}");
        assert!(error.to_string().contains(named), "{error}");
    }
}
