//! Said twice, said late, sent back after the end: what comes around a second time.

use crate::fake_telegram::Fault;
use crate::office::Office;

async fn monday() -> Office {
    let office = Office::open("2022-06-26 12:00").await;
    office.wait_until("2022-06-27 09:00").await;
    office
}

#[tokio::test]
async fn whoever_holds_two_posts_in_one_unit_reports_as_anybody_else() {
    let office = monday().await;
    office
        .alter(
            "insert into tenure (post_id, account_id, starts)
             select p.post_id, a.account_id, '2022-01-01T00:00:00.000Z' from post p, account a
             where p.code = 'fgj.liaison' and a.external_id = '111'",
        )
        .await;
    office.says("县发改局局长", "县发改局", "#7 周例会已开").await;
    assert!(office.last("县发改局").starts_with("已记 ✓ #7"), "{}", office.last("县发改局"));
}

#[tokio::test]
async fn two_clauses_about_one_item_are_both_recorded() {
    let office = monday().await;
    office.replies_to_card("县财政局局长", "财税组", "全部按计划推进,其中28完成60%").await;
    let line = office.last("财税组");
    assert!(line.contains("#28 60%"), "{line}");
    assert_eq!(office.count("select percent from filing f join duty d on d.duty_id = f.duty_id where d.task_id = 28 and d.progress = 0").await, 60);
}

#[tokio::test]
async fn a_figure_for_an_item_beside_the_card_does_not_land_on_one_of_the_card() {
    let office = monday().await;
    office.replies_to_card("县发改局局长", "财税组", "28无变化;16完成40%").await;
    let line = office.last("财税组");
    assert!(line.contains("#28 无变化") && line.contains("#16 40%"), "{line}");
}

#[tokio::test]
async fn a_second_word_on_a_routine_item_still_counts() {
    let office = monday().await;
    office.says("县发改局局长", "县发改局", "#18 无变化").await;
    office.minutes_pass(5).await;
    office.says("县发改局局长", "县发改局", "#18 数据没到齐,请统计局协调").await;
    assert!(office.last("县发改局").contains("有困难"), "{}", office.last("县发改局"));
    assert_eq!(office.count("select count(*) from filing f join duty d on d.duty_id = f.duty_id where d.task_id = 18 and d.schedule = 'quarter' and f.blocker is not null").await, 1);
}

#[tokio::test]
async fn what_is_not_open_yet_or_already_closed_is_not_called_somebody_elses() {
    let office = Office::open("2022-06-05 12:00").await;
    office.wait_until("2022-06-06 09:00").await;
    office.says("县发改局局长", "县发改局", "#18 完成60%").await;
    let line = office.last("县发改局");
    assert!(line.contains("#18 现在没有要报的"), "{line}");
}

#[tokio::test]
async fn what_is_sent_back_after_the_end_sets_the_item_to_work_again() {
    let office = monday().await;
    office.replies_to_card("县财政局局长", "财税组", "28已办结").await;
    office.says("督查室值班员", "督查室", "销号 28").await;
    assert_eq!(office.texts("select state from task where task_id = 28").await, ["closed"]);
    office.says("督查室值班员", "督查室", "退回 28 复查发现缺并网批复").await;
    assert_eq!(office.texts("select state from task where task_id = 28").await, ["running"]);
    office.says("县财政局局长", "财税组", "#28 批复补了,已办结").await;
    assert!(office.last("财税组").starts_with("已记 ✓ #28 报办结"), "{}", office.last("财税组"));
}

#[tokio::test]
async fn whose_own_work_is_done_is_not_asked_for_progress() {
    let office = monday().await;
    office.says("督查室值班员", "督查室", "代报 县财政局 1.1 已办结").await;
    office.says("督查室值班员", "督查室", "代报 县财政局 1.2 已办结").await;
    office.wait_until("2022-07-29 09:00").await;
    let asked = office
        .texts(
            "select u.code from filing f join duty d on d.duty_id = f.duty_id join unit u on u.unit_id = f.unit_id
             where d.task_id = 1 and d.progress = 1 and f.period = '2022-07'",
        )
        .await;
    assert!(asked.len() > 10 && !asked.iter().any(|code| code == "czj"), "{asked:?}");
}

#[tokio::test]
async fn a_card_that_the_platform_would_not_take_waits_for_the_morning_and_goes_out_once() {
    let office = Office::open("2022-06-26 12:00").await;
    office.wait_until("2022-06-27 08:59").await;
    office.fails("财税组", Fault::TooMany { retry_after: 13 * 3600 });
    office.wait_until("2022-06-28 08:00").await;
    assert_eq!(office.chat("财税组"), "", "nobody is rung at night");
    office.wait_until("2022-06-29 09:00").await;
    let cards = office.cards("财税组");
    let late: Vec<&str> = cards.iter().map(|card| card.text.lines().next().unwrap_or_default()).collect();
    assert_eq!(late.iter().filter(|head| head.contains("6月27日")).count(), 1, "{late:?}");
}

