//! People come and go: taking over, leave, standing in, and who reads what (rows 34 to 43 of the table of mechanisms).

use crate::office::Office;

/// Picks the code out of an answer like `绑定码 K7M2PQ9XTB,用一次…`.
pub fn code_in(answer: &str) -> String {
    let after = answer.split("绑定码 ").nth(1).unwrap_or_else(|| panic!("no code in {answer}"));
    after.chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// Somebody is bound to a post by a code of the office.
async fn bound(office: &Office, who: &str, post: &str) {
    office.says("督查室科员", "督查室科员", &format!("邀请 {post}")).await;
    let code = code_in(&office.last("督查室科员"));
    office.says(who, who, &format!("绑定 {code}")).await;
    assert!(office.last(who).contains("绑定好了"), "{}", office.last(who));
}

/// Row 40: 人员变动由接任者顺延接替。
#[tokio::test]
async fn row_40_a_successor_takes_the_post_over_from_its_day_and_old_records_keep_the_old_holder() {
    let office = Office::open("2022-06-20 08:00").await;
    office.says("县发改局局长", "县发改局", "#28 完成40%,卡在用地").await;
    office.says("督查室科员", "督查室", "接任 发改局局长 李四 7月1日").await;
    let said = office.last("督查室");
    assert!(said.starts_with("已定 ✓ 县发改局局长:7月1日起由李四接任。"), "{said}");
    let code = code_in(&said);

    // Bound before the day: nothing changes yet.
    office.says("陌生人", "陌生人", &format!("绑定 {code}")).await;
    assert!(
        office.last("陌生人").starts_with("登记好了:7月1日起任县发改局局长"),
        "{}",
        office.last("陌生人")
    );
    office.wait_until("2022-06-30 12:00").await;
    office.says("县发改局局长", "县发改局", "#28 完成50%").await;
    assert!(office.last("县发改局").starts_with("已记 ✓ #28 50%"), "{}", office.last("县发改局"));
    assert!(!office.chat("陌生人").contains("【交接包】"));

    office.wait_until("2022-07-01 09:00").await;
    let card = office.card("陌生人").text;
    assert!(card.starts_with("【交接包】7月1日 周五\n县发改局局长,7月1日起,接县发改局局长。在办"), "{card}");
    assert!(card.contains("◆ 逾期 7项\n红 #16 ") && card.contains("#28 "), "{card}");
    office.says("县发改局局长", "县发改局局长", "#28 完成90%").await;
    assert!(!office.last("县发改局局长").contains("已记"), "{}", office.last("县发改局局长"));
    office.says("陌生人", "陌生人", "#28 完成60%").await;
    assert!(office.last("陌生人").starts_with("已记 ✓ #28 60%(上次50%)"), "{}", office.last("陌生人"));
    let by = "select distinct r.percent || a.name from report r join account a on a.account_id = r.account_id order by 1";
    assert_eq!(office.texts(by).await, ["40县发改局局长", "50县发改局局长", "60陌生人"]);

    office.says("督查室科员", "督查室", "接任 县发改局局长").await;
    let held = office.last("督查室");
    assert!(held.contains("县发改局局长 6月20日—7月1日") && held.contains("李四 7月1日起"), "{held}");
    office.wait_until("2022-07-11 09:00").await;
    assert_eq!(office.chat("陌生人").matches("【交接包】").count(), 1, "once");
}

#[tokio::test]
async fn row_40_a_handover_is_taken_back_while_the_successor_has_not_acted() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("督查室科员", "督查室", "接任 县财政局局长 县人社局局长").await;
    assert!(office.last("督查室").contains("6月27日起由县人社局局长接任"), "{}", office.last("督查室"));
    office.says("县财政局局长", "县财政局局长", "#7 完成20%").await;
    assert!(!office.last("县财政局局长").contains("已记"));
    office.says("督查室科员", "督查室", "撤销").await;
    assert!(office.last("督查室").contains("县财政局局长的接任不算"), "{}", office.last("督查室"));
    office.says("县财政局局长", "县财政局局长", "#7 完成20%").await;
    assert!(office.last("县财政局局长").contains("已记"), "{}", office.last("县财政局局长"));

    office.says("督查室科员", "督查室", "接任 县财政局局长 县人社局局长").await;
    office.says("县人社局局长", "县人社局局长", "#7 完成30%").await;
    assert!(office.last("县人社局局长").contains("已记"), "{}", office.last("县人社局局长"));
    office.says("督查室科员", "督查室", "撤销").await;
    assert!(!office.last("督查室").contains("接任不算"), "{}", office.last("督查室"));
}

