//! Pages of other origins, and host names that resolve to the sandbox, can neither read nor send anything.

use zap_sandbox::Sandbox;

use crate::http::Request;

const NOTE: &str = "/chatguru/api/v1?key=sandbox-chatguru-key&account_id=5d0000000000000000000001\
                    &phone_id=5d0000000000000000000002&chat_number=5511987654321&action=note_add&note_text=x";
const ROUTES: [(&str, &str); 15] = [
    ("GET", "/"),
    ("GET", "/__sandbox/inbox/main.js"),
    ("GET", "/__sandbox/ledger"),
    ("GET", "/__sandbox/calls"),
    ("GET", "/__sandbox/calls/1"),
    ("GET", "/__sandbox/media/1"),
    ("GET", "/__sandbox/counts"),
    ("GET", "/__sandbox/memory"),
    ("GET", "/__sandbox/clock"),
    ("GET", "/__sandbox/events"),
    ("POST", "/__sandbox/reset"),
    ("GET", "/escalazap/external-api/contact/list"),
    ("POST", "/wazime/external-api/inbox/send-message"),
    ("POST", NOTE),
    ("GET", "/elsewhere"),
];

#[tokio::test]
async fn every_route_refuses_other_origins_and_hosts() {
    let sandbox = Sandbox::start().await.unwrap();
    let port = sandbox.address().port();
    let form = "mobile_code=55&mobile=11987654321&message=from+elsewhere";
    for (method, path) in ROUTES {
        let request = || {
            let request = Request::new(method, path).signed(&sandbox);
            if method == "POST" { request.body("text/plain", form) } else { request }
        };
        let local = format!("http://127.0.0.1:{}", port ^ 1);
        for origin in ["http://evil.example", "null", "https://localhost", &local, ""] {
            let answer = request().header("origin", origin).ask(&sandbox).await;
            assert_eq!(answer.status, 403, "{method} {path} from {origin:?}");
            assert!(answer.headers.iter().all(|(name, _)| !name.starts_with("access-control")));
            assert!(answer.json()["error"].as_str().is_some_and(|text| text.contains("Origin")));
        }
        for host in ["evil.example", "evil.example:80", "127.0.0.1.nip.io", "localhost.", "2130706433", "x", ""] {
            let answer = request().host(host).ask(&sandbox).await;
            assert_eq!(answer.status, 403, "{method} {path} as {host:?}");
            let own = format!("http://{host}");
            assert_eq!(request().host(host).header("origin", &own).ask(&sandbox).await.status, 403, "{own}");
        }
        for site in ["cross-site", "same-site"] {
            let answer =
                request().header("sec-fetch-site", site).header("sec-fetch-mode", "no-cors").ask(&sandbox).await;
            assert_eq!(answer.status, 403, "{method} {path} {site}");
        }
        let options = Request::new("OPTIONS", path).header("origin", "http://evil.example");
        assert_eq!(options.ask(&sandbox).await.status, 403, "{path}");
        let absolute = Request::new(method, &format!("http://evil.example{path}")).ask(&sandbox).await;
        assert_eq!(absolute.status, 403, "{path}");
    }
    assert_eq!((sandbox.total_calls(), sandbox.deliveries().len()), (0, 0), "nothing was processed");
}

/// A CORS preflight is answered as the provider answers it, without permission.
#[tokio::test]
async fn a_preflight_gets_no_permission() {
    let sandbox = Sandbox::start().await.unwrap();
    for (_, path) in ROUTES {
        let preflight = Request::new("OPTIONS", path).header("origin", "http://evil.example");
        let answer = preflight.header("access-control-request-method", "POST").ask(&sandbox).await;
        assert!(answer.headers.iter().all(|(name, _)| !name.starts_with("access-control")), "{path}");
    }
    assert_eq!((sandbox.deliveries().len(), sandbox.calls().iter().filter(|call| call.success).count()), (0, 0));
}

#[tokio::test]
async fn programs_own_pages_and_links_are_served() {
    let sandbox = Sandbox::start().await.unwrap();
    let list = || Request::new("GET", "/escalazap/external-api/contact/list").signed(&sandbox);
    list().ask(&sandbox).await.success();
    list().host("localhost").ask(&sandbox).await.success();
    list().header("origin", &sandbox.url()).header("sec-fetch-site", "same-origin").ask(&sandbox).await.success();
    list().header("sec-fetch-site", "none").ask(&sandbox).await.success();
    let link = Request::new("GET", "/").header("sec-fetch-site", "cross-site").header("sec-fetch-mode", "navigate");
    assert_eq!(link.header("sec-fetch-dest", "document").ask(&sandbox).await.status, 200);
    assert_eq!(sandbox.total_calls(), 4);
}

#[tokio::test]
async fn a_host_name_can_be_allowed() {
    let sandbox = Sandbox::builder().allow_host("Sandbox.internal").start().await.unwrap();
    let list = |host: &str| Request::new("GET", "/escalazap/external-api/contact/list").signed(&sandbox).host(host);
    list("sandbox.internal:4010").ask(&sandbox).await.success();
    assert_eq!(list("other.internal").ask(&sandbox).await.status, 403);
}

/// The sandbox reads a large body, so that its sender gets the refusal instead of a reset.
#[tokio::test]
async fn the_refusal_of_a_large_request_arrives() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = "x".repeat(3 * 1024 * 1024);
    let request = Request::new("POST", NOTE).host("sandbox.docker").body("text/plain", body);
    let answer = request.ask(&sandbox).await;
    let error = answer.json()["error"].as_str().unwrap().to_owned();
    assert!(answer.status == 403 && error.contains("--allow-host"), "{error}");
}
