//! Papers from draft to publication: drawn up by one, signed by another, shown to each unit alone, handed out, taken back.

use crate::fake_telegram::Fault;
use crate::office::Office;

/// 县发改局 and three townships have run the campaign of 31 May in time; the others are silent.
async fn july() -> Office {
    let office = Office::open("2022-05-30 09:00").await;
    office.says("县发改局局长", "县发改局局长", "#16.4 宣讲办完了,已办结").await;
    office.says("督查室科员", "督查室", "销号 16.4 县发改局").await;
    for township in ["东风镇", "永胜镇", "新华镇"] {
        office.says("督查室科员", "督查室", &format!("代报 {township} #16.4 已办结")).await;
        office.says("督查室科员", "督查室", &format!("销号 16.4 {township}")).await;
    }
    office.sleep_until("2022-07-04 09:00").await;
    office
}

fn file_names(office: &Office, place: &str) -> Vec<String> {
    office.handed_over(place).into_iter().map(|(name, _)| name).collect()
}

#[tokio::test]
async fn a_bulletin_is_a_draft_until_somebody_else_who_is_head_has_signed_it() {
    let office = july().await;
    office.says("督查室科员", "督查室", "通报 二季度").await;
    let said = office.last("督查室");
    assert!(said.starts_with("【草稿】2022年二季度季通报 文件1\n拟稿:督查室科员\n应报 "), "{said}");
    assert_eq!(file_names(&office, "督查室"), ["2022年二季度季通报-草稿.docx"]);
    // The head is shown it in private as well.
    assert_eq!(office.last("督查室负责人"), said);
    assert_eq!(file_names(&office, "督查室负责人"), ["2022年二季度季通报-草稿.docx"]);

    assert_eq!(office.taps("督查室科员", "督查室", "签发 1").await, "这一步要由督查室负责人来。");
    office.says("督查室值班员", "督查室", "签发 1").await;
    assert_eq!(office.last("督查室"), said, "for whoever may not, it is talk");
    office.says("督查室值班员", "督查室", "发布 1 财税组").await;
    assert_eq!(office.last("督查室"), "还没有签发。");

    office.taps("督查室负责人", "督查室负责人", "签发 1").await;
    let signed = office.last("督查室负责人");
    assert!(signed.starts_with("已签发 ✓ 2022年二季度季通报 文件1\n签发:督查室负责人;校验码 "), "{signed}");
    assert_eq!(file_names(&office, "督查室负责人").last().expect("a file"), "2022年二季度季通报.docx");
    assert!(
        office.last("督查室").starts_with("督查室负责人已签发 2022年二季度季通报 文件1"),
        "{}",
        office.last("督查室")
    );
    assert_eq!(office.taps("督查室负责人", "督查室负责人", "签发 1").await, "这一份已经公示或签发了。");

    office.says("督查室科员", "督查室", "发布 1 财税组 乡镇").await;
    assert_eq!(office.last("督查室"), "已发布 ✓ 2022年二季度季通报 文件1\n发往:财税组、乡镇");
    for group in ["财税组", "乡镇"] {
        assert_eq!(file_names(&office, group), ["2022年二季度季通报.docx"]);
    }
    office.says("督查室科员", "督查室", "文件 1").await;
    let course = office.last("督查室");
    assert!(course.contains("发往 财税组:已送达 7月4日 09:00"), "{course}");

    // What is signed comes out of the console without the mark, what is not with it.
    office.says("督查室科员", "督查室", "通报 6月").await;
    assert!(office.export(1, "a.docx").await.ends_with("a.docx"));
    assert!(office.export(2, "b.docx").await.ends_with("b-草稿.docx"));
}

#[tokio::test]
async fn whoever_drew_it_up_cannot_sign_it_not_even_as_head() {
    let office = july().await;
    office.says("督查室负责人", "督查室", "通报 6月").await;
    office.says("督查室负责人", "督查室", "签发 1").await;
    assert_eq!(office.last("督查室"), "拟稿人不能签自己拟的稿,请由别人拟稿,或由另一位负责人签。");
    assert_eq!(office.count("select count(*) from paper where state = 'signed'").await, 0);
}

