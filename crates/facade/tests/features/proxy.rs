//! A proxy of the environment never sees a secret or a message of a call to an `https` address, whatever TLS features
//! this test was built with. `.ci/run` runs it with each of the features, and with none.
//!
//! The environment of a process cannot be changed safely, so each combination is a process of its own: this test,
//! started once more.
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

use zap_facade::{Config, Error, ErrorKind, Outcome, Provider};

use crate::support::{self, CLIENT_ID, CLIENT_SECRET, ClosedPort, SECRETS};

const TLS: bool = cfg!(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"));

const VARIABLES: [&str; 7] =
    ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_SUCH_PROXY"];

/// Names the address that the child calls.
const ADDRESS: &str = "ZAP_TEST_ADDRESS";

const TEXT: &str = "canary-text";

/// Keeps what arrives. It refuses tunnels, and answers all else with a success.
struct Proxy {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::<Mutex<Vec<String>>>::default();
        let kept = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, mut request, mut buffer) = (stream.unwrap(), Vec::new(), [0; 4096]);
                while !support::is_whole(&request) {
                    match stream.read(&mut buffer) {
                        Ok(0) | Err(_) => break,
                        Ok(read) => request.extend_from_slice(&buffer[..read]),
                    }
                }
                let answer = if request.starts_with(b"CONNECT ") {
                    "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                } else {
                    "HTTP/1.1 200 OK\r\ncontent-length: 39\r\nconnection: close\r\n\r\n\
                     {\"status\":\"success\",\"result\":\"success\"}"
                };
                // Heard before it is answered: the child may end at once.
                kept.lock().unwrap().push(String::from_utf8_lossy(&request).into_owned());
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { address, heard }
    }
}

/// Makes calls to `address` in a process with this proxy variable. Returns a line about each call.
fn calls(address: &str, variable: &str, proxy: &str) -> Vec<String> {
    let mut child = support::alone("proxy::child");
    for name in VARIABLES.iter().chain(&["NO_PROXY", "no_proxy", "REQUEST_METHOD"]) {
        child.env_remove(name);
    }
    child.env(ADDRESS, address).env(variable, proxy);
    let output = child.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    // The test harness writes before the first.
    text.lines().filter_map(|line| Some(line.split_once("said: ")?.1.to_owned())).collect()
}

/// Checks what each combination reports and what its proxy receives. All run at once, because they mostly wait.
fn combinations(address: &str, check: impl Fn(&str, &[String], &[String]) + Sync) {
    std::thread::scope(|scope| {
        for variable in VARIABLES {
            // curl takes a proxy without a scheme as well; one variable stands for all.
            let schemes = if variable == "ALL_PROXY" { &["http://", ""][..] } else { &["http://"] };
            for scheme in schemes {
                let check = &check;
                scope.spawn(move || {
                    let proxy = Proxy::start();
                    let said = calls(address, variable, &format!("{scheme}{}", proxy.address));
                    assert_eq!(said.len(), 6, "{said:?}");
                    check(variable, &said, &proxy.heard.lock().unwrap());
                });
            }
        }
    });
}

#[test]
fn a_proxy_sees_no_secret_of_a_call_to_an_https_address() {
    let closed = ClosedPort::new();
    let address = format!("{}/external-api", closed.origin.replacen("http:", "https:", 1));
    combinations(&address, |variable, said, heard| {
        let tunnelled = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"].contains(&variable);
        if TLS {
            let mut expected = ["Connect NotDone"; 6];
            expected[2] = "Connect Unknown";
            assert!(said.iter().zip(expected).all(|(said, code)| said.starts_with(code)), "{variable}: {said:?}");
        } else {
            assert!(said.iter().all(|said| said.starts_with("refused")), "{variable}: {said:?}");
            assert!(said.iter().all(|said| said.contains("`rustls`")), "it names the feature: {said:?}");
        }
        assert_eq!(!heard.is_empty(), TLS && tunnelled, "{variable}: {heard:?}");
        for heard in heard {
            let hosts = ["CONNECT 127.0.0.1:", "CONNECT 0.0.0.0:"];
            assert!(hosts.iter().any(|host| heard.starts_with(host)), "{variable}: {heard}");
            let secret = SECRETS.iter().chain(&[TEXT]).find(|secret| heard.contains(**secret));
            assert_eq!(secret, None, "{variable}: {heard}");
        }
    });
}