/// Row 38: one person on several posts hears one card.
#[tokio::test]
async fn row_38_one_person_on_several_posts_hears_one_card_for_all_of_them() {
    let office = Office::open("2022-06-20 08:00").await;
    bound(&office, "县人社局局长", "县民政局局长").await;
    office.wait_until("2022-07-01 18:00").await;
    let cards = office.cards("县人社局局长");
    let both = cards.iter().find(|card| card.text.contains("县人社局") && card.text.contains("县民政局"));
    let both = &both.expect("one card for both units").text;
    assert!(both.starts_with("【督办提醒】"), "{both}");
    for day in 20..=30 {
        let of_day = cards.iter().filter(|card| card.text.contains(&format!(" · 6月{day}日 周"))).count();
        assert!(of_day <= 1, "{of_day} cards on June {day}");
    }
}

#[tokio::test]
async fn row_40_whoever_stands_in_hears_and_answers_from_the_first_day_to_the_last() {
    let office = Office::open("2022-06-24 08:00").await;
    // No group of its own: the head is asked in private.
    office.says("县财政局局长", "县财政局局长", "请假 6月27日到7月1日,由县人社局局长代理").await;
    let said = office.last("县财政局局长");
    assert!(said.starts_with("已登记 ✓ 县财政局局长 6月27日到7月1日请假。期间由县人社局局长代理"), "{said}");
    assert!(office.last("县人社局局长").starts_with("6月27日到7月1日县财政局局长由您代理"));
    office.wait_until("2022-06-24 18:00").await;
    let before = office.cards("县财政局局长").len();
    office.wait_until("2022-07-01 18:00").await;
    assert_eq!(office.cards("县财政局局长").len(), before, "{}", office.chat("县财政局局长"));
    let told = office.chat("县人社局局长");
    assert!(told.contains("【交接包】") && told.contains("代理县财政局局长,到7月1日"), "{told}");
    assert!(told.contains("县财政局"), "{told}");
    // An item of a team that only the one who is away sits in.
    office.says("县人社局局长", "县人社局局长", "#28 完成30%").await;
    assert!(office.last("县人社局局长").contains("已记"), "{}", office.last("县人社局局长"));
    office.says("督查室科员", "督查室", "请假").await;
    assert!(
        office.last("督查室").contains("县财政局局长 6月27日到7月1日(在假)"),
        "{}",
        office.last("督查室")
    );

    office.wait_until("2022-07-04 08:00").await;
    office.says("县人社局局长", "县人社局局长", "#28 完成50%").await;
    assert!(!office.last("县人社局局长").contains("已记 ✓ #28 50%"), "{}", office.last("县人社局局长"));
    office.wait_until("2022-07-29 18:00").await;
    assert!(office.cards("县财政局局长").len() > before, "back, and asked again");
}

#[tokio::test]
async fn row_40_nobody_sends_others_on_leave_and_a_leave_ends_early() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("县人社局局长", "县人社局局长", "请假 县财政局局长 6月27日到7月8日").await;
    assert!(office.last("县人社局局长").contains("只能登记自己的请假"));
    office.says("县发改局联络员", "县发改局联络员", "请假 县发改局局长 6月27日到7月8日").await;
    assert!(
        office.last("县发改局联络员").starts_with("已登记 ✓ 县发改局局长"),
        "{}",
        office.last("县发改局联络员")
    );
    office.says("县发改局联络员", "县发改局联络员", "请假 县发改局局长 7月1日").await;
    assert!(office.last("县发改局联络员").contains("已经登记过"));
    let away = "select count(*) from tenure where away = 1";
    assert_eq!(office.count(away).await, 1);
    office.says("县发改局局长", "县发改局局长", "销假").await;
    assert!(
        office.last("县发改局局长").starts_with("已销假 ✓ 县发改局局长"),
        "{}",
        office.last("县发改局局长")
    );
    assert_eq!(office.count(away).await, 0);
    office.says("督查室科员", "督查室", "请假 县财政局局长 6月28日").await;
    office.says("督查室科员", "督查室", "撤销").await;
    assert!(office.last("督查室").contains("请假不算"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "请假").await;
    assert_eq!(office.last("督查室"), "没有登记的请假。");
}

