//! Validates settings.

use std::collections::BTreeMap;
use std::time::Duration;

use zap_client_runtime::reqwest::Url;
use zap_client_runtime::{ParameterLocation, RateLimit, Secret, Timeouts};

use super::error::{ConfigError, ConfigProblem, ProblemKind};
use super::names::{Api, Naming, SETTINGS, Setting, find};
use super::options::{Options, Proxy};
use super::settings::{Account, ChatGuruAccount, Common, Config, ExternalApiAccount};
use super::spelling;
use crate::Provider;

/// Settings before they are validated, and the problems found so far.
pub(super) struct RawSettings {
    provider: Provider,
    naming: Naming,
    values: BTreeMap<&'static str, String>,
    problems: Vec<ConfigProblem>,
}

impl RawSettings {
    pub(super) fn new(provider: Provider, naming: Naming) -> Self {
        Self { provider, naming, values: BTreeMap::new(), problems: Vec::new() }
    }

    /// Accepts a value if the provider has this setting. An empty value is ignored, so that a file can list settings
    /// that are not filled in yet.
    pub(super) fn put(&mut self, name: &str, value: String) {
        let Some(setting) = find(name) else {
            let meant = spelling::key(name, self.ours());
            let meant = meant.map(|setting| format!("did you mean {}? ", setting.name)).unwrap_or_default();
            let help = format!("{meant}settings are {}", self.names());
            return self.report(ProblemKind::Unknown, name, help);
        };
        if value.trim().is_empty() {
            return;
        }
        if setting.of == Api::Any || setting.of == Api::of(self.provider) {
            self.values.insert(setting.name, value);
        } else {
            let of = if setting.of == Api::ChatGuru { "ChatGuru" } else { "EscalaZap, WaziMe and WapiFlow" };
            let help = format!("it is for {of}: remove it, or choose a provider other than {}", self.provider.slug());
            self.report(ProblemKind::Contradictory, name, help);
        }
    }

    pub(super) fn problem(&mut self, problem: ConfigProblem) {
        self.problems.push(problem);
    }

    /// Refuses a variable whose name is similar to that of a setting. Any other variable is another program's.
    pub(super) fn refuse_misspelt(&mut self, variable: String) {
        if let Some(setting) = spelling::variable(&variable, self.provider, self.ours()) {
            let help = format!("did you mean {}? rename it, or unset it", self.call(setting.name));
            self.problem(ConfigProblem::new(ProblemKind::Unknown, variable, help));
        }
    }

    /// Returns the settings of this provider.
    fn ours(&self) -> impl Iterator<Item = &'static Setting> + Clone + use<> {
        let api = Api::of(self.provider);
        SETTINGS.iter().filter(move |setting| setting.of == Api::Any || setting.of == api)
    }

    fn names(&self) -> String {
        self.ours().map(|setting| self.call(setting.name)).collect::<Vec<_>>().join(", ")
    }

    fn call(&self, name: &str) -> String {
        self.naming.call(self.provider, name)
    }

    fn report(&mut self, kind: ProblemKind, name: &str, help: impl Into<String>) {
        let problem = ConfigProblem::new(kind, self.call(name), help);
        // One line for each setting is enough, even if more is wrong with it.
        if !self.problems.iter().any(|known| known.setting == problem.setting) {
            self.problems.push(problem);
        }
    }

    fn take(&mut self, name: &str) -> Option<String> {
        self.values.remove(name)
    }

    /// Parses a value. If `parse` returns `None`, adds a problem.
    fn parsed<T>(&mut self, name: &'static str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.take(name)?;
        let value = parse(text.trim());
        if value.is_none() {
            self.report(ProblemKind::Invalid, name, find(name).map_or("", |setting| setting.help));
        }
        value
    }

    fn secret(&mut self, name: &str) -> Secret {
        Secret::new(self.take(name).unwrap_or_default())
    }

    fn options(&mut self) -> Options {
        let count = |text: &str| text.parse().ok().filter(|count| *count > 0);
        let second = self.parsed("requests_per_second", count);
        let minute = self.parsed("requests_per_minute", count);
        if second.is_some() && minute.is_some() {
            let help = format!("keep either it or {}", self.call("requests_per_second"));
            self.report(ProblemKind::Contradictory, "requests_per_minute", help);
        }
        let minute = minute.map(|count| RateLimit::new(count, Duration::from_secs(60)));
        Options {
            proxy: self.parsed("proxy", proxy).unwrap_or_default(),
            rate_limit: second.map(RateLimit::per_second).or(minute),
            ..Options::default()
        }
    }

    fn timeouts(&mut self) -> Timeouts {
        let seconds = |text: &str| text.parse().ok().filter(|seconds| *seconds > 0).map(Duration::from_secs);
        let mut timeouts = Timeouts::default();
        let connect = self.parsed("connect_timeout_seconds", seconds);
        let total = self.parsed("total_timeout_seconds", seconds);
        if let Some(limit) = self.parsed("read_timeout_seconds", seconds) {
            timeouts = timeouts.with_read(limit);
        }
        timeouts = timeouts.with_connect(connect.unwrap_or(timeouts.connect));
        timeouts = timeouts.with_total(total.unwrap_or(timeouts.total));
        if (connect.is_some() || total.is_some()) && timeouts.connect > timeouts.total {
            let help =
                format!("connecting may take longer than the whole call, {}", self.call("total_timeout_seconds"));
            self.report(ProblemKind::Contradictory, "connect_timeout_seconds", help);
        }
        timeouts
    }
}

