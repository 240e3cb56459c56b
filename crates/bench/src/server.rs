//! A server that answers every request with the same body as fast as it can, so that the client is measured.

use std::fmt::Write as _;
use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Serves forever. Calls `listening` with the origin.
pub async fn serve(listening: impl FnOnce(&str)) -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    listening(&format!("http://{}", listener.local_addr()?));
    let answers = Arc::new(Answers { list: answer(&contacts(1, 20)), message: answer(MESSAGE) });
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let answers = Arc::clone(&answers);
        // A client that disconnects ends only its connection.
        tokio::spawn(async move { connection(stream, &answers).await });
    }
}

struct Answers {
    list: Vec<u8>,
    message: Vec<u8>,
}

async fn connection(mut stream: TcpStream, answers: &Answers) -> io::Result<()> {
    let mut buffer = vec![0; 256 * 1024];
    let mut filled = 0;
    loop {
        // The head.
        let head = loop {
            if let Some(end) = buffer[..filled].windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
            let read = stream.read(&mut buffer[filled..]).await?;
            if read == 0 {
                return Ok(());
            }
            filled += read;
        };
        let text = String::from_utf8_lossy(&buffer[..head]).to_ascii_lowercase();
        let (number, size) = (parameter(&text, "page"), parameter(&text, "paginate").filter(|size| *size > 0));
        let other;
        let answer = match (text.starts_with("get"), number.unwrap_or(1), size.unwrap_or(20)) {
            (false, ..) => &answers.message,
            (true, 1, 20) => &answers.list,
            (true, number, size) => {
                other = answer(&contacts(number, size));
                &other
            }
        };
        let length = text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        let chunked = text.contains("transfer-encoding: chunked");
        // The body, which is ignored.
        let mut left = length.unwrap_or(0usize);
        let there = (filled - head).min(left);
        left -= there;
        buffer.copy_within(head + there..filled, 0);
        filled -= head + there;
        while left > 0 {
            let read = stream.read(&mut buffer).await?;
            if read == 0 {
                return Ok(());
            }
            left = left.saturating_sub(read);
        }
        while chunked && !buffer[..filled].ends_with(b"0\r\n\r\n") {
            let kept = filled.min(5);
            buffer.copy_within(filled - kept..filled, 0);
            let read = stream.read(&mut buffer[kept..]).await?;
            if read == 0 {
                return Ok(());
            }
            filled = kept + read;
        }
        if chunked {
            filled = 0;
        }
        stream.write_all(answer).await?;
    }
}

fn answer(body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\nserver: bench\r\ncontent-type: application/json\r\ncache-control: no-cache, private\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Returns a query parameter from a request's first line.
fn parameter(head: &str, name: &str) -> Option<usize> {
    let target = head.split_whitespace().nth(1)?;
    let (_, query) = target.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
}

/// The number of contacts.
const CONTACTS: usize = 100_000;

/// Returns the page `number` with `size` contacts, as it was recorded (fact E16).
fn contacts(number: usize, size: usize) -> String {
    let url = "https:\\/\\/zap.example\\/external-api\\/contact\\/list?page=";
    let from = number.saturating_sub(1) * size;
    let last = CONTACTS.div_ceil(size);
    let next = if number < last { format!(r#""{url}{}""#, number + 1) } else { "null".to_owned() };
    let mut rows = String::new();
    for id in from + 1..=CONTACTS.min(from + size) {
        let comma = if id == from + 1 { "" } else { "," };
        let _ = write!(
            rows,
            r#"{comma}{{"id":{id},"user_id":3,"firstname":"Ana Beatriz","lastname":"Souza","mobile_code":"55","mobile":"119{id:08}","image":null,"address":{{"city":"Recife","state":"PE","post_code":"50000-000","address":"Rua da Aurora, 100","country":"Brazil"}},"status":0,"details":{{"plano":"ouro"}},"is_customer":0,"is_blocked":0,"blocked_by":0,"created_at":"2026-01-01T21:04:05.000000Z","updated_at":"2026-01-01T21:04:05.000000Z","image_src":"https:\/\/zap.example\/assets\/images\/avatar.jpg","full_name":"Ana Beatriz Souza"}}"#,
        );
    }
    let to = CONTACTS.min(from + size);
    format!(
        r#"{{"remark":"contact-list","status":"success","message":["Contact data fetched successfully."],"data":{{"contacts":{{"current_page":{number},"data":[{rows}],"first_page_url":"{url}1","from":{},"last_page":{last},"last_page_url":"{url}{last}","links":[{{"url":null,"label":"&laquo; Previous","active":false}},{{"url":"{url}1","label":"1","active":true}},{{"url":"{url}2","label":"2","active":false}},{{"url":{next},"label":"Next &raquo;","active":false}}],"next_page_url":{next},"path":"https:\/\/zap.example\/external-api\/contact\/list","per_page":{size},"prev_page_url":null,"to":{to},"total":{CONTACTS}}}}}}}"#,
        from + 1
    )
}

/// Returns the answer to a text message (fact E6).
const MESSAGE: &str = r#"{"remark":"message_sent","status":"success","message":["Message sent successfully"],"data":{"message":{"user_id":3,"whatsapp_account_id":1,"conversation_id":7,"type":1,"message":"Ol\u00e1! Seu pedido saiu para entrega.","media_id":null,"message_type":1,"whatsapp_message_id":"wamid.HBgNNTUxMTk4NzY1NDMyMRUCABEYEjA","updated_at":"2026-01-05T04:00:00.000000Z","created_at":"2026-01-05T04:00:00.000000Z","id":41,"status":1},"conversation_id":7,"conversationId":7}}"#;
