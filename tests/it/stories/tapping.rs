//! Buttons: the small menu, undo, questions asked back, and who may tap them.

use crate::office::Office;

async fn monday() -> Office {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    office
}

#[tokio::test]
async fn three_taps_report_sixty_per_cent() {
    let office = monday().await;
    assert_eq!(office.taps("县财政局局长", "财税组", "#28…").await, "");
    assert_eq!(office.last("财税组"), "#28 华能分散式风电项目开工(4MW):现在怎么样?直接回复一句话也行。");
    assert_eq!(office.buttons("财税组"), ["已办结", "有进展", "有困难", "无变化", "过几天报"]);
    office.taps("县财政局局长", "财税组", "有进展").await;
    assert_eq!(office.last("财税组"), "#28 整体完成了多少?");
    office.taps("县财政局局长", "财税组", "60%").await;
    // There is no message that could be edited.
    assert_eq!(office.last("财税组"), "已记 ✓ #28 60%");
}

#[tokio::test]
async fn the_rest_is_unchanged_with_one_tap() {
    let office = monday().await;
    office.replies_to_card("县财政局局长", "财税组", "28完成60%").await;
    office.taps("县财政局局长", "财税组", "其余无变化").await;
    let line = office.last("财税组");
    assert_eq!(line, "已记 ✓ #29 #30 #31 #32 #33 #34 #35 #36 无变化");
    let card = office.card("财税组");
    assert!(card.text.ends_with("都报了,辛苦。") && card.buttons.is_empty(), "{}", card.text);
    assert_eq!(office.taps("县发改局局长", "财税组", "撤回").await, "没有可撤回的记录。");
}

#[tokio::test]
async fn what_was_answered_is_none_of_the_rest() {
    // A dated item stays owed after a report; tapping the rest afterwards must not speak for it again.
    let office = Office::open("2022-05-18 08:00").await;
    office.wait_until("2022-05-20 09:00").await;
    office.replies_to_card("县发改局局长", "县发改局", "16完成40%,场地没定").await;
    office.taps("县发改局局长", "县发改局", "其余无变化").await;
    assert!(!office.last("县发改局").contains("#16"), "{}", office.last("县发改局"));
}

#[tokio::test]
async fn a_report_is_taken_back_with_one_tap() {
    let office = monday().await;
    office.says("县财政局局长", "财税组", "#28 完成60%").await;
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    office.taps("县财政局局长", "财税组", "撤回").await;
    assert_eq!(office.last("财税组"), "已撤回 #28 的这次填报,恢复到之前的情况。");
    let states = "select f.state || f.percent from filing f join duty d on d.duty_id = f.duty_id
                  where d.task_id = 28 and d.progress = 0";
    assert_eq!(office.texts(states).await, ["open60"]);
    let review = office.card("督查室");
    assert!(review.buttons.is_empty(), "the office is not asked any more: {}", review.text);
    assert_eq!(office.taps("县财政局局长", "财税组", "撤回").await, "没有可撤回的记录。");
}

#[tokio::test]
async fn an_undo_is_refused_once_the_office_has_acted() {
    let office = monday().await;
    office.says("县财政局局长", "财税组", "#28 已办结;#29 完成50%").await;
    office.says("督查室科员", "督查室", "退回 28 缺验收单").await;
    let refused = "督查室或别人已经在此之后处理过,不能撤回了。请直接再报一句现在的情况。";
    assert_eq!(office.taps("县财政局局长", "财税组", "撤回").await, refused);
    let states = "select f.state from filing f join duty d on d.duty_id = f.duty_id
                  where d.task_id in (28, 29) and d.progress = 0 order by d.task_id";
    assert_eq!(office.texts(states).await, ["sent_back", "open"]);
    let percent = "select cast(percent as text) from filing f join duty d on d.duty_id = f.duty_id
                   where d.task_id = 29 and d.progress = 0";
    assert_eq!(office.texts(percent).await, ["50"], "either all of it is taken back or nothing");
}

