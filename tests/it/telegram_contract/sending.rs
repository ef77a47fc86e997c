//! What each answer of the platform means for what was sent.

use std::time::Duration;

use duban::channel::telegram::{Secret, Telegram};
use duban::channel::{Act, Button, Channel as _, SendError, Sent, Speech};
use serde_json::json;

use super::{address, group, leader, say, send};
use crate::fake_telegram::{FakeChat, FakeTelegram, FakeToast, Fault};

#[tokio::test]
async fn each_fault_of_the_platform_names_the_next_step() {
    let fake = FakeTelegram::start().await;
    let later = |seconds: Option<u64>, why: &str| SendError::Later {
        after: seconds.map(Duration::from_secs),
        why: why.to_owned(),
    };
    let gone = |why: &str| SendError::ChatGone { why: why.to_owned() };
    let refused = |why: &str| SendError::Refused { why: why.to_owned() };
    for (fault, error) in [
        (Fault::TooMany { retry_after: 7 }, later(Some(7), "429: Too Many Requests: retry after 7")),
        (Fault::Status(429), later(None, "429: Too Many Requests")),
        (Fault::Status(500), later(None, "500: Internal Server Error")),
        (Fault::Status(502), later(None, "502: Bad Gateway")),
        (Fault::Status(401), later(None, "401: Unauthorized")),
        (Fault::Migrate(-10_077), SendError::ChatMoved { to: "-10077".to_owned() }),
        (
            Fault::Forbidden("bot was blocked by the user"),
            gone("403: Forbidden: bot was blocked by the user"),
        ),
        (
            Fault::Forbidden("bot was kicked from the supergroup chat"),
            gone("403: Forbidden: bot was kicked from the supergroup chat"),
        ),
        (Fault::BadRequest("chat not found"), gone("400: Bad Request: chat not found")),
        (Fault::BadRequest("TOPIC_CLOSED"), gone("400: Bad Request: TOPIC_CLOSED")),
        (
            Fault::BadRequest("message thread not found"),
            SendError::TopicGone { why: "400: Bad Request: message thread not found".to_owned() },
        ),
        (Fault::BadRequest("can't parse entities"), refused("400: Bad Request: can't parse entities")),
    ] {
        fake.fail_next(&group(), fault.clone());
        assert_eq!(send(&fake, &address(&group()), &say("你好")).await, Err(error), "{fault:?}");
    }
    fake.fail_next(&group(), Fault::Html502);
    let proxy = send(&fake, &address(&group()), &say("你好")).await;
    assert!(
        matches!(&proxy, Err(SendError::Later { after: None, why }) if why.contains("502 Bad Gateway")),
        "{proxy:?}"
    );
    assert_eq!(fake.messages(&group()), [], "nothing of all this was said");
}

#[tokio::test]
async fn an_answer_that_got_lost_leaves_the_outcome_unknown() {
    let fake = FakeTelegram::start().await;
    fake.fail_next(&group(), Fault::Drop);
    let outcome = send(&fake, &address(&group()), &say("你好")).await;
    assert!(matches!(outcome, Err(SendError::Unknown { .. })), "{outcome:?}");
    assert_eq!(fake.messages(&group()).len(), 1, "it had been said");
}

#[tokio::test]
async fn a_platform_that_is_not_there_is_tried_again_later() {
    let nobody = "http://127.0.0.1:1".parse().expect("a URL");
    let telegram = Telegram::new(Secret::new("123456789:AAF7-g0gYncWnm5Iy"), Some(nobody)).expect("a token");
    let outcome = telegram.send(&address(&group()), &say("你好")).await;
    assert!(matches!(outcome, Err(SendError::Later { after: None, .. })), "{outcome:?}");
}

