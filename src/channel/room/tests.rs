//! The room as a channel, and what people may do in it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use chrono::DateTime;
use futures::future::{BoxFuture, FutureExt, ready};

use super::book::{Book, Line, Seat, private_chat};
use super::memory::Memory;
use super::{Refusal, Rewording, Room, RoomError, SAY_MAX, Tapping, Words};
use crate::channel::{Act, Address, Button, Channel, Inbox, Incoming, SendError, Sent, Speech, What};

/// An inbox that keeps each event once, and fails as often as it is told to.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) failures: Mutex<u32>,
    known: Mutex<HashSet<String>>,
    pub(crate) events: Mutex<Vec<Incoming>>,
}

impl Inbox for Kept {
    fn receive(&self, batch: Vec<Incoming>) -> BoxFuture<'_, anyhow::Result<()>> {
        let mut failures = self.failures.lock().unwrap();
        if *failures > 0 {
            *failures -= 1;
            return ready(Err(anyhow::anyhow!("disk full"))).boxed();
        }
        for event in batch {
            if self.known.lock().unwrap().insert(event.event.clone()) {
                self.events.lock().unwrap().push(event);
            }
        }
        ready(Ok(())).boxed()
    }
}

struct Here {
    room: Arc<Room>,
    book: Arc<Memory>,
    inbox: Arc<Kept>,
}

/// Two rooms: `g` with a and b, `h` with c alone.
fn here() -> Here {
    let start = DateTime::from_timestamp(1_656_291_600, 0).unwrap();
    let book = Memory::new(start).group("g", "财税组", &["a", "b"]).group("h", "项目组", &["c"]);
    let (book, inbox) = (Arc::new(book), Arc::new(Kept::default()));
    let room = Room::new(book.clone(), inbox.clone(), Arc::new(move || start));
    Here { room, book, inbox }
}

fn seat(account: &str) -> Seat {
    Seat { account: account.to_owned(), name: account.to_uppercase() }
}

fn words(chat: &str, text: &str) -> Words {
    Words {
        chat: chat.to_owned(),
        text: text.to_owned(),
        reply_to: None,
        files: Vec::new(),
        nonce: "nonce-0001".to_owned(),
    }
}

fn to(chat: &str) -> Address {
    Address { channel: "room".to_owned(), chat: chat.to_owned(), topic: None }
}

fn card() -> Act {
    let button = Button { label: "销号".to_owned(), data: "close:28".to_owned() };
    Act::Say(Speech { text: "#28 报办结".to_owned(), buttons: vec![vec![button]], ..Speech::default() })
}

fn tapping(line: i64, data: &str) -> Tapping {
    Tapping { line, data: data.to_owned(), nonce: "nonce-0002".to_owned() }
}

impl Here {
    fn heard(&self) -> Vec<Incoming> {
        self.inbox.events.lock().unwrap().clone()
    }

    fn last_heard(&self) -> What {
        self.heard().pop().expect("something was heard").what
    }

    async fn bot_says(&self, act: &Act) -> i64 {
        let sent = self.room.send(&to("g"), act).await.unwrap();
        sent.message.unwrap().parse().unwrap()
    }

