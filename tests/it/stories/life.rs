//! The life of an item: put aside, dropped, set to work again, exempted, and a decision taken back.

use crate::office::Office;

const STATE: &str = "select state from task where task_id = 28";
const FILINGS: &str = "select f.state from filing f join duty d on d.duty_id = f.duty_id
                       where d.task_id = 28 and d.progress = 0";

async fn morning() -> Office {
    Office::open("2022-06-27 08:00").await
}

#[tokio::test]
async fn what_is_put_aside_is_not_asked_about_and_goes_on_with_a_new_term_where_the_old_one_has_passed() {
    let office = morning().await;
    office.says("督查室科员", "督查室", "延期 28 7月1日").await;
    office.says("督查室科员", "督查室", "暂停 28").await;
    assert!(office.last("督查室").starts_with("暂停要写原因"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "暂停 28 等省里批复").await;
    assert!(office.last("督查室").starts_with("已暂停 ✓ #28"), "{}", office.last("督查室"));
    assert!(
        office.chat("财税组").contains("#28 华能分散式风电项目开工(4MW) 暂停(等省里批复)"),
        "{}",
        office.chat("财税组")
    );

    let asks = "select count(*) from ask a join filing f on f.filing_id = a.filing_id join duty d on d.duty_id = f.duty_id
                where d.task_id = 28 and a.state <> 'dropped'";
    let before = office.count(asks).await;
    office.wait_until("2022-07-08 18:00").await;
    assert_eq!(office.count(asks).await, before, "nobody was asked meanwhile");
    office.says("县财政局局长", "财税组", "#28 完成60%").await;
    assert!(!office.last("财税组").contains("已记"), "{}", office.last("财税组"));

    office.says("督查室科员", "督查室", "恢复 28").await;
    assert!(office.last("督查室").contains("时限在暂停期间已经过了"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "恢复 28 7月29日").await;
    assert_eq!(office.last("督查室"), "已恢复 ✓ #28 华能分散式风电项目开工(4MW),新时限7月29日。");
    let standing = "select f.due_on || '/' || f.extensions || '/' || f.was_overdue from filing f
                    join duty d on d.duty_id = f.duty_id where d.task_id = 28 and d.progress = 0";
    assert_eq!(office.texts(standing).await, ["2022-07-29/1/0"], "no second extension, and never red");
}

#[tokio::test]
async fn what_is_dropped_ends_and_can_be_set_to_work_again() {
    let office = morning().await;
    office.says("督查室科员", "督查室", "作废 28 与别的事项合并").await;
    assert_eq!(
        (office.texts(STATE).await, office.texts(FILINGS).await),
        (vec!["void".into()], vec!["void".into()])
    );
    office.says("督查室科员", "督查室", "暂停 28 再看看").await;
    assert!(office.last("督查室").contains("已经办结或作废"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "重开 28 合并不成").await;
    assert_eq!(
        (office.texts(STATE).await, office.texts(FILINGS).await),
        (vec!["running".into()], vec!["open".into()])
    );
}

#[tokio::test]
async fn a_unit_asks_for_an_exemption_and_the_office_approves_with_one_tap() {
    let office = morning().await;
    office.says("县财政局局长", "县财政局局长", "容错 28 汛期道路中断").await;
    assert!(
        office.last("县财政局局长").contains("#28 申请容错(汛期道路中断)"),
        "{}",
        office.last("县财政局局长")
    );
    office.minutes_pass(61).await;
    assert!(office.chat("督查室").contains("申请容错:汛期道路中断"), "{}", office.chat("督查室"));
    office.says("督查室科员", "督查室", "容错 清单").await;
    assert!(office.last("督查室").contains("待批 #28"), "{}", office.last("督查室"));
    office.taps("督查室科员", "督查室", "#28 同意容错").await;
    assert_eq!(office.texts(FILINGS).await, ["exempt"]);
    assert!(office.chat("财税组").contains("已批准容错,不用再报"), "{}", office.chat("财税组"));
    office.says("县财政局局长", "财税组", "#28 完成60%").await;
    assert!(!office.last("财税组").contains("已记"), "{}", office.last("财税组"));

    office.says("督查室科员", "督查室", "容错 取消 28").await;
    assert_eq!(office.texts(FILINGS).await, ["open"]);
}

#[tokio::test]
async fn the_last_decision_is_taken_back_where_nobody_has_acted_since() {
    let office = morning().await;
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    office.says("督查室科员", "督查室", "销号 28 材料齐全").await;
    assert_eq!(
        (office.texts(STATE).await, office.texts(FILINGS).await),
        (vec!["closed".into()], vec!["accepted".into()])
    );
    office.says("督查室值班员", "督查室", "撤销").await;
    assert_eq!(office.last("督查室"), "最近没有可撤销的处理。", "everybody takes back only one's own");
    office.says("督查室科员", "督查室", "撤销").await;
    assert_eq!(office.last("督查室"), "已撤销上一步,#28 恢复到之前的情况。");
    assert_eq!(
        (office.texts(STATE).await, office.texts(FILINGS).await),
        (vec!["running".into()], vec!["claimed".into()])
    );
    let kept = "select act || (undone_at is not null) from review";
    assert_eq!(office.texts(kept).await, ["close1"]);
    office.says("督查室科员", "督查室", "撤销").await;
    assert_eq!(office.last("督查室"), "最近没有可撤销的处理。");

    office.says("督查室科员", "督查室", "退回 28 缺验收单").await;
    office.says("县财政局局长", "财税组", "#28 已办结,验收单补了").await;
    office.says("督查室科员", "督查室", "撤销").await;
    assert!(office.last("督查室").contains("不能撤回"), "{}", office.last("督查室"));
    assert_eq!(office.texts(FILINGS).await, ["claimed"]);
}
