//! A server that answers every request with the same body, as fast as it can, so that what is
//! measured is the client.

use std::fmt::Write as _;
use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Serves for ever. `listening` is called with the origin.
pub async fn serve(listening: impl FnOnce(&str)) -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    listening(&format!("http://{}", listener.local_addr()?));
    let answers = Arc::new(Answers { list: answer(&contacts(20)), message: answer(MESSAGE) });
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let answers = Arc::clone(&answers);
        // A client that goes away ends its connection, nothing else.
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
        let answer = if text.starts_with("get") { &answers.list } else { &answers.message };
        let length = text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        let chunked = text.contains("transfer-encoding: chunked");
        // The body, which nobody looks at.
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

/// A page of `count` contacts, as it was recorded (fact E16).
fn contacts(count: usize) -> String {
    let url = "https://zap.example/external-api/contact/list?page=";
    let mut rows = String::new();
    for id in 0..count {
        let comma = if id == 0 { "" } else { "," };
        let _ = write!(
            rows,
            r#"{comma}{{"id":{id},"user_id":3,"firstname":"Ana Beatriz","lastname":"Souza","mobile_code":"55","mobile":"119000{id:05}","image":null,"address":{{"city":"Recife","state":"PE","post_code":"50000-000","address":"Rua da Aurora, 100","country":"Brazil"}},"status":0,"details":{{"plano":"ouro"}},"is_customer":0,"is_blocked":0,"blocked_by":0,"created_at":"2026-01-01T21:04:05.000000Z","updated_at":"2026-01-01T21:04:05.000000Z","image_src":"https:\/\/zap.example\/assets\/images\/avatar.jpg","full_name":"Ana Beatriz Souza"}}"#,
        );
    }
    format!(
        r#"{{"remark":"contact-list","status":"success","message":["Contact data fetched successfully."],"data":{{"contacts":{{"current_page":1,"data":[{rows}],"first_page_url":"{url}1","from":1,"last_page":3,"last_page_url":"{url}3","links":[{{"url":null,"label":"&laquo; Previous","active":false}},{{"url":"{url}1","label":"1","active":true}},{{"url":"{url}2","label":"2","active":false}},{{"url":"{url}2","label":"Next &raquo;","active":false}}],"next_page_url":"{url}2","path":"https:\/\/zap.example\/external-api\/contact\/list","per_page":20,"prev_page_url":null,"to":20,"total":50}}}}}}"#
    )
}

/// The answer to a text (fact E6).
const MESSAGE: &str = r#"{"remark":"message_sent","status":"success","message":["Message sent successfully"],"data":{"message":{"user_id":3,"whatsapp_account_id":1,"conversation_id":7,"type":1,"message":"Ol\u00e1! Seu pedido saiu para entrega.","media_id":null,"message_type":1,"whatsapp_message_id":"wamid.HBgNNTUxMTk4NzY1NDMyMRUCABEYEjA","updated_at":"2026-01-05T04:00:00.000000Z","created_at":"2026-01-05T04:00:00.000000Z","id":41,"status":1},"conversation_id":7,"conversationId":7}}"#;
