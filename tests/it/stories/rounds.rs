//! The cards of the rounds: in the right chats, on workdays, once.

use crate::office::Office;

#[tokio::test]
async fn on_the_last_monday_of_a_quarter_every_round_asks_in_the_right_chat() {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 08:59").await;
    assert_eq!(office.chat("县发改局"), "", "nobody is asked before nine");

    office.wait_until("2022-06-27 09:00").await;
    let unit = office.card("县发改局").text;
    assert!(unit.starts_with("【督办提醒】县发改局 · 6月27日 周一 · 18项\n"), "{unit}");
    assert!(Office::item(&unit, 7).contains("开周例会 · 第26周,7月1日(周五)前报"), "{unit}");
    // The month's and the quarter's report are two filings, and one line.
    let both = "报月小结(6月)、报季汇总(二季度) · 6月30日(周四)前报";
    assert!(Office::item(&unit, 7).contains(both), "{unit}");
    assert!(unit.ends_with("为何收到:每季例行;每月例行;每周例行。"), "{unit}");

    let team = office.card("财税组").text;
    assert!(team.starts_with("【督办提醒】财税组 · 6月27日 周一 · 9项\n"), "{team}");
    assert!(team.contains("组内谁报都行") && team.contains("#28 ") && !team.contains("#7 "), "{team}");
    let townships = office.card("乡镇").text;
    assert!(Office::item(&townships, 7).contains("待报:成富乡、东风镇"), "{townships}");
    // What may not be chased directly goes through the office; nobody with a group is asked in private.
    assert!(office.card("督查室").text.contains("请转达:友谊生态环境局"));
    assert_eq!(office.chat("县发改局局长") + &office.chat("成富乡乡长"), "");
    // A unit without any group is asked in private, and a team without a group too.
    assert!(office.card("县财政局局长").text.contains("#7 "));
    assert!(office.card("县人社局局长").text.contains("#58 "));
}

#[tokio::test]
async fn nobody_gets_a_second_card_on_the_same_day() {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 18:00").await;
    for place in ["县发改局", "财税组", "乡镇", "督查室", "县财政局局长"] {
        assert_eq!(office.cards(place).len(), 1, "{place}");
    }
    // What was not answered is asked about once more before it is due, and then no more.
    office.wait_until("2022-06-29 18:00").await;
    assert_eq!(office.cards("财税组").len(), 2);
    assert!(office.card("财税组").text.contains("还没报"));
    office.wait_until("2022-07-08 18:00").await;
    assert_eq!(office.cards("财税组").len(), 2, "an item without a date is never overdue");
}

#[tokio::test]
async fn nothing_is_said_on_a_holiday_nor_on_a_sunday() {
    let office = Office::open("2022-06-02 12:00").await;
    office.wait_until("2022-06-02 23:00").await;
    let before = office.fake.calls().iter().filter(|call| call.method == "sendmessage").count();
    // Dragon Boat Friday and the weekend after it.
    office.wait_until("2022-06-05 23:00").await;
    let after = office.fake.calls().iter().filter(|call| call.method == "sendmessage").count();
    assert_eq!(before, after);
    office.wait_until("2022-06-06 09:00").await;
    assert!(office.card("县发改局").text.contains("6月6日 周一"));
}

#[tokio::test]
async fn a_make_up_saturday_is_a_workday() {
    let office = Office::open("2022-10-06 08:00").await;
    office.wait_until("2022-10-07 20:00").await;
    assert_eq!(office.chat("县发改局"), "", "the National Day holidays are kept");
    office.wait_until("2022-10-08 09:00").await;
    let card = office.card("县发改局").text;
    assert!(card.starts_with("【督办提醒】县发改局 · 10月8日 周六"), "{card}");
    assert!(Office::item(&card, 7).contains("开周例会"), "{card}");
}