#[tokio::test]
async fn what_is_unclear_is_asked_back_and_only_the_asked_person_may_answer() {
    let office = monday().await;
    office.replies_to_card("县财政局局长", "财税组", "已办结").await;
    assert_eq!(office.last("财税组"), "“已办结”说的是哪一项?");
    let labels = office.buttons("财税组");
    let label = labels.iter().find(|label| label.starts_with("#28 ")).expect("a button for the item").clone();
    assert_eq!(office.taps("县发改局局长", "财税组", &label).await, "这个按钮已经失效,请看最新的卡。");
    assert_eq!(office.count("select count(*) from report").await, 0);
    assert_eq!(office.taps("县财政局局长", "财税组", &label).await, "");
    assert_eq!(office.last("财税组"), "已记 ✓ #28 报办结,已送督查室核验\n记错了改原消息就行");
}

#[tokio::test]
async fn somebody_of_another_unit_cannot_tap_for_the_team() {
    let office = monday().await;
    assert_eq!(
        office.taps("成富乡乡长", "财税组", "#28…").await,
        "#28 不是您单位的事项,没有记录。报错编号了?发“清单”看您的事项。"
    );
    assert_eq!(office.taps("成富乡乡长", "财税组", "其余无变化").await, "这张卡上没有您单位还没报的事项了。");
}

#[tokio::test]
async fn only_the_office_may_tap_a_review() {
    let office = monday().await;
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    assert_eq!(office.taps("县财政局局长", "督查室", "#28 销号").await, "“核验”要督查室的人来办。");
    assert_eq!(office.count("select count(*) from filing where state = 'claimed'").await, 1);
}

#[tokio::test]
async fn a_forged_or_replayed_button_changes_nothing() {
    let office = monday().await;
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    let stale = "这个按钮已经失效,请看最新的卡。";
    let history = office.count("select count(*) from history").await;
    let close = office.card("督查室").buttons[0][0].data.clone();
    let card = office.card("财税组").id;
    assert_eq!(office.forges("督查室值班员", "财税组", card, &close).await, stale, "under another message");
    assert_eq!(office.forges("督查室值班员", "财税组", 4_711, &close).await, stale, "under no message");
    assert_eq!(office.forges("县财政局局长", "财税组", card, "c:1").await, stale);
    assert_eq!(office.forges("县财政局局长", "财税组", card, "%:1:28:100").await, stale);
    assert_eq!(office.forges("县财政局局长", "财税组", card, "no such thing").await, stale);
    assert_eq!(office.forges("陌生人", "财税组", card, "r:1").await, stale);
    assert_eq!(office.count("select count(*) from history").await, history);
    let review = office.card("督查室").id;
    assert_eq!(office.forges("督查室值班员", "督查室", review, &close).await, "");
    assert_eq!(office.forges("督查室值班员", "督查室", review, &close).await, stale, "the button is gone");
}

#[tokio::test]
async fn what_was_clear_is_read_back_beside_the_question() {
    let office = monday().await;
    office.says("县发改局局长", "县发改局", "#28 完成60%;#16 已办结").await;
    let line = office.last("县发改局");
    assert_eq!(line, "已记 ✓ #28 60%\n记错了改原消息就行\n#16 有几项要求,办结的是哪一项?");
    office.taps("县发改局局长", "县发改局", "公布政策负责人电话").await;
    let line = office.last("县发改局");
    assert_eq!(line, "已记 ✓ #16(公布政策负责人电话) 已报\n记错了改原消息就行");
}