#[tokio::test]
async fn a_message_arrives_as_plain_text_with_its_buttons_and_in_its_topic() {
    let fake = FakeTelegram::start().await;
    let topic = FakeChat { topic: Some(9), ..group() };
    let asked = fake.person_says(&topic, &leader(), "#12");
    let text = "【督办提醒】*不是* <b>标记</b> _#12_ & https://h/x";
    let buttons = vec![vec![Button { label: "#12…".to_owned(), data: "f:12".to_owned() }]];
    let speech = Speech {
        text: text.to_owned(),
        buttons: buttons.clone(),
        reply_to: Some(asked.to_string()),
        file: None,
    };
    let sent = send(&fake, &address(&topic), &Act::Say(speech)).await.expect("it is accepted");

    let said = fake.messages(&topic);
    assert_eq!(sent.message, Some(said[0].id.to_string()));
    assert_eq!((said[0].text.as_str(), &said[0].buttons), (text, &buttons));
    assert_eq!((said[0].reply_to, said[0].topic), (Some(asked), Some(9)));
    let call = &fake.calls()[0].arguments;
    assert_eq!(call["parse_mode"], json!(null));
    assert_eq!(call["reply_parameters"]["allow_sending_without_reply"], json!(true));
    assert_eq!(call["link_preview_options"]["is_disabled"], json!(true));
}

#[tokio::test]
async fn an_edit_replaces_text_and_buttons_and_may_be_repeated() {
    let fake = FakeTelegram::start().await;
    let buttons = vec![vec![Button { label: "办结".to_owned(), data: "d:12".to_owned() }]];
    let speech = Speech { text: "#12".to_owned(), buttons, ..Speech::default() };
    let sent = send(&fake, &address(&group()), &Act::Say(speech)).await.expect("it is accepted");
    let speech = Speech { text: "#12 ✓".to_owned(), ..Speech::default() };
    let edit = Act::Edit { message: sent.message.expect("an id"), speech };
    for _ in 0..2 {
        assert_eq!(send(&fake, &address(&group()), &edit).await, Ok(Sent::default()));
    }
    let said = &fake.messages(&group())[0];
    assert_eq!((said.text.as_str(), said.buttons.len(), said.edits), ("#12 ✓", 0, 1));
}

#[tokio::test]
async fn an_edit_of_what_is_gone_is_refused_for_good() {
    let fake = FakeTelegram::start().await;
    for message in ["77", "not a number"] {
        let edit = Act::Edit {
            message: message.to_owned(),
            speech: Speech { text: "✓".to_owned(), ..Speech::default() },
        };
        let outcome = send(&fake, &address(&group()), &edit).await;
        assert!(matches!(outcome, Err(SendError::Refused { .. })), "{outcome:?}");
    }
}

#[tokio::test]
async fn a_tap_is_answered_and_one_that_is_too_old_is_let_go() {
    let fake = FakeTelegram::start().await;
    let tap = fake.person_taps(&group(), &leader(), 5, "f:12");
    for tap in [tap.clone(), "long ago".to_owned()] {
        let toast = Act::Toast { tap, text: "已记".repeat(200) };
        assert_eq!(send(&fake, &address(&group()), &toast).await, Ok(Sent::default()));
    }
    assert_eq!(fake.toasts(), [FakeToast { tap, text: "已记".repeat(100) }]);
}

#[tokio::test]
async fn limits_of_the_platform_refuse_the_message_and_not_the_chat() {
    let fake = FakeTelegram::start().await;
    assert!(send(&fake, &address(&group()), &say(&"长".repeat(4096))).await.is_ok());
    for text in [String::new(), "长".repeat(4097)] {
        let outcome = send(&fake, &address(&group()), &say(&text)).await;
        assert!(matches!(outcome, Err(SendError::Refused { .. })), "{outcome:?}");
    }
}

#[tokio::test]
async fn an_address_of_another_platform_cannot_be_reached() {
    let fake = FakeTelegram::start().await;
    let mut to = address(&group());
    to.chat = "room:1".to_owned();
    assert!(matches!(send(&fake, &to, &say("你好")).await, Err(SendError::ChatGone { .. })));
    assert_eq!(fake.calls(), []);
}
