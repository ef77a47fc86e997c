//! The first day: codes, persons, groups, and the self-check.

use duban::app::console;
use duban::domain::people::Role;

use crate::office::Office;

/// Picks the code out of an answer like `绑定码 K7M2PQ9XTB,给…`.
fn code_in(answer: &str) -> String {
    let after = answer.split("绑定码 ").nth(1).unwrap_or_else(|| panic!("no code in {answer}"));
    after.chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// An office in which only the administrator is bound, by the code of the console.
async fn first_day() -> Office {
    let office = Office::with_nobody_bound("2022-06-27 07:00").await;
    let code = console::invite(&office.store, &office.now(), Role::Admin).await.expect("a code");
    office.says("督查室值班员", "督查室值班员", &format!("绑定 {code}")).await;
    assert_eq!(office.last("督查室值班员"), "绑定好了:管理员。发“帮助”看能用的指令。");
    office
}

#[tokio::test]
async fn from_the_first_code_to_the_first_card() {
    let office = first_day().await;
    let admin = "督查室值班员";
    for (grant, who, place) in [
        ("督查室群", admin, "督查室"),
        ("群 财税组", admin, "财税组"),
        ("群 县发改局", admin, "县发改局"),
        ("县发改局局长", "县发改局局长", "县发改局局长"),
        ("负责人", "督查室负责人", "督查室负责人"),
    ] {
        office.says(admin, admin, &format!("邀请 {grant}")).await;
        let code = code_in(&office.last(admin));
        office.says(who, place, &format!("/bind {code}")).await;
        assert!(office.last(place).contains("绑定好了"), "{grant}: {}", office.last(place));
    }
    office.wait_until("2022-06-27 09:00").await;
    assert_eq!(office.cards("财税组").len(), 1);
    office.replies_to_card("县发改局局长", "财税组", "28完成60%").await;
    assert_eq!(office.last("财税组"), "已记 ✓ #28 60%\n记错了改原消息就行");
    assert_eq!(office.cards("县发改局").len(), 1);
}

#[tokio::test]
async fn a_code_is_good_once_in_its_place_and_for_a_week() {
    let office = first_day().await;
    let admin = "督查室值班员";
    office.says(admin, admin, "邀请 县发改局局长").await;
    let code = code_in(&office.last(admin));
    office.says("陌生人", "闲聊", &format!("/bind {code}")).await;
    assert_eq!(office.last("闲聊"), "这个绑定码是给个人用的,请私聊发给我,不要发在群里。");
    // As Telegram writes it when a link with the code is opened.
    office.says("县发改局局长", "县发改局局长", &format!("/start {}", code.to_lowercase())).await;
    assert!(office.last("县发改局局长").starts_with("绑定好了:县发改局局长。"));
    office.says("陌生人", "陌生人", &format!("绑定 {code}")).await;
    assert_eq!(office.last("陌生人"), "绑定码不对或已失效,请向督查室要一个新的。");

    office.says(admin, admin, "邀请 县财政局局长").await;
    let code = code_in(&office.last(admin));
    office.sleep_until("2022-07-05 09:00").await;
    office.says("县财政局局长", "县财政局局长", &format!("绑定 {code}")).await;
    assert_eq!(office.last("县财政局局长"), "绑定码不对或已失效,请向督查室要一个新的。");
    assert_eq!(
        office.count("select count(*) from account where name in ('陌生人', '县财政局局长')").await,
        0
    );
}

#[tokio::test]
async fn only_the_administrator_gives_roles_in_the_office() {
    let office = Office::open("2022-06-27 07:00").await;
    office.says("督查室科员", "督查室科员", "邀请 督查室").await;
    assert_eq!(office.last("督查室科员"), "只有管理员能发这个角色的绑定码。");
    office.says("督查室科员", "督查室科员", "邀请 火星局局长").await;
    assert_eq!(office.last("督查室科员"), "没有叫“火星局局长”的单位、岗位或工作组。");
}

#[tokio::test]
async fn the_self_check_says_who_cannot_be_reached() {
    let office = first_day().await;
    office.says("督查室值班员", "督查室值班员", "自检").await;
    let line = office.last("督查室值班员");
    assert!(line.starts_with("6月27日 07:00 自检:在办"), "{line}");
    assert!(line.contains("处理失败0条。"), "{line}");
    assert!(!line.contains("完全联系不上的单位0个"), "empty rooms reach nobody: {line}");
}