#[tokio::test]
async fn what_the_office_has_not_settled_is_asked_of_nobody() {
    let office = Office::open("2022-05-18 08:00").await;
    office.wait_until("2022-06-30 18:00").await;
    let vague = "select count(*) from filing f join duty d on d.duty_id = f.duty_id where d.hold is not null";
    assert_eq!(office.count(vague).await, 0, "neither a vague word nor a date before the notice");
    let drafts = "select count(*) from filing f join duty d on d.duty_id = f.duty_id
                  join task t on t.task_id = d.task_id where t.state = 'draft'";
    assert_eq!(office.count(drafts).await, 0);
    // The office itself is told of them once a week, as what needs a date.
    for place in ["县发改局", "乡镇", "财税组"] {
        let all = office.chat(place);
        assert!(!all.contains("#6 ") && !all.contains("#8 ") && !all.contains("汇编成册"), "{all}");
    }
}

#[tokio::test]
async fn a_group_that_was_bound_is_spoken_to_rather_than_an_empty_room() {
    // The roster of the sample plan brings a built-in room for every team; nobody sits there.
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    let to_rooms = "select count(*) from card k join chat c on c.chat_id = k.chat_id
                    where c.channel = 'room' and c.title in ('县发改局', '财税组工作群', '督查室', '成富乡')";
    assert_eq!(office.count(to_rooms).await, 0);
    assert_eq!(office.cards("财税组").len(), 1);
}

#[tokio::test]
async fn a_round_may_be_answered_by_the_lead_for_all() {
    let mut settings = duban::config::shipped();
    for round in &mut settings.policy.rounds {
        round.files = duban::rules::policy::Files::Lead;
    }
    let office = Office::with_everybody("2022-06-27 08:00", settings).await;
    office.wait_until("2022-06-27 09:00").await;
    let owners = "select count(distinct f.unit_id) from filing f join duty d on d.duty_id = f.duty_id
                  where d.task_id = 5 and f.period = '2022-06'";
    assert_eq!(office.count(owners).await, 1, "the lead only");
    assert!(office.card("县发改局").text.contains("#5 "), "{}", office.card("县发改局").text);
    assert!(!office.chat("乡镇").contains("#5 "), "{}", office.chat("乡镇"));
}

/// Row 3: 季汇总。
#[tokio::test]
async fn row_03_the_report_of_a_quarter_is_put_together_from_its_months_and_filed_with_one_tap() {
    let office = Office::open("2022-05-26 08:00").await;
    office.wait_until("2022-05-30 09:00").await;
    office.says("县发改局局长", "县发改局局长", "汇总").await;
    assert!(
        office.last("县发改局局长").starts_with("现在没有可以拼的汇总"),
        "{}",
        office.chat("县发改局局长")
    );
    office.says("县发改局局长", "县发改局", "#7.2 开会4次,风电前期跑了两趟省里").await;
    office.wait_until("2022-06-28 10:00").await;
    office.says("县发改局局长", "县发改局", "#7.2 开会5次,过境公路用地还没批").await;

    office.taps("县发改局局长", "县发改局", "#7…").await;
    office.taps("县发改局局长", "县发改局", "用已报的各月汇总").await;
    let draft = office.last("县发改局");
    assert_eq!(
        draft,
        "#7.3 报季汇总(二季度),已替您拼好:\n5月:开会4次,风电前期跑了两趟省里;6月:开会5次,过境公路用地还没批\n要改就写:#7.3 加您的话。"
    );
    // Nobody else files it, and what is filed is what was shown.
    office.taps("县财政局局长", "县发改局", "照此上报").await;
    let filed =
        "select count(*) from filing f join duty d on d.duty_id = f.duty_id where d.task_id = 7 and d.seq = 3
                 and f.state = 'accepted'";
    assert_eq!(office.count(filed).await, 0);
    office.taps("县发改局局长", "县发改局", "照此上报").await;
    assert!(office.last("县发改局").starts_with("已记 ✓ #7"), "{}", office.last("县发改局"));
    assert_eq!(office.count(filed).await, 1);
    let kept = "select last_text from filing f join duty d on d.duty_id = f.duty_id where d.task_id = 7 and d.seq = 3
                and f.state = 'accepted'";
    let text = office.texts(kept).await.join("");
    assert!(text.contains("5月:开会4次") && text.contains("用地还没批"), "{text}");
    office.says("县发改局局长", "县发改局局长", "汇总 7").await;
    assert!(
        office.last("县发改局局长").starts_with("现在没有可以拼的汇总"),
        "{}",
        office.last("县发改局局长")
    );
}
