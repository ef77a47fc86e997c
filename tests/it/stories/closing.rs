//! From "done" to written off: claim, review card, return, new claim, close.

use crate::office::Office;

async fn claimed() -> Office {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    office.replies_to_card("县财政局局长", "财税组", "28办结").await;
    office
}

#[tokio::test]
async fn a_claim_goes_to_the_office_and_is_closed_by_a_button() {
    let office = claimed().await;
    assert_eq!(office.last("财税组"), "已记 ✓ #28 报办结,已送督查室核验\n记错了改原消息就行");
    assert_eq!(
        office.last("督查室"),
        "【待核验】督查室 · 6月27日 · 1项\n\
         核 #28 华能分散式风电项目开工(4MW) · 财税组(县财政局局长)报办结:办结\n\
         也可回复:销号 编号 意见;退回 编号 原因;延期 编号 日期"
    );
    assert_eq!(office.buttons("督查室"), ["#28 销号", "#28 退回", "#28 看全程"]);
    let card = &office.cards("财税组")[0];
    assert!(card.text.contains("✓ #28 "), "the card is edited in place: {}", card.text);
    assert!(card.text.contains("9项,已报1项"), "{}", card.text);

    assert_eq!(office.taps("督查室科员", "督查室", "#28 销号").await, "");
    assert_eq!(office.last("督查室"), "已销号 ✓ #28 华能分散式风电项目开工(4MW) · 财税组,本事项全部办结。");
    let told = office.last("财税组");
    assert_eq!(told, "财税组:#28 华能分散式风电项目开工(4MW) 已核验通过,销号了。辛苦。");
    let review = office.card("督查室");
    assert!(review.text.contains("✓ #28 ") && review.text.ends_with("都处理了。"), "{}", review.text);
    assert!(review.buttons.is_empty());
}

#[tokio::test]
async fn what_is_sent_back_with_a_reason_is_claimed_again_and_closed_by_command() {
    let office = claimed().await;
    office.taps("督查室值班员", "督查室", "#28 退回").await;
    assert_eq!(office.last("督查室"), "退回要写原因。回复本条写原因就行,或者发:退回 28 缺验收单");
    office.says("督查室值班员", "督查室", "退回 28 缺并网批复").await;
    assert_eq!(office.last("督查室"), "已退回 #28,已告知财税组(原因:缺并网批复)。");
    assert_eq!(
        office.last("财税组"),
        "财税组:#28 华能分散式风电项目开工(4MW) 被退回,原因:缺并网批复。补齐后回复“#28 已办结”。"
    );

    office.says("县财政局局长", "财税组", "#28 已办结").await;
    office.minutes_pass(30).await;
    let review = office.card("督查室").text;
    assert!(review.contains("核 #28 ") && review.contains("报办结:"), "{review}");
    office.says("督查室值班员", "督查室", "/close 28 材料齐全").await;
    assert!(office.last("督查室").starts_with("已销号 ✓ #28 "), "{}", office.last("督查室"));
    assert!(office.last("财税组").ends_with("已核验通过,销号了(材料齐全)。辛苦。"));
    // With the whole task its progress asks end.
    office.wait_until("2022-07-26 09:00").await;
    let july = office.card("财税组").text;
    assert!(july.contains("7月26日") && july.contains("#29 ") && !july.contains("#28 "), "{july}");
}

#[tokio::test]
async fn a_reply_to_the_review_card_closes_its_only_item() {
    let office = claimed().await;
    office.replies_to_card("督查室科员", "督查室", "销号").await;
    assert!(office.last("督查室").starts_with("已销号 ✓ #28 "), "{}", office.last("督查室"));
}

