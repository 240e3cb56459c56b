//! Contacts.

use zap_sandbox::{FormPart, Profile, RequestBody};

use super::super::act::{known, number, stranger};
use super::super::stage::{Checked, Finding, Stage, failed, holds};
use super::PATIENCE;
use crate::{Capability, ContactChanges, ContactState, NewContact};

pub(super) async fn ensured_contact_can_be_written_to(stage: Stage) -> Checked {
    let messenger = &*stage.messenger;
    if !messenger.capabilities().has(Capability::SaveContact) {
        return Err(Finding::NotApplicable("it saves no contacts".to_owned()));
    }
    let contact = NewContact::new(stranger(), "Maria", "Souza");
    for time in ["the first time", "the second time"] {
        let ensured = messenger.ensure_contact(&contact, PATIENCE).await;
        let ensured = ensured.map_err(|error| failed(&error, time))?;
        holds(ensured.state != ContactState::Pending, || format!("{time}: it returned before the contact was there"))?;
        let sent = messenger.send_text(&contact.number, "Olá, Maria!").await;
        sent.map_err(|error| failed(&error, &format!("{time}: nothing can be sent")))?;
    }
    holds(stage.delivered("Olá, Maria!") > 0, || "it is said to be sent, and is not in the ledger".to_owned())?;
    Ok(())
}

pub(super) async fn update_erases_nothing(stage: Stage) -> Checked {
    let messenger = &*stage.messenger;
    if !messenger.capabilities().has(Capability::UpdateContact) {
        return Err(Finding::NotApplicable("it updates no contacts".to_owned()));
    }
    let changes = ContactChanges::default().with_address("Rua Nova, 7");
    let updated = messenger.update_contact(&known(), &changes).await;
    updated.map_err(|error| failed(&error, "a contact that is there cannot be updated"))?;

    let calls = stage.sandbox.calls();
    let update = calls.iter().rfind(|call| call.operation == Some("contact_update") && call.success);
    let update = update.ok_or_else(|| "it succeeded without a successful `contact_update`".to_owned())?;
    let RequestBody::Form(parts) = &update.body else { return Err("the update is no form".to_owned().into()) };
    let sent = |wanted: &str| {
        parts.iter().find_map(|part| match part {
            FormPart::Field { name, value } if name == wanted => Some(value.as_str()),
            _ => None,
        })
    };
    holds(sent("address") == Some("Rua Nova, 7"), || "the change is not in the request".to_owned())?;
    // As the contact is in the sandbox's world. Where the documentation holds, leaving out will do.
    for (name, value) in [("firstname", "Ana"), ("lastname", "Lima"), ("city", "São Paulo"), ("state", "SP")] {
        let kept = sent(name) == Some(value) || (sent(name).is_none() && stage.profile == Profile::Documented);
        holds(kept, || format!("`{name}` is erased or changed"))?;
    }

    let nobody = messenger.update_contact(&number("+5511955550188"), &changes).await;
    holds(nobody.is_err(), || "a contact that is not there was updated".to_owned())?;
    Ok(())
}
