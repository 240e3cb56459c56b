//! Small files that the sandbox serves, for messages from customers without a file of their own.

use crate::{IncomingKind, app_state::AppState};

/// The name, media type and content of a file.
type Sample = (&'static str, &'static str, &'static [u8]);

const IMAGE: Sample = ("picture.png", "image/png", include_bytes!("samples/picture.png"));
const VOICE: Sample = ("voice.ogg", "audio/ogg", include_bytes!("samples/voice.ogg"));
const AUDIO: Sample = ("audio.mp3", "audio/mpeg", include_bytes!("samples/audio.mp3"));
const VIDEO: Sample = ("video.mp4", "video/mp4", include_bytes!("samples/video.mp4"));
const DOCUMENT: Sample = ("document.pdf", "application/pdf", include_bytes!("samples/document.pdf"));

/// Returns the media type and the content of a file.
pub(crate) fn sample(name: &str) -> Option<(&'static str, &'static [u8])> {
    let all = [IMAGE, VOICE, AUDIO, VIDEO, DOCUMENT];
    all.into_iter().find(|(known, ..)| *known == name).map(|(_, media_type, content)| (media_type, content))
}

/// Returns the address of the file for a kind. A text has none.
pub(super) fn url(app: &AppState, kind: IncomingKind) -> Option<String> {
    let (name, ..) = match kind {
        IncomingKind::Text => return None,
        IncomingKind::Image => IMAGE,
        IncomingKind::Voice => VOICE,
        IncomingKind::Audio => AUDIO,
        IncomingKind::Video => VIDEO,
        IncomingKind::Document => DOCUMENT,
    };
    Some(format!("{}/__sandbox/samples/{name}", app.url()))
}
