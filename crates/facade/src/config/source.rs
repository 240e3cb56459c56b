//! Reads settings from variables, or from a format that serde reads.

use std::env;
use std::ffi::OsString;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use super::error::{ConfigError, ConfigProblem, ProblemKind};
use super::names::{Naming, SETTINGS, prefix};
use super::settings::Config;
use super::validate::{RawSettings, validate};
use crate::Provider;

impl Config {
    /// Reads the settings from this process's environment, for the provider that `ZAP_PROVIDER` names.
    /// Variables of other providers are ignored.
    ///
    /// # Errors
    ///
    /// Returns an error that lists all settings that are missing or invalid, and all variables whose names are similar
    /// to that of a setting, such as `CHATGURU_SERVERS`.
    pub fn from_env() -> Result<Self, ConfigError> {
        from_variables(None, env::vars_os())
    }

    /// Reads the settings from this process's environment, for the given provider.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`from_env`](Self::from_env).
    pub fn from_env_of(provider: Provider) -> Result<Self, ConfigError> {
        from_variables(Some(provider), env::vars_os())
    }

    /// Reads the settings from variables that come from elsewhere, such as a file or a store of secrets.
    /// Without a provider, the variable `ZAP_PROVIDER` names it.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`from_env`](Self::from_env).
    pub fn from_variables<K: Into<OsString>, V: Into<OsString>>(
        provider: Option<Provider>,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self, ConfigError> {
        from_variables(provider, variables.into_iter().map(|(name, value)| (name.into(), value.into())))
    }
}

/// Reads settings from variables, for the given provider or the one that they name.
fn from_variables(
    provider: Option<Provider>,
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<Config, ConfigError> {
    // A name that is not UTF-8 is not the name of a setting.
    let named = variables.into_iter().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string())));
    let variables: Vec<(String, Result<String, OsString>)> = named.collect();
    let provider = provider.map_or_else(|| named_provider(&variables), Ok).map_err(ConfigError::one)?;
    let prefix = prefix(provider);
    let mut settings = RawSettings::new(provider, Naming::Variables);
    for (name, value) in variables {
        let rest = name.strip_prefix(&prefix);
        let known = SETTINGS.iter().find(|setting| rest == Some(&*setting.name.to_ascii_uppercase()));
        match (known, value) {
            (Some(setting), Ok(value)) => settings.put(setting.name, value),
            (Some(setting), Err(_)) => {
                let what = format!("its value is not UTF-8; {}", setting.help);
                settings.problem(ConfigProblem::new(ProblemKind::Invalid, name, what));
            }
            // An empty variable is ignored, as an empty setting is.
            (None, Ok(value)) if value.trim().is_empty() => {}
            (None, _) => settings.refuse_misspelt(name),
        }
    }
    validate(settings)
}

fn named_provider(variables: &[(String, Result<String, OsString>)]) -> Result<Provider, ConfigProblem> {
    let problem = |kind| ConfigProblem::new(kind, Naming::Variables.provider(), slugs());
    let value = variables
        .iter()
        .find(|(name, _)| name == Naming::Variables.provider())
        .and_then(|(_, value)| value.as_ref().ok());
    let value = value.filter(|value| !value.trim().is_empty()).ok_or_else(|| problem(ProblemKind::Missing))?;
    value.parse().map_err(|_| problem(ProblemKind::Invalid))
}

fn slugs() -> String {
    let slugs: Vec<_> = Provider::ALL.iter().map(|provider| provider.slug()).collect();
    format!("set it to one of {}", slugs.join(", "))
}

impl<'de> Deserialize<'de> for Config {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Keys)
    }
}

/// Reads every key before it validates any, so that all problems are reported at once.
struct Keys;

impl<'de> Visitor<'de> for Keys {
    type Value = Config;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the settings of an account")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Config, A::Error> {
        let mut given = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            given.push((key, map.next_value::<Scalar>()?));
        }
        config(given).map_err(A::Error::custom)
    }
}

fn config(given: Vec<(String, Scalar)>) -> Result<Config, ConfigError> {
    let problem = |kind| ConfigError::one(ConfigProblem::new(kind, Naming::Keys.provider(), slugs()));
    let provider =
        given.iter().find(|(key, _)| key == Naming::Keys.provider()).ok_or_else(|| problem(ProblemKind::Missing))?;
    let provider = match &provider.1 {
        Scalar::Text(text) => text.parse().map_err(|_| problem(ProblemKind::Invalid))?,
        Scalar::Nothing(()) => return Err(problem(ProblemKind::Missing)),
        _ => return Err(problem(ProblemKind::Invalid)),
    };
    let mut settings = RawSettings::new(provider, Naming::Keys);
    let mut seen = Vec::new();
    for (key, value) in given {
        if seen.contains(&key) {
            settings.problem(ConfigProblem::new(ProblemKind::Contradictory, key, "the key appears twice: keep one"));
            continue;
        }
        match value {
            Scalar::Nothing(()) => {}
            _ if key == Naming::Keys.provider() => {}
            Scalar::Text(text) => settings.put(&key, text),
            Scalar::Whole(number) => settings.put(&key, number.to_string()),
            Scalar::Other(_) => {
                settings.problem(ConfigProblem::new(ProblemKind::Invalid, &*key, "write it as text or a whole number"));
            }
        }
        seen.push(key);
    }
    validate(settings)
}

/// A value. An id that consists of digits may be written without quotes.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Whole(i64),
    Nothing(()),
    Other(IgnoredAny),
}