/// Validates all settings and returns all problems.
pub(super) fn validate(mut settings: RawSettings) -> Result<Config, ConfigError> {
    let (provider, naming) = (settings.provider, settings.naming);
    let api = Api::of(provider);
    for setting in SETTINGS.iter().filter(|setting| setting.needed && setting.of == api) {
        if !settings.values.contains_key(setting.name) {
            settings.report(ProblemKind::Missing, setting.name, setting.help);
        }
    }
    let timeouts = settings.timeouts();
    let preflight = settings.parsed("preflight", switch).unwrap_or(true);
    let base_url = settings.take("base_url");
    let options = settings.options();
    let account = match api {
        Api::ChatGuru => {
            // The client checks whether it is a valid host name.
            let in_host = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | ':');
            let host = |text: &str| text.chars().all(in_host).then(|| text.to_owned());
            if base_url.is_none() && !settings.values.contains_key("server") {
                settings.report(
                    ProblemKind::Missing,
                    "server",
                    "give the account's host name alone, such as app.zap.guru",
                );
            }
            Account::ChatGuru(ChatGuruAccount {
                key: settings.secret("key"),
                account_id: settings.secret("account_id"),
                phone_id: settings.secret("phone_id"),
                server: settings.parsed("server", host).unwrap_or_default(),
                parameters_in: settings.parsed("parameters_in", parameter_location).unwrap_or_default(),
                time_zone: settings.parsed("time_zone", |name| is_zone(name).then(|| name.to_owned())),
            })
        }
        _ => Account::ExternalApi(ExternalApiAccount {
            client_id: settings.secret("client_id"),
            client_secret: settings.secret("client_secret"),
            from_number: settings.take("from_number"),
        }),
    };
    if settings.problems.is_empty() {
        Ok(Config { common: Common { provider, base_url, timeouts, preflight, options, naming }, account })
    } else {
        Err(ConfigError::new(settings.problems))
    }
}

fn parameter_location(text: &str) -> Option<ParameterLocation> {
    match text {
        "query" => Some(ParameterLocation::Query),
        "body" => Some(ParameterLocation::Body),
        _ => None,
    }
}

fn proxy(text: &str) -> Option<Proxy> {
    if text == "none" {
        return Some(Proxy::None);
    }
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    let bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    bare.then(|| Proxy::At(Secret::new(text)))
}

fn switch(text: &str) -> Option<bool> {
    match text {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

/// Returns whether the time zone exists.
fn is_zone(name: &str) -> bool {
    #[cfg(feature = "chatguru")]
    let there = jiff::tz::TimeZone::get(name).is_ok();
    // Without the feature there is no database, and `connect` refuses the provider anyway.
    #[cfg(not(feature = "chatguru"))]
    let there = !name.is_empty();
    there
}
