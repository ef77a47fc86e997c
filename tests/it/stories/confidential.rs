//! Confidential items (DESIGN red line 5): on a platform outside they are pointed at, and their words go nowhere.

use crate::office::Office;

/// The secret: the title of the item that is made confidential.
const TITLE: &str = "惠企政策编成册";
/// Words of a report about it.
const WORDS: &str = "已形成内部方案";

async fn with_a_secret() -> Office {
    let office = Office::open("2022-05-19 12:00").await;
    office.alter("update task set confidential = 1 where task_id = 16").await;
    office.wait_until("2022-05-20 09:00").await;
    office
}

fn everywhere(office: &Office) -> String {
    let places = ["督查室", "县发改局", "财税组", "乡镇", "县发改局局长", "县财政局局长", "督查室值班员"];
    places.map(|place| office.chat(place)).join("\n")
}

#[tokio::test]
async fn a_confidential_item_is_asked_in_private_and_only_pointed_at_outside_the_intranet() {
    let office = with_a_secret().await;
    assert!(
        office.chat("县发改局局长").contains("#16 有内部事项,请到内网查看"),
        "{}",
        office.chat("县发改局局长")
    );
    assert!(!office.chat("县发改局").contains("#16"), "{}", office.chat("县发改局"));
    assert!(!everywhere(&office).contains(TITLE));
}

#[tokio::test]
async fn what_is_claimed_and_decided_about_it_names_neither_title_nor_words_in_a_group() {
    let office = with_a_secret().await;
    office.replies_to_card("县发改局局长", "县发改局局长", &format!("#16 宣讲已办结,{WORDS}")).await;
    office.wait_until("2022-05-20 10:00").await;
    let review = office.chat("督查室");
    assert!(review.contains("#16 有内部事项"), "{review}");
    office.says("督查室值班员", "督查室", "清单").await;
    office.says("督查室值班员", "督查室", "事项 16").await;
    office.says("督查室值班员", "督查室", "待定").await;
    office.says("督查室值班员", "督查室", "退回 16 县发改局 缺件").await;
    let said = everywhere(&office).replace(&format!("#16 宣讲已办结,{WORDS}"), "");
    assert!(!said.contains(TITLE) && !said.contains(WORDS), "{said}");
    assert!(office.chat("县发改局局长").contains("请到内网查看"), "{}", office.chat("县发改局局长"));
}
