//! A real PHP sees the files and texts that were asked for, or the call is refused before it is sent.
//!
//! `php` must be on the path; Debian has it as `php-cli`.

use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use externalapi_client::{Client, File};
use serde_json::Value;
use zap_facade::{ErrorKind, Outcome};

use crate::support;

/// Answers a message with what it is made of, as hexadecimal digits, instead of its text.
const SCRIPT: &str = r"<?php
$files = [];
foreach ($_FILES as $field => $file) {
    $content = $file['error'] === UPLOAD_ERR_OK ? file_get_contents($file['tmp_name']) : '';
    $files[$field] = [bin2hex($file['name']), bin2hex($content), bin2hex($file['type'])];
}
$seen = json_encode(['files' => $files, 'texts' => array_map('bin2hex', $_POST)]);
header('Content-Type: application/json');
echo json_encode(['status' => 'success', 'remark' => 'success', 'data' => ['message' => ['message' => $seen]]]);
";

/// So that the type of the file is right, whatever its name.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// PHP's own server, until it is dropped.
struct Php {
    child: Child,
    script: PathBuf,
    origin: String,
}

impl Php {
    /// `None` if there is no PHP.
    fn start() -> Option<Self> {
        Command::new("php").arg("-v").stdout(Stdio::null()).status().ok()?;
        let script = std::env::temp_dir().join(format!("preflight-{}.php", std::process::id()));
        std::fs::write(&script, SCRIPT).unwrap();
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            // Another program may take the port in between; then it is another port's turn.
            let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
            let mut command = Command::new("php");
            // Without the settings of this machine.
            command.args(["-n", "-S", &address.to_string()]).arg(&script);
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            while child.try_wait().unwrap().is_none() {
                assert!(Instant::now() < deadline, "PHP's server does not start");
                if TcpStream::connect(address).is_ok() {
                    return Some(Self { child, script, origin: format!("http://{address}") });
                }
                std::thread::sleep(Duration::from_millis(10));
            }
            assert!(Instant::now() < deadline, "PHP's server does not start");
        }
    }
}

impl Drop for Php {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.script);
    }
}

/// Sends a picture and a text. Returns what arrives: name, content and media type of the picture, and the text. Returns
/// `None` if the client refuses the call.
async fn seen(client: &Client, name: &str, media_type: &str, content: &[u8], text: &str) -> Option<[Vec<u8>; 4]> {
    let file = File::from_bytes(name, content.to_vec()).with_media_type(media_type);
    let call = client.send_message().body_map(|b| b.mobile_code("55").mobile("1").image(file).message(text));
    let sent = match call.send().await {
        Ok(sent) => sent.into_inner().data.unwrap().message.unwrap().message.unwrap(),
        Err(error) => {
            assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{error}");
            return None;
        }
    };
    let seen: Value = serde_json::from_str(&sent).unwrap();
    let bytes = |hex: &Value| {
        let digits = hex.as_str().unwrap_or_default().as_bytes();
        digits.chunks(2).map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect()
    };
    let file = &seen["files"]["image"];
    Some([bytes(&file[0]), bytes(&file[1]), bytes(&file[2]), bytes(&seen["texts"]["message"])])
}

/// Returns whether the call was sent. If it was, checks that everything arrived unchanged.
async fn arrives(client: &Client, name: &str, media_type: &str, content: &[u8], text: &str) -> bool {
    let Some(seen) = seen(client, name, media_type, content, text).await else { return false };
    let asked = [name.as_bytes(), content, media_type.as_bytes(), text.as_bytes()];
    let shown = |all: [&[u8]; 4]| all.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    assert!(seen == asked, "asked for {:?}, seen {:?}", shown(asked), shown(seen.each_ref().map(|bytes| &bytes[..])));
    true
}

const RIGHT: [&str; 21] = [
    "a.png",
    "a\"b.png",
    "\"",
    "\"\"a\".png",
    "a%22b.png",
    "%2F%5C%00.png",
    " a b .png ",
    "a;b=c.png",
    "a'b'.png",
    "'a.png'",
    "a\"; filename=\"c.png",
    "foto é.png",
    "表示.png",
    "\u{1f600}.png",
    "\u{2028}.png",
    "[a]{b}(c).png",
    "a.b,c:d.png",
    "--a--.png",
    "png",
    "*?<>|.png",
    "=?utf-8?q?a?=.png",
];

const WRONG: [&str; 12] = [
    "",
    "/",
    "\\",
    "a.png/",
    "a.png\\",
    "01/02/2026.png",
    "a\\b.png",
    "a\\\"b.png",
    "a\0.png",
    "a\r\nb.png",
    "a\tb.png",
    "a\u{7f}.png",
];

/// Characters that cause trouble in a header, in a form or in PHP.
const LETTERS: [&str; 28] = [
    "a",
    "Z",
    "0",
    "2",
    ".",
    "png",
    "\"",
    "\"",
    "'",
    "\\",
    "/",
    ";",
    "=",
    "%",
    "%22",
    " ",
    "\t",
    "\r",
    "\n",
    "\0",
    "-",
    "--",
    "\r\n",
    "é",
    "表",
    "\u{1f600}",
    "[",
    "]",
];

/// A row of numbers that look like chance, the same for the same start.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }

    fn text(&mut self, most: usize) -> String {
        (0..self.below(most)).map(|_| LETTERS[self.below(LETTERS.len())]).collect()
    }
}

#[tokio::test]
async fn php_sees_what_was_asked_for() {
    let Some(php) = Php::start() else {
        assert!(std::env::var_os("CI").is_none(), "php must be there in CI: this cannot be skipped there");
        // Past the test harness, which would swallow it.
        let _ = writeln!(std::io::stderr(), "\nSKIPPED: forms against a real PHP. Install php-cli to run it.\n");
        return;
    };
    let client = support::externalapi(&php.origin).build().unwrap();
    for name in RIGHT {
        assert!(arrives(&client, name, "image/png", PNG, "Oi").await, "`{name}` is refused");
    }
    for name in WRONG {
        assert!(!arrives(&client, name, "image/png", PNG, "Oi").await, "`{name}` is sent");
    }
    // A line of a header about as long as PHP's buffer of 5 KiB would be read as two.
    for length in [255, 256, 1000, 1024, 1025, 2500, 5000, 5058, 5059, 5060, 5061, 5062, 10_000] {
        for letter in ["a", "\""] {
            let sent = arrives(&client, &letter.repeat(length), "image/png", PNG, "Oi").await;
            assert_eq!(sent, length <= 1024, "{length} times {letter}");
        }
        let media_type = format!("image/{}", "a".repeat(length - 6));
        assert_eq!(arrives(&client, "a.png", &media_type, PNG, "Oi").await, length <= 1024, "{length}");
    }

    let seed =
        std::env::var("PHP_SEED").map_or_else(|_| u64::from(std::process::id()) + 1, |seed| seed.parse().unwrap());
    let _ = writeln!(std::io::stderr(), "PHP_SEED={seed}");
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (mut sent, mut refused) = (0, 0);
    for _ in 0..400 {
        let (name, text) = (chance.text(9), chance.text(30));
        let content = [PNG, chance.text(40).as_bytes()].concat();
        if arrives(&client, &name, "image/png", &content, &text).await { sent += 1 } else { refused += 1 }
    }
    assert!(sent > 50 && refused > 50, "{sent} sent, {refused} refused");
}
