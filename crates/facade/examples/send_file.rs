//! A file, in the way that each provider takes one. Where the environment has no variables of theirs,
//! it starts sandboxes and writes to those.
//!
//! `cargo run --example send_file -- nota.pdf`; without a path it sends a few bytes.

mod account;

use zap_facade::{Capability, File, Media, MediaSource, Provider, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    for provider in [Provider::EscalaZap, Provider::ChatGuru] {
        let account = account::of(provider).await?;
        let messenger = connect(account.config)?;

        let media = if messenger.capabilities().has(Capability::MediaUpload) {
            // Read while it is sent, and never held whole.
            let path = std::env::args().nth(1);
            Media::document(path.map_or_else(|| File::from_bytes("nota.pdf", "%PDF-1.7\n"), File::from_path))
        } else {
            // The provider fetches it, so anybody must be able to.
            Media::document(MediaSource::url("https://example.com/nota.pdf"))
        };
        let sent = messenger.send_media(&account.to, &media.with_caption("Sua nota")).await;
        let receipt = sent.map_err(|error| account::advice(&error))?;
        println!("{}: the file is {}", messenger.provider(), receipt.state);
    }
    Ok(())
}
