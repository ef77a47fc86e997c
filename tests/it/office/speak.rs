//! What people do in the chats. Everything arrives through Telegram and is settled before the call returns.

use serde_json::json;

use super::Office;
use super::cast::{chat, person};
use super::look::plain;
use crate::fake_telegram::{FakeFile, FakeMessage, Fault};

impl Office {
    /// Somebody writes in a chat; a person's own name as the chat means in private. Returns the id of the message.
    pub async fn says(&self, who: &str, place: &str, text: &str) -> i64 {
        let id = self.fake.person_says(&chat(place), &person(who), text);
        self.settle().await;
        id
    }

    /// Somebody writes, and the bot does not get round to it yet.
    pub async fn says_meanwhile(&self, who: &str, place: &str, text: &str) {
        self.fake.person_says(&chat(place), &person(who), text);
        self.fake.all_confirmed().await;
    }

    /// Somebody answers a message.
    pub async fn replies(&self, who: &str, place: &str, message: i64, text: &str) -> i64 {
        let id = self.fake.person_replies(&chat(place), &person(who), message, text);
        self.settle().await;
        id
    }

    /// Somebody sends a file.
    pub async fn sends(&self, who: &str, place: &str, file: FakeFile) -> i64 {
        let id = self.fake.person_sends(&chat(place), &person(who), &file);
        self.settle().await;
        id
    }

    /// Somebody answers the newest card of a chat with a file.
    pub async fn sends_to_card(&self, who: &str, place: &str, file: FakeFile) {
        let card = self.card(place).id;
        self.sends(who, place, FakeFile { reply_to: Some(card), ..file }).await;
    }

    /// Name and content of the files that the bot has handed over in a chat.
    pub fn handed_over(&self, place: &str) -> Vec<(String, String)> {
        self.fake.messages(&chat(place)).into_iter().filter_map(|message| message.file).collect()
    }

    /// Somebody answers the newest card of a chat.
    pub async fn replies_to_card(&self, who: &str, place: &str, text: &str) -> i64 {
        let card = self.card(place).id;
        self.replies(who, place, card, text).await
    }

    /// Somebody answers the last message of a chat.
    pub async fn replies_to_last(&self, who: &str, place: &str, text: &str) -> i64 {
        let last = self.fake.messages(&chat(place)).last().expect("something was said").id;
        self.replies(who, place, last, text).await
    }

    /// Somebody changes what they wrote.
    pub async fn edits(&self, who: &str, place: &str, message: i64, text: &str) {
        self.fake.person_edits(&chat(place), &person(who), message, text);
        self.settle().await;
    }

    /// Somebody taps the newest button with that label. Returns the line that passed by, empty where there was none.
    pub async fn taps(&self, who: &str, place: &str, label: &str) -> String {
        let messages = self.fake.messages(&chat(place));
        let found = messages.iter().rev().find_map(|message| {
            let button = buttons(message).find(|(shown, _)| shown == label)?;
            Some((message.id, button.1))
        });
        let (message, data) = found.unwrap_or_else(|| {
            let shown: Vec<_> = messages.iter().flat_map(buttons).map(|(label, _)| label).collect();
            panic!("no button {label} in {place}; there are {shown:?}")
        });
        self.forges(who, place, message, &data).await
    }

    /// A button by the place of its message in the chat: the message's id and the button's data.
    pub fn button_of(&self, place: &str, nth: usize, label: &str) -> (i64, String) {
        let message = &self.fake.messages(&chat(place))[nth];
        let (_, data) = buttons(message).find(|(shown, _)| shown == label).expect("the button is there");
        (message.id, data)
    }

    /// Somebody sends a tap that need not stand under that message. Returns the line that passed by.
    pub async fn forges(&self, who: &str, place: &str, message: i64, data: &str) -> String {
        let tap = self.fake.person_taps(&chat(place), &person(who), message, data);
        self.settle().await;
        let toasts = self.fake.toasts();
        let toast = toasts.iter().find(|toast| toast.tap == tap).expect("every tap is answered");
        plain(&toast.text)
    }

    /// Somebody passes on what somebody else has written.
    pub async fn forwards(&self, who: &str, place: &str, text: &str) {
        let mut message = self.message(who, place, text);
        message["forward_date"] = self.now().at().timestamp().into();
        message["forward_origin"] = json!({
            "type": "hidden_user", "sender_user_name": "某人", "date": self.now().at().timestamp(),
        });
        self.fake.push_raw(json!({ "message": message }));
        self.settle().await;
    }

    /// A message as Telegram would send it, for what needs more than words.
    pub fn message(&self, who: &str, place: &str, text: &str) -> serde_json::Value {
        let (who, place) = (person(who), chat(place));
        let kind = if place.id < 0 { "supergroup" } else { "private" };
        json!({
            "message_id": 9_000, "date": self.now().at().timestamp(), "text": text,
            "chat": { "id": place.id, "type": kind, "title": place.title, "first_name": place.title },
            "from": { "id": who.id, "is_bot": false, "first_name": who.name },
        })
    }

    /// The next call that concerns a chat goes wrong.
    pub fn fails(&self, place: &str, fault: Fault) {
        self.fake.fail_next(&chat(place), fault);
    }
}

/// Label and data of every button below a message.
pub fn buttons(message: &FakeMessage) -> impl Iterator<Item = (String, String)> {
    let all = message.buttons.iter().flatten();
    all.map(|button| (plain(&button.label), button.data.clone())).collect::<Vec<_>>().into_iter()
}
