//! The office's agenda of the week's meeting, and the terms that the office sets from it.

use crate::office::Office;

#[tokio::test]
async fn on_monday_the_office_gets_the_agenda_of_its_meeting_and_nobody_else_does() {
    let office = Office::open("2022-06-20 08:00").await;
    office.says("县财政局局长", "县财政局局长", "#7 用地没批").await;
    office.wait_until("2022-06-27 09:00").await;
    let agenda = office.card("督查室").text;
    assert!(agenda.starts_with("【周会议题单】督查室 · 6月27日 周一\n◆ 逾期 1项\n红 #16 "), "{agenda}");
    assert!(agenda.contains("◆ 销号窗口(到6月30日)"), "{agenda}");
    assert!(agenda.contains("#6 只写了“第一时间”,建议:3个工作日内"), "{agenda}");
    assert!(agenda.contains("◆ 岗位空缺:"), "{agenda}");
    // What else the office is asked that day stands on the same card.
    assert!(agenda.contains("◆ 另请办理 ") && agenda.contains("请转达:友谊生态环境局"), "{agenda}");
    for place in ["县发改局", "财税组", "乡镇"] {
        assert!(!office.chat(place).contains("周会议题单"), "{place}");
    }
    let agendas = |office: &Office| {
        office.cards("督查室").into_iter().filter(|card| card.text.contains("周会议题单")).count()
    };
    let before = agendas(&office);
    office.wait_until("2022-07-01 18:00").await;
    assert_eq!(agendas(&office), before, "once a week");
    office.wait_until("2022-07-04 09:00").await;
    assert_eq!(agendas(&office), before + 1);
}

#[tokio::test]
async fn what_the_notice_leaves_open_gets_its_term_from_the_office_and_is_then_chased() {
    let office = Office::open("2022-06-20 08:00").await;
    let filings = "select count(*) from filing f join duty d on d.duty_id = f.duty_id where d.task_id = 26 and d.progress = 0
                   and d.vague is not null";
    assert_eq!(office.count(filings).await, 0, "a vague word is asked of nobody");
    office.says("督查室科员", "督查室", "定期限 26 6月30日").await;
    let said = office.last("督查室");
    assert!(said.starts_with("已定 ✓ #26") && said.contains("6月30日(周四)前"), "{said}");
    assert!(office.count(filings).await > 0, "{said}");
    office.wait_until("2022-06-21 09:00").await;
    assert!(office.chat("县发改局").contains("#26"), "{}", office.chat("县发改局"));

    office.says("督查室科员", "督查室", "定期限 13 每月").await;
    assert!(office.last("督查室").contains("每月一次"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "定期限 16 作废").await;
    assert!(office.last("督查室").contains("作废,不再催"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "定期限 16 7月1日").await;
    assert!(office.last("督查室").contains("没有等着定时限"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "定期限 6 5月1日").await;
    assert!(!office.last("督查室").contains("已定"), "a day that has passed: {}", office.last("督查室"));
    office.says("县发改局局长", "县发改局", "/定期限 6 6月30日").await;
    assert!(office.last("县发改局").contains("要督查室的人来办"));
}

#[tokio::test]
async fn a_campaign_gets_a_start_and_counts_down_on_every_agenda() {
    let office = Office::open("2022-06-20 08:00").await;
    office.says("督查室科员", "督查室", "百日 14.2 2022年5月18日").await;
    let said = office.last("督查室");
    assert!(said.contains("会战100天:5月18日起,8月25日(周四)止"), "{said}");
    office.says("县发改局局长", "县发改局", "#14 已办结").await;
    office.wait_until("2022-06-27 09:00").await;
    let agenda = office.card("督查室").text;
    assert!(agenda.contains("第41天,还剩59天(8月25日止)"), "{agenda}");
    assert!(agenda.contains("下个节点7月7日应到50%"), "{agenda}");
    office.says("督查室科员", "督查室", "百日 14.2 6月1日").await;
    assert!(office.last("督查室").contains("不能再定会战"), "{}", office.last("督查室"));
}
