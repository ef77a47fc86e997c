//! The office's desk: orders in plain words, many at once, lists that go on, the matrix, the window, search, who does what.

use crate::office::Office;

async fn monday() -> Office {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    office
}

const STATE: &str = "select f.state from filing f join duty d on d.duty_id = f.duty_id
                     where d.task_id = 28 and d.progress = 0";

#[tokio::test]
async fn an_order_in_plain_words_is_done_and_can_be_taken_back_with_its_button() {
    let office = monday().await;
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    office.says("督查室科员", "督查室", "把28号退回：缺并网批复").await;
    assert!(office.last("督查室").starts_with("已退回 #28"), "{}", office.last("督查室"));
    assert_eq!(office.texts(STATE).await, ["sent_back"]);
    office.taps("督查室科员", "督查室", "撤销").await;
    assert_eq!(office.texts(STATE).await, ["claimed"]);
    // Talk about it is no order.
    let said = office.messages("督查室").len();
    office.says("督查室科员", "督查室", "28号退回了吗？").await;
    office.says("督查室科员", "督查室", "28号退回了").await;
    assert_eq!(office.messages("督查室").len(), said);
    assert_eq!(office.texts(STATE).await, ["claimed"]);
}

#[tokio::test]
async fn an_order_that_would_touch_many_asks_first() {
    let office = monday().await;
    office.says("督查室科员", "督查室", "暂停 1 先统一口径").await;
    let asked = office.last("督查室");
    assert!(asked.starts_with("暂停 #1,共涉及") && asked.contains("不点不办"), "{asked}");
    assert_eq!(office.texts("select state from task where task_id = 1").await, ["running"]);
    office.taps("督查室值班员", "督查室", "确认暂停").await;
    assert_eq!(
        office.texts("select state from task where task_id = 1").await,
        ["running"],
        "only who was asked"
    );
    office.taps("督查室科员", "督查室", "确认暂停").await;
    assert_eq!(office.texts("select state from task where task_id = 1").await, ["suspended"]);
    office.says("督查室科员", "督查室", "催办 全部").await;
    assert!(office.last("督查室").contains("确认就点下面"), "{}", office.last("督查室"));
    office.taps("督查室科员", "督查室", "确认催办").await;
    assert!(office.chat("督查室").contains("已催办"), "{}", office.chat("督查室"));
    assert!(office.count("select count(*) from history where what = 'ordered'").await > 0);
}

