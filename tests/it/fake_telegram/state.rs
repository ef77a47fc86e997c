//! What the fake remembers, and what people and the bot do to it.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, Utc};
use duban::channel::Button;
use serde_json::{Value, json};

use super::trouble::Trouble;
use super::{BOT_ID, BOT_NAME, FakeCall, FakeChat, FakeFile, FakeMessage, FakePerson, FakeToast, Fault};

/// The first update's id: not 1, so that nobody mistakes ids for counts.
const FIRST_UPDATE: i64 = 1001;

/// Where a fault waits.
#[derive(Debug, PartialEq, Eq, Hash)]
pub enum Place {
    Chat(i64),
    /// In lower case.
    Method(String),
}

/// All there is.
pub struct State {
    pub now: DateTime<Utc>,
    /// Not confirmed yet, in order.
    pub updates: VecDeque<Value>,
    pub confirmed: i64,
    /// The number of the newest poll; an older one that is still open has lost.
    pub newest_poll: u64,
    /// What people have sent, by its `file_id`.
    pub files: HashMap<String, Vec<u8>>,
    /// The bot's messages of each chat.
    pub said: HashMap<i64, Vec<FakeMessage>>,
    pub toasts: Vec<FakeToast>,
    pub calls: Vec<FakeCall>,
    next_update: i64,
    next_message: HashMap<i64, i64>,
    /// The chat of each tap.
    taps: HashMap<String, i64>,
    faults: HashMap<Place, VecDeque<Fault>>,
    /// What goes wrong by chance.
    pub trouble: Trouble,
}

/// Why the fake says no: code, description, `parameters`.
pub struct No(pub u16, pub String, pub Value);

impl State {
    pub fn new() -> Self {
        Self {
            now: "2022-06-27T01:00:00Z".parse().expect("a time"),
            updates: VecDeque::new(),
            confirmed: 0,
            newest_poll: 0,
            files: HashMap::new(),
            said: HashMap::new(),
            toasts: Vec::new(),
            calls: Vec::new(),
            next_update: FIRST_UPDATE,
            next_message: HashMap::new(),
            taps: HashMap::new(),
            faults: HashMap::new(),
            trouble: Trouble::none(),
        }
    }

    // What people do.

    pub fn push(&mut self, mut update: Value) -> i64 {
        let id = update["update_id"].as_i64().unwrap_or(self.next_update);
        self.next_update = self.next_update.max(id + 1);
        update["update_id"] = id.into();
        self.updates.push_back(update);
        id
    }

    pub fn say(&mut self, chat: &FakeChat, person: &FakePerson, text: &str, reply_to: Option<i64>) -> i64 {
        let id = self.new_message(chat.id);
        let mut message = self.message(chat, person, id, text);
        if let Some(replied) = reply_to {
            message["reply_to_message"] = self.replied(chat, replied);
        }
        self.push(json!({ "message": message }));
        id
    }

    pub fn edit(&mut self, chat: &FakeChat, person: &FakePerson, id: i64, text: &str) {
        let mut message = self.message(chat, person, id, text);
        message["edit_date"] = self.now.timestamp().into();
        self.push(json!({ "edited_message": message }));
    }

    pub fn tap(&mut self, chat: &FakeChat, person: &FakePerson, message: i64, data: &str) -> String {
        let tap = format!("tap{}", self.next_update);
        self.taps.insert(tap.clone(), chat.id);
        let card = self.replied(chat, message);
        let query =
            json!({ "id": tap, "from": person.json(), "message": card, "chat_instance": "1", "data": data });
        self.push(json!({ "callback_query": query }));
        tap
    }

    pub fn expect_tap(&mut self, tap: &str, chat: i64) {
        self.taps.insert(tap.to_owned(), chat);
    }

    fn message(&self, chat: &FakeChat, person: &FakePerson, id: i64, text: &str) -> Value {
        let mut message = json!({
            "message_id": id, "date": self.now.timestamp(),
            "chat": chat.json(), "from": person.json(), "text": text,
        });
        if let Some(topic) = chat.topic {
            message["message_thread_id"] = topic.into();
            message["is_topic_message"] = true.into();
        }
        message
    }