#[tokio::test]
async fn a_board_is_first_shown_to_each_unit_alone_then_signed_then_published() {
    let office = july().await;
    office.says("督查室科员", "督查室", "榜 乡镇排序榜 二季度").await;
    office.says("督查室负责人", "督查室", "签发 1").await;
    assert_eq!(office.last("督查室"), "榜要先公示,各单位核对过自己的一行再签发:公示 1");
    office.taps("督查室负责人", "督查室", "公示 1").await;
    let said = office.last("督查室");
    assert!(said.contains("1家各自收到了自己的一行和依据,7月6日下班前可申诉"), "{said}");
    assert!(said.contains("联系不上、请转告:"), "{said}");

    let own = office.last("成富乡乡长");
    assert!(own.starts_with("【公示核对·草稿,不得外传】2022年二季度乡镇排序榜\n成富乡:第"), "{own}");
    assert!(own.contains("只发给你单位。有异议,7月6日下班前说:申诉 1 理由"), "{own}");
    assert!(own.contains("#16.4 ") && !own.contains("双泉乡"), "its own row and no other: {own}");
    assert!(!office.chat("乡镇").contains("排序榜"), "a chat of several units learns nothing");

    // Objections are recorded and answered; nobody signs over them.
    office.says("成富乡乡长", "成富乡乡长", "申诉 1 #16.4 5月30日办完了,当时没报").await;
    assert_eq!(office.last("成富乡乡长"), "已记 ✓ 对2022年二季度乡镇排序榜的申诉(申诉1),督查室核对后答复。");
    assert!(
        office.last("督查室").starts_with("【申诉1】2022年二季度乡镇排序榜 文件1\n成富乡(成富乡乡长):#16.4"),
        "{}",
        office.last("督查室")
    );
    office.says("县财政局局长", "县财政局局长", "申诉 1 不服").await;
    assert_eq!(office.last("县财政局局长"), "现在没有你单位在内的公示。");
    office.says("督查室负责人", "督查室", "签发 1").await;
    assert_eq!(office.last("督查室"), "还有1条申诉没答复,答复了再签发。发“申诉”看。");
    office.says("督查室科员", "督查室", "申诉 答复 1 不采纳 没有佐证").await;
    assert_eq!(office.last("成富乡乡长"), "【申诉答复】2022年二季度乡镇排序榜:不采纳。没有佐证");
    office.says("督查室负责人", "督查室", "签发 1").await;
    assert!(office.last("督查室").starts_with("还在公示期,7月6日下班前"), "{}", office.last("督查室"));

    office.sleep_until("2022-07-07 09:00").await;
    office.says("成富乡乡长", "成富乡乡长", "申诉 1 还是不服").await;
    assert_eq!(office.last("成富乡乡长"), "公示期已过。有新情况请直接找督查室。");
    office.says("督查室负责人", "督查室", "签发 1").await;
    assert!(
        office.last("督查室").starts_with("已签发 ✓ 2022年二季度乡镇排序榜 文件1"),
        "{}",
        office.last("督查室")
    );
    // What follows is only proposed, to the head alone.
    let proposed = office.last("督查室负责人");
    assert!(proposed.starts_with("【建议,仅负责人可见】2022年二季度乡镇排序榜\n"), "{proposed}");
    office.says("督查室科员", "督查室", "发布 1 乡镇").await;
    assert_eq!(office.last("督查室"), "这一步要由督查室负责人来。");
    office.taps("督查室负责人", "督查室", "发到 乡镇").await;
    let text = office
        .messages("乡镇")
        .into_iter()
        .map(|one| one.text)
        .find(|text| text.starts_with("【2022年二季度乡镇排序榜】"));
    let text = text.expect("the board in words");
    assert!(text.contains("成富乡") && !text.contains("草稿"), "{text}");
    let files = file_names(&office, "乡镇");
    assert!(files.contains(&"2022年二季度乡镇排序榜.docx".to_owned()), "{files:?}");
}

