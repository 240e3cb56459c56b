//! Parameters with several values in one: lists with a separator, and maps as `name[key]`.

use std::fmt::Display;

use crate::call::call::Call;
use crate::error::violation::Violation;
use crate::spec::rule::Constraint;
use crate::util::percent::encoded;

impl Call<'_> {
    /// Adds a parameter whose value is a list, with `separator` between the items. The separator within an item is escaped.
    /// `None` and an empty list add nothing.
    pub fn query_joined<T: Display>(
        mut self,
        name: &str,
        separator: char,
        values: Option<impl IntoIterator<Item = T>>,
    ) -> Self {
        let mut joined: Option<String> = None;
        for value in values.into_iter().flatten() {
            let value = value.to_string();
            self.check(name, &value);
            let joined = match &mut joined {
                Some(joined) if separator == ',' => {
                    joined.push(',');
                    joined
                }
                Some(joined) => {
                    joined.extend(encoded(&separator.to_string()));
                    joined
                }
                None => joined.insert(String::new()),
            };
            joined.extend(encoded(&value));
        }
        if let Some(joined) = joined {
            if !self.query.is_empty() {
                self.query.push('&');
            }
            self.query.extend(encoded(name));
            self.query.push('=');
            self.query.push_str(&joined);
        }
        self
    }

    /// Adds a parameter `name[key]` for each entry of a map.
    pub fn query_deep<K: AsRef<str>, T: Display>(
        self,
        name: &str,
        entries: Option<impl IntoIterator<Item = (K, T)>>,
    ) -> Self {
        let Some(entries) = entries else { return self };
        let entries = entries.into_iter().map(|(key, value)| (format!("{name}[{}]", key.as_ref()), value));
        self.query_map(name, "", entries)
    }

    /// Sets a header whose value is a list, with a comma between the items. `None` and an empty list set nothing.
    pub fn header_joined<T: Display>(
        mut self,
        name: &'static str,
        values: Option<impl IntoIterator<Item = T>>,
    ) -> Self {
        let values: Vec<_> = values.into_iter().flatten().map(|value| value.to_string()).collect();
        for value in &values {
            self.check(name, value);
            if value.contains(',') {
                let why = "a comma divides the items of the list";
                self.violations.push(Violation::own(name, Constraint::HeaderValue, why));
            }
        }
        if values.is_empty() { self } else { self.unchecked_header(name, &values.join(",")) }
    }
}
