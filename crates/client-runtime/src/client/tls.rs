//! Whether the HTTP library was built with TLS.

/// Shadowed by reqwest's own `ClientBuilder::tls_info`, which exists only if reqwest has TLS: an inherent method takes
/// precedence over a trait's. The type that a call returns therefore tells which of the two there is.
#[allow(dead_code, reason = "not called where reqwest has TLS")]
trait WithoutTls: Sized {
    fn tls_info(self, _: bool) -> Absent {
        Absent
    }
}

impl WithoutTls for reqwest::ClientBuilder {}

#[allow(dead_code, reason = "not made where reqwest has TLS")]
struct Absent;

trait Presence {
    const THERE: bool;
}

impl Presence for reqwest::ClientBuilder {
    const THERE: bool = true;
}

impl Presence for Absent {
    const THERE: bool = false;
}

/// Whether reqwest has TLS. There is one reqwest of this version in a program, so this holds for clients built elsewhere
/// as well, and it holds whichever crate turned TLS on.
///
/// Without TLS, reqwest forwards requests for `https` URLs to a proxy in clear text, secrets included.
pub(crate) fn is_compiled_in() -> bool {
    fn presence<T: Presence>(_: fn(reqwest::ClientBuilder) -> T) -> bool {
        T::THERE
    }
    // Never called: only the type of what it returns counts.
    presence(|builder| builder.tls_info(false))
}

/// With TLS that has no cryptography, reqwest would panic. With `native-tls` it would use that.
///
/// Only our own features can be seen, and not what a `reqwest::ClientBuilder` was told: if reqwest
/// has cryptography from elsewhere, this asks for a provider that is not needed.
#[cfg(all(feature = "rustls-no-provider", not(feature = "rustls"), not(feature = "native-tls")))]
pub(crate) fn lacks_cryptography() -> bool {
    rustls::crypto::CryptoProvider::get_default().is_none()
}

#[cfg(not(all(feature = "rustls-no-provider", not(feature = "rustls"), not(feature = "native-tls"))))]
pub(crate) fn lacks_cryptography() -> bool {
    false
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_there_with_each_feature_that_turns_it_on() {
        let on = cfg!(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"));
        // Another crate of the same build may turn it on as well.
        assert!(super::is_compiled_in() || !on);
    }
}
