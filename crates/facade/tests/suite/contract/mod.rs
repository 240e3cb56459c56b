//! The contract suite: our implementations pass every case. An implementation with one flaw fails the case for this
//! flaw, and no other.

mod broken;

use std::collections::BTreeSet;

use broken::{Flaw, broken};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use zap_facade::contract::{self, Account, Profile, Report, Verdict};
use zap_facade::{Messenger, Provider, connect};

fn real(account: &Account) -> Box<dyn Messenger> {
    connect(account.config()).unwrap()
}

/// Runs the suite in a task of its own. Only a few are under way at once, or each would wait for all.
fn check(
    provider: Provider,
    profile: Profile,
    make: impl Fn(&Account) -> Box<dyn Messenger> + Send + Sync + 'static,
) -> JoinHandle<Report> {
    static PLACES: Semaphore = Semaphore::const_new(4);
    tokio::spawn(async move {
        let _place = PLACES.acquire().await.unwrap();
        contract::check(provider, profile, make).await
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn ours_keep_every_promise() {
    let profiles = [Profile::Observed, Profile::Documented];
    let each = Provider::ALL.iter().flat_map(|&provider| profiles.map(|profile| (provider, profile)));
    let checks: Vec<_> = each.map(|(provider, profile)| (provider, check(provider, profile, real))).collect();
    for (provider, check) in checks {
        let report = check.await.unwrap();
        println!("{report}");
        report.assert();
        assert_eq!(report.cases().len(), contract::cases().count());
        // Only cases about capabilities that a provider lacks are skipped.
        let skipped = report.cases().iter().filter(|case| matches!(case.verdict, Verdict::NotApplicable(_)));
        let skipped: Vec<_> = skipped.map(|case| case.name).collect();
        let chatguru = provider == Provider::ChatGuru;
        assert_eq!(
            skipped,
            if chatguru {
                vec!["last_activity_follows_a_send", "update_erases_nothing"]
            } else {
                vec!["scheduled_is_never_early"]
            },
            "{provider}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_one_fails_where_it_is_broken() {
    use Provider::{ChatGuru, EscalaZap, WapiFlow, WaziMe};

    let flaws = [
        (Flaw::Repeats, ChatGuru, "nothing_is_repeated"),
        (Flaw::Repeats, WapiFlow, "nothing_is_repeated"),
        (Flaw::SwallowsErrors, ChatGuru, "refusal_is_not_done"),
        (Flaw::SwallowsErrors, WapiFlow, "refusal_is_not_done"),
        (Flaw::GuessesSent, ChatGuru, "lost_answer_is_unknown"),
        (Flaw::GuessesSent, WapiFlow, "lost_answer_is_unknown"),
        (Flaw::LeaksKey, ChatGuru, "no_secret_is_shown"),
        (Flaw::LeaksKey, WapiFlow, "no_secret_is_shown"),
        (Flaw::Boasts, ChatGuru, "capabilities_are_true"),
        (Flaw::Boasts, WapiFlow, "capabilities_are_true"),
        (Flaw::AsksFirst, ChatGuru, "unsupported_makes_no_connection"),
        (Flaw::AsksFirst, WapiFlow, "unsupported_makes_no_connection"),
        (Flaw::Hurries, ChatGuru, "queued_is_not_sent"),
        (Flaw::IgnoresTime, ChatGuru, "scheduled_is_never_early"),
        (Flaw::DoesNotWait, ChatGuru, "ensured_contact_can_be_written_to"),
        (Flaw::Erases, EscalaZap, "update_erases_nothing"),
        (Flaw::IsStale, EscalaZap, "last_activity_follows_a_send"),
        (Flaw::CannotShare, EscalaZap, "tasks_can_share_it"),
        (Flaw::SendsTwice, WaziMe, "success_is_one_delivery"),
        (Flaw::SendsWhenDropped, WaziMe, "dropped_send_is_sent_at_most_once"),
    ];
    let caught: BTreeSet<_> = flaws.iter().map(|(_, _, case)| *case).collect();
    assert_eq!(caught, contract::cases().collect(), "each case catches something");
    let checks = flaws.map(|(flaw, provider, case)| (flaw, case, check(provider, Profile::Observed, broken(flaw))));
    for (flaw, case, check) in checks {
        let report = check.await.unwrap();
        let mut failed = report.failed();
        if let Flaw::SendsTwice = flaw {
            // Dropped late enough, such a send has been sent twice, too: that depends on the moment.
            failed.retain(|name| *name != "dropped_send_is_sent_at_most_once");
        }
        assert_eq!(failed, [case], "{flaw:?}\n{report}");
    }
}
