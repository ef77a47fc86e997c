//! What leaders say in their own words, and what is read back.

use crate::office::Office;

async fn monday() -> Office {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    office
}

#[tokio::test]
async fn progress_quantity_and_difficulty_are_read_back_in_one_line() {
    let office = monday().await;
    office.says("县发改局局长", "县发改局", "#28 完成60%").await;
    assert_eq!(office.last("县发改局"), "已记 ✓ #28 60%\n记错了改原消息就行");
    assert_eq!(office.buttons("县发改局"), ["撤回"]);
    office.says("县财政局局长", "财税组", "#28 到七成了").await;
    assert_eq!(office.last("财税组"), "已记 ✓ #28 70%(上次60%)\n记错了改原消息就行");
    office.says("县人社局局长", "县人社局局长", "#58 已招650人").await;
    assert_eq!(office.last("县人社局局长"), "已记 ✓ #58 650人,65%\n记错了改原消息就行");
    office.says("县发改局局长", "财税组", "#31 用地没批,请自然资源局协调").await;
    assert_eq!(office.last("财税组"), "已记 ✓ #31 有困难:用地没批,需自然资源局协调\n记错了改原消息就行");
}

#[tokio::test]
async fn several_items_in_one_message_are_each_heard() {
    let office = monday().await;
    office.replies_to_card("县发改局局长", "财税组", "31完成60%,用地批了。28已办结。29没变化").await;
    assert_eq!(
        office.last("财税组"),
        "已记 ✓ #31 60% · #28 报办结,已送督查室核验 · #29 无变化\n记错了改原消息就行"
    );
    let card = office.card("财税组").text;
    assert!(card.contains("9项,已报3项"), "{card}");
}

#[tokio::test]
async fn not_done_is_never_taken_for_done() {
    let office = monday().await;
    for words in ["#28 还没完成", "#29 完成不了", "#30 基本完成", "#31 前期工作已完成", "#32 没有办结"]
    {
        office.says("县财政局局长", "财税组", words).await;
    }
    assert_eq!(office.count("select count(*) from filing where state = 'claimed'").await, 0);
    assert_eq!(office.count("select count(*) from report where status = 'done'").await, 0);
    assert!(office.cards("督查室").iter().all(|card| !card.text.starts_with("【待核验】")));
}

#[tokio::test]
async fn an_item_of_somebody_else_and_a_number_that_does_not_exist_are_refused() {
    let office = monday().await;
    office.says("成富乡乡长", "乡镇", "#28 完成60%").await;
    assert_eq!(office.last("乡镇"), "#28 不是您单位的事项,没有记录。报错编号了?发“清单”看您的事项。");
    office.says("成富乡乡长", "乡镇", "#99 完成60%").await;
    assert_eq!(office.last("乡镇"), "没有找到 #99。发“清单”看编号。");
    assert_eq!(office.count("select count(*) from report").await, 0);
    // What is right in the same message counts.
    office.says("成富乡乡长", "乡镇", "#7 已报;#28 完成60%").await;
    assert!(office.last("乡镇").starts_with("已记 ✓ #7 "), "{}", office.last("乡镇"));
    assert!(office.last("乡镇").contains("#28 不是您单位的事项"), "{}", office.last("乡镇"));
}

#[tokio::test]
async fn one_township_answers_for_itself_only() {
    let office = monday().await;
    office.replies_to_card("成富乡乡长", "乡镇", "7已开").await;
    let card = office.card("乡镇").text;
    assert!(Office::item(&card, 7).contains("已报1家,待报:东风镇"), "{card}");
}

#[tokio::test]
async fn a_liaison_reports_for_the_leader() {
    let office = monday().await;
    office.replies_to_card("县发改局联络员", "县发改局", "7已开").await;
    assert_eq!(office.last("县发改局"), "已记 ✓ #7 已报:已开\n记错了改原消息就行");
}

#[tokio::test]
async fn an_edited_message_is_a_new_version_and_the_old_one_stays_in_history() {
    let office = monday().await;
    let message = office.says("县发改局局长", "县发改局", "#28 完成60%").await;
    office.edits("县发改局局长", "县发改局", message, "#28 完成16%").await;
    assert_eq!(office.last("县发改局"), "按改后的话重新记:\n已记 ✓ #28 16%\n记错了改原消息就行");
    let texts = office.texts("select text from report where undone_at is not null").await;
    assert!(texts.iter().all(|text| text.contains("60%")) && !texts.is_empty(), "{texts:?}");
    let percents = "select distinct cast(percent as text) from filing where percent is not null";
    assert_eq!(office.texts(percents).await, ["16"]);
}

#[tokio::test]
async fn a_message_edited_into_chatter_is_taken_back_and_said_so() {
    let office = monday().await;
    let message = office.says("县发改局局长", "县发改局", "#28 完成60%").await;
    office.edits("县发改局局长", "县发改局", message, "抱歉").await;
    assert_eq!(office.last("县发改局"), "已撤回 #28 的这次填报,恢复到之前的情况。");
    assert_eq!(office.count("select count(*) from filing where percent is not null").await, 0);
}

