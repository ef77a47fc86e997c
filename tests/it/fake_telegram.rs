//! A Bot API of our own, over real HTTP: what people do in Telegram, what the bot made of it, and faults on demand.
//!
//! It keeps Telegram's promises and no more: updates below an asked-for offset are forgotten for good, all others are
//! handed out again; a second poll ends the first with 409; a dropped connection may have done its work.

mod files;
mod server;
mod state;
mod trouble;

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use chrono::{DateTime, Utc};
use duban::channel::Button;
use reqwest::Url;
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use self::state::{Place, State};
use self::trouble::Trouble;
use super::load::Dice;

/// The bot's account.
pub const BOT_ID: i64 = 7_000_000_001;

/// The bot's name in mentions.
pub const BOT_NAME: &str = "duban_bot";

/// How long a test waits for something that must happen.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a chat is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FakeKind {
    Private,
    Group,
    Supergroup,
}

/// A chat, or one topic of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FakeChat {
    pub id: i64,
    pub kind: FakeKind,
    pub title: String,
    pub topic: Option<i32>,
}

/// Somebody with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FakePerson {
    pub id: i64,
    pub name: String,
}

/// A message of the bot, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FakeMessage {
    pub id: i64,
    pub text: String,
    pub buttons: Vec<Vec<Button>>,
    /// How often it was edited.
    pub edits: u32,
    pub reply_to: Option<i64>,
    pub topic: Option<i64>,
    /// Name and content of the file it hands over.
    pub file: Option<(String, String)>,
}

/// A file that a person sends; one without a name is a photo.
#[derive(Debug, Clone, Default)]
pub struct FakeFile {
    pub name: String,
    pub bytes: Vec<u8>,
    pub caption: String,
    pub album: Option<String>,
    pub reply_to: Option<i64>,
}

/// An answer to a tap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FakeToast {
    pub tap: String,
    pub text: String,
}

/// One call, as it arrived.
#[derive(Debug, Clone, PartialEq)]
pub struct FakeCall {
    /// The method in lower case.
    pub method: String,
    pub arguments: Value,
}

/// What goes wrong with a call. All but [`Fault::Drop`] happen instead of what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// 429 with the seconds to wait.
    TooMany { retry_after: u64 },
    /// This status, with an answer in Telegram's form.
    Status(u16),
    /// A proxy's page, which repeats the address it was asked for.
    Html502,
    /// Does what was asked for and closes the connection without an answer.
    Drop,
    /// Answers nothing for longer than anybody waits, and does nothing.
    Hang,
    /// Does what was asked for, later.
    Slow(Duration),
    /// 403 with this text after `Forbidden: `.
    Forbidden(&'static str),
    /// 400 with this text after `Bad Request: `.
    BadRequest(&'static str),
    /// 400: the group is now the supergroup with this id.
    Migrate(i64),
}

/// The handle of a running fake. Clones are the same fake; the last one to go stops it.
#[derive(Clone)]
pub struct FakeTelegram {
    hub: Arc<Hub>,
    server: Arc<Server>,
}

/// What the handle and the server share.
struct Hub {
    token: String,
    state: Mutex<State>,
    /// Rung at every change.
    news: Notify,
}

struct Server {
    url: Url,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Hub {
    /// The state. Never held across an await.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no test panics while it holds the state")
    }

    /// Does something to the state and tells whoever waits for a change.
    fn change<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let done = act(&mut self.state());
        self.news.notify_waiters();
        done
    }

    /// Waits until `look` sees something.
    async fn wait_for<T>(&self, look: impl Fn(&mut State) -> Option<T>) -> T {
        loop {
            let mut news = std::pin::pin!(self.news.notified());
            // From here on no ring is missed, so looking cannot be too early.
            news.as_mut().enable();
            let seen = look(&mut self.state());
            match seen {
                Some(seen) => return seen,
                None => news.await,
            }
        }
    }
}

impl FakeTelegram {
    /// Starts a fake on a free port. Its clock stands at 9:00 in Beijing on Monday 2022-06-27.
    pub async fn start() -> Self {
        let token = "123456789:AAF7-g0gYncWnm5IyfZlpPRqRRv6kNAGlao".to_owned();
        let hub = Arc::new(Hub { token, state: Mutex::new(State::new()), news: Notify::new() });
        let (url, task) = server::start(Arc::clone(&hub)).await;
        Self { hub, server: Arc::new(Server { url, task }) }
    }

    /// Where it listens: the `api_url` of the channel.
    pub fn url(&self) -> Url {
        self.server.url.clone()
    }

    /// The only token it accepts.
    pub fn token(&self) -> &str {
        &self.hub.token
    }

    /// Moves its clock, which dates messages and answers.
    pub fn set_now(&self, now: DateTime<Utc>) {
        self.hub.change(|state| state.now = now);
    }