#[tokio::test]
async fn an_item_of_several_units_closes_with_the_last_of_them() {
    let office = Office::open("2022-05-18 08:00").await;
    office.says("县发改局局长", "县发改局", "#16 已办结").await;
    assert_eq!(office.last("县发改局"), "#16 有几项要求,办结的是哪一项?");
    office.taps("县发改局局长", "县发改局", "办一场大范围政策宣讲").await;
    assert_eq!(
        office.last("县发改局"),
        "已记 ✓ #16(办一场大范围政策宣讲) 报办结,已送督查室核验\n记错了改原消息就行"
    );
    office.wait_until("2022-05-18 09:00").await;
    office.taps("督查室科员", "督查室", "#16 销号").await;
    let closed = office.last("督查室");
    assert!(closed.starts_with("已销号 ✓ #16 ") && closed.ends_with(" · 县发改局。"), "{closed}");
    assert_eq!(office.texts("select state from task where task_id = 16").await, ["running"]);
}

#[tokio::test]
async fn a_refused_order_changes_nothing_of_what_it_names() {
    let office = claimed().await;
    let before = office.count("select count(*) from history").await;
    office.says("督查室值班员", "督查室", "销号 28 29").await;
    assert!(office.last("督查室").starts_with("#29 还没有单位报办结"), "{}", office.last("督查室"));
    let states = "select state from filing f join duty d on d.duty_id = f.duty_id
                  where d.task_id = 28 and d.progress = 0";
    assert_eq!(office.texts(states).await, ["claimed"], "the first half is not done either");
    assert_eq!(office.count("select count(*) from history").await, before);
    assert!(!office.chat("财税组").contains("销号了"));
}

#[tokio::test]
async fn proof_on_paper_closes_without_a_claim_where_the_unit_is_named() {
    let office = Office::open("2022-05-18 08:00").await;
    office.says("督查室值班员", "督查室", "销号 16.4").await;
    assert!(office.last("督查室").starts_with("#16 还没有单位报办结"), "{}", office.last("督查室"));
    office.says("督查室值班员", "督查室", "销号 16.4 县财政局 纸质材料已收").await;
    assert!(office.last("督查室").contains("县财政局"), "{}", office.last("督查室"));
    let accepted =
        "select u.short from filing f join unit u on u.unit_id = f.unit_id where f.state = 'accepted'";
    assert_eq!(office.texts(accepted).await, ["县财政局"]);
}

#[tokio::test]
async fn claims_of_the_evening_come_to_the_office_in_the_morning_on_one_card() {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 20:00").await;
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    assert_eq!(office.last("财税组"), "已记 ✓ #28 报办结,已送督查室核验\n记错了改原消息就行");
    office.says("县发改局局长", "财税组", "#31 已办结").await;
    let reviews = |office: &Office| {
        office
            .cards("督查室")
            .into_iter()
            .filter(|card| card.text.starts_with("【待核验】"))
            .collect::<Vec<_>>()
    };
    assert!(reviews(&office).is_empty());
    office.wait_until("2022-06-28 10:00").await;
    let cards = reviews(&office);
    assert_eq!(cards.len(), 1);
    assert!(cards[0].text.starts_with("【待核验】督查室 · 6月28日 · 2项\n"), "{}", cards[0].text);
}

#[tokio::test]
async fn a_claim_that_is_withdrawn_is_not_reviewed() {
    let office = claimed().await;
    office.says("县财政局局长", "财税组", "#28 还没办结,差并网").await;
    assert!(office.card("督查室").buttons.is_empty(), "{}", office.card("督查室").text);
    office.says("督查室科员", "督查室", "销号 28").await;
    assert!(office.last("督查室").starts_with("#28 还没有单位报办结"), "{}", office.last("督查室"));
}

#[tokio::test]
async fn a_slip_in_the_name_of_a_unit_does_not_make_an_order_about_one_into_one_about_all() {
    let office = claimed().await;
    office.says("督查室科员", "督查室", "销号 7 成福乡").await;
    assert_eq!(office.last("督查室"), "名册里没有“成福乡”,是不是成富乡?请改一下再发,什么都没动。");
    // Nor does the name of a unit that owes nothing more, or the number of one duty.
    for order in ["销号 7 成富乡 属实", "销号 7.3 属实"] {
        office.says("督查室科员", "督查室", order).await;
        assert!(!office.last("督查室").contains("已销号"), "{order}: {}", office.last("督查室"));
    }
    assert_eq!(office.count("select count(*) from task where task_id = 7 and state = 'running'").await, 1);
}