#[tokio::test]
async fn a_long_list_goes_on_by_a_button_and_items_are_found_by_words_units_and_posts() {
    let office = monday().await;
    office.says("督查室科员", "督查室", "清单").await;
    assert!(office.last("督查室").starts_with("事项,共67项,第1/3页"), "{}", office.last("督查室"));
    office.taps("督查室科员", "督查室", "下一页").await;
    assert!(office.last("督查室").starts_with("事项,共67项,第2/3页"), "{}", office.last("督查室"));
    office.taps("督查室科员", "督查室", "下一页").await;
    assert_eq!(office.buttons("督查室"), Vec::<String>::new());
    office.says("督查室科员", "督查室", "查 公路").await;
    assert!(office.last("督查室").contains("#31 同哈公路友谊过境段开工"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "查 县财政局局长").await;
    assert!(office.last("督查室").starts_with("“县财政局局长”,共"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "查 CS-4").await;
    assert!(office.last("督查室").starts_with("#31 CS-4"), "{}", office.last("督查室"));
    office.says("成富乡乡长", "成富乡乡长", "查 公路").await;
    assert!(office.last("成富乡乡长").starts_with("没有找到"), "{}", office.last("成富乡乡长"));
}

#[tokio::test]
async fn the_matrix_says_who_has_filed_to_the_office_and_to_the_lead_only() {
    let office = monday().await;
    office.replies_to_card("成富乡乡长", "乡镇", "5月调度开了").await;
    office.says("督查室科员", "督查室", "矩阵 5").await;
    let matrix = office.last("督查室");
    assert!(matrix.starts_with("#5 ") && matrix.contains("还没报"), "{matrix}");
    office.says("县发改局局长", "县发改局局长", "矩阵 5").await;
    assert!(office.last("县发改局局长").starts_with("#5 "), "{}", office.last("县发改局局长"));
    office.says("成富乡乡长", "成富乡乡长", "矩阵 5").await;
    assert!(office.last("成富乡乡长").contains("没有找到"), "{}", office.last("成富乡乡长"));
    office.says("县发改局局长", "县发改局局长", "催办 12").await;
    assert!(office.last("县发改局局长").contains("不是您单位牵头"), "{}", office.last("县发改局局长"));
}

#[tokio::test]
async fn the_window_shows_what_is_ripe_and_what_lacks() {
    let office = monday().await;
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    office.says("督查室科员", "督查室", "销号窗口").await;
    let window = office.last("督查室");
    assert!(
        window.starts_with("【销号窗口】")
            && window.contains("#28 华能分散式风电项目开工(4MW) · 财税组 · 没有佐证"),
        "{window}"
    );
    assert!(window.contains("◆ 本季该办还没报办结"), "{window}");
}

#[tokio::test]
async fn a_teams_item_is_assigned_and_its_record_goes_with_it() {
    let office = monday().await;
    office.says("县财政局局长", "财税组", "#28 完成60%").await;
    office.says("督查室科员", "督查室", "分工 28 县发改局、县财政局").await;
    assert!(
        office.last("督查室").starts_with("已分工 ✓ #28 由县发改局、县财政局办"),
        "{}",
        office.last("督查室")
    );
    let owners = "select u.short || '/' || coalesce(f.percent, '-') from filing f join duty d on d.duty_id = f.duty_id
                  join unit u on u.unit_id = f.unit_id where d.task_id = 28 and d.progress = 0 order by f.filing_id";
    assert_eq!(office.texts(owners).await, ["县发改局/60", "县财政局/-"]);
    office.says("县财政局局长", "县财政局局长", "#28 完成30%").await;
    assert!(office.last("县财政局局长").starts_with("已记 ✓ #28 30%"), "{}", office.last("县财政局局长"));
    office.says("督查室科员", "督查室", "分工 28 县发改局").await;
    assert!(office.last("督查室").contains("本来就由"), "{}", office.last("督查室"));
}

#[tokio::test]
async fn a_near_duplicate_is_answered_with_one_tap() {
    let office = monday().await;
    let other = office.texts("select cast(task_id as text) from task where code = 'JK-2'").await.remove(0);
    office.says("督查室科员", "督查室", &format!("分工 {other} 县发改局")).await;
    office.says("县发改局局长", "县发改局局长", "#33 完成60%，初稿出来了").await;
    let said = office.last("县发改局局长");
    assert!(said.contains(&format!("#{other} 与它相近,要一并报就点下面")), "{said}");
    let label = office
        .buttons("县发改局局长")
        .into_iter()
        .find(|label| label.ends_with("也这样报"))
        .expect("offered");
    office.taps("县发改局局长", "县发改局局长", &label).await;
    assert!(
        office.last("县发改局局长").starts_with(&format!("已记 ✓ #{other} 60%")),
        "{}",
        office.last("县发改局局长")
    );
    assert!(!office.last("县发改局局长").contains("相近"), "{}", office.last("县发改局局长"));
}

#[tokio::test]
async fn the_lead_says_what_it_thinks_and_only_the_office_closes() {
    let office = monday().await;
    // Nobody of this cast leads an item with something to verify, so one is given to 县发改局.
    let mut tx = office.store.write().await.expect("the one writer");
    sqlx::query(
        "update task set lead_unit_id = (select unit_id from unit where code = 'fgj') where task_id = 16",
    )
    .execute(&mut *tx)
    .await
    .expect("changed");
    tx.commit().await.expect("on disk");
    office.says("县财政局局长", "县财政局局长", "#16 已办结").await;
    office.taps("县财政局局长", "县财政局局长", "办一场大范围政策宣讲").await;
    office.says("县发改局局长", "县发改局局长", "/close 16").await;
    assert!(office.last("县发改局局长").ends_with("要督查室的人来办。"), "{}", office.last("县发改局局长"));
    office.says("县发改局局长", "县发改局局长", "预审 16 县财政局 场次够,签到表齐").await;
    assert!(
        office.last("县发改局局长").starts_with("已转督查室 ✓ #16 县财政局"),
        "{}",
        office.last("县发改局局长")
    );
    office.minutes_pass(31).await;
    assert!(office.chat("督查室").contains("牵头预审:场次够,签到表齐"), "{}", office.chat("督查室"));
    office.says("县财政局局长", "县财政局局长", "预审 16 县发改局 好").await;
    assert!(office.last("县财政局局长").contains("不是您单位牵头的"), "{}", office.last("县财政局局长"));
}
