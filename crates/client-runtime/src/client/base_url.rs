//! Validates base URLs, so that an obvious mistake is refused before the first call.

use std::net::Ipv4Addr;

use reqwest::Url;

use crate::spec::api::{Api, Instance};

/// Returns the base URL of `instance`, or what is wrong with it and how to fix it.
pub(crate) fn of(instance: &Instance, api: &Api) -> Result<Url, String> {
    for host_name in &instance.host_names {
        host_name.check()?;
    }
    // The text does not quote the URL, because it may contain credentials.
    let text = instance.base_url.trim().trim_end_matches('/');
    let url = Url::parse(text)
        .map_err(|error| format!("the base URL is not a URL ({error}): write it like `https://host/path`"))?;
    let wrong = if !matches!(url.scheme(), "http" | "https") {
        "begins with neither `http://` nor `https://`".to_owned()
    } else if url.query().is_some() || url.fragment().is_some() {
        "has a query or a fragment: leave out everything after `?` or `#`".to_owned()
    } else if url.path().starts_with("//") {
        "has a path that begins with `//`: does it contain a second `https://`?".to_owned()
    } else if !url.username().is_empty() || url.password().is_some() {
        "has a user name or a password: leave them out, and pass the credentials to the builder".to_owned()
    } else if let Some(path) = path_at_end(&url, api) {
        format!("ends in `{path}`, which each call adds: leave it out")
    } else if is_abbreviated(&url, text) {
        "has a number as its host, which means another address in a URL: write the host's name, or the whole address"
            .to_owned()
    } else {
        return Ok(url);
    };
    Err(format!("the base URL {wrong}"))
}

/// Returns the path of an operation that the URL ends in, with any values for its parameters. People copy the URLs of calls
/// from the documentation.
fn path_at_end(url: &Url, api: &Api) -> Option<&'static str> {
    let ends_in = |path: &&&str| {
        let mut segments = url.path().trim_end_matches('/').rsplit('/');
        path.rsplit('/')
            .take_while(|wanted| !wanted.is_empty())
            .all(|wanted| segments.next().is_some_and(|is| wanted.starts_with('{') || wanted.eq_ignore_ascii_case(is)))
    };
    // Every URL ends in a path such as `/` or `/{id}`.
    let has_words = |path: &&&str| path.split('/').any(|segment| !segment.is_empty() && !segment.starts_with('{'));
    api.paths.iter().filter(has_words).find(ends_in).copied()
}

/// Returns whether the host is a short form of an address, such as `12` for 0.0.0.12.
fn is_abbreviated(url: &Url, text: &str) -> bool {
    url.host_str().is_some_and(|host| host.parse::<Ipv4Addr>().is_ok() && !text.contains(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_what_comes_before_the_path_of_an_operation() {
        let paths = &["/", "/{id}", "/api/v1", "/contact/list", "/contact/{id}/notes"];
        let api = Api { paths, ..crate::spec::api::tests::API };
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
            ("https://zap.example/api/v1?key=a", "leave out everything after `?`"),
            ("https://12/x", "write the host's name"),
            ("https://127.1", "write the host's name"),
            ("https://0x7f.1", "write the host's name"),
        ] {
            let error = check(wrong).unwrap_err();
            assert!(error.contains(why) && error.contains("the base URL"), "{wrong}: {error}");
        }
    }
}
