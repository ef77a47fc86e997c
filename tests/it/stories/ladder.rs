//! Nudges and escalation: a silent unit, from seven workdays before to the office's desk.

use crate::office::Office;

/// On which days a chat was told a reason about #16, by the heads of its cards.
fn told(office: &Office, place: &str, reason: &str) -> Vec<String> {
    let cards = office.cards(place).into_iter().filter(|card| {
        let why = card.text.lines().last().unwrap_or_default().to_owned();
        why.split([';', ':', '。']).any(|part| part == format!("#16 {reason}"))
    });
    cards.map(|card| card.text.split(" · ").nth(1).unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_silent_unit_is_nudged_by_the_ladder_and_each_step_is_said_once() {
    let office = Office::open("2022-05-18 08:00").await;
    office.wait_until("2022-06-20 18:00").await;
    let unit = |reason: &str| told(&office, "县发改局", reason);
    assert_eq!(unit("到期前7个工作日"), ["5月20日 周五"]);
    assert_eq!(unit("到期前3个工作日"), ["5月26日 周四"]);
    assert_eq!(unit("到期前1个工作日"), ["5月30日 周一"]);
    assert_eq!(unit("今天到期"), ["5月31日 周二"]);
    assert_eq!(unit("逾期1个工作日"), ["6月1日 周三"]);
    // Dragon Boat Friday is no workday.
    assert_eq!(unit("逾期3个工作日"), ["6月6日 周一"]);
    // Then upwards: the head in private, the office after that, and the group hears no more of it.
    assert_eq!(told(&office, "县发改局局长", "一直没报,请过问"), ["6月8日 周三"]);
    assert_eq!(told(&office, "督查室", "一直没报,请督查室处理"), ["6月10日 周五"]);
    assert!(unit("一直没报,请过问").is_empty(), "nobody is shamed in a group");
}

#[tokio::test]
async fn whoever_reported_is_spared_the_next_early_nudge() {
    let office = Office::open("2022-05-18 08:00").await;
    office.wait_until("2022-05-25 10:00").await;
    office.says("县发改局局长", "县发改局", "#16 宣讲方案定了,完成40%").await;
    assert_eq!(office.last("县发改局"), "已记 ✓ #16 40%\n记错了改原消息就行");
    office.wait_until("2022-05-31 18:00").await;
    assert!(told(&office, "县发改局", "到期前3个工作日").is_empty());
    assert_eq!(told(&office, "县发改局", "今天到期"), ["5月31日 周二"]);
    let card = office.card("县发改局").text;
    assert!(Office::item(&card, 16).contains("上次5月25日:40%"), "{card}");
}

#[tokio::test]
async fn an_acknowledgement_stops_the_ladder_until_the_promised_day() {
    let office = Office::open("2022-05-18 08:00").await;
    office.wait_until("2022-05-30 09:00").await;
    office.replies_to_card("县发改局局长", "县发改局", "16收到,周四报").await;
    assert_eq!(office.last("县发改局"), "已记 ✓ #16 知道了,6月2日再问\n记错了改原消息就行");
    office.wait_until("2022-06-02 18:00").await;
    assert!(told(&office, "县发改局", "今天到期").is_empty());
    assert!(told(&office, "县发改局", "逾期1个工作日").is_empty());
    office.wait_until("2022-06-06 09:00").await;
    assert_eq!(told(&office, "县发改局", "逾期3个工作日"), ["6月6日 周一"]);
}

#[tokio::test]
async fn a_weekly_report_that_did_not_come_is_told_once_to_the_head() {
    let office = Office::open("2022-06-06 08:00").await;
    office.wait_until("2022-06-13 18:00").await;
    let told =
        |place: &str| office.cards(place).iter().filter(|card| card.text.contains("到期没报,请过问")).count();
    assert_eq!((told("县发改局局长"), told("县发改局")), (1, 0));
    // The next round asks for both in one line.
    assert!(Office::item(&office.card("县发改局").text, 7).contains("上期也没报"));
    office.wait_until("2022-06-17 18:00").await;
    assert_eq!(told("县发改局局长"), 1);
}

#[tokio::test]
async fn above_the_office_nothing_goes_that_its_head_has_not_released() {
    let office = Office::open("2022-06-14 08:00").await;
    // For this story the item belongs to a team whose head is bound.
    office.alter("update team set head_post_id = (select post_id from post where code = 'czj.head') where code = 'CS'").await;
    office
        .alter("update task set team_id = (select team_id from team where code = 'CS') where task_id = 16")
        .await;
    office.alter("update filing set opened_at = '2022-05-18T01:00:00.000Z', since = '2022-05-18T01:00:00.000Z' where due_on = '2022-05-31'").await;
    office
        .alter("update filing set next_look_at = '2022-06-14T00:00:00.000Z' where due_on = '2022-05-31'")
        .await;
    office.wait_until("2022-06-15 09:30").await;
    let draft = office.card("督查室").text;
    assert!(draft.contains("核 #16") && draft.contains("拟报分管县领导,由负责人签发"), "{draft}");
    let said = |office: &Office| office.chat("县财政局局长").matches("【请过问】").count();
    assert_eq!(said(&office), 0, "a draft is not sent");

    office.taps("督查室科员", "督查室", "#16 报县领导").await;
    assert_eq!(said(&office), 0, "only the head of the office releases it");
    office.taps("督查室负责人", "督查室", "#16 报县领导").await;
    assert_eq!(said(&office), 1);
    let letter = office.chat("县财政局局长");
    assert!(letter.contains("应于5月31日办结,已逾期") && letter.contains("责任单位:"), "{letter}");
    assert!(office.chat("督查室").contains("已发 ✓ #16 已报"), "{}", office.chat("督查室"));
    assert!(office.card("督查室").text.contains("✓ #16"), "{}", office.card("督查室").text);
    assert!(office.buttons("督查室").iter().all(|label| !label.contains("报县领导")), "once");
}
