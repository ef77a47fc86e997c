//! Updates as Telegram writes them, and what becomes of them.

use serde_json::json;

use super::*;

const GROUP: i64 = -1001;
const BOT: i64 = 7;

/// Translates `{update_id: 1, <kind>: body}`.
fn heard(kind: &str, body: &Value) -> Incoming {
    let me = Me { id: BOT, username: "duban_bot".to_owned() };
    let received = DateTime::from_timestamp(1_656_300_000, 0);
    translate(1, &json!({ "update_id": 1, kind: body }), &me, received)
}

/// A message of a person in a group, with `fields` put over it.
fn message(fields: &Value) -> Value {
    let mut message = json!({
        "message_id": 5, "date": 1_656_291_600,
        "chat": { "id": GROUP, "type": "supergroup", "title": "财税组" },
        "from": { "id": 42, "is_bot": false, "first_name": "建国", "last_name": "王" },
        "text": "#12 完成60%",
    });
    for (key, value) in fields.as_object().expect("a test gives an object") {
        message[key] = value.clone();
    }
    message
}

/// The text of an incoming message: text, reply_to, addressed, edited, forwarded.
fn text(incoming: &Incoming) -> (&str, Option<&str>, bool, bool, bool) {
    match &incoming.what {
        What::Text { text, reply_to, addressed, edited, forwarded, .. } => {
            (text, reply_to.as_deref(), *addressed, *edited, *forwarded)
        }
        other => panic!("not a text: {other:?}"),
    }
}

fn other(incoming: &Incoming) -> &str {
    match &incoming.what {
        What::Other { name } => name,
        what => panic!("not other: {what:?}"),
    }
}

#[test]
fn a_message_says_what_was_said_where_when_and_by_whom() {
    let heard = heard("message", &message(&json!({})));
    assert_eq!(
        heard,
        Incoming {
            channel: "telegram".to_owned(),
            event: "1".to_owned(),
            at: "2022-06-27T01:00:00Z".parse().expect("a time"),
            chat: Some(channel::Chat {
                address: Address { channel: "telegram".to_owned(), chat: "-1001".to_owned(), topic: None },
                kind: ChatKind::Group,
                title: "财税组".to_owned(),
            }),
            from: Some(Sender { id: "42".to_owned(), name: "建国 王".to_owned() }),
            what: What::Text {
                message: "5".to_owned(),
                text: "#12 完成60%".to_owned(),
                reply_to: None,
                addressed: false,
                edited: false,
                forwarded: false,
                files: Vec::new(),
                album: None,
            },
        }
    );
}

#[test]
fn parts_that_nobody_knows_yet_do_not_cost_the_text() {
    let odd = json!({
        "entities": [{ "type": "not_yet_invented", "offset": 0, "length": 3 }],
        "reply_to_message": { "message_id": 4, "from": { "id": BOT }, "not_yet_invented": {} },
        "not_yet_invented": [1],
    });
    assert_eq!(text(&heard("message", &message(&odd))), ("#12 完成60%", Some("4"), true, false, false));
}

#[test]
fn a_caption_counts_as_text() {
    let photo = json!({ "text": null, "caption": "@duban_bot #12 现场", "photo": [{ "file_id": "x" }] });
    assert_eq!(text(&heard("message", &message(&photo))), ("#12 现场", None, true, false, false));
}

#[test]
fn an_edited_message_keeps_its_id_and_carries_the_time_of_the_edit() {
    let heard = heard("edited_message", &message(&json!({ "edit_date": 1_656_295_200 })));
    assert_eq!(text(&heard), ("#12 完成60%", None, false, true, false));
    assert_eq!(heard.at.to_rfc3339(), "2022-06-27T02:00:00+00:00");
}

#[test]
fn only_a_reply_to_this_bot_is_addressed_to_it() {
    for (author, addressed) in [(BOT, true), (8, false)] {
        let reply =
            json!({ "reply_to_message": { "message_id": 4, "from": { "id": author, "is_bot": true } } });
        assert_eq!(
            text(&heard("message", &message(&reply))),
            ("#12 完成60%", Some("4"), addressed, false, false)
        );
    }
}

#[test]
fn everything_in_a_private_chat_is_addressed_to_the_bot() {
    let private = json!({ "chat": { "id": 42, "type": "private", "first_name": "建国" } });
    let heard = heard("message", &message(&private));
    assert!(text(&heard).2);
    let chat = heard.chat.expect("a chat");
    assert_eq!((chat.kind, chat.title.as_str()), (ChatKind::Private, "建国"));
}

#[test]
fn words_of_somebody_else_are_marked_as_forwarded() {
    for field in ["forward_origin", "forward_date"] {
        let forwarded = json!({ field: { "type": "hidden_user", "date": 1 } });
        assert!(text(&heard("message", &message(&forwarded))).4, "{field}");
    }
}

