//! Contacts.

use zap_sandbox::{FormPart, Profile, RequestBody};

use super::super::calls::{known, number, stranger};
use super::super::fixture::{CASE_LIMIT, Checked, Finding, Fixture, failed, holds};
use crate::{Capability, ContactChanges, ContactState, NewContact};

pub(super) async fn ensured_contact_can_be_written_to(fixture: Fixture) -> Checked {
    let messenger = &*fixture.messenger;
    if !messenger.capabilities().has(Capability::SaveContact) {
        return Err(Finding::NotApplicable("it does not save contacts".to_owned()));
    }
    let contact = NewContact::new(stranger(), "Maria", "Souza");
    for time in ["the first time", "the second time"] {
        let ensured = messenger.ensure_contact(&contact, CASE_LIMIT).await;
        let ensured = ensured.map_err(|error| failed(&error, time))?;
        holds(ensured.state != ContactState::Pending, || {
            format!("{time}: `ensure_contact` returned before the contact existed")
        })?;
        let sent = messenger.send_text(&ensured.number, "Olá, Maria!").await;
        sent.map_err(|error| failed(&error, &format!("{time}: a text to the contact failed")))?;
    }
    holds(fixture.delivered("Olá, Maria!") > 0, || "a text succeeded, and the ledger does not have it".to_owned())?;
    Ok(())
}

pub(super) async fn update_erases_nothing(fixture: Fixture) -> Checked {
    let messenger = &*fixture.messenger;
    if !messenger.capabilities().has(Capability::UpdateContact) {
        return Err(Finding::NotApplicable("it does not update contacts".to_owned()));
    }
    let changes = ContactChanges::default().with_address("Rua Nova, 7");
    let updated = messenger.update_contact(&known(), &changes).await;
    updated.map_err(|error| failed(&error, "an update of an existing contact failed"))?;

    let calls = fixture.sandbox.calls();
    let update = calls.iter().rfind(|call| call.operation == Some("contact_update") && call.success);
    let update = update.ok_or_else(|| "the update succeeded without a successful `contact_update` call".to_owned())?;
    let RequestBody::Form(parts) = &update.body else { return Err("the update is not a form".to_owned().into()) };
    let sent = |wanted: &str| {
        parts.iter().find_map(|part| match part {
            FormPart::Field { name, value } if name == wanted => Some(value.as_str()),
            _ => None,
        })
    };
    holds(sent("address") == Some("Rua Nova, 7"), || "the change is not in the request".to_owned())?;
    // The values that the contact has in the sandbox. In the profile `documented`, a value that is left out is kept.
    for (name, value) in [("firstname", "Ana"), ("lastname", "Lima"), ("city", "São Paulo"), ("state", "SP")] {
        let kept = sent(name) == Some(value) || (sent(name).is_none() && fixture.profile == Profile::Documented);
        holds(kept, || format!("the update erases or changes `{name}`"))?;
    }

    let unknown = messenger.update_contact(&number("+5511955550188"), &changes).await;
    holds(unknown.is_err(), || "an update of a number that is not a contact succeeded".to_owned())?;
    Ok(())
}
