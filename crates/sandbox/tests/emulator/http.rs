//! An HTTP client that sends exactly the given bytes, so that it cannot hide mistakes of the sandbox.

use std::{
    fmt::Write as _,
    net::{IpAddr, SocketAddr},
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
};

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    method: String,
    target: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Option<Vec<u8>>,
    from: Option<IpAddr>,
    host: Option<String>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// A part of a multipart form: name, file name and type (of a file), content.
pub(crate) type Part<'a> = (&'a str, Option<(&'a str, Option<&'a str>)>, &'a [u8]);

impl Request {
    pub(crate) fn new(method: &str, target: &str) -> Self {
        let (method, target) = (method.to_owned(), target.to_owned());
        Self { method, target, headers: Vec::new(), body: None, from: None, host: None }
    }

    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        self.header_bytes(name, value.as_bytes().to_vec())
    }

    pub(crate) fn header_bytes(mut self, name: &str, value: Vec<u8>) -> Self {
        self.headers.push((name.to_owned(), value));
        self
    }

    /// Adds the headers `client-id` and `client-secret`.
    pub(crate) fn signed(self, sandbox: &zap_sandbox::Sandbox) -> Self {
        let credentials = sandbox.external_api_credentials();
        self.header("client-id", &credentials.client_id).header("client-secret", &credentials.client_secret)
    }

    pub(crate) fn body(mut self, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self.header("content-type", kind)
    }

    pub(crate) fn bytes(mut self, body: Vec<u8>) -> Self {
        self.body = Some(body);
        self
    }

    pub(crate) fn form(self, body: &str) -> Self {
        self.body("application/x-www-form-urlencoded", body)
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    pub(crate) fn multipart(self, parts: &[Part<'_>]) -> Self {
        const BOUNDARY: &str = "----a7f3d1c09b";
        let mut body = Vec::new();
        for (name, file, content) in parts {
            let mut head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"");
            if let Some((file_name, kind)) = file {
                let _ = write!(head, "; filename=\"{file_name}\"");
                let _ = write!(head, "\r\nContent-Type: {}", kind.unwrap_or("None"));
            }
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(b"\r\n\r\n");
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.body(&format!("multipart/form-data; boundary={BOUNDARY}"), body)
    }

    /// Sets another `Host` than the address of the sandbox.
    pub(crate) fn host(mut self, host: &str) -> Self {
        self.host = Some(host.to_owned());
        self
    }

    /// Sends from the given local address.
    pub(crate) fn from(mut self, address: IpAddr) -> Self {
        self.from = Some(address);
        self
    }

    pub(crate) async fn send(self, to: SocketAddr) -> std::io::Result<Response> {
        let mut stream = match self.from {
            None => TcpStream::connect(to).await?,
            Some(from) => {
                let socket = TcpSocket::new_v4()?;
                socket.bind((from, 0).into())?;
                socket.connect(to).await?
            }
        };
        let host = self.host.unwrap_or_else(|| to.to_string());
        let mut head = format!("{} {} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n", self.method, self.target);
        let body = self.body.unwrap_or_default();
        if !body.is_empty() || matches!(self.method.as_str(), "POST" | "PUT" | "PATCH") {
            let _ = write!(head, "Content-Length: {}\r\n", body.len());
        }
        let mut head = head.into_bytes();
        for (name, value) in &self.headers {
            head.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        head.extend(b"\r\n");
        stream.write_all(&head).await?;
        stream.write_all(&body).await?;
        let mut raw = Vec::new();
        stream.read_to_end(&mut raw).await?;
        Response::parse(&raw).ok_or_else(|| std::io::Error::other("incomplete answer"))
    }

    /// Sends the request and panics without an answer.
    pub(crate) async fn ask(self, sandbox: &zap_sandbox::Sandbox) -> Response {
        let shown = format!("{} {}", self.method, self.target);
        self.send(sandbox.address()).await.unwrap_or_else(|error| panic!("{shown}: {error}"))
    }
}

impl Response {
    fn parse(raw: &[u8]) -> Option<Self> {
        let end = raw.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = std::str::from_utf8(&raw[..end]).ok()?;
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let header =
            |line: &str| line.split_once(": ").map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
        Some(Self { status, headers: lines.filter_map(header).collect(), body: raw[end + 4..].to_vec() })
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// The body of a success of the ExternalApi; panics on another answer.
    pub(crate) fn success(&self) -> Value {
        let body = self.json();
        assert_eq!((self.status, &body["status"]), (200, &Value::from("success")), "{body}");
        body
    }

    /// The remark of an ExternalApi error under HTTP 200; panics on another answer.
    pub(crate) fn remark(&self) -> String {
        let body = self.json();
        assert_eq!((self.status, &body["status"]), (200, &Value::from("error")), "{body}");
        body["remark"].as_str().unwrap_or_default().to_owned()
    }
}
