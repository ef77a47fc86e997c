//! Nothing that was said is lost, taken twice under two names, or acknowledged too early.

use std::sync::Arc;

use duban::channel::{Channel as _, ChatKind, What};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::desk::{Desk, Rows, hear_all, listen};
use super::{PROMPT, address, group, leader, say, send, telegram};
use crate::fake_telegram::{FakeChat, FakeKind, FakeTelegram, Fault};

#[tokio::test]
async fn nothing_is_confirmed_before_the_inbox_has_it() {
    let fake = FakeTelegram::start().await;
    let desk = Arc::new(Desk::default());
    desk.rows(|rows| rows.failures_left = 2);
    fake.person_says(&group(), &leader(), "#12 完成60%");
    fake.person_says(&group(), &leader(), "#5 已办结");
    let ear = listen(&fake, &desk);
    fake.called("getupdates", 3).await;
    assert_eq!((fake.confirmed_offset(), fake.waiting()), (0, 2), "two attempts failed");
    fake.all_confirmed().await;
    let desk = ear.close().await;
    assert_eq!(desk.events(), ["1001", "1002"]);
    desk.rows(|rows| {
        let (first, again) = (&rows.refused[..2], &rows.refused[2..]);
        assert_eq!((first, again), (&rows.stored[..], &rows.stored[..]), "the same each time");
    });
}

#[tokio::test]
async fn what_was_stored_but_not_confirmed_comes_again_under_the_same_id() {
    let fake = FakeTelegram::start().await;
    let desk = Arc::new(Desk::default());
    fake.person_says(&group(), &leader(), "#12 完成60%");
    let first = listen(&fake, &desk);
    desk.rows(|rows| rows.stop_after = Some(first.stop.clone()));
    tokio::time::timeout(PROMPT, first.task).await.expect("stops at once").expect("without a panic");
    assert_eq!((desk.events().len(), fake.waiting()), (1, 1), "stored, not confirmed");

    desk.rows(|rows| rows.stop_after = None);
    hear_all(&fake, &desk).await;
    assert_eq!(desk.events(), ["1001", "1001"]);
}

#[tokio::test]
async fn ten_thousand_waiting_updates_arrive_once_each_and_in_order() {
    let fake = FakeTelegram::start().await;
    let desk = Arc::new(Desk::default());
    for number in 0..10_000 {
        fake.person_says(&group(), &leader(), &format!("#{number}"));
    }
    hear_all(&fake, &desk).await;
    let expected: Vec<_> = (1001..11_001).map(|id| id.to_string()).collect();
    assert_eq!(desk.events(), expected);
    assert_eq!(fake.confirmed_offset(), 11_001);
}

#[tokio::test]
async fn what_cannot_be_read_is_acknowledged_and_holds_up_nobody() {
    let fake = FakeTelegram::start().await;
    let desk = Arc::new(Desk::default());
    fake.push_raw(json!({ "message": { "some fields": "are missing" } }));
    fake.push_raw(json!({ "not_yet_invented": 17 }));
    fake.push_raw(json!({ "message": 5 }));
    fake.person_says(&group(), &leader(), "#12");
    hear_all(&fake, &desk).await;
    assert_eq!(desk.events(), ["1001", "1002", "1003", "1004"]);
    let others =
        |rows: &mut Rows| rows.stored.iter().filter(|row| matches!(row.what, What::Other { .. })).count();
    assert_eq!(desk.rows(others), 3);
}

#[tokio::test]
async fn a_failing_platform_is_asked_again() {
    for fault in [
        Fault::Status(500),
        Fault::Html502,
        Fault::Drop,
        Fault::Status(409),
        Fault::TooMany { retry_after: 0 },
    ] {
        let fake = FakeTelegram::start().await;
        let desk = Arc::new(Desk::default());
        fake.fail_next_call("getMe", fault.clone());
        fake.fail_next_call("getUpdates", fault);
        fake.person_says(&group(), &leader(), "#12");
        hear_all(&fake, &desk).await;
        assert_eq!(desk.events(), ["1001"]);
    }
}

