//! Bodies that are not messages: answered with 200, kept byte for byte, and counted.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use zap_facade::{Received, UnreadableReason};

use super::{Receiving, URI, body, send};

/// Returns the body and the reason of what arrived.
fn unreadable(received: Received) -> (Vec<u8>, UnreadableReason) {
    match received {
        Received::Unreadable(unreadable) => (unreadable.raw.to_vec(), unreadable.reason),
        other => panic!("it is a message: {other:?}"),
    }
}

#[tokio::test]
async fn a_body_that_is_not_a_message_is_kept() {
    let whole = body("oi");
    let cases: [(&[u8], UnreadableReason); 15] = [
        (b"", UnreadableReason::NotJson),
        (b" ", UnreadableReason::NotJson),
        (b"<html>502 Bad Gateway</html>", UnreadableReason::NotJson),
        (b"celular=551187654321&texto_mensagem=oi", UnreadableReason::NotJson),
        (&whole.as_bytes()[..whole.len() - 1], UnreadableReason::NotJson),
        (b"{\"celular\":\"551187654321\"}}", UnreadableReason::NotJson),
        (b"{'celular':'551187654321'}", UnreadableReason::NotJson),
        (b"{\"celular\":NaN}", UnreadableReason::NotJson),
        (b"{\"celular\":\"\xff\xfe", UnreadableReason::NotUtf8),
        (b"\xff\xd8\xff\xe0", UnreadableReason::NotUtf8),
        (b"null", UnreadableReason::NotAMessage),
        (b"[]", UnreadableReason::NotAMessage),
        (b"\"551187654321\"", UnreadableReason::NotAMessage),
        (b"{}", UnreadableReason::NotAMessage),
        (b"{\"event\":\"message\",\"from\":\"551187654321\"}", UnreadableReason::NotAMessage),
    ];
    let mut receiving = Receiving::new();
    for (sent, reason) in cases {
        assert_eq!(receiving.post(sent.to_vec()).await, StatusCode::OK);
        let [received] = <[_; 1]>::try_from(receiving.arrived()).unwrap();
        assert_eq!(unreadable(received), (sent.to_vec(), reason), "{}", String::from_utf8_lossy(sent));
    }
    let counters = receiving.receiver.counters();
    assert_eq!((counters.received, counters.unreadable), (cases.len() as u64, cases.len() as u64));
}

#[tokio::test]
async fn a_compressed_body_is_kept() {
    let mut receiving = Receiving::new();
    // The first bytes of gzip.
    let sent = b"\x1f\x8b\x08\x00\x00\x00".to_vec();
    for encoding in ["gzip", "br", "identity, gzip"] {
        let request = Request::post(URI).header("content-encoding", encoding).body(Body::from(sent.clone())).unwrap();
        assert_eq!(send(&receiving.router, request).await.status(), StatusCode::OK);
        let [received] = <[_; 1]>::try_from(receiving.arrived()).unwrap();
        assert_eq!(unreadable(received), (sent.clone(), UnreadableReason::Encoded), "{encoding}");
    }
    let request = Request::post(URI).header("content-encoding", "Identity").body(Body::from(body("oi"))).unwrap();
    assert_eq!(send(&receiving.router, request).await.status(), StatusCode::OK);
    assert_eq!(receiving.texts(), ["oi"], "this is no compression");
}

#[tokio::test]
async fn a_message_with_damage_is_read_as_far_as_possible() {
    let mut receiving = Receiving::new();
    let half_an_emoji = body("HALF").replace("HALF", r"oi\ud83d").into_bytes();
    let whole = body("oi");
    let latin = whole.replace("Ana", "ANA").into_bytes();
    let latin: Vec<_> = latin.into_iter().map(|byte| if byte == b'A' { 0xc1 } else { byte }).collect();
    for sent in [half_an_emoji, latin, whole.replace("\"valor\"", "1e999").into_bytes()] {
        // A repeat is recognised nevertheless.
        for _ in 0..2 {
            assert_eq!(receiving.post(sent.clone()).await, StatusCode::OK);
        }
        let [received] = <[_; 1]>::try_from(receiving.arrived()).unwrap();
        let incoming = received.message().unwrap();
        assert_eq!((incoming.text.as_deref(), incoming.number().is_ok()), (Some("oi"), true));
        assert_eq!(incoming.raw.as_deref(), Some(&*sent));
    }
}

#[tokio::test]
async fn the_type_of_the_content_does_not_matter() {
    let mut receiving = Receiving::with(|builder| builder.dedup_window(std::time::Duration::ZERO));
    for content_type in [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("x; charset=latin1")]
    {
        let mut request = Request::post(URI);
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let request = request.body(Body::from(body("oi"))).unwrap();
        assert_eq!(send(&receiving.router, request).await.status(), StatusCode::OK);
        assert_eq!(receiving.texts(), ["oi"], "{content_type:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_never_taken_for_a_repeat() {
    let mut receiving = Receiving::new();
    for _ in 0..3 {
        assert_eq!(receiving.post("").await, StatusCode::OK);
    }
    assert_eq!(receiving.arrived().len(), 3);
    assert_eq!(receiving.receiver.counters().duplicates, 0);
}

/// Damages a body in a way that `random` chooses.
fn damaged(whole: &[u8], mut random: impl FnMut(usize) -> usize) -> Vec<u8> {
    let mut damaged = whole.to_vec();
    for _ in 0..=random(3) {
        let at = random(damaged.len().max(1)).min(damaged.len());
        match random(6) {
            0 => damaged.truncate(at),
            1 if at < damaged.len() => damaged[at] ^= 1 << random(8),
            2 => damaged.insert(at, b"{}[]\",:\\\0\xff1-e"[random(13)]),
            3 if at < damaged.len() => drop(damaged.remove(at)),
            4 => damaged.extend_from_slice(&whole[..at.min(whole.len())]),
            _ => drop(damaged.drain(at..(at + random(40)).min(damaged.len()))),
        }
    }
    damaged
}

#[tokio::test]
async fn any_damage_is_survived_and_every_byte_is_kept() {
    let mut receiving = Receiving::with(|builder| builder.dedup_window(std::time::Duration::ZERO));
    let whole = body("Olá \u{1f600} \"aspas\" \\ fim");
    let mut state = 20_261_128_u64;
    let mut random = |below: usize| {
        // xorshift64.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let (mut messages, mut unreadable) = (0, 0);
    for _ in 0..3_000 {
        let sent = damaged(whole.as_bytes(), &mut random);
        assert_eq!(receiving.post(sent.clone()).await, StatusCode::OK);
        let [received] = <[_; 1]>::try_from(receiving.arrived()).unwrap();
        let raw = match received {
            Received::Message(incoming) => {
                messages += 1;
                assert!(incoming.number_as_written.is_some() || incoming.chat_id.is_some());
                incoming.raw.unwrap()
            }
            Received::Unreadable(body) => {
                unreadable += 1;
                body.raw
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(raw, sent);
    }
    assert!(messages > 100 && unreadable > 1_000, "{messages} messages, {unreadable} unreadable");
    let counters = receiving.receiver.counters();
    assert_eq!((counters.received, counters.unreadable, counters.failed), (3_000, unreadable, 0));
}
