//! Validates base URLs and host names, so that an obvious mistake is refused before the first call.

use std::net::Ipv4Addr;

use reqwest::Url;

use crate::operation::{Api, Instance};

/// A part of a base URL that must be the name of a host (the spec's `x-format: host_name`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HostName {
    /// What the caller knows it as.
    pub(crate) variable: &'static str,
    pub(crate) value: String,
    /// One that is right.
    pub(crate) example: &'static str,
}

impl HostName {
    fn check(&self) -> Result<(), String> {
        let Self { variable, value, example } = self;
        // The value is not quoted back: a key may have been put there.
        let wrong = |what: &str| Err(format!("`{variable}` must be a host name such as `{example}`: {what}"));
        if value.is_empty() {
            return wrong("it is empty");
        }
        if value.contains("://") {
            return wrong("leave off `https://` and whatever comes after the name");
        }
        if value.contains('@') {
            return wrong("leave off the user name and the password");
        }
        if value.contains(['/', '\\', '?', '#']) {
            return wrong("leave off the path");
        }
        let (name, port) = value.split_once(':').map_or((value.as_str(), None), |(name, port)| (name, Some(port)));
        if port.is_some_and(|port| !port.bytes().all(|byte| byte.is_ascii_digit()) || port.parse::<u16>().is_err()) {
            return wrong("what comes after `:` is not a port");
        }
        if !name.contains('.') {
            return wrong("it has no dot");
        }
        if !name.split('.').all(is_label) {
            return wrong("it has a character or an empty part that is not allowed in a host name");
        }
        // URLs read a name that ends in a number as an address: `1.2` is 1.0.0.2.
        if name.rsplit('.').next().is_some_and(is_number) {
            return wrong("it is a number or an address");
        }
        Ok(())
    }
}

/// A part of a host name, in any script.
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

/// The base URL of `instance`, or what is wrong with it and how to write it.
pub(crate) fn of(instance: &Instance, api: &Api) -> Result<Url, String> {
    for host_name in &instance.host_names {
        host_name.check()?;
    }
    // The text is not quoted back: it may hold credentials.
    let text = instance.base_url.trim().trim_end_matches('/');
    let url = Url::parse(text).map_err(|error| {
        format!("the base URL is not a URL ({error}); expected for instance https://host/path, with its scheme")
    })?;
    let wrong = if !matches!(url.scheme(), "http" | "https") {
        "its scheme is neither http nor https".to_owned()
    } else if url.query().is_some() || url.fragment().is_some() {
        "it has a query or a fragment; leave off what comes after `?` or `#`".to_owned()
    } else if url.path().starts_with("//") {
        "its path begins with `//`: is there a second `https://` in it?".to_owned()
    } else if !url.username().is_empty() || url.password().is_some() {
        "it has a user name or a password; credentials are set apart from it".to_owned()
    } else if let Some(path) = path_at_end(&url, api) {
        format!("it ends in `{path}`, which each call adds: leave it off")
    } else if is_abbreviated(&url, text) {
        "its host is a number, which URLs read as another address: write the host's name, or the whole address"
            .to_owned()
    } else {
        return Ok(url);
    };
    Err(format!("the base URL cannot be used: {wrong}"))
}

/// The path of an operation that the URL ends in, with anything in place of parameters: the documentation shows URLs
/// of calls, and people copy them.
fn path_at_end(url: &Url, api: &Api) -> Option<&'static str> {
    let ends_in = |path: &&&str| {
        let mut segments = url.path().trim_end_matches('/').rsplit('/');
        path.rsplit('/')
            .take_while(|wanted| !wanted.is_empty())
            .all(|wanted| segments.next().is_some_and(|is| wanted.starts_with('{') || wanted.eq_ignore_ascii_case(is)))
    };
    api.paths.iter().find(ends_in).copied()
}

/// Whether the host is a short form of an address, such as `12` for 0.0.0.12.
fn is_abbreviated(url: &Url, text: &str) -> bool {
    url.host_str().is_some_and(|host| host.parse::<Ipv4Addr>().is_ok() && !text.contains(host))
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
            ("https://zap.example", "leave off `https://`"),
            ("zap.example/api/v1", "leave off the path"),
            ("zap.example?a", "leave off the path"),
            ("zap.example#a", "leave off the path"),
            ("zap.example\\a", "leave off the path"),
            ("me@zap.example", "leave off the user name"),
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

    #[test]
    fn a_base_url_is_what_comes_before_the_path_of_an_operation() {
        let api = Api { paths: &["/api/v1", "/contact/list", "/contact/{id}/notes"], ..crate::operation::tests::API };
        let check = |url: &str| of(&Instance::new("Test", url), &api);
        for right in [
            "https://zap.example",
            "https://zap.example/",
            "https://zap.example/external-api",
            "https://zap.example/api/v1/proxy",
            "https://zap.example/my-api/v1",
            "https://zap.example/api",
            "http://127.0.0.1:4010/chatguru",
            "http://localhost:4010",
            "http://[::1]:4010",
            " https://zap.example/\n",
        ] {
            check(right).unwrap_or_else(|error| panic!("{right}: {error}"));
        }
        for (wrong, why) in [
            ("https://zap.example/api/v1", "ends in `/api/v1`"),
            ("https://zap.example/proxy/api/v1/", "ends in `/api/v1`"),
            ("https://zap.example/API/V1", "ends in `/api/v1`"),
            ("https://zap.example/x/../api/./v1", "ends in `/api/v1`"),
            ("https://zap.example/external-api/contact/list", "ends in `/contact/list`"),
            ("https://zap.example/contact/7/notes", "ends in `/contact/{id}/notes`"),
            ("https://zap.example/api/v1?key=a", "leave off what comes after `?`"),
            ("https://12/x", "write the host's name"),
            ("https://127.1", "write the host's name"),
            ("https://0x7f.1", "write the host's name"),
        ] {
            let error = check(wrong).unwrap_err();
            assert!(error.contains(why) && error.contains("the base URL"), "{wrong}: {error}");
        }
    }
}
