//! The contract of a channel, run against Telegram: what each answer of the platform means, and that nothing said is
//! lost or acknowledged too early.

mod desk;
mod listening;
mod secrecy;
mod sending;

use std::time::Duration;

use duban::channel::telegram::{Secret, Telegram};
use duban::channel::{Act, Address, Channel as _, SendError, Sent, Speech};

use crate::fake_telegram::{FakeChat, FakeKind, FakePerson, FakeTelegram};

/// Longer than anything here may take; teloxide alone would sleep ten seconds on a 5xx.
const PROMPT: Duration = Duration::from_secs(5);

fn group() -> FakeChat {
    FakeChat { id: -1001, kind: FakeKind::Supergroup, title: "财税组".to_owned(), topic: None }
}

fn leader() -> FakePerson {
    FakePerson { id: 42, name: "县财政局局长".to_owned() }
}

fn telegram(fake: &FakeTelegram) -> Telegram {
    Telegram::new(Secret::new(fake.token()), Some(fake.url())).expect("a token and an address")
}

fn address(chat: &FakeChat) -> Address {
    let topic = chat.topic.map(|topic| topic.to_string());
    Address { channel: "telegram".to_owned(), chat: chat.id.to_string(), topic }
}

fn say(text: &str) -> Act {
    Act::Say(Speech { text: text.to_owned(), ..Speech::default() })
}

async fn send(fake: &FakeTelegram, to: &Address, act: &Act) -> Result<Sent, SendError> {
    tokio::time::timeout(PROMPT, telegram(fake).send(to, act)).await.expect("no call may hold up the others")
}
