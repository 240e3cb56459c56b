//! Implementations that are broken, each in one way.

use std::sync::Arc;
use std::time::Duration;

use zap_facade::contract::{Account, Credentials};
use zap_facade::{
    Activity, BoxFuture, Capabilities, Capability, ContactChanges, ContactReceipt, DeliveryState, DryRun, Error,
    ErrorKind, Media, Messenger, NewContact, Outcome, Outgoing, PhoneNumber, Receipt, SendState, SendTime,
    TemplateMessage,
};

/// How an implementation can be broken.
#[derive(Clone, Copy, Debug)]
pub enum Flaw {
    /// Sends a failed message again.
    Repeats,
    /// Treats an error with status 200 as a success.
    SwallowsErrors,
    /// Reports an unknown outcome as sent.
    GuessesSent,
    /// Writes a credential into its errors.
    LeaksKey,
    /// Claims to support everything.
    Boasts,
    /// Reports a queued message as sent.
    Hurries,
    /// Makes a call before it reports that something is unsupported.
    AsksFirst,
    /// Sends a scheduled message at once.
    IgnoresTime,
    /// Sends twice, in two calls.
    SendsTwice,
    /// Panics when two tasks use it at once.
    CannotShare,
    /// Returns before a contact has been added.
    DoesNotWait,
    /// Updates a contact with the changed values only, which erases the others.
    Erases,
    /// Reports the last activity as it was when it was first asked for.
    IsStale,
    /// Sends once more in the background if its future is dropped.
    SendsWhenDropped,
}

/// A real messenger with a flaw.
#[derive(Debug)]
struct Broken {
    inner: Arc<dyn Messenger>,
    flaw: Flaw,
    key: Key,
    busy: tokio::sync::Mutex<()>,
    activity: std::sync::OnceLock<Activity>,
}

struct Key(String);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

pub fn broken(flaw: Flaw) -> impl Fn(&Account) -> Box<dyn Messenger> + Send + Sync + 'static {
    move |account| {
        let key = match &account.credentials {
            Credentials::ExternalApi(ours) => ours.client_secret.clone(),
            Credentials::ChatGuru(ours) => ours.key.clone(),
        };
        Box::new(Broken {
            inner: Arc::from(crate::contract::real(account)),
            flaw,
            key: Key(key),
            busy: tokio::sync::Mutex::default(),
            activity: std::sync::OnceLock::default(),
        })
    }
}

impl Broken {
    /// Sends through the real one, and then does its worst.
    async fn send<'a, F>(&'a self, send: F) -> Result<Receipt, Error>
    where
        F: Fn() -> BoxFuture<'a, Result<Receipt, Error>> + Send,
    {
        let busy = self.busy.try_lock();
        assert!(busy.is_ok() || !matches!(self.flaw, Flaw::CannotShare), "somebody else is sending");
        let first = send().await;
        match (self.flaw, first) {
            (Flaw::Repeats, Err(error)) if error.kind() != ErrorKind::Unsupported => send().await,
            (Flaw::SendsTwice, Ok(_)) => send().await,
            (Flaw::SwallowsErrors, Err(error)) if error.kind() == ErrorKind::Refused => {
                Ok(Receipt::new(SendState::Queued, None))
            }
            (Flaw::GuessesSent, Err(error)) if error.outcome() == Outcome::Unknown => {
                Ok(Receipt::new(SendState::Sent, None))
            }
            (Flaw::LeaksKey, Err(error)) => Err(Error::new(error.kind(), error.outcome(), "Broken", "send")
                .with_detail(format!("with key {}: {error}", self.key.0))),
            (Flaw::Hurries, Ok(receipt)) => Ok(Receipt::new(SendState::Sent, receipt.message_id)),
            (_, first) => first,
        }
    }
}

/// Sends when it is dropped before its time.
struct Again {
    flaw: Flaw,
    inner: Arc<dyn Messenger>,
    to: PhoneNumber,
    text: String,
}

impl Again {
    fn finish(mut self) {
        self.flaw = Flaw::Repeats;
    }
}

impl Drop for Again {
    fn drop(&mut self) {
        if matches!(self.flaw, Flaw::SendsWhenDropped) {
            let (inner, to, text) = (Arc::clone(&self.inner), self.to.clone(), std::mem::take(&mut self.text));
            tokio::spawn(async move { inner.send_text(&to, &text).await.map(drop) });
        }
    }
}

impl Messenger for Broken {
    fn provider(&self) -> &str {
        self.inner.provider()
    }

