//! Contacts and chats.

use std::error::Error as StdError;
use std::fmt;

use zap_client_runtime::Error;

use crate::PhoneNumber;

/// A person to save as a contact (ExternalApi) or a chat (ChatGuru).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewContact {
    /// The number, which is stored exactly as given. See [`PhoneNumber::variants`] about the ninth digit.
    pub number: PhoneNumber,
    /// First name.
    pub first_name: String,
    /// Last name. ExternalApi requires one.
    pub last_name: String,
    /// A first message, sent as soon as the contact exists. ChatGuru only.
    pub greeting: Option<String>,
}

impl NewContact {
    /// Creates a contact without a greeting.
    #[must_use]
    pub fn new(number: PhoneNumber, first_name: impl Into<String>, last_name: impl Into<String>) -> Self {
        Self { number, first_name: first_name.into(), last_name: last_name.into(), greeting: None }
    }

    /// Sets the first message.
    #[must_use]
    pub fn with_greeting(mut self, text: impl Into<String>) -> Self {
        self.greeting = Some(text.into());
        self
    }

    /// Returns the first and the last name, separated by a space.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }
}

/// A provider's answer when it accepts a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContactReceipt {
    /// Tells you whether messages can be sent to it.
    pub state: ContactState,
    /// The number to send messages to: the given one, or the one to which ChatGuru corrected it. The chat is found only
    /// under this number ([C8](chatguru_client::facts#c8)).
    pub number: PhoneNumber,
    /// ExternalApi: the contact's id. ChatGuru: the `chat_add_id`, which is the argument of `chat_add_status` and not
    /// the chat's id. `None` if the answer has no id.
    pub id: Option<String>,
    /// What the provider says about it, in its own language, with the client's credentials masked.
    pub description: Option<String>,
}

impl ContactReceipt {
    /// Creates a receipt without an id and a description, for a messenger of your own.
    #[must_use]
    pub fn new(state: ContactState, number: PhoneNumber) -> Self {
        Self { state, number, id: None, description: None }
    }

    /// Sets the id.
    #[must_use]
    pub fn with_id(mut self, id: Option<String>) -> Self {
        self.id = id;
        self
    }

    /// Sets the provider's description. It is shown unchanged, so it must not contain a credential.
    #[must_use]
    pub fn with_description(mut self, description: Option<String>) -> Self {
        self.description = description;
        self
    }
}

/// The state of a contact, which tells you whether messages can be sent to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContactState {
    /// The provider is still adding it. Until it has finished, it refuses messages to the number.
    Pending,
    /// It is saved now.
    Saved,
    /// It existed before. ExternalApi did not change it: the names that you gave are not stored. ChatGuru may have
    /// changed its name.
    AlreadyThere,
}

impl fmt::Display for ContactState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Pending => "pending",
            Self::Saved => "saved",
            Self::AlreadyThere => "already there",
        })
    }
}

/// Changes to a contact. `None` keeps a value; an empty text erases it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContactChanges {
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// The number.
    pub number: Option<PhoneNumber>,
    /// City.
    pub city: Option<String>,
    /// State.
    pub state: Option<String>,
    /// Post code.
    pub post_code: Option<String>,
    /// Street and house.
    pub address: Option<String>,
}

macro_rules! with {
    ($($name:ident: $what:literal, $setter:ident;)*) => {
        impl ContactChanges {
            $(
                #[doc = concat!("Sets the ", $what, ".")]
                #[must_use]
                pub fn $setter(mut self, value: impl Into<String>) -> Self {
                    self.$name = Some(value.into());
                    self
                }
            )*

            /// Sets the number.
            #[must_use]
            pub fn with_number(mut self, number: PhoneNumber) -> Self {
                self.number = Some(number);
                self
            }
        }
    };
}

with! {
    first_name: "first name", with_first_name;
    last_name: "last name", with_last_name;
    city: "city", with_city;
    state: "state", with_state;
    post_code: "post code", with_post_code;
    address: "street and house", with_address;
}

/// A contact that the provider accepted, but has not finished adding: a source of the [`Error`] that
/// [`ensure_contact`](crate::Messenger::ensure_contact) returns.
///
/// Do not save the contact again, because that would send its greeting twice. Ask for its status with its id.
#[non_exhaustive]
pub struct Unfinished {
    /// The `chat_add_id` for ChatGuru's `chat_add_status`, as the provider sent it.
    pub id: String,
    cause: Option<Error>,
}

impl Unfinished {
    /// Creates a source for an error, for a messenger of your own. `cause` is the error that prevented the status from
    /// being read.
    #[must_use]
    pub fn new(id: impl Into<String>, cause: Option<Error>) -> Self {
        Self { id: id.into(), cause }
    }

    /// Returns the contact that is unfinished according to an error of
    /// [`ensure_contact`](crate::Messenger::ensure_contact), if there is one.
    #[must_use]
    pub fn of(error: &Error) -> Option<&Self> {
        error.source()?.downcast_ref()
    }
}

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the contact is being added")
    }
}

/// Does not show the id, because a text from a server may quote anything.
impl fmt::Debug for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unfinished").field("cause", &self.cause).finish_non_exhaustive()
    }
}

impl StdError for Unfinished {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.as_ref().map(|cause| cause as _)
    }
}