#[test]
fn a_topic_is_part_of_the_address_and_its_opening_is_no_message_to_reply_to() {
    let opening = json!({ "message_id": 9, "from": { "id": BOT, "is_bot": true } });
    let in_topic = json!({ "message_thread_id": 9, "is_topic_message": true, "reply_to_message": opening });
    let in_topic = heard("message", &message(&in_topic));
    assert_eq!(text(&in_topic), ("#12 完成60%", None, false, false, false));
    assert_eq!(in_topic.chat.and_then(|chat| chat.address.topic).as_deref(), Some("9"));

    let in_thread =
        heard("message", &message(&json!({ "message_thread_id": 9, "reply_to_message": opening })));
    assert_eq!(text(&in_thread), ("#12 完成60%", Some("9"), true, false, false));
    assert_eq!(in_thread.chat.and_then(|chat| chat.address.topic), None);
}

#[test]
fn chats_that_speak_instead_of_persons_are_nobody() {
    let anonymous = json!({
        "sender_chat": { "id": GROUP, "type": "supergroup" },
        "from": { "id": 1_087_968_824, "is_bot": true, "username": "GroupAnonymousBot", "first_name": "Group" },
    });
    let channel = json!({ "chat": { "id": -5, "type": "channel", "title": "公告" }, "from": null });
    for (kind, fields) in [("message", &anonymous), ("message", &channel), ("channel_post", &channel)] {
        let heard = heard(kind, &message(fields));
        assert_eq!((text(&heard).0, &heard.from), ("#12 完成60%", &None));
    }
}

#[test]
fn other_bots_are_not_listened_to() {
    let bot = json!({ "from": { "id": 8, "is_bot": true, "first_name": "other" } });
    let heard = heard("message", &message(&bot));
    assert_eq!((other(&heard), &heard.chat, &heard.from), ("bot", &None, &None));
}

#[test]
fn a_tap_carries_the_time_of_its_arrival() {
    let card = message(
        &json!({ "from": { "id": BOT, "is_bot": true }, "message_thread_id": 9, "is_topic_message": true }),
    );
    let tap =
        json!({ "id": "77", "from": { "id": 42, "first_name": "建国" }, "message": card, "data": "f:12" });
    let heard = heard("callback_query", &tap);
    assert_eq!(
        heard.what,
        What::Tap { tap: "77".to_owned(), message: "5".to_owned(), data: "f:12".to_owned() }
    );
    assert_eq!(heard.at.timestamp(), 1_656_300_000);
    assert_eq!(heard.from.map(|from| from.id).as_deref(), Some("42"));
    assert_eq!(heard.chat.and_then(|chat| chat.address.topic).as_deref(), Some("9"));
}

#[test]
fn a_tap_below_a_message_out_of_reach_still_counts() {
    let card = json!({ "chat": { "id": GROUP, "type": "group" }, "message_id": 5, "date": 0 });
    let tap =
        json!({ "id": "77", "from": { "id": 42, "first_name": "建国" }, "message": card, "data": "f:12" });
    assert!(matches!(heard("callback_query", &tap).what, What::Tap { .. }));
}

#[test]
fn a_group_that_became_a_supergroup_has_moved() {
    let moved = json!({ "text": null, "migrate_to_chat_id": -10_077 });
    let moved = heard("message", &message(&moved));
    assert_eq!(moved.what, What::Moved { to: "-10077".to_owned() });
    assert_eq!(moved.chat.map(|chat| chat.address.chat).as_deref(), Some("-1001"));
    let arrived = json!({ "text": null, "migrate_from_chat_id": -5 });
    assert_eq!(other(&heard("message", &message(&arrived))), "message without text");
}

#[test]
fn the_bot_notices_when_it_is_put_out() {
    let member = |status: &Value| {
        json!({
            "chat": { "id": GROUP, "type": "supergroup", "title": "财税组" }, "date": 1_656_291_600,
            "from": { "id": 42, "first_name": "建国" }, "new_chat_member": status,
        })
    };
    for status in [
        json!({ "status": "kicked" }),
        json!({ "status": "left" }),
        json!({ "status": "restricted", "is_member": false }),
    ] {
        assert_eq!(heard("my_chat_member", &member(&status)).what, What::Removed, "{status}");
    }
    for status in [json!({ "status": "member" }), json!({ "status": "restricted", "is_member": true })] {
        assert_eq!(other(&heard("my_chat_member", &member(&status))), "my_chat_member", "{status}");
    }
}

#[test]
fn what_cannot_be_read_is_other_and_keeps_its_id() {
    let broken = heard("message", &json!({ "some fields": "are missing" }));
    assert_eq!((other(&broken), broken.event.as_str()), ("unreadable message", "1"));
    assert_eq!(other(&heard("poll", &json!({}))), "poll");
    assert_eq!(
        other(&heard("message", &message(&json!({ "text": null, "sticker": {} })))),
        "message without text"
    );
    assert_eq!(update_id(&json!({ "update_id": 12, "message": 5 })), Some(12));
    assert_eq!(update_id(&json!({ "message": 5 })), None);
}
