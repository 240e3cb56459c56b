//! EscalaZap, WaziMe, WapiFlow.

use zap_facade::externalapi_client::types::ContactListResponse;
use zap_facade::externalapi_client::{Client, Provider as Instance};
use zap_facade::{ConfigError, Error, ErrorKind, Messenger};

use crate::settings::Settings;
use crate::table::Table;

pub async fn examine(instance: Instance, settings: &Settings, table: &mut Table) -> Result<(), ConfigError> {
    let base = settings.get("BASE_URL").unwrap_or_else(|| instance.base_url());
    let base = base.trim_end_matches('/');
    let messenger = settings.connect()?;
    if !can_be_used(settings, base, client(&*messenger), table).await? {
        return Ok(());
    }
    // Some of it is what our own rules would not let through.
    let messenger = settings.connect_with("PREFLIGHT", "off")?;
    holds_here(client(&*messenger), table).await;
    let typo = format!("{}/extern-api", parent(base));
    table.note("what is at the samples' /extern-api? (fact E2)", place(settings, &typo).await?);
    table.note("what is where there is nothing? (fact E7)", place(settings, &format!("{base}/doctor")).await?);
    Ok(())
}

fn client(messenger: &dyn Messenger) -> &Client {
    messenger.externalapi().expect("this provider is an instance of ExternalApi")
}

/// Whether there is more to ask.
async fn can_be_used(settings: &Settings, base: &str, client: &Client, table: &mut Table) -> Result<bool, ConfigError> {
    let Err(error) = client.contact_list().page(1).paginate(1).send().await else {
        table.well("is it reached?", "yes");
        table.well("is the base URL right?", "yes");
        table.well("are the credentials accepted?", "yes");
        table.well("is this address let in?", "yes; which one it is, the provider tells only when it refuses it");
        table.well("is the account usable?", "yes");
        return Ok(true);
    };
    if matches!(error.kind(), ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Interrupted) {
        table.wrong("is it reached?", format!("no: check the network and the base URL: {error}"));
        return Ok(false);
    }
    table.well("is it reached?", "yes");
    if error.is_wrong_base_url() {
        let mut finding = "no: there is nothing of this API".to_owned();
        for path in ["/external-api", "/extern-api"] {
            let other = format!("{}{path}", parent(base));
            if other != base && is_api(settings, &other).await? {
                finding = format!("no: the API is at {path}; put that into {}", settings.variable("BASE_URL"));
                break;
            }
        }
        table.wrong("is the base URL right?", finding);
        return Ok(false);
    }
    if error.kind() != ErrorKind::Refused {
        table.wrong("is the base URL right?", format!("what answers is not this API: {error}"));
        return Ok(false);
    }
    table.well("is the base URL right?", "yes");
    match error.refused_address() {
        Some(address) => {
            table.note("are the credentials accepted?", "not told while this address is refused");
            let help = "add it to the list in the dashboard, \"Developer Tools\"";
            table.wrong("is this address let in?", format!("no: the provider saw {address}; {help}"));
        }
        None if error.is_unauthorized() => {
            let help = "copy them again from the dashboard, \"Developer Tools\"";
            table.wrong("are the credentials accepted?", format!("no: {help}: {error}"));
        }
        None => {
            table.well("are the credentials accepted?", "yes");
            table.well("is this address let in?", "yes");
            table.wrong("is the account usable?", format!("no: {error}"));
        }
    }
    Ok(false)
}

/// What is documented otherwise than it was observed.
async fn holds_here(client: &Client, table: &mut Table) {
    let searched = client.contact_list().paginate(1).search("a").send().await;
    table.note("can contacts be searched? (fact E14)", works(&searched));
    let searched = client.conversation_list().paginate(1).search("a").send().await;
    table.note("can conversations be searched? (fact E14)", works(&searched));
    let listed = client.template_list().page(2).paginate(1).send().await;
    let page = listed.as_ref().ok().and_then(|answer| answer.data.as_ref()?.templates.as_ref()?.current_page);
    let finding = match (&listed, page) {
        (Err(error), _) => format!("no: {error}"),
        (Ok(_), Some(2)) => "yes".to_owned(),
        (Ok(_), _) => "no: every page is the first".to_owned(),
    };
    table.note("do templates come in pages? (fact E16)", finding);
    let listed = client.contact_list().paginate(0).send().await;
    let size = |answer: &ContactListResponse| answer.data.as_ref()?.contacts.as_ref()?.per_page;
    let finding = match &listed {
        Err(error) => format!("it is refused: {error}"),
        Ok(answer) => size(answer).map_or("not told".to_owned(), |size| size.to_string()),
    };
    table.note("how many contacts are on a page of 0? (fact E16)", finding);
}

fn works<T>(result: &Result<T, Error>) -> String {
    let Err(error) = result else { return "yes".to_owned() };
    error.remark().map_or_else(|| format!("no: {error}"), |remark| format!("no: it is answered `{remark}`"))
}

/// What answers at a base URL, in a few words.
async fn place(settings: &Settings, base: &str) -> Result<String, ConfigError> {
    let messenger = settings.connect_with("BASE_URL", base)?;
    Ok(match client(&*messenger).contact_list().paginate(1).send().await {
        Ok(_) => "it answers, as the API does".to_owned(),
        Err(error) => match (error.status(), error.remark(), error.page_title()) {
            (Some(status), Some(remark), _) => format!("HTTP {}, remark `{remark}`", status.as_u16()),
            (Some(status), None, Some(_)) => format!("HTTP {}, a page", status.as_u16()),
            (Some(status), None, None) => format!("HTTP {}", status.as_u16()),
            (None, ..) => error.to_string(),
        },
    })
}

/// Whether the API is at a base URL, whatever it says.
async fn is_api(settings: &Settings, base: &str) -> Result<bool, ConfigError> {
    let messenger = settings.connect_with("BASE_URL", base)?;
    let error = client(&*messenger).contact_list().paginate(1).send().await.err();
    Ok(error.is_none_or(|error| error.kind() == ErrorKind::Refused && !error.is_not_found()))
}

/// The URL that a base path stands on.
fn parent(base: &str) -> &str {
    ["/external-api", "/extern-api"].iter().find_map(|path| base.strip_suffix(path)).unwrap_or(base)
}
