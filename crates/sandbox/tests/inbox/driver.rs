//! The `chromedriver` process and its protocol, JSON over HTTP.

use std::{
    env, fs,
    io::{BufRead, BufReader, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// A session with a headless browser. Both end when it is dropped.
pub(crate) struct Driver {
    process: Child,
    // Kept open, because a driver that cannot write exits.
    _output: BufReader<ChildStdout>,
    address: SocketAddr,
    session: String,
    profile: PathBuf,
}

impl Driver {
    /// Starts a driver; `None` and a message if this machine has none.
    pub(crate) async fn start() -> Option<Self> {
        let driver = program("CHROMEDRIVER", &["chromedriver"]);
        let chrome = program("CHROME", &["chromium", "google-chrome", "chromium-browser", "chrome"]);
        let (Some(driver), Some(chrome)) = (driver, chrome) else {
            skipped();
            return None;
        };
        let mut process = Command::new(driver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let mut output = BufReader::new(process.stdout.take().expect("its output"));
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port(&mut output)));
        let profile = env::temp_dir().join(format!("sandbox-inbox-{}-{}", std::process::id(), address.port()));
        let mut driver = Self { process, _output: output, address, session: String::new(), profile };
        driver.session = driver.new_session(&chrome).await;
        Some(driver)
    }

    async fn new_session(&self, chrome: &Path) -> String {
        let user_data = format!("--user-data-dir={}", self.profile.display());
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,900",
            &user_data,
        ];
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": chrome, "args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let session = self.post("/session", &wanted).await;
        format!("/session/{}", session["sessionId"].as_str().expect("a session"))
    }

    /// Runs a command in the session and returns the value of its answer.
    pub(crate) async fn command(&self, name: &str, parameters: Value) -> Value {
        self.post(&format!("{}/{name}", self.session), &parameters).await
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        let (status, mut answer) = self.exchange(path, &body.to_string()).await.expect("chromedriver answers");
        assert_eq!(status, 200, "{path} {body}: {answer:#}");
        answer["value"].take()
    }

    /// Sends one request on a new connection. The driver keeps it open, so the length tells where the answer ends.
    async fn exchange(&self, path: &str, body: &str) -> std::io::Result<(u16, Value)> {
        let mut stream = TcpStream::connect(self.address).await?;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        stream.write_all(format!("{head}{body}").as_bytes()).await?;
        let mut raw = Vec::new();
        loop {
            if stream.read_buf(&mut raw).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(answer) = whole(&raw) {
                return Ok(answer);
            }
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Ending the driver does not end its browser, so end the session first.
        if !self.session.is_empty() {
            let _ = end_session(self.address, &self.session);
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
        // The browser's processes may still be writing to the folder.
        for _ in 0..50 {
            if fs::remove_dir_all(&self.profile).is_ok() || !self.profile.exists() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Status and body of an answer, once it is complete.
fn whole(raw: &[u8]) -> Option<(u16, Value)> {
    let end = raw.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&raw[..end]).ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head.lines().filter_map(|line| line.split_once(':'));
    let length: usize = length
        .filter(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .find_map(|(_, value)| value.trim().parse().ok())?;
    let body = raw.get(end + 4..end + 4 + length)?;
    Some((status, serde_json::from_slice(body).ok()?))
}

fn end_session(address: SocketAddr, session: &str) -> std::io::Result<()> {
    let mut stream = std::net::TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(stream, "DELETE {session} HTTP/1.1\r\nHost: {address}\r\n\r\n")?;
    // The first byte of the answer means that the session has ended.
    stream.read_exact(&mut [0])
}

/// The port that the driver prints.
fn port(output: &mut impl BufRead) -> u16 {
    let mut output_text = String::new();
    for line in output.lines() {
        let line = line.expect("readable output");
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            return port.trim_end_matches('.').parse().expect("a port");
        }
        output_text.push_str(&line);
        output_text.push('\n');
    }
    panic!("chromedriver did not start:\n{output_text}");
}

/// The program that the variable names, or the first of `names` in the search path.
fn program(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(path) = env::var_os(variable) {
        return Some(PathBuf::from(path));
    }
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file()))
}

fn skipped() {
    let text = "\n*** SKIPPED: a test of the inbox page needs chromedriver and chromium, which were not found. ***\n";
    // The test harness would capture the output of `eprintln!`.
    let _ = std::io::stderr().write_all(text.as_bytes());
    assert!(env::var_os("CI").is_none(), "CI has no browser to test the inbox page with");
}
