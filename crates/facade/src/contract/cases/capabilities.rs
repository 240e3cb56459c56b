//! Capabilities.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::TcpListener;

use super::super::calls::{call, stranger};
use super::super::fixture::{CASE_LIMIT, Checked, Finding, Fixture, holds};
use crate::{Capability, ErrorKind, NewContact, Outcome};

pub(super) async fn unsupported_makes_no_connection(fixture: Fixture) -> Checked {
    let listener = TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.map_err(|error| format!("the case itself failed: {error}"))?;
    let address = listener.local_addr().map_err(|error| format!("the case itself failed: {error}"))?;
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    let counting = tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    let messenger = fixture.elsewhere(format!("http://{address}/external-api"));
    let missing = || Capability::ALL.iter().copied().filter(|capability| !messenger.capabilities().has(*capability));
    for capability in missing().filter(|capability| *capability != Capability::DeliveryState) {
        // The result does not matter here.
        let _ = call(&*messenger, capability).await;
        let made = connections.load(Ordering::SeqCst);
        holds(made == 0, || format!("{capability} is not supported, and {made} connections were made"))?;
    }
    if !messenger.capabilities().has(Capability::DeliveryState) {
        let _ = messenger.delivery_state("5d0000000000000000000301").await;
        let made = connections.load(Ordering::SeqCst);
        holds(made == 0, || format!("delivery state is not supported, and {made} connections were made"))?;
    }
    counting.abort();
    if missing().next().is_none() {
        return Err(Finding::NotApplicable("it supports everything".to_owned()));
    }
    Ok(())
}

pub(super) async fn capabilities_are_true(fixture: Fixture) -> Checked {
    let messenger = &*fixture.messenger;
    let listed = messenger.capabilities();
    for &capability in Capability::ALL {
        let error = call(messenger, capability).await.err();
        let unsupported = error.as_ref().filter(|error| error.kind() == ErrorKind::Unsupported);
        match (listed.has(capability), unsupported) {
            (true, Some(_)) => Err(format!("{capability} is listed, and the call is `Unsupported`"))?,
            (false, None) => Err(format!("{capability} is not listed, and the call is not `Unsupported`"))?,
            (false, Some(error)) => {
                let outcome = error.outcome();
                holds(outcome == Outcome::NotDone, || {
                    format!("{capability} is `Unsupported`, and its outcome is {outcome}")
                })?;
            }
            (true, None) => {}
        }
    }
    let contact = NewContact::new(stranger(), "Rui", "Sousa");
    let ensured = messenger.ensure_contact(&contact, CASE_LIMIT).await;
    let unsupported = ensured.is_err_and(|error| error.kind() == ErrorKind::Unsupported);
    let consistent = unsupported != listed.has(Capability::SaveContact);
    holds(consistent, || "`ensure_contact` disagrees with the capability to save contacts".to_owned())?;
    let again = messenger.capabilities();
    holds(again == listed, || format!("the capabilities changed from `{listed}` to `{again}`"))?;
    Ok(())
}
