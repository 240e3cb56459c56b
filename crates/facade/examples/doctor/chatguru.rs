//! ChatGuru.

use zap_facade::chatguru_client::Client;
use zap_facade::{ConfigError, Error, ErrorKind, Messenger};

use crate::settings::Settings;
use crate::table::Table;

/// The form of a message's id, and nobody's.
const NO_MESSAGE: &str = "000000000000000000000000";

pub async fn examine(settings: &Settings, table: &mut Table) -> Result<(), ConfigError> {
    let messenger = settings.connect()?;
    let answer = ask(&*messenger).await;
    if let Some(error) = &answer.error {
        if matches!(error.kind(), ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Interrupted) {
            table.wrong("is it reached?", format!("no: check the network and the server: {error}"));
            return Ok(());
        }
        table.well("is it reached?", "yes");
        if error.kind() != ErrorKind::Refused {
            let setting = settings.variable(if settings.get("BASE_URL").is_some() { "BASE_URL" } else { "SERVER" });
            let finding = format!("no: what answers is not this API; see {setting}: {error}");
            table.wrong("is the server right?", finding);
            return Ok(());
        }
    } else {
        table.well("is it reached?", "yes");
    }
    table.well("is the server right?", "yes");
    credentials(settings, &answer, table).await?;
    places(settings, table).await?;
    if let Some((status, code)) = answer.status_and_code() {
        let equal = if status == code { "yes" } else { "no" };
        let finding = format!("{equal}: HTTP {status}, code {code}");
        table.note("does the HTTP status equal `code`? (fact C13)", finding);
    }
    let client = client(&*messenger);
    let numbered = client.message_status().message_id(NO_MESSAGE).chat_number("5511987654321").send().await;
    let finding = if Answer::of(numbered.err()).is_like(&answer) { "yes" } else { "no" };
    table.note("does a status do without `chat_number`? (fact C4)", finding);
    let zone = if settings.get("TIME_ZONE").is_some() { "yes" } else { "no: set CHATGURU_TIME_ZONE to schedule texts" };
    table.note("is the time zone set?", zone);
    Ok(())
}

/// No answer says that credentials are right, and texts are not to be relied on. But where a wrong
/// one is answered otherwise, the right one was accepted.
async fn credentials(settings: &Settings, answer: &Answer, table: &mut Table) -> Result<(), ConfigError> {
    let mut suspects = Vec::new();
    for setting in ["KEY", "ACCOUNT_ID", "PHONE_ID"] {
        let right = settings.get(setting).unwrap_or_default();
        let altered = settings.connect_with(setting, &altered(&right))?;
        if ask(&*altered).await.is_like(answer) {
            suspects.push(settings.variable(setting));
        }
    }
    let question = "are the credentials accepted?";
    if suspects.is_empty() {
        table.well(question, "yes: with any of the three altered, the answer is another");
    } else {
        let said = answer.error.as_ref().and_then(Error::description).unwrap_or("a success").to_owned();
        let suspects = suspects.join(", ");
        table.wrong(question, format!("no: a wrong {suspects} is answered just so: {said}"));
    }
    Ok(())
}

async fn places(settings: &Settings, table: &mut Table) -> Result<(), ConfigError> {
    let query = ask(&*settings.connect_with("PARAMETERS_IN", "query")?).await;
    let body = ask(&*settings.connect_with("PARAMETERS_IN", "body")?).await;
    let question = "are parameters in the body accepted?";
    let in_body = settings.get("PARAMETERS_IN").as_deref() == Some("body");
    match (body.is_like(&query), in_body) {
        (true, true) => table.well(question, "yes"),
        (true, false) => table.note(question, "yes: CHATGURU_PARAMETERS_IN=body keeps the key out of URLs and logs"),
        (false, true) => table.wrong(question, "no: unset CHATGURU_PARAMETERS_IN"),
        (false, false) => table.note(question, "no: they stay in the query string, key and all"),
    }
    Ok(())
}

fn client(messenger: &dyn Messenger) -> &Client {
    messenger.chatguru().expect("this provider is ChatGuru")
}

/// Asks after a message that there is not: the cheapest thing that only reads.
async fn ask(messenger: &dyn Messenger) -> Answer {
    Answer::of(client(messenger).message_status().message_id(NO_MESSAGE).send().await.err())
}

/// What was answered; no error is a success.
struct Answer {
    error: Option<Error>,
}

impl Answer {
    fn of(error: Option<Error>) -> Self {
        Self { error }
    }

    fn is_like(&self, other: &Self) -> bool {
        let told = |answer: &Self| {
            answer.error.as_ref().map(|error| (error.kind(), error.status(), error.messages().to_vec()))
        };
        told(self) == told(other)
    }

    fn status_and_code(&self) -> Option<(u64, u64)> {
        let error = self.error.as_ref()?;
        let body: serde_json::Value = serde_json::from_slice(error.body()?).ok()?;
        Some((error.status()?.as_u16().into(), body["code"].as_u64()?))
    }
}

/// The same but for its last character.
fn altered(secret: &str) -> String {
    let mut altered = secret.to_owned();
    let last = altered.pop();
    altered.push(if last == Some('0') { '1' } else { '0' });
    altered
}