#[tokio::test]
async fn a_long_card_that_had_to_be_tried_again_says_nothing_twice() {
    let office = Office::open("2022-06-26 12:00").await;
    office.wait_until("2022-06-27 08:59").await;
    office
        .alter("update task set title = title || ' ' || replace(hex(zeroblob(60)), '00', '长名') where team_id is not null")
        .await;
    for _ in 0..3 {
        office.fails("财税组", Fault::Status(500));
    }
    office.wait_until("2022-06-27 12:00").await;
    let all = office.chat("财税组");
    for task in 28..=36 {
        assert_eq!(all.matches(&format!("#{task} ")).count(), 1, "#{task} in\n{all}");
    }
}

#[tokio::test]
async fn cards_that_piled_up_behind_a_dead_platform_become_one_that_says_it_is_late() {
    let office = Office::open("2022-05-18 08:00").await;
    office.wait_until("2022-05-26 08:59").await;
    let before = office.cards("县发改局").len();
    office.fails("县发改局", Fault::TooMany { retry_after: 6 * 24 * 3600 });
    office.wait_until("2022-06-02 12:00").await;
    let heads: Vec<String> = office.cards("县发改局")[before..]
        .iter()
        .map(|card| card.text.lines().next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(heads.len(), 1, "{heads:?}");
    assert!(heads[0].contains("因故晚发"), "{heads:?}");
    let card = office.card("县发改局").text;
    assert_eq!(card.matches("#16 ").count() + card.matches("#16\n").count(), card.matches("#16").count());
    assert!(!card.contains("到期前3个工作日"), "only the newest reason is said:\n{card}");
}

#[tokio::test]
async fn a_wrong_done_that_ended_an_item_can_be_taken_back_and_corrected() {
    let office = monday().await;
    // Everybody but one unit has settled #19, so that its word is the last.
    office
        .alter(
            "update filing set state = 'accepted', next_look_at = null
             where duty_id in (select duty_id from duty where task_id = 19 and progress = 0)
               and unit_id <> (select unit_id from unit where code = 'fgj')",
        )
        .await;
    let message = office.says("县发改局局长", "县发改局", "#19 已办结").await;
    assert_eq!(office.last("县发改局"), "已记 ✓ #19 已报\n记错了改原消息就行");
    assert_eq!(office.texts("select state from task where task_id = 19").await, ["closed"]);
    office.edits("县发改局局长", "县发改局", message, "#19 还没办结,完成60%").await;
    assert!(office.last("县发改局").contains("#19 60%"), "{}", office.last("县发改局"));
    assert_eq!(office.texts("select state from task where task_id = 19").await, ["running"]);
}

#[tokio::test]
async fn an_item_with_rounds_ends_by_the_offices_word() {
    let office = monday().await;
    office.says("督查室值班员", "督查室", "销号 7").await;
    assert!(office.last("督查室").contains("整项销号请写意见"), "{}", office.last("督查室"));
    office.says("督查室值班员", "督查室", "销号 7 行动结束").await;
    assert!(office.last("督查室").contains("例行的也不再问"), "{}", office.last("督查室"));
    let before = office.cards("县发改局").len();
    office.wait_until("2022-07-04 09:00").await;
    assert!(office.cards("县发改局")[before..].iter().all(|card| !card.text.contains("#7 ")));
}

#[tokio::test]
async fn a_meeting_that_was_not_held_is_not_held_by_saying_so() {
    let office = monday().await;
    office.says("县发改局局长", "县发改局", "#7 例会没开成,下周补").await;
    assert!(office.last("县发改局").contains("还没开始"), "{}", office.last("县发改局"));
    let weekly = "select f.state from filing f join duty d on d.duty_id = f.duty_id join unit u on u.unit_id = f.unit_id
                  where d.task_id = 7 and d.schedule = 'week' and u.code = 'fgj' and f.period = '2022-W26'";
    assert_eq!(office.texts(weekly).await, ["open"]);
    office.says("县发改局局长", "县发改局", "#7 周例会已开").await;
    assert_eq!(office.texts(weekly).await, ["accepted"]);
}

#[tokio::test]
async fn a_report_that_names_one_duty_leaves_the_others_of_the_item_open() {
    let office = monday().await;
    office.says("县发改局局长", "县发改局", "#9 业务测试已完成").await;
    let states = office
        .texts(
            "select d.schedule || ' ' || f.state from filing f join duty d on d.duty_id = f.duty_id
             join unit u on u.unit_id = f.unit_id
             where d.task_id = 9 and d.schedule in ('month', 'quarter') and u.code = 'fgj' order by 1",
        )
        .await;
    assert_eq!(states, ["month open", "quarter accepted"]);
}

#[tokio::test]
async fn the_words_on_the_button_do_what_the_button_does() {
    let office = monday().await;
    office.replies_to_card("县财政局局长", "财税组", "28完成60%").await;
    office.replies_to_card("县财政局局长", "财税组", "其余无变化").await;
    assert_eq!(office.last("财税组"), "已记 ✓ #29 #30 #31 #32 #33 #34 #35 #36 无变化\n记错了改原消息就行");
}
