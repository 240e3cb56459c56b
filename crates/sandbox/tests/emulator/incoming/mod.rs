//! Messages from customers, and the webhook.

mod chats;
mod conversations;
mod faults;
mod hostile;
mod posts;
mod receiver;
mod routes;

pub(crate) use receiver::{Behaviour, Receiver};

use std::time::Duration;

use tokio::time::timeout;
use zap_sandbox::{Sandbox, SandboxBuilder};

const ANA: &str = "5511900000001";
const BIA: &str = "5511900000002";

/// Starts a sandbox that posts to the receiver.
async fn posting_to(receiver: &Receiver) -> Sandbox {
    start(Sandbox::builder().webhook_url(receiver.url())).await
}

async fn start(builder: SandboxBuilder) -> Sandbox {
    builder.start().await.unwrap()
}

/// Waits until all posts are made.
async fn all_posted(sandbox: &Sandbox) {
    timeout(Duration::from_secs(60), sandbox.all_posted()).await.expect("posts");
}
