//! The message budget: how much one person hears, and the ledger that the bot keeps of it.

use duban::config;

use crate::office::Office;

#[tokio::test]
async fn whoever_sits_in_two_groups_hears_one_of_them_a_day() {
    let office = Office::with_everybody("2022-06-27 08:00", config::shipped()).await;
    office.wait_until("2022-06-27 18:00").await;
    // The head of 县发改局 is a deputy of the team too, and the team's card would be his second in a group.
    assert_eq!((office.cards("县发改局").len(), office.cards("财税组").len()), (1, 0));
    office.wait_until("2022-06-28 18:00").await;
    assert_eq!((office.cards("县发改局").len(), office.cards("财税组").len()), (1, 1));
    // It was not held up by anything but consideration.
    assert!(!office.card("财税组").text.contains("晚发"), "{}", office.card("财税组").text);

    let too_many = "select count(*) from (
        select 1 from card_ear e join card k on k.card_id = e.card_id join chat c on c.chat_id = k.chat_id
        group by e.account_id, substr(k.created_at, 1, 10)
        having count(*) > 2 or sum(c.kind = 'group') > 1)";
    assert_eq!(office.count(too_many).await, 0);
}

#[tokio::test]
async fn the_bot_keeps_a_ledger_of_its_own_disturbance() {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    office.replies_to_card("县发改局局长", "县发改局", "7已办").await;
    office.says("督查室科员", "督查室", "/减负账").await;
    let ledger = office.last("督查室");
    assert!(ledger.starts_with("减负账 · 第26周:"), "{ledger}");
    // His unit's card and his team's; the items of both; one reply that settled three periods.
    assert!(ledger.contains("县发改局局长 · 2张 · 问了27项次 · 报了"), "{ledger}");
    assert!(ledger.contains("县财政局局长 · 2张(私信1)"), "{ledger}");

    office.says("督查室科员", "督查室", "/减负账 上周").await;
    assert!(office.last("督查室").contains("没有打扰过谁"), "{}", office.last("督查室"));
    office.says("县发改局局长", "县发改局", "/减负账").await;
    assert!(office.last("县发改局").contains("要督查室的人来办"), "{}", office.last("县发改局"));
}

#[tokio::test]
async fn two_orders_in_one_moment_are_both_carried_out_and_stop_nobody() {
    let office = Office::open("2022-06-20 08:00").await;
    office.wait_until("2022-06-20 10:00").await;
    let before = office.cards("县发改局").len();
    // The clock stands still between the two, as the demo's does.
    office.says("督查室科员", "督查室", "催办 16 县发改局").await;
    office.says("督查室科员", "督查室", "催办 7 县发改局").await;
    office.wait_until("2022-06-20 11:00").await;
    assert_eq!(office.cards("县发改局").len(), before + 2, "{}", office.chat("县发改局"));
    let twice = "select count(*) from (select 1 from card_item group by ask_id having count(*) > 1)";
    assert_eq!(office.count(twice).await, 0, "a reason stands on one card");
}
