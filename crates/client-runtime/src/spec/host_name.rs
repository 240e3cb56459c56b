//! Values in a base URL that must be the name of a host.

/// A value in a base URL that must be the name of a host (the spec's `x-format: host_name`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HostName {
    /// The name by which the caller knows the value.
    pub(crate) variable: &'static str,
    pub(crate) value: String,
    /// A valid value.
    pub(crate) example: &'static str,
}

impl HostName {
    /// Returns what is wrong with the value and how to fix it.
    pub(crate) fn check(&self) -> Result<(), String> {
        let Self { variable, value, example } = self;
        // The text does not quote the value, because it may be a key that was put here by mistake.
        let wrong = |what: &str| Err(format!("`{variable}` must be a host name such as `{example}`: {what}"));
        if value.is_empty() {
            return wrong("it is empty");
        }
        if value.contains("://") {
            return wrong("leave out `https://` and everything after the name");
        }
        if value.contains('@') {
            return wrong("leave out the user name and the password");
        }
        if value.contains(['/', '\\', '?', '#']) {
            return wrong("leave out the path");
        }
        let (name, port) = value.split_once(':').map_or((value.as_str(), None), |(name, port)| (name, Some(port)));
        if port.is_some_and(|port| !port.bytes().all(|byte| byte.is_ascii_digit()) || port.parse::<u16>().is_err()) {
            return wrong("the part after `:` is not a port");
        }
        if !name.contains('.') {
            return wrong("it has no dot");
        }
        if !name.split('.').all(is_label) {
            return wrong("it has a character that is not allowed in a host name, or an empty part");
        }
        // In a URL, a name that ends in a number is an address: `1.2` is 1.0.0.2.
        if name.rsplit('.').next().is_some_and(is_number) {
            return wrong("it is a number or an address");
        }
        Ok(())
    }
}

/// Returns whether `label` can be a part of a host name, in any script.
fn is_label(label: &str) -> bool {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    !label.is_empty() && label.chars().all(inner) && !label.starts_with('-') && !label.ends_with('-')
}

fn is_number(label: &str) -> bool {
    let hexadecimal = label.strip_prefix("0x").or_else(|| label.strip_prefix("0X"));
    hexadecimal.map_or(label.bytes().all(|byte| byte.is_ascii_digit()), |digits| {
        digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: HostName = HostName { variable: "server", value: String::new(), example: "app.zap.example" };

    #[test]
    fn a_host_name_has_a_dot_and_is_not_a_number() {
        let check = |value: &str| HostName { value: value.to_owned(), ..EXAMPLE }.check();
        for right in ["app.zap.guru", "s12.chatguru.app", "a_b.example", "12.example", "zap.example:8443", "zap.é"] {
            assert_eq!(check(right), Ok(()), "{right}");
        }
        for (wrong, why) in [
            ("", "it is empty"),
            ("12", "no dot"),
            ("localhost", "no dot"),
            ("0x7f.1", "a number"),
            ("1.2", "a number"),
            ("127.0.0.1", "a number"),
            ("a.0xF", "a number"),
            ("a.0x", "a number"),
            ("[::1]", "not a port"),
            ("zap.example:https", "not a port"),
            ("zap.example:", "not a port"),
            ("zap.example:99999", "not a port"),
            ("https://zap.example", "leave out `https://`"),
            ("zap.example/api/v1", "leave out the path"),
            ("zap.example?a", "leave out the path"),
            ("zap.example#a", "leave out the path"),
            ("zap.example\\a", "leave out the path"),
            ("me@zap.example", "leave out the user name"),
            ("zap..example", "an empty part"),
            ("zap.example.", "an empty part"),
            (".zap.example", "an empty part"),
            ("zap.example\n", "a character"),
            ("zap .example", "a character"),
            ("%31.2", "a character"),
            ("-a.example", "a character"),
        ] {
            let error = check(wrong).unwrap_err();
            assert!(
                error.contains(why) && error.starts_with("`server` must be a host name such as"),
                "{wrong}: {error}"
            );
        }
    }
}
