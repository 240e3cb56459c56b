//! EscalaZap, WaziMe, WapiFlow.

use externalapi_client::types::ContactListResponse;
use externalapi_client::{Client, Provider as Instance};

use super::diagnosis::Diagnosis;
use super::settings::Settings;
use crate::{ConfigError, Error, ErrorKind, Messenger};

pub(super) async fn examine(instance: Instance, settings: &Settings, found: &mut Diagnosis) -> Result<(), ConfigError> {
    let base = settings.get("BASE_URL").unwrap_or_else(|| instance.base_url());
    let base = base.trim_end_matches('/');
    let messenger = settings.connect()?;
    if !can_be_used(settings, base, client(&*messenger), found).await? {
        return Ok(());
    }
    // With the rules off, because some of these calls break one.
    let messenger = settings.connect_with("PREFLIGHT", "off")?;
    check_assumptions(client(&*messenger), found).await;
    let typo = format!("{}/extern-api", parent(base));
    found.note("what answers at /extern-api, the path in the samples?", answer_at(settings, &typo).await?);
    found.note("what answers at a path that does not exist?", answer_at(settings, &format!("{base}/doctor")).await?);
    Ok(())
}

fn client(messenger: &dyn Messenger) -> &Client {
    messenger.externalapi().expect("this provider is an instance of ExternalApi")
}

/// Checks what a program needs first. Returns whether the account can be used.
async fn can_be_used(
    settings: &Settings,
    base: &str,
    client: &Client,
    found: &mut Diagnosis,
) -> Result<bool, ConfigError> {
    let Err(error) = client.contact_list().page(1).paginate(1).send().await else {
        found.ok("can the provider be reached?", "yes");
        found.ok("is the base URL correct?", "yes");
        found.ok("are the credentials accepted?", "yes");
        found.ok("is this machine's address allowed?", "yes; the provider shows the address only if it refuses it");
        found.ok("can the account be used?", "yes");
        return Ok(true);
    };
    if matches!(error.kind(), ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Interrupted) {
        found.wrong("can the provider be reached?", format!("no: check the network and the base URL: {error}"));
        return Ok(false);
    }
    found.ok("can the provider be reached?", "yes");
    if error.is_wrong_base_url() {
        let mut finding = "no: this API is not at this URL".to_owned();
        for path in ["/external-api", "/extern-api"] {
            let other = format!("{}{path}", parent(base));
            if other != base && is_api(settings, &other).await? {
                finding = format!("no: the API is at {path}; write this path in {}", settings.variable("BASE_URL"));
                break;
            }
        }
        found.wrong("is the base URL correct?", finding);
        return Ok(false);
    }
    if error.kind() != ErrorKind::Refused {
        found.wrong("is the base URL correct?", format!("no: the server that answers is not this API: {error}"));
        return Ok(false);
    }
    found.ok("is the base URL correct?", "yes");
    match error.refused_address() {
        Some(address) => {
            found.note("are the credentials accepted?", "not known while this machine's address is refused");
            let help = "add it to the list in the dashboard, \"Developer Tools\"";
            found.wrong("is this machine's address allowed?", format!("no: the provider saw {address}; {help}"));
        }
        None if error.is_unauthorized() => {
            let help = "copy them again from the dashboard, \"Developer Tools\"";
            found.wrong("are the credentials accepted?", format!("no: {help}: {error}"));
        }
        None => {
            found.ok("are the credentials accepted?", "yes");
            found.ok("is this machine's address allowed?", "yes");
            found.wrong("can the account be used?", format!("no: {error}"));
        }
    }
    Ok(false)
}

/// Checks what was observed to differ from the documentation.
async fn check_assumptions(client: &Client, found: &mut Diagnosis) {
    let searched = client.contact_list().paginate(1).search("a").send().await;
    found.note("can contacts be searched?", works(&searched));
    let searched = client.conversation_list().paginate(1).search("a").send().await;
    found.note("can conversations be searched?", works(&searched));
    let listed = client.template_list().page(2).paginate(1).send().await;
    let page = listed.as_ref().ok().and_then(|answer| answer.data.as_ref()?.templates.as_ref()?.current_page);
    let finding = match (&listed, page) {
        (Err(error), _) => format!("no: {error}"),
        (Ok(_), Some(2)) => "yes".to_owned(),
        (Ok(_), _) => "no: every page is the first one".to_owned(),
    };
    found.note("are templates listed in pages?", finding);
    let listed = client.contact_list().paginate(0).send().await;
    let size = |answer: &ContactListResponse| answer.data.as_ref()?.contacts.as_ref()?.per_page;
    let finding = match &listed {
        Err(error) => format!("none: the call is refused: {error}"),
        Ok(answer) => size(answer).map_or("not reported".to_owned(), |size| size.to_string()),
    };
    found.note("how many contacts are returned for `paginate=0`?", finding);
}

fn works<T>(result: &Result<T, Error>) -> String {
    let Err(error) = result else { return "yes".to_owned() };
    error.remark().map_or_else(|| format!("no: {error}"), |remark| format!("no: the answer is `{remark}`"))
}

/// Describes the answer at a base URL in a few words.
async fn answer_at(settings: &Settings, base: &str) -> Result<String, ConfigError> {
    let messenger = settings.connect_with("BASE_URL", base)?;
    Ok(match client(&*messenger).contact_list().paginate(1).send().await {
        Ok(_) => "the API".to_owned(),
        Err(error) => match (error.status(), error.remark(), error.page_title()) {
            (Some(status), Some(remark), _) => format!("HTTP {}, remark `{remark}`", status.as_u16()),
            (Some(status), None, Some(_)) => format!("HTTP {}, a web page", status.as_u16()),
            (Some(status), None, None) => format!("HTTP {}", status.as_u16()),
            (None, ..) => error.to_string(),
        },
    })
}

/// Returns whether the API is at a base URL, even if it refuses the call.
async fn is_api(settings: &Settings, base: &str) -> Result<bool, ConfigError> {
    let messenger = settings.connect_with("BASE_URL", base)?;
    let error = client(&*messenger).contact_list().paginate(1).send().await.err();
    Ok(error.is_none_or(|error| error.kind() == ErrorKind::Refused && !error.is_not_found()))
}

/// Returns a base URL without the path of the API.
fn parent(base: &str) -> &str {
    ["/external-api", "/extern-api"].iter().find_map(|path| base.strip_suffix(path)).unwrap_or(base)
}
