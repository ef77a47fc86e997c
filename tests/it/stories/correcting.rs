//! Words that put earlier words right: 更正, the undo button, the same said twice, progress that falls.

use crate::office::Office;

#[tokio::test]
async fn a_correction_takes_the_last_report_back_and_hears_the_new_words() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    assert!(office.last("财税组").contains("#28 报办结"), "{}", office.last("财税组"));
    office.minutes_pass(20).await;
    office.says("县财政局局长", "财税组", "更正：完成60%").await;
    let said = office.last("财税组");
    assert!(said.starts_with("已更正:\n已记 ✓ #28 60%"), "{said}");
    let standing = "select count(*) from report r join filing f on f.filing_id = r.filing_id
        join duty d on d.duty_id = f.duty_id where d.task_id = 28 and r.undone_at is null and r.status = 'done'";
    assert_eq!(office.count(standing).await, 0, "the claim is taken back, and stands in history only");

    office.says("县财政局局长", "财税组", "更正 今天天气不错").await;
    assert!(office.last("财税组").contains("没看出要更正成什么"), "{}", office.last("财税组"));
    let kept = "select count(*) from report where percent = 60 and undone_at is null";
    assert!(office.count(kept).await > 0, "what stood stands");

    // Somebody who has reported nothing corrects nothing in a group.
    let before = office.messages("县发改局").len();
    office.says("县发改局局长", "县发改局", "更正 完成60%").await;
    assert_eq!(office.messages("县发改局").len(), before);
}

#[tokio::test]
async fn the_undo_button_serves_ten_minutes_and_says_what_serves_then() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("县财政局局长", "财税组", "#28 完成60%").await;
    office.minutes_pass(11).await;
    let toast = office.taps("县财政局局长", "财税组", "撤回").await;
    let told = format!("{toast}{}", office.chat("财税组"));
    assert!(told.contains("只在10分钟内有效"), "{told}");
    office.says("县财政局局长", "财税组", "#28 完成70%").await;
    office.minutes_pass(9).await;
    office.taps("县财政局局长", "财税组", "撤回").await;
    assert!(office.chat("财税组").contains("已撤回 #28"), "{}", office.chat("财税组"));
}

#[tokio::test]
async fn the_same_words_twice_count_once_and_progress_that_falls_is_asked_about() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("县财政局局长", "财税组", "#28 完成60%").await;
    let reports = "select count(*) from report";
    let once = office.count(reports).await;
    office.says("县财政局局长", "财税组", "#28 完成60%").await;
    assert_eq!(office.count(reports).await, once);
    assert!(office.last("财税组").contains("#28 和刚才报的一样"), "{}", office.last("财税组"));

    office.says("县财政局局长", "财税组", "#28 完成40%").await;
    let said = office.last("财税组");
    assert!(said.contains("#28 40%(上次60%)") && said.contains("比上次的60%低"), "{said}");
    assert!(office.count(reports).await > once, "recorded all the same");
    // The next word about it asks no more.
    office.says("县财政局局长", "财税组", "#28 完成45%").await;
    assert!(!office.last("财税组").contains("比上次"), "{}", office.last("财税组"));
}
