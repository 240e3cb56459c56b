//! Contacts, or chats: who can be written to.

use std::error::Error as StdError;
use std::fmt;

use zap_client_runtime::Error;

use crate::PhoneNumber;

/// Somebody who shall become a contact (ExternalApi) or a chat (ChatGuru).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewContact {
    /// The number, exactly as it shall be stored: mind the ninth digit, see
    /// [`PhoneNumber::variants`].
    pub number: PhoneNumber,
    /// First name.
    pub first_name: String,
    /// Last name. ExternalApi demands one.
    pub last_name: String,
    /// A first message, sent as soon as the contact is there. ChatGuru only.
    pub greeting: Option<String>,
}

impl NewContact {
    /// A contact without a greeting.
    #[must_use]
    pub fn new(number: PhoneNumber, first_name: impl Into<String>, last_name: impl Into<String>) -> Self {
        Self { number, first_name: first_name.into(), last_name: last_name.into(), greeting: None }
    }

    /// The same with a first message.
    #[must_use]
    pub fn with_greeting(mut self, text: impl Into<String>) -> Self {
        self.greeting = Some(text.into());
        self
    }

    /// First and last name, as one.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }
}

/// What a provider said when it took a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContactReceipt {
    /// Whether it can be written to.
    pub state: ContactState,
    /// ExternalApi: the contact's id. ChatGuru: the `chat_add_id`, which is not the chat's id, and
    /// which `chat_add_status` takes. `None` if the answer had none.
    pub id: Option<String>,
}

impl ContactReceipt {
    /// A receipt; for implementors.
    #[must_use]
    pub fn new(state: ContactState, id: Option<String>) -> Self {
        Self { state, id }
    }
}

/// Whether a contact can be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContactState {
    /// The provider is at it; until it has done, messages to the number are refused.
    Pending,
    /// It is there now.
    Saved,
    /// It was there before, and is as it was: names that were given now are not stored.
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

/// What shall change of a contact. What is `None` stays; an empty text erases.
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
                #[doc = concat!("The same with another ", $what, ".")]
                #[must_use]
                pub fn $setter(mut self, value: impl Into<String>) -> Self {
                    self.$name = Some(value.into());
                    self
                }
            )*

            /// The same with another number.
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

/// Why a contact that the provider took cannot be written to yet: a cause of an [`Error`] of
/// [`ensure_contact`](crate::Messenger::ensure_contact).
///
/// Do not save the contact a second time: its greeting would go out twice. Ask after it by its id.
#[non_exhaustive]
pub struct Unfinished {
    /// The `chat_add_id`, for ChatGuru's `chat_add_status`, as it came.
    pub id: String,
    cause: Option<Error>,
}

impl Unfinished {
    /// What is unfinished; `cause` is why that could not be found out. For implementors.
    #[must_use]
    pub fn new(id: impl Into<String>, cause: Option<Error>) -> Self {
        Self { id: id.into(), cause }
    }

    /// What an error of [`ensure_contact`](crate::Messenger::ensure_contact) left unfinished, if it
    /// did.
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

/// Without the id: what came from a server may quote anything.
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
