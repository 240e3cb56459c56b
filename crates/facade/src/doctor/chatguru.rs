//! ChatGuru.

use chatguru_client::Client;

use super::diagnosis::Diagnosis;
use super::settings::Settings;
use crate::{ConfigError, Error, ErrorKind, Messenger};

/// An id in the form of a message's id, which no message has.
const NO_MESSAGE: &str = "000000000000000000000000";

pub(super) async fn examine(settings: &Settings, found: &mut Diagnosis) -> Result<(), ConfigError> {
    let messenger = settings.connect()?;
    let answer = ask(&*messenger).await;
    if let Some(error) = &answer.error {
        if matches!(error.kind(), ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Interrupted) {
            found.wrong("can the provider be reached?", format!("no: check the network and the server: {error}"));
            return Ok(());
        }
        found.ok("can the provider be reached?", "yes");
        if error.kind() != ErrorKind::Refused {
            let setting = settings.variable(if settings.get("BASE_URL").is_some() { "BASE_URL" } else { "SERVER" });
            let finding = format!("no: the server that answers is not this API; check {setting}: {error}");
            found.wrong("is the server correct?", finding);
            return Ok(());
        }
    } else {
        found.ok("can the provider be reached?", "yes");
    }
    found.ok("is the server correct?", "yes");
    credentials(settings, &answer, found).await?;
    parameter_location(settings, found).await?;
    if let Some((status, code)) = answer.status_and_code() {
        let equal = if status == code { "yes" } else { "no" };
        let finding = format!("{equal}: HTTP {status}, code {code}");
        found.note("does the HTTP status equal `code`?", finding);
    }
    let client = client(&*messenger);
    let numbered = client.message_status().message_id(NO_MESSAGE).chat_number("5511987654321").send().await;
    let finding = if Answer::of(numbered.err()).is_like(&answer) { "yes" } else { "no" };
    found.note("does `message_status` work without `chat_number`?", finding);
    let zone =
        if settings.get("TIME_ZONE").is_some() { "yes" } else { "no: to schedule texts, set CHATGURU_TIME_ZONE" };
    found.note("is the time zone set?", zone);
    Ok(())
}

/// Checks each credential with a call in which it is altered. No answer says that a credential is correct, but if the
/// altered one is answered differently, the correct one was accepted.
async fn credentials(settings: &Settings, answer: &Answer, found: &mut Diagnosis) -> Result<(), ConfigError> {
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
        found.ok(question, "yes: if any of the three is altered, the answer differs");
    } else {
        let description = answer.error.as_ref().and_then(Error::description).unwrap_or("a success").to_owned();
        let suspects = suspects.join(", ");
        found.wrong(question, format!("no: an altered {suspects} is answered in the same way: {description}"));
    }
    Ok(())
}

async fn parameter_location(settings: &Settings, found: &mut Diagnosis) -> Result<(), ConfigError> {
    let query = ask(&*settings.connect_with("PARAMETERS_IN", "query")?).await;
    let body = ask(&*settings.connect_with("PARAMETERS_IN", "body")?).await;
    let question = "are parameters in the body accepted?";
    let in_body = settings.get("PARAMETERS_IN").as_deref() == Some("body");
    match (body.is_like(&query), in_body) {
        (true, true) => found.ok(question, "yes"),
        (true, false) => found.note(question, "yes: CHATGURU_PARAMETERS_IN=body keeps the key out of URLs and logs"),
        (false, true) => found.wrong(question, "no: unset CHATGURU_PARAMETERS_IN"),
        (false, false) => found.note(question, "no: they stay in the query string, including the key"),
    }
    Ok(())
}

fn client(messenger: &dyn Messenger) -> &Client {
    messenger.chatguru().expect("this provider is ChatGuru")
}

/// Asks for the status of a message that does not exist, which is the cheapest read.
async fn ask(messenger: &dyn Messenger) -> Answer {
    Answer::of(client(messenger).message_status().message_id(NO_MESSAGE).send().await.err())
}

/// An answer. Without an error it is a success.
struct Answer {
    error: Option<Error>,
}

impl Answer {
    fn of(error: Option<Error>) -> Self {
        Self { error }
    }

    fn is_like(&self, other: &Self) -> bool {
        let content = |answer: &Self| {
            answer.error.as_ref().map(|error| (error.kind(), error.status(), error.messages().to_vec()))
        };
        content(self) == content(other)
    }

    fn status_and_code(&self) -> Option<(u64, u64)> {
        let error = self.error.as_ref()?;
        let body: serde_json::Value = serde_json::from_slice(error.body()?).ok()?;
        Some((error.status()?.as_u16().into(), body["code"].as_u64()?))
    }
}

/// Returns a secret with its last character replaced.
fn altered(secret: &str) -> String {
    let mut altered = secret.to_owned();
    let last = altered.pop();
    altered.push(if last == Some('0') { '1' } else { '0' });
    altered
}
