//! Settings from the environment, and messengers for them.

use std::ffi::OsString;

use crate::{Config, ConfigError, Messenger, Provider, connect};

pub(super) struct Settings {
    provider: Provider,
    variables: Vec<(OsString, OsString)>,
}

impl Settings {
    pub(super) fn new(provider: Provider, variables: Vec<(OsString, OsString)>) -> Self {
        Self { provider, variables }
    }

    /// Returns the name of a setting's variable: `CHATGURU_KEY`.
    pub(super) fn variable(&self, setting: &str) -> String {
        format!("{}_{setting}", self.provider.slug().to_ascii_uppercase())
    }

    pub(super) fn get(&self, setting: &str) -> Option<String> {
        let name = self.variable(setting);
        let found = self.variables.iter().find(|(known, _)| *known == *name)?;
        found.1.to_str().map(str::to_owned).filter(|value| !value.is_empty())
    }

    /// Returns a messenger for these settings.
    pub(super) fn connect(&self) -> Result<Box<dyn Messenger>, ConfigError> {
        connect(Config::from_variables(Some(self.provider), self.variables.clone())?)
    }

    /// Returns a messenger for these settings with one value replaced.
    pub(super) fn connect_with(&self, setting: &str, value: &str) -> Result<Box<dyn Messenger>, ConfigError> {
        // If a variable appears twice, the last one counts.
        let changed = (self.variable(setting).into(), value.into());
        connect(Config::from_variables(Some(self.provider), self.variables.iter().cloned().chain([changed]))?)
    }
}
