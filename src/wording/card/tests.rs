//! Cards as people read them.

use chrono::{DateTime, Utc};

use super::*;
use crate::config;
use crate::domain::filing::{Filing, FilingState, Owner, Patience, Standing};
use crate::domain::ids::{CardId, UnitId};
use crate::domain::period::{Cadence, Period};
use crate::domain::reason::Reason;

fn now() -> Now {
    Now::new("2022-06-27T01:00:00Z".parse().expect("an instant"), chrono_tz::Asia::Shanghai)
}

fn item(task: i64, title: &str, due: Option<&str>, reason: Reason) -> CardItem {
    let due_on: Option<NaiveDate> = due.map(|due| due.parse().expect("a day"));
    let opened: DateTime<Utc> = "2022-06-01T01:00:00Z".parse().expect("an instant");
    CardItem {
        task: TaskNo(task),
        title: title.to_owned(),
        duty: "报一次".to_owned(),
        seq: 1,
        duties: 1,
        confidential: false,
        owner: "县发改局".to_owned(),
        team_owned: false,
        filing: Filing {
            id: FilingId(task),
            owner: Owner::Unit(UnitId(1)),
            period: due_on.map_or(Period::Once, Period::Day),
            opened_at: opened,
            reviewed: true,
            progress: false,
            target: None,
            starts: None,
            patience: Patience::default(),
            was_overdue: false,
            version: 0,
            standing: Standing::new(opened, due_on, due_on.map(|day| now().end_of(day))),
        },
        reason,
        handled: false,
        cycle: 1,
        asked_at: now().at(),
        reporter: None,
        pre_review: None,
        files: 0,
        missed: 0,
        part: 1,
    }
}

fn card(items: Vec<CardItem>) -> Card {
    Card {
        id: CardId(5),
        kind: CardKind::Reminder,
        chat: "县发改局工作群".to_owned(),
        private: false,
        office: false,
        trusted: false,
        day: now().today(),
        late: false,
        leading: None,
        items,
    }
}

fn text(card: &Card) -> String {
    let settings = config::shipped();
    let now = now();
    let view = View { now: &now, calendar: &settings.calendar, text_max: 4096 };
    let spoken = render(card, view).expect("something to say").spoken;
    let mut text = spoken.text;
    for row in spoken.choices {
        let labels: Vec<String> = row.iter().map(|choice| format!("[{}]", choice.label)).collect();
        text.push('\n');
        text.push_str(&labels.join(" "));
    }
    text
}

fn example() -> Card {
    let mut late = item(31, "过境公路开工", Some("2022-06-24"), Reason::Overdue(1));
    late.filing.standing.percent = Some(40);
    late.filing.standing.blocker = Some("用地".to_owned());
    late.filing.standing.reported_at = Some("2022-06-10T02:00:00Z".parse().expect("an instant"));
    let soon = item(28, "风电项目开工", Some("2022-06-28"), Reason::Before(1));
    let mut routine = item(5, "重点项目月调度", Some("2022-06-30"), Reason::Round(Cadence::Month));
    routine.filing.period = Period::Month { year: 2022, month: 6 };
    routine.filing.reviewed = false;
    card(vec![routine, soon, late])
}

