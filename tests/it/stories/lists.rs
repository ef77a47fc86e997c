//! The commands that only look, and the order to remind.

use duban::commands::ALL;
use duban::domain::people::Role;

use crate::office::Office;

async fn monday() -> Office {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    office
}

#[tokio::test]
async fn help_lists_what_one_may_say_and_no_more() {
    let office = monday().await;
    office.says("督查室值班员", "督查室值班员", "帮助").await;
    let all = office.last("督查室值班员");
    // What is the head's alone is not offered to anybody else.
    let may = |who: &[Role]| who.is_empty() || who.contains(&Role::Admin);
    for command in ALL.iter().filter(|command| may(command.who())) {
        assert!(
            all.contains(command.help()) || all.contains(&command.help().replace(';', ",")),
            "{}",
            command.name()
        );
    }
    office.says("县发改局局长", "县发改局局长", "/help").await;
    let leader = office.last("县发改局局长");
    assert!(leader.starts_with("报进展:") && leader.contains("清单"), "{leader}");
    assert!(!leader.contains("销号 编号") && !leader.contains("邀请"), "{leader}");
}

#[tokio::test]
async fn every_example_of_the_help_is_understood() {
    let office = monday().await;
    for command in ALL {
        office.says("督查室值班员", "督查室值班员", command.example()).await;
        let answer = office.last("督查室值班员");
        assert!(
            !answer.starts_with("没有“") && !answer.starts_with("没看明白"),
            "{}: {answer}",
            command.example()
        );
        office.says("督查室值班员", "督查室值班员", &format!("/{}", command.name())).await;
        assert!(!office.last("督查室值班员").starts_with("没有“"), "{}", command.name());
    }
}

#[tokio::test]
async fn lists_of_items_by_whom_they_concern() {
    let office = monday().await;
    office.says("督查室科员", "督查室", "清单 财税组").await;
    let list = office.last("督查室");
    assert!(list.starts_with("财税组,共9项\n#28 华能分散式风电项目开工(4MW) · 在办"), "{list}");
    office.says("县发改局局长", "县发改局", "/tasks").await;
    assert!(office.last("县发改局").starts_with("您的事项,共"), "{}", office.last("县发改局"));
    office.says("县发改局局长", "县发改局局长", "清单 县财政局").await;
    assert_eq!(office.last("县发改局局长"), "没有叫“县财政局”的单位、岗位或工作组。", "not theirs to see");
    office.says("督查室科员", "督查室", "待定").await;
    let held = office.last("督查室");
    assert!(held.contains("第一时间") && held.contains("2022-04-30 早于成文日"), "{held}");
    assert!(held.contains("相关部门"), "{held}");
}

#[tokio::test]
async fn the_course_of_an_item_shows_who_did_what() {
    let office = monday().await;
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    office.says("督查室科员", "督查室", "退回 28 缺并网批复").await;
    office.says("督查室科员", "督查室", "事项 28").await;
    let course = office.last("督查室");
    assert!(course.starts_with("#28 CS-1 华能分散式风电项目开工(4MW)\n在办"), "{course}");
    assert!(course.contains("县财政局局长 财税组 报办结:"), "{course}");
    assert!(course.contains("督查室科员 财税组 退回(缺并网批复)"), "{course}");
    office.says("成富乡乡长", "成富乡乡长", "事项 28").await;
    assert_eq!(office.last("成富乡乡长"), "没有找到 #28。发“清单”看编号。", "others learn nothing");
    office.says("督查室科员", "督查室", "事项 20").await;
    assert_eq!(
        office.last("督查室"),
        "没有找到 #20。发“清单”看编号。",
        "confidential items stay out of groups"
    );
}

#[tokio::test]
async fn who_has_not_filed_and_what_is_due() {
    let office = monday().await;
    office.says("督查室科员", "督查室", "欠报").await;
    let before = office.last("督查室");
    assert!(before.starts_with("还没报的,共") && before.contains("\n县发改局:"), "{before}");
    office.replies_to_card("县发改局局长", "县发改局", "都无变化").await;
    office.says("督查室科员", "督查室", "欠报").await;
    assert!(!office.last("督查室").contains("\n县发改局:"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "到期 14").await;
    let due = office.last("督查室");
    assert!(due.contains("红 #16 ") && due.contains("5月31日"), "{due}");
    office.says("成富乡乡长", "乡镇", "/silent").await;
    assert_eq!(office.last("乡镇"), "“欠报”要督查室的人来办。");
}

#[tokio::test]
async fn a_reminder_by_hand_goes_out_at_once_to_those_who_owe() {
    let office = monday().await;
    office.minutes_pass(60).await;
    office.says("督查室科员", "督查室", "催办 28").await;
    assert_eq!(office.last("督查室"), "已催办 #28:财税组,马上发出。");
    assert_eq!(office.cards("财税组").len(), 2);
    let card = office.card("财税组").text;
    assert!(card.contains("1项") && card.contains("#28 督查室催办"), "{card}");
    // At night an order waits for the morning.
    office.wait_until("2022-06-27 20:00").await;
    office.says("督查室科员", "督查室", "催 29").await;
    assert_eq!(office.cards("财税组").len(), 2);
    office.wait_until("2022-06-28 09:00").await;
    assert!(office.card("财税组").text.contains("#29 督查室催办"));
    office.says("督查室科员", "督查室", "催办 28 县卫健局").await;
    assert_eq!(office.last("督查室"), "#28 没有欠报的单位,不用催。");
}

#[tokio::test]
async fn items_are_listed_by_how_they_look() {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 10:00").await;
    office.says("县财政局局长", "县财政局局长", "#3 用地没批,请自然资源局协调").await;
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    let asked = [("清单 红", "#16 "), ("清单 受阻", "#3 "), ("清单 待核验", "#28 ")];
    for (order, item) in asked {
        office.says("督查室科员", "督查室", order).await;
        let said = office.last("督查室");
        assert!(said.contains(item) && !said.contains("#60 "), "{order}: {said}");
    }
    office.says("县人社局局长", "县人社局局长", "清单 受阻").await;
    let own = office.last("县人社局局长");
    assert!(!own.contains("#3 "), "another unit's hurdle is none of theirs: {own}");
}