    /// A person writes; returns the id of the message.
    pub fn person_says(&self, chat: &FakeChat, person: &FakePerson, text: &str) -> i64 {
        self.hub.change(|state| state.say(chat, person, text, None))
    }

    /// A person replies to a message of the bot or of anybody else; returns the id of the reply.
    pub fn person_replies(&self, chat: &FakeChat, person: &FakePerson, reply_to: i64, text: &str) -> i64 {
        self.hub.change(|state| state.say(chat, person, text, Some(reply_to)))
    }

    /// A person sends a file; returns the id of the message.
    pub fn person_sends(&self, chat: &FakeChat, person: &FakePerson, file: &FakeFile) -> i64 {
        self.hub.change(|state| state.say_file(chat, person, file))
    }

    /// A person changes what they wrote.
    pub fn person_edits(&self, chat: &FakeChat, person: &FakePerson, message: i64, text: &str) {
        self.hub.change(|state| state.edit(chat, person, message, text));
    }

    /// A person taps a button, or forges one: `data` need not stand there. Returns the id of the tap.
    pub fn person_taps(&self, chat: &FakeChat, person: &FakePerson, message: i64, data: &str) -> String {
        self.hub.change(|state| state.tap(chat, person, message, data))
    }

    /// A tap that is pushed by [`Self::push_raw`] may be answered, in this chat.
    pub fn expect_tap(&self, tap: &str, chat: i64) {
        self.hub.change(|state| state.expect_tap(tap, chat));
    }

    /// From now on so many of a hundred calls go wrong in one way or another, chosen by this seed; 0 for calm.
    pub fn trouble(&self, percent: u64, seed: u64) {
        self.hub.change(|state| {
            state.trouble = Trouble { percent, dice: Dice(seed), drops: state.trouble.drops }
        });
    }

    /// How many answers got lost in trouble, after what was asked for had been done.
    pub fn drops(&self) -> usize {
        self.hub.state().trouble.drops
    }

    /// Any update; it gets the next `update_id` unless it has one. Returns that id.
    pub fn push_raw(&self, update: Value) -> i64 {
        self.hub.change(|state| state.push(update))
    }

    /// The next call that concerns this chat goes wrong; several faults happen one after the other.
    pub fn fail_next(&self, chat: &FakeChat, fault: Fault) {
        self.hub.change(|state| state.fail(Place::Chat(chat.id), fault));
    }

    /// The next call of this method goes wrong, whatever it concerns.
    pub fn fail_next_call(&self, method: &str, fault: Fault) {
        self.hub.change(|state| state.fail(Place::Method(method.to_lowercase()), fault));
    }

    /// What the bot has said in a chat, over all its topics.
    pub fn messages(&self, chat: &FakeChat) -> Vec<FakeMessage> {
        self.hub.state().said.get(&chat.id).cloned().unwrap_or_default()
    }

    /// What the bot has answered to taps.
    pub fn toasts(&self) -> Vec<FakeToast> {
        self.hub.state().toasts.clone()
    }

    /// Every call so far.
    pub fn calls(&self) -> Vec<FakeCall> {
        self.hub.state().calls.clone()
    }

    /// The highest offset that was asked for: all updates below it are forgotten. 0 before the first.
    pub fn confirmed_offset(&self) -> i64 {
        self.hub.state().confirmed
    }

    /// How many updates are not confirmed.
    pub fn waiting(&self) -> usize {
        self.hub.state().updates.len()
    }

    /// Waits until every update is confirmed.
    pub async fn all_confirmed(&self) {
        self.until(|state| state.updates.is_empty().then_some(())).await;
    }

    /// Waits until a method (in lower case) was called so many times.
    pub async fn called(&self, method: &str, times: usize) {
        self.until(|state| {
            let calls = state.calls.iter().filter(|call| call.method == method);
            (calls.count() >= times).then_some(())
        })
        .await;
    }

    async fn until(&self, look: impl Fn(&mut State) -> Option<()>) {
        tokio::time::timeout(PATIENCE, self.hub.wait_for(look))
            .await
            .expect("it should have happened by now");
    }
}

impl FakeChat {
    fn json(&self) -> Value {
        match self.kind {
            FakeKind::Private => {
                json!({ "id": self.id, "type": "private", "first_name": self.title })
            }
            FakeKind::Group => json!({ "id": self.id, "type": "group", "title": self.title }),
            FakeKind::Supergroup => {
                json!({ "id": self.id, "type": "supergroup", "title": self.title, "is_forum": self.topic.is_some() })
            }
        }
    }
}

impl FakePerson {
    fn json(&self) -> Value {
        json!({ "id": self.id, "is_bot": false, "first_name": self.name })
    }
}