/// An `http` address is the caller's choice, and so is a proxy on the way.
#[test]
fn an_http_address_is_called_through_the_proxy() {
    let closed = ClosedPort::new();
    let address = format!("{}/external-api", closed.origin);
    combinations(&address, |variable, said, heard| {
        let forwarded = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"].contains(&variable);
        let (through, direct) = said.split_at(4);
        assert!(through.iter().all(|said| said.starts_with("ok") == forwarded), "{variable}: {said:?}");
        assert!(direct.iter().all(|said| said.starts_with("Connect NotDone")), "{variable}: {said:?}");
        let origins = [closed.origin.clone(), elsewhere(&closed.origin)];
        assert!(heard.iter().all(|heard| origins.iter().any(|origin| heard.contains(origin))), "{variable}: {heard:?}");
        assert_eq!(heard.len(), if forwarded { 4 } else { 0 }, "{variable}: {heard:?}");
    });
}

/// Another spelling of the same address, which is not a loopback address.
fn elsewhere(address: &str) -> String {
    address.replace("127.0.0.1", "0.0.0.0")
}

/// The process that calls: with a client of each API, with one that was given, and through the settings. Those use no
/// proxy of the environment to this machine, nor where they say so.
#[test]
fn child() {
    let Ok(address) = std::env::var(ADDRESS) else { return };
    #[cfg(all(feature = "rustls-no-provider", not(feature = "rustls"), not(feature = "native-tls")))]
    tokio_rustls::rustls::crypto::aws_lc_rs::default_provider().install_default().unwrap();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        say(external(&address, |builder| builder).await);
        say(chatguru(&address).await);
        say(external(&address, |builder| builder.reqwest_client(given())).await);
        say(through_settings(&elsewhere(&address), "").await);
        say(through_settings(&address, "").await);
        say(through_settings(&elsewhere(&address), "none").await);
    });
}

fn given() -> externalapi_client::reqwest::Client {
    externalapi_client::http_client_builder().build().unwrap()
}

fn say(result: Result<(), String>) {
    println!("said: {}", result.map_or_else(|error| error, |()| "ok".to_owned()));
}

type Builder = externalapi_client::ClientBuilder<externalapi_client::Client>;

async fn external(address: &str, change: impl FnOnce(Builder) -> Builder) -> Result<(), String> {
    let credentials = externalapi_client::Credentials::new(CLIENT_ID, CLIENT_SECRET);
    let builder = externalapi_client::Client::builder(externalapi_client::Provider::EscalaZap, credentials);
    let client = change(builder.base_url(address).retry(once())).build().map_err(|error| refused(&error))?;
    let call = client.send_message().body_map(|b| b.mobile_code("55").mobile("11987654321").message(TEXT));
    call.send().await.map(drop).map_err(|error| failed(&error))
}

async fn chatguru(address: &str) -> Result<(), String> {
    let server = chatguru_client::Provider::ChatGuru { server: "app.zap.guru".into() };
    let credentials = chatguru_client::Credentials::new(support::KEY, support::ACCOUNT_ID, support::PHONE_ID);
    let builder = chatguru_client::Client::builder(server, credentials).base_url(address);
    let client = builder.retry(once()).build().map_err(|error| refused(&error))?;
    let call = client.message_send().chat_number("5511987654321").text(TEXT);
    call.send().await.map(drop).map_err(|error| failed(&error))
}

async fn through_settings(address: &str, proxy: &str) -> Result<(), String> {
    let settings = [
        ("ESCALAZAP_BASE_URL", address),
        ("ESCALAZAP_PROXY", proxy),
        ("ESCALAZAP_CLIENT_ID", CLIENT_ID),
        ("ESCALAZAP_CLIENT_SECRET", CLIENT_SECRET),
    ];
    let config = Config::from_variables(Some(Provider::EscalaZap), settings).unwrap();
    let messenger = zap_facade::connect(config).map_err(|error| format!("refused: {error}"))?;
    let sent = messenger.send_text(&"+5511987654321".parse().unwrap(), TEXT).await;
    sent.map(drop).map_err(|error| failed(&error))
}

fn once() -> externalapi_client::Backoff {
    externalapi_client::Backoff::default().with_attempts(1)
}

fn refused(error: &Error) -> String {
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone));
    format!("refused: {error}")
}

fn failed(error: &Error) -> String {
    format!("{:?} {:?}: {error}", error.kind(), error.outcome())
}