#[test]
fn the_most_urgent_stands_first_and_everything_says_when_and_why() {
    insta::assert_snapshot!(text(&example()), @r"
    【督办提醒】县发改局 · 6月27日 周一 · 3项
    红 #31 过境公路开工
       逾期1个工作日(应6月24日(周五))
       上次6月10日:40%,卡在用地
    黄 #28 风电项目开工
       6月28日(周二)到期,还有1个工作日
    黄 #5 重点项目月调度
       6月,6月30日(周四)前报
    回复本条就行,比如:31完成60%;28办结;5已办
    为何收到:每月例行;#31 逾期1个工作日;#28 到期前1个工作日。
    [#31…] [#28…] [#5…]
    [其余无变化]
    ");
}

#[test]
fn an_answered_item_is_ticked_and_loses_its_button() {
    let mut card = example();
    card.items[1].filing.standing.state = FilingState::Claimed;
    let text = text(&card);
    assert!(text.contains("✓ #28 风电项目开工"), "{text}");
    assert!(!text.contains("[#28…]"), "{text}");
}

#[test]
fn a_card_with_nothing_left_says_so_and_has_no_buttons() {
    let mut card = example();
    for item in &mut card.items {
        item.filing.standing.state = FilingState::Accepted;
    }
    let text = text(&card);
    assert!(text.ends_with("辛苦。"), "{text}");
}

#[test]
fn in_a_group_a_common_item_stands_once_with_the_units_that_still_owe() {
    let mut card = example();
    card.items.truncate(1);
    for (n, owner) in [(101, "县财政局"), (102, "县民政局")] {
        let mut more = card.items[0].clone();
        more.owner = owner.to_owned();
        more.filing.id = FilingId(n);
        card.items.push(more);
    }
    card.items[0].filing.standing.state = FilingState::Accepted;
    let text = text(&card);
    assert_eq!(text.matches("#5 重点项目月调度").count(), 1, "{text}");
    assert!(text.contains("县财政局、县民政局") && !text.contains("县发改局、"), "{text}");
}

#[test]
fn a_confidential_item_is_only_pointed_at_in_a_group() {
    let mut card = example();
    card.items[2].confidential = true;
    let text = text(&card);
    assert!(text.contains("#31 有内部事项"), "{text}");
    assert!(!text.contains("过境公路") && !text.contains("用地") && !text.contains("[#31…]"), "{text}");
}

#[test]
fn a_long_card_is_split_between_items_and_loses_none() {
    let items: Vec<CardItem> = (1..=60)
        .map(|n| item(n, "一个名字相当长的督办事项要占掉不少地方", Some("2022-07-20"), Reason::Before(7)))
        .collect();
    let settings = config::shipped();
    let now = now();
    let view = View { now: &now, calendar: &settings.calendar, text_max: 1500 };
    let mut left: Vec<FilingId> = items.iter().map(|item| item.filing.id).collect();
    let mut messages = 0;
    while !left.is_empty() {
        let mut part = card(items.clone());
        part.items.retain(|item| left.contains(&item.filing.id));
        let rendered = render(&part, view).expect("something to say");
        assert!(rendered.spoken.text.chars().count() <= 1500);
        for filing in left.iter().filter(|filing| !rendered.left_over.contains(filing)) {
            assert!(rendered.spoken.text.contains(&format!("#{filing} ")), "{filing} is lost");
        }
        assert!(rendered.left_over.len() < left.len());
        left = rendered.left_over;
        messages += 1;
    }
    assert!(messages > 2);
}

#[test]
fn a_due_day_on_which_nobody_works_is_named_with_the_last_workday_before() {
    let saturday = item(39, "厂房竣工", Some("2022-07-02"), Reason::Before(3));
    let told = text(&card(vec![saturday]));
    assert!(told.contains("7月2日(周六)到期,那天不上班,请在7月1日(周五)前办,还有4个工作日"), "{told}");
}

#[test]
fn a_duty_with_a_target_is_held_against_the_elapsed_workdays() {
    let mut slow = item(21, "就业1000人", Some("2022-07-29"), Reason::Before(7));
    slow.filing.target = Some(crate::domain::quantity::Quantity::new(1000.0, "人"));
    slow.filing.standing.quantity = Some(100.0);
    slow.filing.standing.reported_at = Some("2022-06-10T02:00:00Z".parse().expect("an instant"));
    let told = text(&card(vec![slow.clone()]));
    assert!(told.contains("黄 #21") && told.contains("按序时应到41%"), "{told}");
    assert!(told.contains("上次6月10日:100人"), "{told}");
    slow.filing.standing.quantity = Some(350.0);
    let told = text(&card(vec![slow]));
    assert!(told.contains("绿 #21") && !told.contains("序时"), "{told}");
}
