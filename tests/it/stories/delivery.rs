//! What goes wrong on the way out: limits, failures, lost and moved chats, long cards.

use serde_json::json;

use crate::fake_telegram::{FakeChat, FakeKind, Fault};
use crate::office::Office;

async fn before_nine() -> Office {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 08:59").await;
    office
}

#[tokio::test]
async fn too_many_requests_wait_as_long_as_asked_and_hold_up_nobody_else() {
    let office = before_nine().await;
    office.fails("财税组", Fault::TooMany { retry_after: 120 });
    office.wait_until("2022-06-27 09:00").await;
    assert_eq!(office.chat("财税组"), "");
    assert_eq!(office.cards("县发改局").len(), 1, "a chat in trouble does not hold up others");
    office.minutes_pass(1).await;
    assert_eq!(office.chat("财税组"), "", "not before the platform allows it");
    office.minutes_pass(1).await;
    assert_eq!(office.cards("财税组").len(), 1);
}

#[tokio::test]
async fn a_failing_server_is_tried_again_until_it_takes_the_card() {
    let office = before_nine().await;
    for fault in [Fault::Status(500), Fault::Html502, Fault::Status(503)] {
        office.fails("财税组", fault);
    }
    office.wait_until("2022-06-27 09:00").await;
    assert_eq!(office.chat("财税组"), "");
    for _ in 0..3 {
        office.minutes_pass(1).await;
    }
    assert_eq!(office.cards("财税组").len(), 1);
}

#[tokio::test]
async fn whoever_reported_between_deciding_and_sending_is_not_asked() {
    let office = before_nine().await;
    office.fails("财税组", Fault::TooMany { retry_after: 60 });
    office.wait_until("2022-06-27 09:00").await;
    office.says("县财政局局长", "县财政局局长", "#28 完成60%").await;
    office.minutes_pass(1).await;
    let card = office.card("财税组").text;
    assert!(card.starts_with("【督办提醒】财税组 · 6月27日 周一 · 8项\n"), "{card}");
    assert!(!card.contains("#28 ") && card.contains("#29 "), "{card}");
}

#[tokio::test]
async fn a_nudge_that_was_answered_before_it_went_out_is_not_sent() {
    let office = Office::open("2022-05-18 08:00").await;
    office.wait_until("2022-05-20 08:59").await;
    office.fails("县发改局", Fault::Status(500));
    office.wait_until("2022-05-20 09:00").await;
    office.says("县发改局局长", "县发改局局长", "#16 宣讲完成40%").await;
    office.minutes_pass(1).await;
    let cards = office.cards("县发改局");
    assert!(
        !cards.iter().any(|card| card.text.contains("#16 到期前7个工作日")),
        "{}",
        office.chat("县发改局")
    );
}

#[tokio::test]
async fn a_card_that_everybody_answered_meanwhile_is_not_sent_at_all() {
    let office = before_nine().await;
    office.fails("财税组", Fault::TooMany { retry_after: 60 });
    office.wait_until("2022-06-27 09:00").await;
    let all: Vec<String> = (28..=36).map(|no| format!("#{no} 无变化")).collect();
    office.says("县财政局局长", "县财政局局长", &all.join(";")).await;
    office.minutes_pass(5).await;
    assert_eq!(office.chat("财税组"), "");
}

#[tokio::test]
async fn a_group_that_put_the_bot_out_is_told_to_the_office_and_comes_back() {
    let office = before_nine().await;
    office.fails("财税组", Fault::Forbidden("bot was kicked from the supergroup chat"));
    office.wait_until("2022-06-27 09:00").await;
    assert_eq!(office.chat("财税组"), "");
    let told = "“财税组”发不出消息了:机器人可能被移出或被屏蔽。待发的先私聊能联系上的人;请让对方重新拉进群或在群里发一句话,急的请打电话。";
    let of_the_office = office.chat("督查室");
    assert_eq!(of_the_office.matches(told).count(), 1, "{of_the_office}");
    office.wait_until("2022-06-27 12:00").await;
    assert_eq!(office.chat("督查室").matches(told).count(), 1, "told once");

    let told = office.chat("县发改局局长");
    assert!(told.contains("#28 "), "what waited is said to somebody who may answer:\n{told}");

    office.says("县财政局局长", "财税组", "机器人回来了").await;
    office.wait_until("2022-06-29 09:00").await;
    assert_eq!(office.cards("财税组").len(), 1, "the next card goes to the group again");
}

#[tokio::test]
async fn a_removal_that_telegram_announces_is_told_to_the_office() {
    let office = before_nine().await;
    let chat = json!({ "id": -1003, "type": "supergroup", "title": "财税组" });
    let bot =
        json!({ "id": 7_000_000_001_i64, "is_bot": true, "first_name": "督办", "username": "duban_bot" });
    office.fake.push_raw(json!({ "my_chat_member": {
        "chat": chat, "from": { "id": 113, "is_bot": false, "first_name": "县财政局局长" },
        "date": office.now().at().timestamp(),
        "old_chat_member": { "user": bot, "status": "member" },
        "new_chat_member": { "user": bot, "status": "kicked", "until_date": 0 },
    } }));
    office.settle().await;
    assert!(office.last("督查室").starts_with("“财税组”发不出消息了"), "{}", office.last("督查室"));
    office.wait_until("2022-06-27 09:00").await;
    assert_eq!(office.chat("财税组"), "");
    // Its items are asked of somebody in private meanwhile.
    assert!(
        office.card("县财政局局长").text.contains("#28 ")
            || office.card("县发改局局长").text.contains("#28 ")
    );
}