    fn capabilities(&self) -> Capabilities {
        match self.flaw {
            Flaw::Boasts => Capabilities::of(Capability::ALL),
            _ => self.inner.capabilities(),
        }
    }

    fn send_text<'a>(&'a self, to: &'a PhoneNumber, text: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(async move {
            let unfinished =
                Again { flaw: self.flaw, inner: Arc::clone(&self.inner), to: to.clone(), text: text.into() };
            let result = self.send(move || self.inner.send_text(to, text)).await;
            unfinished.finish();
            result
        })
    }

    fn send_media<'a>(&'a self, to: &'a PhoneNumber, media: &'a Media) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(async move {
            if matches!(self.flaw, Flaw::AsksFirst) && !self.capabilities().has(media.capability()) {
                if let Some(client) = self.inner.externalapi() {
                    let _ = client.template_list().send().await;
                }
                let _ = self.inner.delivery_state("5d0000000000000000000301").await;
            }
            self.send(move || self.inner.send_media(to, media)).await
        })
    }

    fn send_template<'a>(
        &'a self,
        to: &'a PhoneNumber,
        template: &'a TemplateMessage,
    ) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(self.send(move || self.inner.send_template(to, template)))
    }

    fn run_dialog<'a>(&'a self, to: &'a PhoneNumber, dialog: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(self.send(move || self.inner.run_dialog(to, dialog)))
    }

    fn send_text_at<'a>(
        &'a self,
        to: &'a PhoneNumber,
        text: &'a str,
        at: SendTime,
    ) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(self.send(move || match self.flaw {
            Flaw::IgnoresTime if self.inner.chatguru().is_some() => self.inner.send_text(to, text),
            _ => self.inner.send_text_at(to, text, at),
        }))
    }

    fn delivery_state<'a>(&'a self, message_id: &'a str) -> BoxFuture<'a, Result<DeliveryState, Error>> {
        self.inner.delivery_state(message_id)
    }

    fn last_activity<'a>(&'a self, number: &'a PhoneNumber) -> BoxFuture<'a, Result<Activity, Error>> {
        Box::pin(async move {
            let now = self.inner.last_activity(number).await?;
            Ok(if let Flaw::IsStale = self.flaw { *self.activity.get_or_init(|| now) } else { now })
        })
    }

    fn save_contact<'a>(&'a self, contact: &'a NewContact) -> BoxFuture<'a, Result<ContactReceipt, Error>> {
        self.inner.save_contact(contact)
    }

    fn ensure_contact<'a>(
        &'a self,
        contact: &'a NewContact,
        deadline: Duration,
    ) -> BoxFuture<'a, Result<ContactReceipt, Error>> {
        match self.flaw {
            Flaw::DoesNotWait => self.inner.save_contact(contact),
            _ => self.inner.ensure_contact(contact, deadline),
        }
    }

    fn dry_run<'a>(&'a self, to: &'a PhoneNumber, message: Outgoing<'a>) -> BoxFuture<'a, Result<DryRun, Error>> {
        self.inner.dry_run(to, message)
    }

    fn update_contact<'a>(
        &'a self,
        number: &'a PhoneNumber,
        changes: &'a ContactChanges,
    ) -> BoxFuture<'a, Result<(), Error>> {
        let Flaw::Erases = self.flaw else { return self.inner.update_contact(number, changes) };
        Box::pin(async move {
            let client = self.inner.externalapi().expect("an instance of ExternalApi");
            let list = client.contact_list().paginate(100).send().await?.into_inner().data.unwrap_or_default();
            let contacts = list.contacts.and_then(|page| page.data).unwrap_or_default();
            let national = number.national_number();
            let found = contacts.into_iter().find(|contact| contact.mobile.as_deref() == Some(&*national));
            let not_found = || Error::new(ErrorKind::InvalidRequest, Outcome::NotDone, "Broken", "update_contact");
            let old = found.ok_or_else(not_found)?;
            let call = client.contact_update().contact_id(old.id.unwrap_or_default()).body_map(|b| {
                b.firstname(old.firstname.unwrap_or_default())
                    .lastname(old.lastname.unwrap_or_default())
                    .mobile_code(number.country_code())
                    .mobile(national)
                    .address(changes.address.clone())
            });
            call.send().await.map(drop)
        })
    }

    fn externalapi(&self) -> Option<&zap_facade::externalapi_client::Client> {
        self.inner.externalapi()
    }

    fn chatguru(&self) -> Option<&zap_facade::chatguru_client::Client> {
        self.inner.chatguru()
    }
}
