//! What a messenger can do, told before it is tried.

use std::fmt;

use zap_client_runtime::{Error, ErrorKind, Outcome};

/// Something that a [`Messenger`](crate::Messenger) may or may not be able to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Capability {
    /// [`send_text`](crate::Messenger::send_text).
    Text,
    /// [`send_media`](crate::Messenger::send_media) of a file: from a path, from memory, from a stream.
    MediaUpload,
    /// [`send_media`](crate::Messenger::send_media) by a public URL.
    MediaUrl,
    /// [`send_template`](crate::Messenger::send_template).
    Template,
    /// [`run_dialog`](crate::Messenger::run_dialog).
    Dialog,
    /// [`send_text_at`](crate::Messenger::send_text_at).
    Schedule,
    /// [`delivery_state`](crate::Messenger::delivery_state).
    DeliveryState,
    /// [`save_contact`](crate::Messenger::save_contact) and
    /// [`ensure_contact`](crate::Messenger::ensure_contact).
    SaveContact,
    /// The same with a [greeting](crate::NewContact::with_greeting).
    Greeting,
    /// [`update_contact`](crate::Messenger::update_contact).
    UpdateContact,
    /// [`dry_run`](crate::Messenger::dry_run) of whatever it can send.
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
        Self::SaveContact,
        Self::Greeting,
        Self::UpdateContact,
        Self::DryRun,
    ];

    /// The method of [`Messenger`](crate::Messenger) that needs it.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            Self::Text => "send_text",
            Self::MediaUpload | Self::MediaUrl => "send_media",
            Self::Template => "send_template",
            Self::Dialog => "run_dialog",
            Self::Schedule => "send_text_at",
            Self::DeliveryState => "delivery_state",
            Self::SaveContact | Self::Greeting => "save_contact",
            Self::UpdateContact => "update_contact",
            Self::DryRun => "dry_run",
        }
    }

    /// The error of a messenger that lacks this: kind [`Unsupported`](ErrorKind::Unsupported), not
    /// done. For implementors; add a [detail](Error::with_detail) where something else would do.
    #[must_use]
    pub fn unsupported(self, provider: &str) -> Error {
        Error::new(ErrorKind::Unsupported, Outcome::NotDone, provider, self.method())
            .with_detail(format!("{self}; `capabilities` says beforehand what is"))
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
            Self::SaveContact => "save contact",
            Self::Greeting => "contact with greeting",
            Self::UpdateContact => "update contact",
            Self::DryRun => "dry run",
        })
    }
}

/// What a messenger can do: a set of [`Capability`].
///
/// A method whose capability is in the set never answers [`Unsupported`](ErrorKind::Unsupported), and
/// one whose capability is not always does, before anything is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Capabilities(u32);

impl Capabilities {
    /// The set of these.
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

    /// The same with one more.
    #[must_use]
    pub const fn with(self, capability: Capability) -> Self {
        Self(self.0 | 1 << capability as u32)
    }

    /// Whether it is in the set.
    #[must_use]
    pub const fn has(self, capability: Capability) -> bool {
        self.0 & (1 << capability as u32) != 0
    }

    /// Those in the set.
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

/// The capabilities of a set, in the order of [`Capability::ALL`].
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

/// `text, template, save contact`; of the empty set, `nothing`.
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