#[tokio::test]
async fn a_report_entered_by_the_office_counts_and_is_marked() {
    let office = monday().await;
    office.says("督查室科员", "督查室", "代报 县财政局 7 已开").await;
    assert!(office.last("督查室").starts_with("代县财政局录入。已记 ✓ #7 已报"), "{}", office.last("督查室"));
    let by = "select a.name from report r join account a on a.account_id = r.entered_by
              where r.account_id is null";
    assert_eq!(office.texts(by).await.first().map(String::as_str), Some("督查室科员"));
    assert!(Office::item(&office.card("县财政局局长").text, 7).starts_with("✓ #7 "));
}

#[tokio::test]
async fn a_question_about_a_report_for_somebody_else_can_be_answered() {
    let office = monday().await;
    office.says("督查室科员", "督查室", "代报 县财政局 16 已办结").await;
    assert!(office.last("督查室").contains("#16 有几项要求,办结的是哪一项?"), "{}", office.last("督查室"));
    office.taps("督查室科员", "督查室", "政策推送到每个市场主体").await;
    assert!(
        office.last("督查室").starts_with("已记 ✓ #16(政策推送到每个市场主体) 已报"),
        "{}",
        office.last("督查室")
    );
}

#[tokio::test]
async fn a_routine_report_may_be_made_anew_and_a_closed_item_says_that_it_is() {
    let office = monday().await;
    office.says("县财政局局长", "县财政局局长", "#7 都已报").await;
    office.says("县财政局局长", "县财政局局长", "#7 已开").await;
    assert_eq!(office.last("县财政局局长"), "已记 ✓ #7 已报:已开\n记错了改原消息就行");
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    office.says("督查室科员", "督查室", "销号 28 齐全").await;
    office.says("县财政局局长", "财税组", "#28 完成80%").await;
    assert_eq!(office.last("财税组"), "#28 已经销号了。要改,请督查室先“退回 28 原因”。");
}

#[tokio::test]
async fn full_width_and_odd_characters_are_words_like_others() {
    let office = monday().await;
    office
        .says("县财政局局长", "财税组", "\u{ff03}\u{ff12}\u{ff18}\u{ff1a}完成\u{ff16}\u{ff10}\u{ff05}")
        .await;
    assert_eq!(office.last("财税组"), "已记 ✓ #28 60%\n记错了改原消息就行");
    let odd = format!("#29 完成50%,<b>[链接](tg://user?id=1)</b>\u{202e}\u{0}\u{7} {}", "很长".repeat(1900));
    office.says("县财政局局长", "财税组", &odd).await;
    assert_eq!(office.last("财税组"), "已记 ✓ #29 50%\n记错了改原消息就行");
    office.says("督查室科员", "督查室", "事项 29").await;
    assert!(office.last("督查室").starts_with("#29 "), "{}", office.last("督查室"));
}

#[tokio::test]
async fn several_people_at_once_are_each_answered() {
    let office = monday().await;
    office.says_meanwhile("县财政局局长", "财税组", "#28 完成60%").await;
    office.says_meanwhile("县发改局局长", "财税组", "#29 完成30%").await;
    office.says_meanwhile("县发改局局长", "县发改局", "#7 都已报").await;
    office.settle().await;
    assert!(
        office.chat("财税组").contains("已记 ✓ #28 60%") && office.chat("财税组").contains("已记 ✓ #29 30%")
    );
    assert!(office.last("县发改局").starts_with("已记 ✓ #7 "), "{}", office.last("县发改局"));
}

#[tokio::test]
async fn one_duty_of_an_item_is_reported_by_its_own_number() {
    let office = Office::open("2022-05-18 08:00").await;
    office.says("县财政局局长", "县财政局局长", "#16.3 已办结").await;
    assert!(office.last("县财政局局长").starts_with("已记 ✓ #16("), "{}", office.last("县财政局局长"));
    let claimed = "select cast(d.seq as text) from filing f join duty d on d.duty_id = f.duty_id
                   where d.task_id = 16 and f.state in ('claimed', 'accepted') and d.progress = 0";
    assert_eq!(office.texts(claimed).await, ["3"]);
}

#[tokio::test]
async fn duties_of_several_items_are_reported_in_one_message() {
    let office = Office::open("2022-05-18 08:00").await;
    office
        .says("县财政局局长", "县财政局局长", "#16.3 已办结;#16.4 卡在资金,需要县财政局协调;\n#28 进展顺利")
        .await;
    let told =
        "已记 ✓ #16(公布政策负责人电话) 已报 · #16 有困难:卡在资金,需县财政局协调 · #28 有进展:进展顺利";
    assert!(office.last("县财政局局长").starts_with(told), "{}", office.last("县财政局局长"));
    let settled = "select d.task_id || '.' || d.seq || ' ' || f.state from filing f join duty d on d.duty_id = f.duty_id
                   where f.state in ('claimed', 'accepted') and d.progress = 0";
    assert_eq!(office.texts(settled).await, ["16.3 accepted"]);
}

#[tokio::test]
async fn a_measure_behind_a_number_is_no_duty_and_another_item_in_the_same_breath_is_heard() {
    let office = Office::open("2022-05-18 08:00").await;
    let head = "县财政局局长";
    let settled = "select d.task_id || '.' || d.seq from filing f join duty d on d.duty_id = f.duty_id
                   where f.state in ('claimed', 'accepted') and d.progress = 0";
    office.says(head, head, "#16.3万元已到位").await;
    assert!(office.texts(settled).await.is_empty(), "{}", office.last(head));
    office.says(head, head, "#16.3 已办结,28号卡在资金,需要县财政局协调").await;
    assert!(office.last(head).contains("#28 有困难"), "{}", office.last(head));
}
