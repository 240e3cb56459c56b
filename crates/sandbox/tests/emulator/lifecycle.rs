//! Starting and stopping sandboxes.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use zap_sandbox::Sandbox;

use crate::http::Request;

#[tokio::test]
async fn many_sandboxes_in_one_process_have_their_own_state() {
    let mut ports = std::collections::HashSet::new();
    let mut running = Vec::new();
    for _ in 0..200 {
        let sandbox = Sandbox::start().await.unwrap();
        assert!(ports.insert(sandbox.address().port()));
        running.push(sandbox);
    }
    let form = "firstname=A&lastname=B&mobile_code=55&mobile=1";
    for sandbox in &running {
        let store = Request::new("POST", "/wazime/external-api/contact/store").signed(sandbox).form(form);
        store.ask(sandbox).await.success();
        assert_eq!(sandbox.total_calls(), 1);
    }
}

#[tokio::test]
async fn dropping_the_handle_closes_listener_and_connections() {
    for _ in 0..50 {
        let sandbox = Sandbox::start().await.unwrap();
        let address = sandbox.address();
        let mut open = TcpStream::connect(address).await.unwrap();
        open.write_all(b"GET /__sandbox/counts HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
        let mut buffer = [0; 1024];
        assert!(open.read(&mut buffer).await.unwrap() > 0, "answered, and kept alive");
        drop(sandbox);
        let end = timeout(Duration::from_secs(5), open.read(&mut buffer)).await.expect("closed");
        assert!(matches!(end, Ok(0) | Err(_)));
        assert!(TcpStream::connect(address).await.is_err(), "nothing listens");
    }
}
