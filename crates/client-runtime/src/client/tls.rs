//! Detects whether the HTTP library was built with TLS.

/// Shadowed by reqwest's own `ClientBuilder::tls_info`, which exists only if reqwest has TLS: an inherent method takes
/// precedence over a trait's. The type that a call returns therefore tells which of the two exists.
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

/// Returns whether reqwest has TLS, no matter which crate turned it on. A program contains one reqwest of this version, so
/// this is also true of clients that the runtime did not build.
///
/// Without TLS, reqwest forwards requests for `https` URLs to a proxy in clear text, secrets included.
pub(crate) fn is_compiled_in() -> bool {
    fn presence<T: Presence>(_: fn(reqwest::ClientBuilder) -> T) -> bool {
        T::THERE
    }
    // The closure is never called. Only its return type counts.
    presence(|builder| builder.tls_info(false))
}

/// Returns whether reqwest would panic because its TLS has no provider of cryptography. With `native-tls` it would use
/// that instead.
///
/// Only the features of this crate are known. If another crate gives reqwest a provider, this returns `true` although
/// none is needed.
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