#[tokio::test]
async fn a_tap_a_reply_and_an_edit_arrive_as_what_they_are() {
    let fake = FakeTelegram::start().await;
    let card = send(&fake, &address(&group()), &say("卡片")).await.expect("accepted").message.expect("an id");
    let number: i64 = card.parse().expect("a number");
    let mine = fake.person_replies(&group(), &leader(), number, "12到60%");
    fake.person_edits(&group(), &leader(), mine, "12到65%");
    fake.set_now("2022-06-27T03:00:00Z".parse().expect("a time"));
    let tap = fake.person_taps(&group(), &leader(), number, "f:12");
    let desk = Arc::new(Desk::default());
    hear_all(&fake, &desk).await;
    let heard = desk.rows(|rows| rows.stored.clone());
    let text = |text: &str, reply_to: Option<&str>, edited| What::Text {
        message: mine.to_string(),
        text: text.to_owned(),
        reply_to: reply_to.map(str::to_owned),
        addressed: reply_to.is_some(),
        edited,
        forwarded: false,
        files: Vec::new(),
        album: None,
    };
    assert_eq!(heard[0].what, text("12到60%", Some(&card), false));
    assert_eq!(heard[1].what, text("12到65%", None, true));
    assert_eq!(heard[2].what, What::Tap { tap, message: card, data: "f:12".to_owned() });
    assert_eq!(
        heard[2].at.to_rfc3339(),
        "2022-06-27T03:00:00+00:00",
        "the platform's clock, not the card's age"
    );
}

#[tokio::test]
async fn a_mention_is_known_by_the_name_that_the_platform_tells() {
    let fake = FakeTelegram::start().await;
    fake.person_says(&group(), &leader(), "@duban_bot #12 完成60%");
    let desk = Arc::new(Desk::default());
    hear_all(&fake, &desk).await;
    let heard = desk.only();
    assert!(matches!(heard.what, What::Text { text, addressed: true, .. } if text == "#12 完成60%"));
}

#[tokio::test]
async fn a_private_chat_needs_no_mention_and_a_group_does() {
    let fake = FakeTelegram::start().await;
    for (kind, chat, addressed) in [
        (FakeKind::Private, ChatKind::Private, true),
        (FakeKind::Group, ChatKind::Group, false),
        (FakeKind::Supergroup, ChatKind::Group, false),
    ] {
        fake.person_says(&FakeChat { kind, ..group() }, &leader(), "完成60%");
        let desk = Arc::new(Desk::default());
        hear_all(&fake, &desk).await;
        let heard = desk.only();
        assert_eq!(heard.chat.map(|heard| heard.kind), Some(chat));
        assert!(matches!(heard.what, What::Text { addressed: is, .. } if is == addressed), "{kind:?}");
    }
}

#[tokio::test]
async fn every_poll_says_what_it_wants() {
    let fake = FakeTelegram::start().await;
    fake.person_says(&group(), &leader(), "#12");
    hear_all(&fake, &Arc::new(Desk::default())).await;
    let wanted = json!(["message", "edited_message", "callback_query", "my_chat_member"]);
    let polls: Vec<_> = fake.calls().into_iter().filter(|call| call.method == "getupdates").collect();
    assert!(polls.len() >= 2 && polls.iter().all(|poll| poll.arguments["allowed_updates"] == wanted));
}

#[tokio::test]
async fn the_menu_is_published_and_its_failure_harms_nobody() {
    let fake = FakeTelegram::start().await;
    fake.fail_next_call("setMyCommands", Fault::Status(500));
    fake.person_says(&group(), &leader(), "#12");
    let telegram = telegram(&fake).with_commands(vec![("tasks".to_owned(), "看事项".to_owned())]);
    let (desk, stop) = (Arc::new(Desk::default()), CancellationToken::new());
    let task = tokio::spawn(Arc::new(telegram).listen(Arc::clone(&desk) as _, stop.clone()));
    fake.all_confirmed().await;
    stop.cancel();
    task.await.expect("without a panic");
    let published =
        fake.calls().into_iter().find(|call| call.method == "setmycommands").expect("it is called");
    assert_eq!(published.arguments["commands"], json!([{ "command": "tasks", "description": "看事项" }]));
    assert_eq!(desk.events(), ["1001"]);
}

#[tokio::test]
async fn a_second_poll_ends_the_first() {
    let fake = FakeTelegram::start().await;
    let poll = |seconds: u32| {
        let url = format!("{}bot{}/getUpdates?timeout={seconds}", fake.url(), fake.token());
        async move { reqwest::get(url).await.expect("an answer").status().as_u16() }
    };
    let first = tokio::spawn(poll(10));
    fake.called("getupdates", 1).await;
    assert_eq!(poll(0).await, 200);
    assert_eq!(first.await.expect("without a panic"), 409);
}