    async fn heard_as(&self, text: &str) -> (String, bool) {
        let mut words = words("g", text);
        words.nonce = format!("nonce-{:04}", 10 + self.book.count());
        self.room.say(&seat("a"), words).await.unwrap();
        match self.last_heard() {
            What::Text { text, addressed, .. } => (text, addressed),
            other => panic!("not a text: {other:?}"),
        }
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, RoomError>) -> Refusal {
    match result {
        Err(RoomError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn the_same_nonce_twice_is_one_line_and_one_event() {
    let here = here();
    let first = here.room.say(&seat("a"), words("g", "#12 完成60%")).await;
    let again = here.room.say(&seat("a"), words("g", "#12 完成60%")).await;
    assert_eq!(first.unwrap(), again.unwrap());
    assert_eq!((here.book.count(), here.heard().len()), (1, 1));
    assert_eq!(here.heard()[0].event, "say:a:nonce-0001");
}

#[tokio::test]
async fn a_repeat_after_the_inbox_failed_completes_what_was_begun() {
    let here = here();
    *here.inbox.failures.lock().unwrap() = 1;
    let first = here.room.say(&seat("a"), words("g", "#12 完成60%")).await;
    assert!(matches!(first, Err(RoomError::Failed(_))));
    assert_eq!((here.book.count(), here.heard().len()), (1, 0));
    let again = here.room.say(&seat("a"), words("g", "#12 完成60%")).await;
    assert_eq!(here.heard()[0].at, again.unwrap().at);
    assert_eq!((here.book.count(), here.heard().len()), (1, 1));
}

#[tokio::test]
async fn two_people_with_the_same_nonce_say_two_lines() {
    let here = here();
    let a = here.room.say(&seat("a"), words("g", "一")).await.unwrap();
    let b = here.room.say(&seat("b"), words("g", "二")).await.unwrap();
    assert_ne!(a.id, b.id);
    assert_eq!(here.heard().len(), 2);
}

#[tokio::test]
async fn a_room_one_may_not_see_refuses_words_reading_and_taps() {
    let here = here();
    let line = here.bot_says(&card()).await;
    let c = seat("c");
    let said = here.room.say(&c, words("g", "一")).await;
    assert_eq!(refusal(said), Refusal::NoRoom);
    let said = here.room.say(&c, words(&private_chat("a"), "一")).await;
    assert_eq!(refusal(said), Refusal::NoRoom);
    assert_eq!(refusal(here.room.recent(&c, "g", 9).await), Refusal::NoRoom);
    let tapped = here.room.tap(&c, tapping(line, "close:28")).await;
    assert_eq!(refusal(tapped), Refusal::NoLine);
    assert_eq!((here.book.count(), here.heard().len()), (1, 0));
}

#[tokio::test]
async fn only_a_button_that_stands_there_can_be_tapped() {
    let here = here();
    let line = here.bot_says(&card()).await;
    let forged = here.room.tap(&seat("a"), tapping(line, "close:29")).await;
    assert_eq!(refusal(forged), Refusal::NoButton);
    here.room.tap(&seat("a"), tapping(line, "close:28")).await.unwrap();
    let What::Tap { tap, message, data } = here.last_heard() else { panic!("not a tap") };
    assert_eq!(tap, "a:nonce-0002");
    assert_eq!((message, data.as_str()), (line.to_string(), "close:28"));
    let done = Act::Edit { message: line.to_string(), speech: Speech::default() };
    here.room.send(&to("g"), &done).await.unwrap();
    let late = here.room.tap(&seat("a"), tapping(line, "close:28")).await;
    assert_eq!(refusal(late), Refusal::NoButton);
    assert_eq!(here.heard().len(), 1);
}

#[tokio::test]
async fn an_edit_is_a_new_version_of_ones_own_line_only() {
    let here = here();
    let line = here.room.say(&seat("a"), words("g", "#12 完成60%")).await;
    let new =
        Rewording {
            line: line.unwrap().id, text: "#12 完成70%".to_owned(), nonce: "nonce-0003".to_owned()
        };
    let other = here.room.edit_own(&seat("b"), new.clone()).await;
    assert_eq!(refusal(other), Refusal::NotYours);
    let first = here.room.edit_own(&seat("a"), new.clone()).await.unwrap();
    let again = here.room.edit_own(&seat("a"), new).await.unwrap();
    assert_eq!(first, again);
    assert!(again.edited);
    assert_eq!(here.heard().len(), 2);
    assert_eq!(here.heard()[1].event, "edit:1:a:nonce-0003");
    assert!(
        matches!(here.last_heard(), What::Text { text, edited: true, addressed: true, .. } if text == "#12 完成70%")
    );
}

#[tokio::test]
async fn in_a_group_only_what_calls_the_bot_is_addressed() {
    let here = here();
    for (said, text, addressed) in [
        ("大家下午开会", "大家下午开会", false),
        ("#12 完成60%", "#12 完成60%", true),
        ("#12 完成60%", "#12 完成60%", true),
        ("/help", "/help", true),
        ("@督办 12完成", "12完成", true),
        ("@督办机器人 帮助", "帮助", true),
        ("请 @DUBAN 看 12", "请  看 12", true),
        ("写信到 a@duban.cn", "写信到 a@duban.cn", false),
        ("@dubanner 你好", "@dubanner 你好", false),
        ("@张三 12完成了吗", "@张三 12完成了吗", false),
    ] {
        let heard = here.heard_as(said).await;
        assert_eq!(heard, (text.to_owned(), addressed), "{said}");
    }
}

#[tokio::test]
async fn a_reply_to_the_bot_and_a_private_word_are_addressed() {
    let here = here();
    let line = here.bot_says(&card()).await;
    let mut reply = words("g", "完成了");
    reply.reply_to = Some(line);
    here.room.say(&seat("a"), reply).await.unwrap();
    let What::Text { reply_to, addressed, .. } = here.last_heard() else { panic!("not a text") };
    assert_eq!((reply_to, addressed), (Some(line.to_string()), true));
    let private = words(&private_chat("b"), "完成了");
    here.room.say(&seat("b"), private).await.unwrap();
    assert!(matches!(here.last_heard(), What::Text { addressed: true, .. }));
}

#[tokio::test]
async fn a_reply_across_rooms_is_refused() {
    let here = here();
    let mut reply = words(&private_chat("a"), "一");
    reply.reply_to = Some(here.bot_says(&card()).await);
    let said = here.room.say(&seat("a"), reply).await;
    assert_eq!(refusal(said), Refusal::NoLine);
}

#[tokio::test]
async fn empty_and_endless_texts_and_odd_nonces_are_refused() {
    let here = here();
    let endless = "长".repeat(SAY_MAX + 1);
    let mut odd = words("g", "一");
    odd.nonce = "a:b:c:d:e".to_owned();
    for (words, expected) in [
        (words("g", " \u{0} \n"), Refusal::Empty),
        (words("g", &endless), Refusal::TooLong),
        (odd, Refusal::BadNonce),
    ] {
        let said = here.room.say(&seat("a"), words).await;
        assert_eq!(refusal(said), expected);
    }
    let longest = words("g", &endless[..SAY_MAX * 3]);
    here.room.say(&seat("a"), longest).await.unwrap();
    assert_eq!(here.book.count(), 1);
}

#[tokio::test]
async fn the_bot_is_told_what_can_never_be_delivered() {
    let here = here();
    let gone = here.room.send(&to("nowhere"), &card()).await;
    assert!(matches!(gone, Err(SendError::ChatGone { .. })), "{gone:?}");
    let human: Line = here.room.say(&seat("a"), words("g", "一")).await.unwrap();
    for message in [human.id.to_string(), "99".to_owned(), "x".to_owned()] {
        let edit = Act::Edit { message, speech: Speech::default() };
        let edited = here.room.send(&to("g"), &edit).await;
        assert!(matches!(edited, Err(SendError::Refused { .. })));
    }
    let long = Act::Say(Speech { text: "长".repeat(20_001), ..Speech::default() });
    let said = here.room.send(&to("g"), &long).await;
    assert!(matches!(said, Err(SendError::Refused { .. })));
    let line = here.book.line(human.id).await.unwrap();
    assert_eq!(line.unwrap().text, "一");
}

#[tokio::test]
async fn a_toast_goes_to_who_tapped() {
    let here = here();
    let mut toasts = here.room.toasts();
    let toast = Act::Toast { tap: "a:nonce-0002".to_owned(), text: "已销号".to_owned() };
    let sent = here.room.send(&to("g"), &toast).await.unwrap();
    assert_eq!(sent, Sent::default());
    let toast = toasts.recv().await.unwrap();
    assert_eq!((toast.account.as_str(), toast.nonce.as_str()), ("a", "nonce-0002"));
}