    /// A message that somebody answers or taps on: the bot's where it is one.
    fn replied(&self, chat: &FakeChat, id: i64) -> Value {
        let someone = FakePerson { id: 1, name: "某人".to_owned() };
        let said = self.said.get(&chat.id).and_then(|said| said.iter().find(|message| message.id == id));
        let mut message = self.message(chat, &someone, id, said.map_or("…", |message| &message.text));
        if said.is_some() {
            message["from"] = me();
        }
        message
    }

    // What the bot does.

    /// The updates from `offset` on; forgets those before.
    pub fn fetch(&mut self, offset: i64, limit: usize) -> Vec<Value> {
        self.confirmed = self.confirmed.max(offset);
        self.updates.retain(|update| update["update_id"].as_i64() >= Some(offset));
        self.updates.iter().take(limit).cloned().collect()
    }

    pub fn send(&mut self, arguments: &Value) -> Result<Value, No> {
        let chat = chat(arguments)?;
        let (text, buttons) = content(arguments)?;
        let id = self.new_message(chat);
        let reply = &arguments["reply_parameters"];
        let message = FakeMessage {
            id,
            text,
            buttons,
            edits: 0,
            reply_to: reply["message_id"].as_i64(),
            topic: arguments["message_thread_id"].as_i64(),
            file: None,
        };
        let json = self.own(chat, &message);
        self.said.entry(chat).or_default().push(message);
        Ok(json)
    }

    pub fn send_file(&mut self, arguments: &Value) -> Result<Value, No> {
        let chat = chat(arguments)?;
        let file = &arguments["document"];
        let (Some(name), Some(content)) = (file["name"].as_str(), file["content"].as_str()) else {
            return Err(bad("there is no document in the request"));
        };
        let message = FakeMessage {
            id: self.new_message(chat),
            text: arguments["caption"].as_str().unwrap_or_default().to_owned(),
            buttons: keyboard(arguments)?,
            edits: 0,
            reply_to: None,
            topic: arguments["message_thread_id"].as_i64(),
            file: Some((name.to_owned(), content.to_owned())),
        };
        let json = self.own(chat, &message);
        self.said.entry(chat).or_default().push(message);
        Ok(json)
    }

    /// A person sends a file, with or without a line; `album` joins several.
    pub fn say_file(&mut self, chat: &FakeChat, person: &FakePerson, file: &FakeFile) -> i64 {
        let id = self.new_message(chat.id);
        let file_id = format!("file{id}of{}", chat.id.unsigned_abs());
        let mut message = self.message(chat, person, id, "");
        message.as_object_mut().expect("an object").remove("text");
        if !file.caption.is_empty() {
            message["caption"] = file.caption.as_str().into();
        }
        if let Some(album) = &file.album {
            message["media_group_id"] = album.as_str().into();
        }
        if let Some(replied) = file.reply_to {
            message["reply_to_message"] = self.replied(chat, replied);
        }
        let size = file.bytes.len();
        if file.name.is_empty() {
            message["photo"] = json!([
                { "file_id": "thumbnail", "file_unique_id": "t", "width": 90, "height": 90, "file_size": size / 10 },
                { "file_id": file_id, "file_unique_id": "u", "width": 900, "height": 900, "file_size": size },
            ]);
        } else {
            message["document"] = json!({ "file_id": file_id, "file_unique_id": "u", "file_name": file.name, "file_size": size });
        }
        self.files.insert(file_id, file.bytes.clone());
        self.push(json!({ "message": message }));
        id
    }

    /// `editMessageText` where `with_text`, else `editMessageReplyMarkup`.
    pub fn change(&mut self, arguments: &Value, with_text: bool) -> Result<Value, No> {
        let chat = chat(arguments)?;
        let buttons = keyboard(arguments)?;
        let text = if with_text { Some(content(arguments)?.0) } else { None };
        let id = &arguments["message_id"];
        let said = self.said.entry(chat).or_default();
        let Some(message) = said.iter_mut().find(|message| Some(message.id) == id.as_i64()) else {
            return Err(bad("message to edit not found"));
        };
        let text = text.unwrap_or_else(|| message.text.clone());
        if (&message.text, &message.buttons) == (&text, &buttons) {
            return Err(bad(
                "message is not modified: specified new message content and reply markup are exactly the same as a \
                 current content and reply markup of the message",
            ));
        }
        (message.text, message.buttons) = (text, buttons);
        message.edits += 1;
        let message = message.clone();
        Ok(self.own(chat, &message))
    }

