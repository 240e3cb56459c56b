//! Sends a file through EscalaZap as an upload, and through ChatGuru by URL.
//!
//! Run `cargo run --example send_file -- nota.pdf`. Without a path it sends a few bytes. For a provider without variables in
//! the environment, it starts a sandbox.

mod account;

use zap_facade::{Capability, File, Media, MediaSource, Provider, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    for provider in [Provider::EscalaZap, Provider::ChatGuru] {
        let to = account::recipient(provider)?;
        let account = account::of(provider).await?;
        let messenger = connect(account.config)?;

        let media = if messenger.capabilities().has(Capability::MediaUpload) {
            // The file is read while it is sent, and never held in memory as a whole.
            let path = std::env::args().nth(1);
            Media::document(path.map_or_else(|| File::from_bytes("nota.pdf", "%PDF-1.7\n"), File::from_path))
        } else {
            // The provider fetches the file, so the URL must be public.
            Media::document(MediaSource::url("https://example.com/nota.pdf"))
        };
        let sent = messenger.send_media(&to, &media.with_caption("Sua nota")).await;
        let receipt = sent.map_err(|error| account::advice(&error))?;
        println!("{}: the file is {}", messenger.provider(), receipt.state);
    }
    Ok(())
}
