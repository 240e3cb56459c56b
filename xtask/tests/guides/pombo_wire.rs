//! Calls each operation of the invented API against a server on loopback, and prints what reached it.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use pombo_client::types::{Kind, Weather};
use pombo_client::{Client, Credentials, File, Outcome, Provider, RefusalReason, operations};

const BIRDS: &str = r#"{"state":"ok","flock":{"pages":2,"birds":[
    {"ring":"BR-7","kind":1,"weight":"310.5","loft":[]},{"ring":"BR-8","kind":9,"weight":300,"loft":{"name":"A"}}]}}"#;
const REST: &str = r#"{"state":"ok","flock":{"pages":2,"birds":[{"ring":"BR-9"}]}}"#;
const LETTER: &str = r#"{"state":"ok","id":"77","weather":"head-wind","extra":{"by":"BR-7"}}"#;
const TIRED: &str = r#"{"state":"failed","reason":"bird_is_tired","detail":"BR-7 sleeps."}"#;
const STORM: &str = r#"{"state":"failed","reason":"storm","hint":["Wait."]}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/l1/api", listener.local_addr().unwrap());
    let kept = Arc::clone(&requests);
    std::thread::spawn(move || listener.incoming().for_each(|stream| serve(stream.unwrap(), &kept)));

    let provider = Provider::Pombo { region: "south".into(), loft: "l1".into() };
    assert_eq!(provider.base_url(), "https://south.pombo.example/l1/api");
    assert_eq!(Provider::Coruja.base_url(), "https://coruja.example/v2");
    let credentials = Credentials::new("a-token", "a-keeper");
    let client = Client::builder(provider, credentials).base_url(base).build().unwrap();

    let page = client.bird_list().number(1).size(2).kind(Kind::Homer).send().await.unwrap();
    let flock = page.flock.as_ref().unwrap().birds.as_deref().unwrap();
    assert_eq!((flock[0].kind, flock[1].kind), (Some(Kind::Homer), Some(Kind::Unknown(9))));
    assert_eq!((flock[0].weight.as_deref(), flock[1].weight.as_deref()), (Some("310.5"), Some("300")));
    assert!(flock[0].loft.is_none() && flock[1].loft.is_some());

    let mut rings = Vec::new();
    let mut birds = client.bird_list().items();
    while let Some(bird) = birds.next().await {
        rings.push(bird.unwrap().ring.unwrap());
    }
    assert_eq!(rings, ["BR-7", "BR-8", "BR-9"]);

    let portrait = File::from_bytes("bird.png", &b"\x89PNG\r\n\x1a\n"[..]);
    let call = client.bird_replace().ring("BR/7 é").body_map(|b| {
        b.kind(Kind::Tumbler).names(["Ana", "Zé"]).hatched("2026-02-28 08:00").portrait(portrait)
    });
    call.send().await.unwrap();
    client.bird_release().ring("BR-8").send().await.unwrap();

    let scan = File::from_bytes("letter", &b"scan"[..]);
    let call = client.letter_carry().note([("colour", "red & blue"), ("note.size", "A5")]);
    let letter = call.body_map(|b| b.text("Olá").scan(scan).latitude(-8.05).longitude(-34.9)).send().await.unwrap();
    assert_eq!((letter.id.as_deref(), letter.weather.as_ref()), (Some("77"), Some(&Weather::HeadWind)));
    client.letter_where().letter_id("77").send().await.unwrap();
    client.stamp_set().letter_id(77).stamp("blue").place(r#"{"x":1}"#).send().await.unwrap();

    let refused = client.letter_recall().letter_id("1").send().await.unwrap_err();
    assert_eq!((refused.outcome(), refused.reason()), (Outcome::NotDone, Some(RefusalReason::Limit)));
    let unsure = client.letter_recall().letter_id("2").send().await.unwrap_err();
    assert_eq!((unsure.outcome(), unsure.messages().join(" ")), (Outcome::Unknown, "Wait.".to_owned()));

    let sent = requests.lock().unwrap().len();
    let wrong = client.letter_carry().body_map(|b| b.latitude(91.0)).send().await.unwrap_err();
    println!("Not sent: {wrong}\n");
    assert_eq!(requests.lock().unwrap().len(), sent);
    let shown = format!("{client:?} {wrong:?} {unsure:?}");
    assert!(!shown.contains("a-token") && !shown.contains("a-keeper"), "{shown}");

    let requests = requests.lock().unwrap();
    for operation in operations::ALL {
        assert!(requests.iter().any(|(id, _)| *id == operation.id), "{} was not called", operation.id);
    }
    for (_, request) in requests.iter() {
        println!("{request}\n");
    }
}

/// Answers all that comes on one connection.
fn serve(mut stream: TcpStream, requests: &Mutex<Vec<(&'static str, String)>>) {
    while let Some(request) = read(&mut stream) {
        let (id, body) = answer(&request);
        requests.lock().unwrap().push((id, masked(&request)));
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.write_all((head + body).as_bytes()).unwrap();
    }
}

fn read(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&request);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            // Bytes that are no text became longer.
            if body.len() >= length.unwrap_or(0) {
                return Some(text.into_owned());
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(read) => request.extend_from_slice(&buffer[..read]),
        }
    }
}

/// The operation that was asked for, and what to say.
fn answer(request: &str) -> (&'static str, &'static str) {
    let line = request.lines().next().unwrap_or_default();
    let told = |part: &str| line.contains(part);
    match line.split(' ').next().unwrap_or_default() {
        "GET" if told("number=2") => ("bird_list", REST),
        "GET" => ("bird_list", BIRDS),
        "PUT" => ("bird_replace", r#"{"state":"ok"}"#),
        "DELETE" => ("bird_release", r#"{"state":"ok"}"#),
        "PATCH" => ("stamp_set", LETTER),
        _ if told("do=carry") => ("letter_carry", LETTER),
        _ if told("do=where") => ("letter_where", LETTER),
        _ if told("letter_id=1") => ("letter_recall", TIRED),
        _ => ("letter_recall", STORM),
    }
}

/// Without what differs from run to run.
fn masked(request: &str) -> String {
    let mut text = request.replace("\r\n", "\n");
    if let Some(boundary) = request.split("boundary=").nth(1).and_then(|rest| rest.lines().next()) {
        text = text.replace(boundary, "BOUNDARY");
    }
    let host = request.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    text.replace(host, "HOST").replace(env!("CARGO_PKG_VERSION"), "VERSION").trim_end().to_owned()
}