/// Row 42: 县级领导分管领域督促。
#[tokio::test]
async fn row_42_a_county_leader_reads_once_a_week_and_is_never_asked() {
    let office = Office::open("2022-06-24 08:00").await;
    bound(&office, "陌生人", "副县长(民生组组长)").await;
    office.says("县财政局局长", "县财政局局长", "#7 用地没批").await;
    office.wait_until("2022-07-11 18:00").await;
    let cards = office.cards("陌生人");
    assert_eq!(cards.len(), 3, "one a week: {}", office.chat("陌生人"));
    for card in &cards {
        assert!(card.text.starts_with("【每周一览】陌生人 · "), "{}", card.text);
        assert!(
            card.text.contains("\n■ 民生组:在办5项") && card.text.ends_with("只供参阅,不用填报。"),
            "{}",
            card.text
        );
        assert!(!card.text.contains("财税组"), "{}", card.text);
        assert!(card.buttons.is_empty(), "nothing to tap");
    }
}

/// DOMAIN section 5, point 3: what hangs on vacant posts is not lost.
#[tokio::test]
async fn row_38_where_nobody_is_home_is_listed_every_week_and_on_demand() {
    let office = Office::open("2022-06-24 08:00").await;
    office.says("督查室科员", "督查室", "接任 县财政局局长 空缺").await;
    let said = office.last("督查室");
    assert!(said.starts_with("已定 ✓ 县财政局局长:6月24日起空缺。") && said.contains("没有人接收"), "{said}");
    office.says("督查室科员", "督查室", "请假 县人社局局长 6月24日到7月1日").await;
    office.says("督查室科员", "督查室", "无人").await;
    let list = office.last("督查室");
    assert!(list.contains("县委常委、副县长(财税组组长)(挂着9项)"), "{list}");
    assert!(list.contains("县财政局局长(挂着"), "{list}");
    assert!(list.contains("◆ 请假没有代理人:县人社局局长(到7月1日)"), "{list}");
    assert!(list.contains("◆ 没有绑定的岗位 ") && list.contains("东风镇镇长"), "{list}");
    assert!(list.contains("◆ 经督查室转达(党群、垂管、企业):友谊生态环境局"), "{list}");
    office.wait_until("2022-06-27 09:00").await;
    let agenda = office.card("督查室").text;
    assert!(
        agenda.contains("县财政局局长(挂着") && agenda.contains("请假没有代理人:县人社局局长"),
        "{agenda}"
    );
    // Nobody asks into the void, and what is told one level up comes to the office.
    office.wait_until("2022-07-01 18:00").await;
    assert!(!office.chat("县财政局局长").contains("【督办提醒】"), "{}", office.chat("县财政局局长"));
    assert!(!office.chat("县人社局局长").contains("6月27日 周一"), "{}", office.chat("县人社局局长"));
}

/// Silence is only counted on days on which somebody was there.
#[tokio::test]
async fn row_40_leave_without_a_stand_in_is_no_silence() {
    let silent = "select count(*) from ask a join filing f on f.filing_id = a.filing_id join unit u on u.unit_id = f.unit_id
                  where u.code = 'rsj' and a.step like 'silent%'";
    let office = Office::open("2022-05-18 09:00").await;
    office.says("督查室科员", "督查室", "定期限 26 12月30日").await;
    office.says("督查室科员", "督查室", "请假 县人社局局长 5月19日到6月30日").await;
    office.wait_until("2022-06-30 18:00").await;
    let without = office.count(silent).await;
    let other = Office::open("2022-05-18 09:00").await;
    other.says("督查室科员", "督查室", "定期限 26 12月30日").await;
    other.wait_until("2022-06-30 18:00").await;
    let with = other.count(silent).await;
    assert!(without < with, "{without} of {with}");
}

