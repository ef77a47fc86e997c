//! Once and only once: updates, ticks, restarts, downtime, and the history of it all.

use serde_json::json;

use crate::office::Office;

#[tokio::test]
async fn the_same_update_delivered_twice_counts_once() {
    let office = Office::open("2022-06-27 08:00").await;
    let mut message = office.message("县财政局局长", "财税组", "#28 完成60%");
    message["message_id"] = json!(77);
    let update = office.fake.push_raw(json!({ "message": message }));
    office.settle().await;
    let history = office.count("select count(*) from history").await;
    office.fake.push_raw(json!({ "update_id": update, "message": message }));
    office.hear_again().await;
    assert_eq!(office.count("select count(*) from history").await, history);
    assert_eq!(office.messages("财税组").len(), 1);
    assert_eq!(office.count("select count(distinct inbox_id) from report").await, 1);
}

#[tokio::test]
async fn two_ticks_equal_one() {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    let asks = office.count("select count(*) from ask").await;
    let letters = office.count("select count(*) from letter").await;
    assert!(!office.tick().await, "there is nothing left to decide");
    office.settle().await;
    // A clock that jumps back and forth says nothing twice either.
    office.sleep_until("2022-06-27 07:00").await;
    office.sleep_until("2022-06-27 09:00").await;
    assert_eq!(office.count("select count(*) from ask").await, asks);
    assert_eq!(office.count("select count(*) from letter").await, letters);
}

#[tokio::test]
async fn a_restart_says_nothing_twice() {
    let mut office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    let before = office.chat("财税组");
    office.restart().await;
    assert_eq!(office.chat("财税组"), before);
    office.says("县财政局局长", "财税组", "#28 完成60%").await;
    assert_eq!(office.last("财税组"), "已记 ✓ #28 60%\n记错了改原消息就行");
}

#[tokio::test]
async fn what_was_said_while_the_bot_was_down_is_heard_when_it_is_back() {
    let mut office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    office.says_meanwhile("县财政局局长", "财税组", "#28 完成60%").await;
    assert_eq!(office.messages("财税组").len(), 1, "it is on disk and not answered yet");
    office.restart().await;
    assert_eq!(office.last("财税组"), "已记 ✓ #28 60%\n记错了改原消息就行");
}

#[tokio::test]
async fn what_waited_for_days_counts_for_the_day_it_was_said() {
    let office = Office::open("2022-06-27 08:00").await;
    let mut message = office.message("县发改局局长", "县发改局", "#16.4 申请延到下周五");
    // Friday, three days before the bot is back; the Friday of the next week is 1 July and not 8 July.
    let said: chrono::DateTime<chrono::Utc> = "2022-06-24T02:00:00Z".parse().expect("a time");
    message["date"] = json!(said.timestamp());
    office.fake.push_raw(json!({ "message": message }));
    office.settle().await;
    let reports = "select happened_at || ' ' || substr(recorded_at, 1, 10) || ' ' || new_due from report";
    assert_eq!(office.texts(reports).await, ["2022-06-24T02:00:00.000Z 2022-06-27 2022-07-01"]);
}

#[tokio::test]
async fn after_three_weeks_of_downtime_each_chat_gets_one_card_marked_as_late() {
    let office = Office::open("2022-05-18 08:00").await;
    office.wait_until("2022-05-18 18:00").await;
    let before = office.cards("县发改局").len();
    office.sleep_until("2022-06-08 14:00").await;
    let cards = office.cards("县发改局");
    assert_eq!(cards.len(), before + 1, "{}", office.chat("县发改局"));
    let card = &cards[before].text;
    assert!(card.starts_with("【督办提醒】县发改局 · 6月8日 周三") && card.contains("(因故晚发)"), "{card}");
    // The newest step only, and the newest week only.
    assert!(!card.contains("到期前") && !card.contains("第21周,"), "{card}");
    for place in ["财税组", "乡镇", "县发改局局长"] {
        assert!(office.cards(place).len() <= 2, "{place}: {}", office.chat(place));
    }
    office.wait_until("2022-06-08 18:00").await;
    assert_eq!(office.cards("县发改局").len(), before + 1);
}

#[tokio::test]
async fn every_change_has_its_line_of_history() {
    let office = Office::open("2022-05-18 08:00").await;
    office.wait_until("2022-05-20 09:00").await;
    office.replies_to_card("县发改局局长", "县发改局", "16完成40%;其余无变化").await;
    let message = office.says("县财政局局长", "财税组", "#28 完成60%;#29 卡在税种").await;
    office.edits("县财政局局长", "财税组", message, "#28 完成16%").await;
    office.says("县财政局局长", "财税组", "#30 已办结;#31 已办结").await;
    office.minutes_pass(30).await;
    office.says("督查室科员", "督查室", "销号 30 齐全").await;
    office.says("督查室科员", "督查室", "退回 31 缺证").await;
    office.says("督查室科员", "督查室", "延期 16.4 县发改局 6月30日 汛期").await;
    office.says("县财政局局长", "财税组", "#32 完成10%").await;
    office.taps("县财政局局长", "财税组", "撤回").await;
    office.wait_until("2022-06-01 18:00").await;

    let gaps = "select 'filing ' || f.filing_id || ' of #' || d.task_id || ': version ' || f.version || ', lines ' ||
                       (select count(*) from history h where h.filing_id = f.filing_id)
                from filing f join duty d on d.duty_id = f.duty_id
                where f.version <> (select count(*) from history h where h.filing_id = f.filing_id)";
    assert_eq!(office.texts(gaps).await, [""; 0]);
    let nameless = "select count(*) from history where actor = '' or (inbox_id is null and actor not in ('clock', 'console'))";
    assert_eq!(office.count(nameless).await, 0, "who and from which message");
}

#[tokio::test]
async fn a_poison_event_is_put_aside_and_the_next_is_heard() {
    let office = Office::open("2022-06-27 08:00").await;
    office.expects_failures();
    office
        .alter(
            "insert into inbox (channel, event, said_at, received_at, body)
             values ('telegram', 'poison', '2022-06-27T00:00:00.000Z', '2022-06-27T00:00:00.000Z', '{')",
        )
        .await;
    office.says("县财政局局长", "财税组", "#28 完成60%").await;
    assert_eq!(office.last("财税组"), "已记 ✓ #28 60%\n记错了改原消息就行");
    assert_eq!(office.texts("select event from inbox where state = 'failed'").await, ["poison"]);
    office.says("督查室值班员", "督查室", "自检").await;
    assert!(office.last("督查室").contains("处理失败1条"), "{}", office.last("督查室"));
}