    pub fn delete(&mut self, arguments: &Value) -> Result<Value, No> {
        let said = self.said.entry(chat(arguments)?).or_default();
        let before = said.len();
        said.retain(|message| Some(message.id) != arguments["message_id"].as_i64());
        if said.len() < before { Ok(true.into()) } else { Err(bad("message to delete not found")) }
    }

    pub fn toast(&mut self, arguments: &Value) -> Result<Value, No> {
        let tap = arguments["callback_query_id"].as_str().unwrap_or_default().to_owned();
        if !self.taps.contains_key(&tap) {
            return Err(bad("query is too old and response timeout expired or query ID is invalid"));
        }
        let text = arguments["text"].as_str().unwrap_or_default().to_owned();
        self.toasts.push(FakeToast { tap, text });
        Ok(true.into())
    }

    // What goes wrong.

    pub fn fail(&mut self, place: Place, fault: Fault) {
        self.faults.entry(place).or_default().push_back(fault);
    }

    /// The fault that waits for this call, if any.
    pub fn fault(&mut self, method: &str, arguments: &Value) -> Option<Fault> {
        let tapped = arguments["callback_query_id"].as_str().and_then(|tap| self.taps.get(tap).copied());
        let chat = arguments["chat_id"].as_i64().or(tapped).map(Place::Chat);
        if let Some(fault) = self.trouble.next(method) {
            return Some(fault);
        }
        let places = chat.into_iter().chain([Place::Method(method.to_owned())]);
        places.into_iter().find_map(|place| self.faults.get_mut(&place)?.pop_front())
    }

    /// Ids count in each chat, over people and bot.
    fn new_message(&mut self, chat: i64) -> i64 {
        let next = self.next_message.entry(chat).or_insert(1);
        *next += 1;
        *next - 1
    }

    fn own(&self, chat: i64, message: &FakeMessage) -> Value {
        json!({
            "message_id": message.id, "date": self.now.timestamp(), "text": message.text,
            "chat": { "id": chat, "type": if chat < 0 { "supergroup" } else { "private" } }, "from": me(),
        })
    }
}

/// The bot's account, as `getMe` shows it.
pub fn me() -> Value {
    json!({ "id": BOT_ID, "is_bot": true, "first_name": "督办", "username": BOT_NAME, "can_join_groups": true })
}

fn bad(why: &str) -> No {
    No(400, format!("Bad Request: {why}"), Value::Null)
}

fn chat(arguments: &Value) -> Result<i64, No> {
    arguments["chat_id"].as_i64().ok_or_else(|| bad("chat not found"))
}

/// Text and buttons, within Telegram's limits.
fn content(arguments: &Value) -> Result<(String, Vec<Vec<Button>>), No> {
    let text = arguments["text"].as_str().unwrap_or_default();
    match text.chars().count() {
        0 => Err(bad("message text is empty")),
        1..=4096 => Ok((text.to_owned(), keyboard(arguments)?)),
        _ => Err(bad("message is too long")),
    }
}

fn keyboard(arguments: &Value) -> Result<Vec<Vec<Button>>, No> {
    let rows = arguments["reply_markup"]["inline_keyboard"].as_array().cloned().unwrap_or_default();
    rows.iter().map(|row| row.as_array().into_iter().flatten().map(button).collect()).collect()
}

fn button(button: &Value) -> Result<Button, No> {
    let field = |name: &str| button[name].as_str().unwrap_or_default().to_owned();
    match field("callback_data") {
        data if (1..=64).contains(&data.len()) => Ok(Button { label: field("text"), data }),
        _ => Err(bad("BUTTON_DATA_INVALID")),
    }
}