/// Row 38: `组 财税` gives the card of a group; row 42: the remit of a county leader (战线) by units.
#[tokio::test]
async fn row_38_and_42_groups_and_remits_are_shown_and_set_by_command() {
    let office = Office::open("2022-06-24 08:00").await;
    office.says("督查室科员", "督查室", "组 财税").await;
    let card = office.last("督查室");
    assert!(card.starts_with("财税和项目谋划推进组\n组长:县委常委、副县长(财税组组长)(空缺)"), "{card}");
    assert!(card.contains("副组长:县发改局局长、县财政局局长、县粮食局负责人(未绑定)"), "{card}");
    assert!(card.contains("财税组:在办9项"), "{card}");
    office.says("成富乡乡长", "成富乡乡长", "组 财税组").await;
    assert!(!office.last("成富乡乡长").contains("在办"), "{}", office.last("成富乡乡长"));

    bound(&office, "陌生人", "县长").await;
    office.says("督查室科员", "督查室", "分管 县长 财政局 人社局").await;
    assert!(
        office.last("督查室").starts_with("已定 ✓ 县长分管:县财政局、县人社局。"),
        "{}",
        office.last("督查室")
    );
    office.says("督查室科员", "督查室", "分管 县财政局局长 县审计局").await;
    assert!(office.last("督查室").contains("不是县领导岗位"), "{}", office.last("督查室"));
    office.wait_until("2022-06-27 09:00").await;
    let summary = office.card("陌生人").text;
    assert!(summary.contains("\n■ 分管部门:在办") && summary.contains("县财政局、县人社局"), "{summary}");
    office.says("督查室科员", "督查室", "分管 县长 无").await;
    office.wait_until("2022-07-04 09:00").await;
    assert_eq!(office.cards("陌生人").len(), 1, "{}", office.chat("陌生人"));
}

#[tokio::test]
async fn whoever_says_in_a_bound_chat_who_they_are_is_bound_by_a_tap_of_the_clerk() {
    let office = Office::open("2022-06-27 08:00").await;
    // A stranger learns nothing where nobody of the unit sits, and a sentence that names no post is talk.
    office.says("陌生人", "闲聊", "我是县发改局局长").await;
    office.says("陌生人", "县发改局", "我是来看看的").await;
    office.says("陌生人", "县发改局", "我是县财政局局长").await;
    assert_eq!((office.chat("闲聊").as_str(), office.chat("县发改局").as_str()), ("", ""));
    office.says("陌生人", "县发改局", "我是发改局联络员").await;
    assert_eq!(office.last("县发改局"), "已请督查室确认:县发改局联络员。确认后就绑定好了。");
    let asked = office.last("督查室");
    assert!(asked.starts_with("“县发改局”里的陌生人说自己是县发改局联络员,请核实。"), "{asked}");
    office.says("陌生人", "县发改局", "我是县发改局联络员").await;
    assert!(office.last("县发改局").starts_with("已经在等督查室确认"), "{}", office.last("县发改局"));
    // Only the office decides, once.
    assert!(!office.taps("县发改局局长", "督查室", "是本人,绑定").await.is_empty());
    assert_eq!(office.count("select count(*) from claim where state = 'agreed'").await, 0);
    office.taps("督查室科员", "督查室", "是本人,绑定").await;
    assert_eq!(office.last("督查室"), "已绑定 ✓ 陌生人:县发改局联络员。");
    assert!(
        office.last("县发改局").starts_with("陌生人,绑定好了:县发改局联络员。"),
        "{}",
        office.last("县发改局")
    );
    assert!(!office.taps("督查室负责人", "督查室", "不是").await.is_empty(), "decided already");
    office.says("陌生人", "陌生人", "#28 完成70%").await;
    assert!(office.last("陌生人").contains("已记 ✓ #28 70%"), "{}", office.last("陌生人"));
}

#[tokio::test]
async fn a_unit_without_a_liaison_gets_one_by_the_same_sentence() {
    let office = Office::open("2022-06-27 08:00").await;
    office.alter("delete from post where code = 'chengfu.liaison'").await;
    office.says("陌生人", "乡镇", "我是成富乡联络员").await;
    office.taps("督查室科员", "督查室", "是本人,绑定").await;
    assert!(office.last("督查室").contains("成富乡联络员"), "{}", office.last("督查室"));
    assert_eq!(
        office.count("select count(*) from post where code = 'chengfu.liaison' and rank = 'liaison'").await,
        1
    );
}
