//! More time: asked for, granted, and refused where it makes no sense.

use crate::office::Office;

async fn asked() -> Office {
    let office = Office::open("2022-05-18 08:00").await;
    office.wait_until("2022-05-20 09:00").await;
    office.replies_to_card("县发改局局长", "县发改局", "16延到6月30日,讲师请不到").await;
    office
}

#[tokio::test]
async fn an_extension_is_a_request_until_the_office_grants_it_with_one_tap() {
    let office = asked().await;
    assert_eq!(office.last("县发改局"), "已记 ✓ #16 申请延到6月30日,等督查室同意\n记错了改原消息就行");
    assert_eq!(office.texts("select distinct due_on from filing where due_on = '2022-06-30'").await, [""; 0]);
    let review = office.card("督查室").text;
    assert!(review.contains("县发改局申请延期到6月30日"), "{review}");
    assert_eq!(office.buttons("督查室"), ["#16 同意延到6月30日", "不同意", "#16 看全程"]);

    office.taps("督查室负责人", "督查室", "#16 同意延到6月30日").await;
    assert_eq!(office.last("督查室"), "已延期 ✓ #16 到6月30日 · 县发改局。");
    assert_eq!(office.last("县发改局"), "县发改局:#16 惠企政策编成册、送到户、讲清楚 的时限延到6月30日。");
    // A new cycle: the ladder begins anew, counted from the new day.
    office.wait_until("2022-06-21 09:00").await;
    let cards = office.cards("县发改局");
    assert!(!cards.iter().any(|card| card.text.contains("#16 今天到期")));
    assert!(office.card("县发改局").text.contains("#16 到期前7个工作日"), "{}", office.card("县发改局").text);
}

#[tokio::test]
async fn the_office_extends_by_command_with_a_day_of_its_own() {
    let office = asked().await;
    office.says("督查室值班员", "督查室", "延期 16 县发改局 6月15日 汛期影响").await;
    assert_eq!(office.last("督查室"), "已延期 ✓ #16 到6月15日 · 县发改局。");
    assert_eq!(office.last("县发改局"), "县发改局:#16 惠企政策编成册、送到户、讲清楚 的时限延到6月15日。");
    let days = "select distinct f.due_on from filing f join unit u on u.unit_id = f.unit_id
                join duty d on d.duty_id = f.duty_id where u.code = 'fgj' and d.task_id = 16 and d.seq = 4";
    assert_eq!(office.texts(days).await, ["2022-06-15"]);
}

#[tokio::test]
async fn an_earlier_or_past_day_is_no_extension() {
    let office = asked().await;
    office.says("督查室值班员", "督查室", "延期 16.4 县发改局 5月25日").await;
    assert_eq!(office.last("督查室"), "#16 的新时限要晚于现在的时限。");
    office.says("督查室值班员", "督查室", "延期 16.4 县发改局 5月1日").await;
    assert_eq!(office.last("督查室"), "新时限已经过去了,请给一个以后的日期。");
}

#[tokio::test]
async fn a_round_cannot_be_extended() {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    office.says("督查室值班员", "督查室", "延期 7 7月30日").await;
    assert_eq!(office.last("督查室"), "#7 是例行报送,到期再报就行,不用延期。");
    office.says("县发改局局长", "县发改局", "#7 延到7月30日").await;
    assert_eq!(office.last("县发改局"), "#7 是例行报送,到期再报就行,不用延期。");
    assert!(office.cards("督查室").iter().all(|card| !card.text.starts_with("【待核验】")));
}

#[tokio::test]
async fn an_item_with_a_progress_ask_beside_it_is_asked_for_more_time_once() {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    office.replies_to_card("县财政局局长", "财税组", "28延到9月30日").await;
    assert_eq!(office.last("财税组"), "已记 ✓ #28 申请延到9月30日,等督查室同意\n记错了改原消息就行");
    assert!(office.card("督查室").text.starts_with("【待核验】督查室 · 6月27日 · 1项\n"));
    office.taps("督查室科员", "督查室", "#28 同意延到9月30日").await;
    assert_eq!(office.last("督查室"), "已延期 ✓ #28 到9月30日 · 财税组。");
}

#[tokio::test]
async fn what_the_office_does_not_grant_keeps_its_term_and_the_unit_is_told() {
    let office = asked().await;
    office.taps("督查室负责人", "督查室", "不同意").await;
    assert_eq!(office.last("督查室"), "不同意延期:#16 · 县发改局,时限不变。");
    assert!(office.last("县发改局").contains("延期申请没有同意"), "{}", office.last("县发改局"));
    assert_eq!(office.texts("select asked_due from filing where asked_due is not null").await, [""; 0]);
}

#[tokio::test]
async fn one_request_about_all_duties_of_an_item_is_one_line_with_one_button() {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-28 09:00").await;
    office.says("县发改局局长", "县发改局", "#17 延到8月31日").await;
    office.minutes_pass(31).await;
    let review = office.card("督查室").text;
    assert_eq!(review.matches("核 #17").count(), 1, "{review}");
    assert!(review.contains("座谈和网上征集金点子;逐条答复采纳与否;采纳的转成惠企措施)"), "{review}");
    assert!(review.contains("县发改局申请延期到8月31日"), "{review}");
    office.taps("督查室负责人", "督查室", "#17 同意延到8月31日").await;
    assert_eq!(office.last("督查室"), "已延期 ✓ #17 到8月31日 · 县发改局。");
    let extended = "select count(*) from filing f join duty d on d.duty_id = f.duty_id join unit u on u.unit_id = f.unit_id
                    where u.code = 'fgj' and d.task_id = 17 and f.due_on = '2022-08-31'";
    assert_eq!(office.count(extended).await, 3);
    let told = office.chat("县发改局").matches("的时限延到8月31日").count();
    assert_eq!(told, 1, "said once");
}