#[tokio::test]
async fn an_objection_that_was_right_asks_for_a_new_version() {
    let office = july().await;
    office.says("督查室科员", "督查室", "榜 乡镇排序榜 二季度").await;
    office.says("督查室负责人", "督查室", "公示 1").await;
    office.says("成富乡乡长", "成富乡乡长", "申诉 #16.4 早就办结了").await;
    office.says("成富乡乡长", "成富乡乡长", "#16.4 宣讲办完了,已办结").await;
    office.says("督查室科员", "督查室", "销号 16.4 成富乡").await;
    office.says("督查室科员", "督查室", "申诉 答复 1 采纳 已核验").await;
    office.sleep_until("2022-07-07 09:00").await;
    office.says("督查室负责人", "督查室", "签发 1").await;
    assert_eq!(office.last("督查室"), "有采纳的申诉,请按核对后的情况重拟,再公示。");
    office.says("督查室科员", "督查室", "榜 乡镇排序榜 二季度").await;
    assert!(
        office.last("督查室").starts_with("【草稿】2022年二季度乡镇排序榜 第2版 文件2"),
        "{}",
        office.last("督查室")
    );
    office.says("督查室负责人", "督查室", "签发 1").await;
    assert_eq!(office.last("督查室"), "这一版已经重拟,请用新的一版。发“文件”看。");
}

#[tokio::test]
async fn facts_that_change_after_the_signature_show_as_such_and_the_signed_paper_stays() {
    let office = july().await;
    office.says("督查室科员", "督查室", "通报 二季度").await;
    office.says("督查室负责人", "督查室", "签发 1").await;
    let hash = "select sha256 || length(frozen) from paper where paper_id = 1";
    let before = office.texts(hash).await;
    office.says("成富乡乡长", "成富乡乡长", "#16.4 宣讲办完了,已办结").await;
    office.says("督查室科员", "督查室", "销号 16.4 成富乡").await;
    office.says("督查室科员", "督查室", "文件 1").await;
    let course = office.last("督查室");
    assert!(course.contains("成稿后情况有变(原件不改):已完成 4→5;到期未报 "), "{course}");
    assert_eq!(office.texts(hash).await, before);
    let mut tx = office.store.write().await.expect("a write");
    let altered = sqlx::query("update paper set frozen = '{}' where paper_id = 1").execute(&mut *tx).await;
    assert!(altered.is_err(), "the database itself refuses");
}

#[tokio::test]
async fn what_is_taken_back_is_told_where_it_was_handed_out_and_goes_nowhere_any_more() {
    let office = july().await;
    office.says("督查室科员", "督查室", "督办单 16 成富乡").await;
    office.says("督查室负责人", "督查室", "签发 1").await;
    office.says("督查室科员", "督查室", "发布 1").await;
    assert_eq!(office.last("督查室"), "已发布 ✓ 督办单 #16 成富乡 文件1\n发往:乡镇");
    assert_eq!(file_names(&office, "乡镇"), ["督办单-#16-成富乡.docx"]);
    office.says("督查室负责人", "督查室", "撤回签发 1").await;
    assert!(
        office.last("督查室").contains("撤回签发 3 数据有误"),
        "a reason is needed: {}",
        office.last("督查室")
    );
    office.says("督查室负责人", "督查室", "撤回签发 1 期限写错").await;
    assert_eq!(
        office.last("督查室"),
        "已撤回 ✓ 督办单 #16 成富乡 文件1(原因:期限写错),已告知1个收到的群和人。"
    );
    assert_eq!(office.last("乡镇"), "《督办单 #16 成富乡》已撤回,请不要再用(原因:期限写错)。");
    office.says("督查室科员", "督查室", "发布 1").await;
    assert_eq!(office.last("督查室"), "这一份已经撤回。");
}

