//! A server with a self-signed certificate.

// Each test program uses its own part of this.
#![allow(dead_code)]

use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use super::Reply;

pub struct Server {
    pub origin: String,
    /// The certificate, for a client that trusts it.
    pub certificate: Vec<u8>,
    task: JoinHandle<()>,
}

impl Server {
    /// Answers every request with a bare success, after the TLS handshake.
    pub async fn start() -> Self {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let certificate = made.cert.der().clone();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let config =
            ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate.clone()], key).unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("https://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    let mut request = vec![0; 16 * 1024];
                    let _ = stream.read(&mut request).await;
                    let Reply::Bytes(success) = Reply::success() else { unreachable!("it is whole") };
                    let _ = stream.write_all(&success).await;
                    let _ = stream.shutdown().await;
                });
            }
        });
        Self { origin, certificate: certificate.to_vec(), task }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}
