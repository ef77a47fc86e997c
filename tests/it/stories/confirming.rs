//! A leader stands behind what the liaison reports, where the office wants that.

use duban::rules::policy::Confirmed;

use crate::office::Office;

async fn office(confirmed: Confirmed) -> Office {
    let mut settings = duban::config::shipped();
    settings.policy.confirmed = confirmed;
    settings.policy.quota_months = Vec::new();
    Office::with_everybody("2022-06-27 08:00", settings).await
}

const REPORTS: &str = "select count(*) from report where undone_at is null";

#[tokio::test]
async fn a_liaisons_claim_counts_once_the_leader_has_agreed() {
    let office = office(Confirmed::Claims).await;
    office.says("县发改局联络员", "县发改局", "#28 已办结,并网了").await;
    assert_eq!(office.last("县发改局"), "已请县发改局局长确认,同意后计入:#28 报办结。");
    assert_eq!(office.count(REPORTS).await, 0);
    assert_eq!(office.last("县发改局局长"), "县发改局联络员代报,您同意后计入:\n#28 报办结:“已办结,并网了”");
    office.taps("县发改局局长", "县发改局局长", "同意报出").await;
    assert_eq!(office.last("县发改局局长"), "已记 ✓ #28 报办结,已送督查室核验");
    assert_eq!(office.last("县发改局"), "县发改局局长已同意,#28已计入。");
    assert!(office.count(REPORTS).await > 0);
    let by = "select count(*) from report where account_id <> entered_by";
    assert!(office.count(by).await > 0, "the leader reports, the liaison has entered it");
    // The button serves once.
    let reports = office.count(REPORTS).await;
    assert_eq!(
        office.taps("县发改局局长", "县发改局局长", "同意报出").await,
        "这个按钮已经失效,请看最新的卡。"
    );
    assert_eq!(office.count(REPORTS).await, reports);
}

#[tokio::test]
async fn what_the_leader_does_not_agree_to_is_not_recorded() {
    let office = office(Confirmed::Everything).await;
    office.says("县发改局联络员", "县发改局", "#28 完成60%").await;
    office.taps("县发改局局长", "县发改局局长", "不对,退给联络员").await;
    assert_eq!(office.last("县发改局局长"), "没有计入,已退给县发改局联络员:#28。");
    assert_eq!(office.last("县发改局"), "县发改局局长说#28报得不对,没有计入。请核实后再报。");
    assert_eq!(office.count(REPORTS).await, 0);
}

#[tokio::test]
async fn a_later_report_of_the_liaison_overtakes_the_one_that_waits() {
    let office = office(Confirmed::Everything).await;
    office.says("县发改局联络员", "县发改局", "#28 完成60%").await;
    let first = office.messages("县发改局局长").len();
    office.says("县发改局联络员", "县发改局", "#28 完成70%").await;
    let (message, data) = office.button_of("县发改局局长", first - 1, "同意报出");
    office.forges("县发改局局长", "县发改局局长", message, &data).await;
    assert_eq!(office.count(REPORTS).await, 0, "the older button is stale");
    office.taps("县发改局局长", "县发改局局长", "同意报出").await;
    assert_eq!(office.last("县发改局局长"), "已记 ✓ #28 70%");
}

#[tokio::test]
async fn progress_counts_at_once_where_only_claims_wait_and_leaders_never_wait() {
    let office = office(Confirmed::Claims).await;
    office.says("县发改局联络员", "县发改局", "#28 完成60%").await;
    assert!(office.last("县发改局").starts_with("已记 ✓ #28 60%"), "{}", office.last("县发改局"));
    office.says("县发改局局长", "县发改局", "#28 已办结").await;
    assert!(office.last("县发改局").starts_with("已记 ✓ #28 报办结"), "{}", office.last("县发改局"));
}

#[tokio::test]
async fn a_summary_that_is_put_together_for_the_liaison_is_filed_by_the_leader() {
    let office = office(Confirmed::Everything).await;
    office.wait_until("2022-06-28 10:00").await;
    office.says("县发改局局长", "县发改局", "#7.2 开会5次").await;
    let reports = office.count(REPORTS).await;
    office.says("县发改局联络员", "县发改局联络员", "汇总 7").await;
    let refused = office.taps("县发改局联络员", "县发改局联络员", "照此上报").await;
    assert_eq!(refused, "汇总要由负责人本人点。您也可以写:#7.3 加您的话,报出前会请负责人同意。");
    assert_eq!(office.count(REPORTS).await, reports);
    office.says("县发改局局长", "县发改局局长", "汇总 7").await;
    office.taps("县发改局局长", "县发改局局长", "照此上报").await;
    assert_eq!(office.count(REPORTS).await, reports + 1);
}
