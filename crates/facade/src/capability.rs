//! The capabilities of a messenger, which are known before a call is made.

use std::fmt;

use zap_client_runtime::{Error, ErrorKind, Outcome};

/// Something that a [`Messenger`](crate::Messenger) may support.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Capability {
    /// Sends a text with [`send_text`](crate::Messenger::send_text).
    Text,
    /// Sends a file from a path, from memory or from a stream with [`send_media`](crate::Messenger::send_media).
    MediaUpload,
    /// Sends a file by its public URL with [`send_media`](crate::Messenger::send_media).
    MediaUrl,
    /// Sends a template message with [`send_template`](crate::Messenger::send_template).
    Template,
    /// Runs a dialog of the provider's bot with [`run_dialog`](crate::Messenger::run_dialog).
    Dialog,
    /// Sends a text later with [`send_text_at`](crate::Messenger::send_text_at).
    Schedule,
    /// Reports the state of a message with [`delivery_state`](crate::Messenger::delivery_state).
    DeliveryState,
    /// Reports when a conversation had its latest message with [`last_activity`](crate::Messenger::last_activity).
    LastActivity,
    /// Saves a contact with [`save_contact`](crate::Messenger::save_contact) and
    /// [`ensure_contact`](crate::Messenger::ensure_contact).
    SaveContact,
    /// Sends a [greeting](crate::NewContact::with_greeting) when a contact is saved.
    Greeting,
    /// Changes a contact with [`update_contact`](crate::Messenger::update_contact).
    UpdateContact,
    /// Shows the request of every message that the messenger can send, with [`dry_run`](crate::Messenger::dry_run).
    DryRun,
}

impl Capability {
    /// All capabilities.
    pub const ALL: &'static [Self] = &[
        Self::Text,
        Self::MediaUpload,
        Self::MediaUrl,
        Self::Template,
        Self::Dialog,
        Self::Schedule,
        Self::DeliveryState,
        Self::LastActivity,
        Self::SaveContact,
        Self::Greeting,
        Self::UpdateContact,
        Self::DryRun,
    ];

    /// Returns the name of the method of [`Messenger`](crate::Messenger) that needs this capability.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            Self::Text => "send_text",
            Self::MediaUpload | Self::MediaUrl => "send_media",
            Self::Template => "send_template",
            Self::Dialog => "run_dialog",
            Self::Schedule => "send_text_at",
            Self::DeliveryState => "delivery_state",
            Self::LastActivity => "last_activity",
            Self::SaveContact | Self::Greeting => "save_contact",
            Self::UpdateContact => "update_contact",
            Self::DryRun => "dry_run",
        }
    }

    /// Returns the error of a messenger that does not support this capability. Its kind is
    /// [`Unsupported`](ErrorKind::Unsupported), and its outcome is [`NotDone`](Outcome::NotDone).
    ///
    /// Use it in your own messenger. If the caller can do something else instead, replace the [detail](Error::with_detail).
    #[must_use]
    pub fn unsupported(self, provider: &str) -> Error {
        Error::new(ErrorKind::Unsupported, Outcome::NotDone, provider, self.method())
            .with_detail(format!("{self}; `capabilities` lists what is supported"))
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Text => "text",
            Self::MediaUpload => "media by upload",
            Self::MediaUrl => "media by URL",
            Self::Template => "template",
            Self::Dialog => "dialog",
            Self::Schedule => "scheduled text",
            Self::DeliveryState => "delivery state",
            Self::LastActivity => "last activity",
            Self::SaveContact => "save contact",
            Self::Greeting => "contact with greeting",
            Self::UpdateContact => "update contact",
            Self::DryRun => "dry run",
        })
    }
}

/// A set of [`Capability`]: what a messenger can do.
///
/// If a capability is in the set, its method never returns [`Unsupported`](ErrorKind::Unsupported). If it is not, the
/// method always does, before anything is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Capabilities(u32);

impl Capabilities {
    /// Creates a set of these capabilities.
    #[must_use]
    pub const fn of(list: &[Capability]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < list.len() {
            bits |= 1 << list[at] as u32;
            at += 1;
        }
        Self(bits)
    }

    /// Returns this set with a capability added.
    #[must_use]
    pub const fn with(self, capability: Capability) -> Self {
        Self(self.0 | 1 << capability as u32)
    }

    /// Returns whether a capability is in the set.
    #[must_use]
    pub const fn has(self, capability: Capability) -> bool {
        self.0 & (1 << capability as u32) != 0
    }

    /// Returns an iterator over the capabilities in the set, in the order of [`Capability::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Capability> {
        self.into_iter()
    }
}

impl FromIterator<Capability> for Capabilities {
    fn from_iter<T: IntoIterator<Item = Capability>>(capabilities: T) -> Self {
        capabilities.into_iter().fold(Self::default(), Self::with)
    }
}

impl Extend<Capability> for Capabilities {
    fn extend<T: IntoIterator<Item = Capability>>(&mut self, capabilities: T) {
        *self = capabilities.into_iter().fold(*self, Self::with);
    }
}

impl IntoIterator for Capabilities {
    type Item = Capability;
    type IntoIter = CapabilitiesIter;

    fn into_iter(self) -> CapabilitiesIter {
        CapabilitiesIter { set: self, rest: Capability::ALL.iter() }
    }
}

/// An iterator over the capabilities in a set, in the order of [`Capability::ALL`].
#[derive(Clone, Debug)]
pub struct CapabilitiesIter {
    set: Capabilities,
    rest: std::slice::Iter<'static, Capability>,
}

impl Iterator for CapabilitiesIter {
    type Item = Capability;

    fn next(&mut self) -> Option<Capability> {
        self.rest.by_ref().copied().find(|capability| self.set.has(*capability))
    }
}

/// Writes a list such as `text, template, save contact`, or `nothing` if the set is empty.
impl fmt::Display for Capabilities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(|capability| capability.to_string()).collect();
        f.pad(&if names.is_empty() { "nothing".to_owned() } else { names.join(", ") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_it_was_made_of() {
        let set = Capabilities::of(&[Capability::Text, Capability::UpdateContact]).with(Capability::Dialog);
        let list: Vec<_> = set.iter().collect();
        assert_eq!(list, [Capability::Text, Capability::Dialog, Capability::UpdateContact]);
        assert_eq!(set.to_string(), "text, dialog, update contact");
        assert_eq!(Capabilities::default().to_string(), "nothing");
        assert_eq!(Capabilities::of(Capability::ALL).iter().count(), Capability::ALL.len());
        assert_eq!(list.iter().copied().collect::<Capabilities>(), set);
        let mut more: Capabilities = set.into_iter().filter(|capability| *capability != Capability::Text).collect();
        more.extend([Capability::Text, Capability::Text]);
        assert_eq!(more, set);
    }
}