#[tokio::test]
async fn a_claim_by_button_takes_a_word_more_and_stays_a_claim() {
    let office = monday().await;
    office.taps("县财政局局长", "财税组", "#28…").await;
    office.taps("县财政局局长", "财税组", "已办结").await;
    assert_eq!(
        office.last("财税组"),
        "已记 ✓ #28 报办结,已送督查室核验\n想补一句情况、发张照片或文件,回复本条就行,不补也可以。"
    );
    office.replies_to_last("县财政局局长", "财税组", "6月25日通过验收").await;
    assert_eq!(office.last("财税组"), "已记 ✓ #28 报办结,已送督查室核验\n记错了改原消息就行");
    let word = "select f.state || f.last_text from filing f join duty d on d.duty_id = f.duty_id
                where d.task_id = 28 and d.progress = 0";
    assert_eq!(office.texts(word).await, ["claimed6月25日通过验收"]);
}

#[tokio::test]
async fn a_word_that_takes_the_claim_back_takes_it_back() {
    let office = monday().await;
    office.taps("县财政局局长", "财税组", "#28…").await;
    office.taps("县财政局局长", "财税组", "已办结").await;
    office.replies_to_last("县财政局局长", "财税组", "还没验收,下周验收").await;
    let state = "select f.state from filing f join duty d on d.duty_id = f.duty_id
                 where d.task_id = 28 and d.progress = 0";
    assert_eq!(office.texts(state).await, ["open"], "{}", office.last("财税组"));
}

#[tokio::test]
async fn what_holds_an_item_up_is_chosen_and_who_shall_help_is_written() {
    let office = monday().await;
    office.taps("县财政局局长", "财税组", "#28…").await;
    office.taps("县财政局局长", "财税组", "有困难").await;
    assert_eq!(office.last("财税组"), "#28 卡在哪里?点一个,或回复本条写一句,要谁协调也写上。");
    office.taps("县财政局局长", "财税组", "用地").await;
    assert_eq!(
        office.last("财税组"),
        "已记 ✓ #28 有困难:用地没落实\n要请哪个单位协调?回复本条写单位名就行,不用就不回。"
    );
    office.replies_to_last("县财政局局长", "财税组", "自然资源局").await;
    let said = office.last("财税组");
    assert!(said.starts_with("已记 ✓ #28 有困难:用地没落实") && said.contains("需自然资源局协调"), "{said}");
}

#[tokio::test]
async fn another_hurdle_is_written_in_a_line() {
    let office = monday().await;
    office.taps("县财政局局长", "财税组", "#28…").await;
    office.taps("县财政局局长", "财税组", "有困难").await;
    office.replies_to_last("县财政局局长", "财税组", "老百姓不同意").await;
    let said = office.last("财税组");
    assert!(said.starts_with("已记 ✓ #28 有困难:老百姓不同意"), "{said}");
}

#[tokio::test]
async fn a_later_report_is_promised_for_a_day_that_is_chosen() {
    let office = monday().await;
    office.taps("县财政局局长", "财税组", "#28…").await;
    office.taps("县财政局局长", "财税组", "过几天报").await;
    assert_eq!(
        office.buttons("财税组"),
        ["周二 6月28日", "周三 6月29日", "周四 6月30日", "周五 7月1日", "周一 7月4日", "周二 7月5日"]
    );
    office.taps("县财政局局长", "财税组", "周四 6月30日").await;
    assert_eq!(office.last("财税组"), "已记 ✓ #28 知道了,6月30日再问");
}

#[tokio::test]
async fn the_office_gives_the_reason_of_a_return_in_a_line() {
    let office = monday().await;
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    office.minutes_pass(31).await;
    office.taps("督查室科员", "督查室", "#28 退回").await;
    assert!(office.last("督查室").contains("退回要写原因"), "{}", office.last("督查室"));
    office.replies_to_last("督查室科员", "督查室", "缺并网批复").await;
    assert!(office.last("督查室").contains("缺并网批复"), "{}", office.last("督查室"));
    let state = "select f.state from filing f join duty d on d.duty_id = f.duty_id
                 where d.task_id = 28 and d.progress = 0";
    assert_eq!(office.texts(state).await, ["sent_back"]);
}