#[tokio::test]
async fn a_bulletin_can_be_of_a_front_and_tells_of_its_units_only() {
    let office = july().await;
    office.says("督查室科员", "督查室", "通报 二季度 县长").await;
    assert!(office.last("督查室").contains("县长还没有定分管哪些单位"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "分管 县长 成富乡").await;
    office.says("督查室科员", "督查室", "台账 二季度 县长").await;
    assert!(office.last("督查室").starts_with("按战线只拟通报。"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "通报 二季度 县长").await;
    assert_eq!(file_names(&office, "督查室"), ["2022年二季度县长分管战线季通报-草稿.docx"]);
    let frozen = office.texts("select frozen from paper").await.remove(0);
    assert!(frozen.contains("成富乡") && !frozen.contains("向阳乡"), "{frozen}");
    // What is set anew later changes nothing about a paper that was drawn up.
    office.says("督查室科员", "督查室", "文件 1").await;
    let course = office.last("督查室");
    office.says("督查室科员", "督查室", "分管 县长 无").await;
    office.says("督查室科员", "督查室", "文件 1").await;
    assert_eq!(office.last("督查室"), course);
}

#[tokio::test]
async fn a_signed_paper_whose_fate_is_unknown_is_not_sent_again_by_itself() {
    let office = july().await;
    office.says("督查室科员", "督查室", "通报 6月").await;
    office.says("督查室负责人", "督查室", "签发 1").await;
    office.fails("财税组", Fault::Drop);
    office.says("督查室科员", "督查室", "发布 1 财税组").await;
    office.minutes_pass(30).await;
    assert_eq!(file_names(&office, "财税组").len(), 1, "once, however long it takes");
    let said = office.last("督查室");
    assert!(said.starts_with("《2022年6月月调度》发往财税组时断了线"), "{said}");
    assert_eq!(office.count("select count(*) from letter where official = 1 and state = 'unknown'").await, 1);
    office.says("督查室科员", "督查室", "文件 1").await;
    assert!(office.last("督查室").contains("发往 财税组:不知到没到,请人工核实"), "{}", office.last("督查室"));
}

#[tokio::test]
async fn a_signed_paper_that_the_platform_refuses_is_said_not_to_have_gone() {
    let office = july().await;
    office.says("督查室科员", "督查室", "通报 6月").await;
    office.says("督查室负责人", "督查室", "签发 1").await;
    office.fails("财税组", Fault::BadRequest("file is too big"));
    office.says("督查室科员", "督查室", "发布 1 财税组").await;
    assert_eq!(file_names(&office, "财税组").len(), 0);
    office.says("督查室科员", "督查室", "文件 1").await;
    assert!(office.last("督查室").contains("发往 财税组:没送出去,请人工核实"), "{}", office.last("督查室"));
}

#[tokio::test]
async fn the_ledger_comes_as_a_workbook_and_is_never_signed() {
    let office = july().await;
    office.says("督查室科员", "督查室", "台账 二季度").await;
    assert_eq!(file_names(&office, "督查室"), ["2022年二季度督办台账-草稿.xlsx"]);
    office.says("督查室负责人", "督查室", "签发 1").await;
    assert_eq!(office.last("督查室"), "台账随时在变,不签发;要盖章的请出通报或督办单。");
    // Elsewhere nobody gets any of it.
    office.says("督查室科员", "财税组", "/台账").await;
    assert!(file_names(&office, "财税组").is_empty());
}

#[tokio::test]
async fn after_a_second_visit_there_is_a_slip_that_still_shows_what_was_red() {
    let office = july().await;
    office.says("成富乡乡长", "成富乡乡长", "#16.4 宣讲办完了,已办结").await;
    office.says("督查室科员", "督查室", "销号 16.4 成富乡").await;
    office.says("督查室科员", "督查室", "督办单 16 成富乡").await;
    assert!(office.last("督查室").starts_with("没有够得上督办单的事项"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "督办单 回访 16 成富乡 现场看过,台账和签到表齐全").await;
    let said = office.last("督查室");
    assert!(said.starts_with("【草稿】回访单 #16 成富乡 文件1"), "{said}");
    let frozen = office.texts("select frozen from paper").await.remove(0);
    for words in ["现场看过", "\"was_red\":true", "结 已结"] {
        assert!(frozen.contains(words), "{words} is not in {frozen}");
    }
    assert_eq!(file_names(&office, "督查室"), ["回访单-#16-成富乡-草稿.docx"]);
}
