//! The program: its output, the options that it refuses, and that no input makes it panic.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zap-sandbox"));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// A running program. Dropping it ends the program, also when a test fails.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn refused(arguments: &[&str]) -> String {
    let output = program(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn help_names_every_option_and_route() {
    let help = String::from_utf8(program(&["--help"]).output().unwrap().stdout).unwrap();
    for part in [
        "--listen",
        "--allow-remote",
        "--allow-host",
        "--memory-limit",
        "--webhook-url",
        "incoming",
        "webhook",
        "post_late_ms",
        "--world",
        "--profile",
        "observed",
        "documented",
        "reset",
        "counts",
        "ledger",
        "calls",
        "media",
        "clock",
        "faults",
        "events",
    ] {
        assert!(help.contains(part), "{part}");
    }
}

/// The facade's tests use these lines.
#[test]
fn it_prints_what_the_library_exports() {
    let mut child = program(&["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().unwrap();
    let stdout = child.stdout.take().unwrap();
    let _running = Running(child);
    let mut names = Vec::new();
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        if let Some((name, value)) = line.strip_prefix("export ").and_then(|line| line.split_once('=')) {
            assert!(value.len() > 2 && value.starts_with('\'') && value.ends_with('\''), "{line}");
            names.push(name.to_owned());
        } else {
            assert!(line.starts_with("# "), "{line}");
        }
        if line.starts_with("export CHATGURU_TIME_ZONE=") {
            break;
        }
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let exports = runtime.block_on(async { zap_sandbox::Sandbox::start().await.unwrap().exports() });
    let exported = exports.lines().filter_map(|line| Some(line.strip_prefix("export ")?.split_once('=')?.0));
    assert_eq!(names, exported.collect::<Vec<_>>());
}

#[cfg(target_os = "linux")]
#[test]
fn with_an_unspecified_address_it_prints_a_usable_one() {
    for (listen, host) in [("0.0.0.0:0", "127.0.0.1"), ("[::]:0", "[::1]")] {
        let arguments = ["--allow-remote", "--listen", listen];
        let mut child = Running(program(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
        let mut lines = BufReader::new(child.0.stdout.take().unwrap()).lines();
        match lines.next() {
            Some(first) => assert!(first.unwrap().contains(&format!("http://{host}:")), "{listen}"),
            None => assert!(host.starts_with('['), "only IPv6 may be absent"),
        }
    }
}

#[test]
fn for_a_port_in_use_it_suggests_a_free_one() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = program(&["--listen", &address]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains(&address) && said.contains("--listen 127.0.0.1:0"), "{said}");
}

#[test]
fn an_unusable_webhook_url_is_refused_without_being_shown() {
    let error = refused(&["--listen", "127.0.0.1:0", "--webhook-url", "https://app.example/t0kenABC"]);
    assert!(error.contains("https is not supported") && !error.contains("t0kenABC"), "{error}");
}

#[test]
fn unwritable_output_is_not_an_error() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = program(&["--help"]).stdout(full).output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn malformed_worlds_are_refused_with_the_location() {
    let folder = std::env::temp_dir().join(format!("sandbox-worlds-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, content, part) in [
        ("cut.json", &b"{\"users\": [{\"id\": 1"[..], "line 1"),
        ("types.json", b"{\"users\": [{\"id\": \"one\"}]}", "users[0].id: invalid type"),
        ("empty.json", b"", "line 1"),
        ("latin.json", b"{\"users\": [{\"id\": 1, \"name\": \"Jos\xe9\"}]}", "latin.json"),
        ("twice.json", b"{\"users\": [{\"id\": 1}, {\"id\": 1}]}", "twice"),
        ("deep.json", format!("{{\"about\": {}", "[".repeat(100_000)).as_bytes(), "line 1"),
    ] {
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        let error = refused(&["--listen", "127.0.0.1:0", "--world", path.to_str().unwrap()]);
        assert!(error.contains(name) && error.contains(part), "{error}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(refused(&["--listen", "0.0.0.0:0"]).contains("--allow-remote"));
}

#[tokio::test]
async fn no_request_makes_it_panic() {
    let mut child =
        program(&["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (stdout, mut stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let running = Running(child);
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).unwrap();
    let address = line.split("http://").nth(1).and_then(|rest| rest.split_whitespace().next());
    let address: SocketAddr = address.expect("an address").parse().unwrap();

    let long = "y".repeat(100_000);
    let fault = r#"[{"when":"after","times":null,"do":{"truncate_at":5}}]"#;
    let mut raws: Vec<Vec<u8>> = vec![
        b"\0\0\0\0".to_vec(),
        b"GET  HTTP/1.1\r\n\r\n".to_vec(),
        b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(),
        b"CONNECT evil:1 HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(),
        b"GET http://elsewhere/escalazap/x HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(),
        b"GET //escalazap HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(),
        b"GET /escalazap HTTP/1.0\r\n\r\n".to_vec(),
        b"GET /__sandbox/media/18446744073709551616 HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(),
        b"GET /__sandbox/ledger?limit=18446744073709551615&after=18446744073709551615 HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(),
        b"GET /__sandbox/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 18446744073709551615\r\n\r\n".to_vec(),
        format!("POST /chatguru/api/v1?{long}=%&%%=&[]=&=[ HTTP/1.1\r\nHost: localhost\r\n\r\n").into_bytes(),
        b"POST /escalazap/external-api/contact/store HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=\"\xff\"\r\nContent-Length: 3\r\n\r\n--\r".to_vec(),
        b"HEAD /escalazap/external-api/contact/list HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(),
    ];
    raws.push(
        format!("POST /__sandbox/faults HTTP/1.1\r\nContent-Length: {}\r\n\r\n{fault}", fault.len()).into_bytes(),
    );
    for method in ["HEAD", "GET", "OPTIONS", "BREW"] {
        raws.push(
            format!("{method} /wazime/external-api/contact/list HTTP/1.1\r\nHost: localhost\r\n\r\n").into_bytes(),
        );
    }
    for raw in raws {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let _ = stream.write_all(&raw).await;
        let _ = stream.shutdown().await;
        let mut seen = Vec::new();
        let _ = tokio::time::timeout(std::time::Duration::from_secs(5), stream.read_to_end(&mut seen)).await;
    }
    drop(running);
    let mut said = String::new();
    stderr.read_to_string(&mut said).unwrap();
    assert_eq!(said, "");
}
