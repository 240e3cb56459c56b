//! The settings of clients, as lines to paste into a shell.

use std::fmt::Write as _;

use crate::{Credentials, Provider, Sandbox};

/// The time zone in which `ChatGuru` reads a `send_date`.
const TIME_ZONE: &str = "America/Sao_Paulo";

impl Sandbox {
    /// Returns the variables that the facade's `Config::from_env` needs to connect to this sandbox.
    ///
    /// They are lines for a shell: `export NAME='value'`, and comments. `ZAP_PROVIDER` is `escalazap`; the
    /// comment before it names the others. The program prints these lines when it starts.
    #[must_use]
    pub fn exports(&self) -> String {
        let [first, others @ ..] = Provider::ALL.map(Provider::slug);
        let mut out = format!("# The provider to connect to; others are {}:\n", others.join(", "));
        line(&mut out, "ZAP", "PROVIDER", first);
        for provider in Provider::ALL {
            let name = provider.slug().to_ascii_uppercase();
            line(&mut out, &name, "BASE_URL", &self.base_url(provider));
            match self.credentials(provider) {
                Credentials::ExternalApi(credentials) => {
                    line(&mut out, &name, "CLIENT_ID", &credentials.client_id);
                    line(&mut out, &name, "CLIENT_SECRET", &credentials.client_secret);
                }
                Credentials::ChatGuru(credentials) => {
                    line(&mut out, &name, "KEY", &credentials.key);
                    line(&mut out, &name, "ACCOUNT_ID", &credentials.account_id);
                    line(&mut out, &name, "PHONE_ID", &credentials.phone_id);
                    line(&mut out, &name, "TIME_ZONE", TIME_ZONE);
                }
            }
        }
        out
    }
}

fn line(out: &mut String, prefix: &str, name: &str, value: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "export {prefix}_{name}={}", quoted(value));
}

fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_for_the_shell() {
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
