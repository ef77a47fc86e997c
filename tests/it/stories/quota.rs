//! Yearly numbers that every person owes: brought in by command, and asked about three times a year in private.

use crate::office::Office;

#[tokio::test]
async fn whoever_lacks_topics_is_told_so_in_private_three_times_a_year() {
    let office = Office::open("2022-08-30 08:00").await;
    office.says("县财政局局长", "县财政局局长", "课题 企业资金链怎么接续").await;
    let said = office.last("县财政局局长");
    assert!(said.starts_with("已记 ✓ 企业资金链怎么接续\n县财政局局长 #10.2:今年1/2题,还差1题"), "{said}");
    office.says("县财政局局长", "县财政局局长", "课题 企业资金链怎么接续").await;
    assert!(office.last("县财政局局长").contains("没有重复记"), "{}", office.last("县财政局局长"));
    office.says("县人社局局长", "县人社局局长", "课题 技能培训怎么对上用工").await;
    office.says("县人社局局长", "县人社局局长", "课题 返乡的人怎么留下").await;
    assert!(office.last("县人社局局长").contains("2/2题,够了"), "{}", office.last("县人社局局长"));

    office.wait_until("2022-09-30 18:00").await;
    let told = |place: &str| {
        office.cards(place).into_iter().filter(|card| card.text.contains("年度个人任务")).collect::<Vec<_>>()
    };
    let card = told("县财政局局长").pop().expect("a card").text;
    // What is urgent goes first, and this below it.
    assert!(
        card.starts_with("【督办提醒】县财政局 · 9月1日 周四") && card.contains("\n◆ 年度个人任务\n"),
        "{card}"
    );
    assert!(card.contains("县财政局局长 #10.2:今年1/2题,还差1题"), "{card}");
    assert_eq!(told("县财政局局长").len(), 1, "once a month");
    assert_eq!(told("县人社局局长").len(), 0, "nothing is left");
    let liaison = told("县发改局联络员").pop().expect("a card").text;
    assert!(liaison.contains("县发改局局长 #10.2:今年0/2题,还差2题"), "{liaison}");
    assert!(!office.chat("县发改局").contains("年度个人任务"), "in no group");

    office.wait_until("2022-10-31 18:00").await;
    assert_eq!(told("县财政局局长").len(), 1);
    office.wait_until("2022-11-01 18:00").await;
    assert_eq!(told("县财政局局长").len(), 2);
}

#[tokio::test]
async fn a_liaison_and_the_office_enter_for_others_and_nobody_else_does() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("县发改局联络员", "县发改局", "/课题 风电消纳空间还有多大").await;
    assert!(office.last("县发改局").contains("县发改局局长 #10.2:今年1/2题"), "{}", office.last("县发改局"));
    office.says("督查室科员", "督查室", "课题 县财政局局长 10.2 债务怎么化解").await;
    assert!(office.last("督查室").contains("县财政局局长 #10.2:今年1/2题"), "{}", office.last("督查室"));
    office.says("县发改局局长", "县发改局", "/课题 县财政局局长 替别人报一题").await;
    assert!(!office.last("县发改局").contains("已记"), "{}", office.last("县发改局"));

    office.says("县发改局局长", "县发改局", "/课题").await;
    assert!(office.last("县发改局").contains("1. 风电消纳空间还有多大"), "{}", office.last("县发改局"));
    office.says("县发改局局长", "县发改局", "/课题 撤回").await;
    assert!(office.last("县发改局").contains("0/2题"), "{}", office.last("县发改局"));
    office.says("县发改局局长", "县发改局", "/课题 撤回").await;
    assert!(office.last("县发改局").contains("没有可撤回"), "{}", office.last("县发改局"));

    office.says("督查室科员", "督查室", "课题").await;
    let list = office.last("督查室");
    assert!(list.starts_with("年度个人任务:") && list.contains("还差3题"), "{list}");
    office.says("督查室科员", "督查室", "事项 10").await;
    assert!(
        office.last("督查室").contains("县发改局局长报1题:风电消纳空间还有多大"),
        "{}",
        office.last("督查室")
    );
    // A report on the item is none of a topic.
    office.says("县财政局局长", "县财政局局长", "课题已完成1个").await;
    assert!(!office.last("县财政局局长").contains("已记 ✓ 已完成"), "{}", office.last("县财政局局长"));
}
