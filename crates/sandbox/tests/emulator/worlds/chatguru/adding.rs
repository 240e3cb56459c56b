//! How the model adds chats.

use serde_json::json;

use super::{
    super::model::{ANY, Delivered, Expected},
    Chat, ChatGuru, Job, Shown,
    answers::taken,
};

impl ChatGuru {
    /// Registers the chats that are due.
    pub(super) fn settle(&mut self, now: u64) {
        for job in self.jobs.iter_mut().filter(|job| !job.is_settled && job.done <= now) {
            job.is_settled = true;
            let chat = self.chats.entry(job.chat.clone()).or_insert(Chat { id: json!(ANY), name: None });
            chat.name = Some(job.name.clone());
        }
    }

    /// The answer to a request to add a chat with a name, a text and a dialog.
    pub(super) fn added(
        &mut self,
        asked: &(usize, String),
        given: [&str; 3],
        now: u64,
        done: u64,
        due: u64,
    ) -> Expected {
        let [name, text, dialog] = given;
        let spelled = |number: &str| (asked.0, number.to_owned());
        let target = match other_spelling(&asked.1) {
            _ if self.chats.contains_key(asked) => asked.clone(),
            Some(other) if self.chats.contains_key(&spelled(&other)) => spelled(&other),
            Some(other) if !is_usual(&asked.1) => spelled(&other),
            _ => asked.clone(),
        };
        let pending = self.jobs.iter().rev().find(|job| !job.is_settled && job.chat == target);
        let before = match (pending, self.chats.get(&target)) {
            (Some(job), _) => Some(Some(job.name.clone())),
            (None, chat) => chat.map(|chat| chat.name.clone()),
        };
        let mut effects = Vec::new();
        match &before {
            None => effects.push(("chat_added", name, done)),
            Some(before) if before.as_deref() != Some(name) => effects.push(("chat_name", name, done)),
            Some(_) => {}
        }
        if !text.trim().is_empty() {
            effects.push(("text", text, due));
        }
        if !dialog.is_empty() && before.is_none() {
            effects.push(("dialog", dialog, done));
        }
        let account = self.world["account_id"].as_str().unwrap();
        let delivered = effects.iter().map(|(kind, text, due)| {
            self.shown.push(Shown { name: Some(name.to_owned()), due: Some(*due) });
            Delivered { account: account.to_owned(), to: target.1.clone(), kind, text: Some((*text).to_owned()) }
        });
        let delivered = delivered.collect();
        let is_corrected = target != *asked;
        let (id, name) = (String::new(), name.to_owned());
        self.jobs.push(Job { id, chat: target, is_corrected, name, start: now, done, is_settled: false });
        let description = "Chat cadastrado para inclusão com sucesso!";
        let body = json!({"description": description, "chat_add_id": ANY, "chat_add_status": "pending"});
        Expected { delivered, ..taken(201, body) }
    }
}

/// How far a job is.
pub(super) fn status(job: &Job, now: u64) -> Expected {
    let half = job.start + (job.done - job.start) / 2;
    let (word, description) = match () {
        () if now >= job.done && job.is_corrected => {
            ("done", format!("Chat adicionado, número corrigido para {}.", job.chat.1))
        }
        () if now >= job.done => ("done", "Chat adicionado com sucesso!".to_owned()),
        () if now >= half => ("fetched", ANY.to_owned()),
        () => ("pending", ANY.to_owned()),
    };
    taken(200, json!({"chat_add_id": job.id, "chat_add_status": word, "chat_add_status_description": description}))
}

/// A Brazilian mobile number with its ninth digit if it has none, and without it if it has one.
fn other_spelling(number: &str) -> Option<String> {
    let (start, rest) = number.strip_prefix("55").map(|_| number.split_at_checked(4))??;
    match (start.contains('0'), rest.len(), rest.as_bytes().first()?) {
        (false, 9, b'9') => Some(format!("{start}{}", &rest[1..])),
        (false, 8, b'0' | b'1' | b'6'..=b'9') => Some(format!("{start}9{rest}")),
        _ => None,
    }
}

/// Whether WhatsApp spells a Brazilian mobile number so: up to the area code 28 with 13 digits, above with 12.
fn is_usual(number: &str) -> bool {
    let area: u8 = number[2..4].parse().unwrap();
    (number.len() == 13) == (area <= 28)
}
