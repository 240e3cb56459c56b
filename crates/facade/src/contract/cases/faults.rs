//! Sends that fail.

use tokio::net::TcpListener;
use zap_sandbox::Fault;

use super::super::calls::{SENDS, call};
use super::super::fixture::{Checked, Fixture, holds, shown};
use crate::{Capability, ErrorKind, Outcome, Provider};

pub(super) async fn refusal_is_not_done(fixture: Fixture) -> Checked {
    let messenger = &*fixture.messenger;
    fixture.only(Fault::answer(200, fixture.failure("validation_error", "Não.")).before().always())?;
    for capability in SENDS.into_iter().filter(|capability| messenger.capabilities().has(*capability)) {
        let error = call(messenger, capability).await.err();
        let error = error.ok_or_else(|| format!("{capability}: an error inside a 200 is reported as a success"))?;
        let outcome = error.outcome();
        holds(outcome == Outcome::NotDone, || format!("{capability}: the outcome of a refusal is {outcome}: {error}"))?;
    }
    Ok(())
}

pub(super) async fn lost_answer_is_unknown(fixture: Fixture) -> Checked {
    let messenger = &*fixture.messenger;
    let able = |capability: &Capability| messenger.capabilities().has(*capability);
    for fault in [Fault::close_after(), Fault::truncated(5), Fault::proxy_page().after()] {
        fixture.only(fault.always())?;
        for capability in SENDS.into_iter().filter(able) {
            let error = call(messenger, capability).await.err();
            let error = error.ok_or_else(|| format!("{capability}: a lost answer is reported as a success"))?;
            let outcome = error.outcome();
            let honest = outcome == Outcome::Unknown || error.kind() == ErrorKind::Unsupported;
            holds(honest, || format!("{capability}: the outcome after a lost answer is {outcome}"))?;
        }
    }
    if fixture.account.provider != Provider::ChatGuru {
        // An error of ChatGuru means not done, but an exception of these instances may have taken effect. That it is an
        // error at all is tested by another case.
        fixture.only(Fault::answer(200, fixture.failure("exception", "Ops")).after().always())?;
        for capability in SENDS.into_iter().filter(able) {
            let error = call(messenger, capability).await.err();
            let error = error.filter(|error| error.kind() != ErrorKind::Unsupported);
            let wrong = error.is_some_and(|error| error.outcome() == Outcome::NotDone);
            holds(!wrong, || format!("{capability}: the outcome of an exception is `NotDone`"))?;
        }
    }
    Ok(())
}

pub(super) async fn nothing_is_repeated(fixture: Fixture) -> Checked {
    let messenger = &*fixture.messenger;
    let busy = Fault::answer(503, "busy").retry_after(0);
    let changes = SENDS.into_iter().chain([Capability::SaveContact]);
    for fault in [Fault::close_after(), Fault::close_before(), busy.before()] {
        for capability in changes.clone().filter(|capability| messenger.capabilities().has(*capability)) {
            fixture.only(fault.clone())?;
            let before = fixture.sandbox.total_calls();
            // The result does not matter here.
            let _ = call(messenger, capability).await;
            let calls = fixture.sandbox.total_calls() - before;
            holds(calls <= 1, || format!("{capability}: {calls} requests for one call"))?;
        }
    }
    Ok(())
}

pub(super) async fn no_secret_is_shown(fixture: Fixture) -> Checked {
    let messenger = &*fixture.messenger;
    let secrets = fixture.account.secrets();
    let check = |text: &str, of: &str| {
        let leaked = secrets.iter().position(|secret| text.contains(*secret));
        // The finding must not show the credential either.
        holds(leaked.is_none(), || format!("{of} shows credential {}", leaked.unwrap_or_default() + 1))
    };
    check(&format!("{messenger:?} {messenger:#?}"), "the messenger's Debug")?;

    let quoted = format!("select * where id = {}", secrets.join(" and secret = "));
    let page = format!("<title>{quoted}</title>");
    let faults = [
        Fault::answer(200, fixture.failure("exception", &quoted)),
        Fault::answer(200, fixture.failure(&quoted, &quoted)),
        Fault::answer(401, fixture.failure("Unauthorized", &quoted)),
        Fault::answer(502, page),
        Fault::answer(
            200,
            serde_json::json!({"status": "success", "result": "success", "data": quoted, "code": quoted}),
        ),
        Fault::close_before(),
    ];
    for fault in faults {
        fixture.only(fault.before().always())?;
        for capability in messenger.capabilities().iter() {
            match call(messenger, capability).await {
                Ok(receipt) => check(&format!("{receipt:?}"), &format!("the receipt of {capability}"))?,
                Err(error) => check(&shown(&error), &format!("the error of {capability}"))?,
            }
        }
    }

    let closed = TcpListener::bind("127.0.0.1:0").await.and_then(|listener| listener.local_addr());
    let closed = closed.map_err(|error| format!("the case itself failed: {error}"))?;
    let unreachable = fixture.elsewhere(format!("http://{closed}"));
    if let Err(error) = call(&*unreachable, Capability::Text).await {
        check(&shown(&error), "the error of an unreachable provider")?;
    }
    Ok(())
}