#[tokio::test]
async fn a_topic_that_was_deleted_falls_back_to_its_group_whether_that_is_known_or_not() {
    for known in [false, true] {
        let office = before_nine().await;
        let mut tx = office.store.write().await.expect("a write");
        sqlx::query("update chat set topic = '9' where title = '财税组'")
            .execute(&mut *tx)
            .await
            .expect("a topic");
        if known {
            let group = "insert into chat (channel, external_id, kind, title)
                         select channel, external_id, kind, '大群' from chat where title = '财税组'";
            sqlx::query(group).execute(&mut *tx).await.expect("the group itself");
        }
        tx.commit().await.expect("written");
        office.fails("财税组", Fault::BadRequest("message thread not found"));
        office.wait_until("2022-06-27 09:00").await;
        assert!(office.chat("财税组").contains("#28"), "the card is not in the group");
        let serves = "select c.topic || ' ' || count(*) from chat_team t join chat c on c.chat_id = t.chat_id
                      where c.title in ('财税组', '大群') group by c.chat_id";
        assert_eq!(office.texts(serves).await, [" 1"], "the group serves the team");
        let waiting = "select kind from letter where state in ('pending', 'sending')";
        assert!(office.texts(waiting).await.is_empty());
    }
}

#[tokio::test]
async fn a_group_that_moved_is_followed() {
    let office = before_nine().await;
    office.fails("财税组", Fault::Migrate(-100_777));
    office.wait_until("2022-06-27 09:00").await;
    let moved =
        FakeChat { id: -100_777, kind: FakeKind::Supergroup, title: "财税组".to_owned(), topic: None };
    assert_eq!(office.fake.messages(&moved).len(), 1);
    assert_eq!(office.chat("财税组"), "");
}

#[tokio::test]
async fn an_answer_whose_receipt_was_lost_goes_out_again_but_counts_once() {
    let office = before_nine().await;
    office.fails("财税组", Fault::Drop);
    office.says("县财政局局长", "财税组", "#28 完成60%").await;
    office.minutes_pass(1).await;
    let answers = office.messages("财税组").into_iter().filter(|message| message.text.starts_with("已记"));
    let said = answers.count();
    assert!((1..=2).contains(&said), "at least once: {said}");
    assert_eq!(office.count("select count(distinct inbox_id) from report").await, 1);
}

#[tokio::test]
async fn an_answer_whose_receipt_is_lost_each_time_is_tried_ever_more_slowly_and_then_left_for_somebody_to_look()
 {
    let office = before_nine().await;
    for _ in 0..9 {
        office.fails("财税组", Fault::Drop);
    }
    office.says("县财政局局长", "财税组", "#28 完成60%").await;
    for _ in 0..10 {
        office.minutes_pass(15).await;
    }
    let fate =
        "select state || ' after ' || attempts || ', in doubt ' || doubts from letter where kind = 'answer'";
    assert_eq!(office.texts(fate).await, ["unknown after 6, in doubt 6"]);
    office.says("督查室值班员", "督查室", "自检").await;
    assert!(office.last("督查室").contains("要人看1;"), "{}", office.last("督查室"));
}

#[tokio::test]
async fn a_message_the_platform_will_never_take_is_parked_and_the_next_goes_on() {
    let office = before_nine().await;
    office.fails("财税组", Fault::BadRequest("message is too long"));
    office.says("县财政局局长", "财税组", "#28 完成60%").await;
    assert_eq!(office.chat("财税组"), "");
    office.says("县财政局局长", "财税组", "#29 完成50%").await;
    assert_eq!(office.last("财税组"), "已记 ✓ #29 50%\n记错了改原消息就行");
    office.says("督查室值班员", "督查室", "自检").await;
    assert!(office.last("督查室").contains("要人看1;"), "{}", office.last("督查室"));
}

#[tokio::test]
async fn a_long_card_is_split_at_item_borders_and_the_second_part_is_edited_by_itself() {
    let office = before_nine().await;
    let longer = "update task set title = title || replace(hex(zeroblob(70)), '00', '很长')";
    office.alter(longer).await;
    office.wait_until("2022-06-27 09:00").await;
    let parts = office.cards("乡镇");
    assert_eq!(parts.len(), 2, "{}", office.chat("乡镇"));
    for part in &parts {
        assert!(part.text.chars().count() <= 4096);
        assert!(part.text.starts_with("【督办提醒】乡镇 · 6月27日 周一"), "{}", part.text);
        assert!(part.text.contains("为何收到:"), "{}", part.text);
    }
    let (in_first, in_second) = (parts[0].text.contains(" #27 "), parts[1].text.contains(" #27 "));
    assert!(!in_first && in_second, "each item stands on one part");

    office.replies("成富乡乡长", "乡镇", parts[1].id, "27没变化").await;
    assert!(office.last("乡镇").starts_with("已记 ✓ #27 无变化"), "{}", office.last("乡镇"));
    let after = office.cards("乡镇");
    assert_eq!(after[0], parts[0], "the first part is left alone");
    assert!(Office::item(&after[1].text, 27).contains("已报1家"), "{}", after[1].text);
}
