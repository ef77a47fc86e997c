//! When the agenda is due, and what stands on it.

use super::*;
use crate::config;
use crate::domain::filing::{Owner, Patience, Standing};
use crate::domain::ids::{FilingId, UnitId};
use crate::domain::period::Period;

fn at(local: &str) -> Now {
    let zone = chrono_tz::Asia::Shanghai;
    let local = chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").expect("a time");
    Now::new(Now::new(DateTime::UNIX_EPOCH, zone).instant_of(local), zone)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn due_at(now: &str, imported: &str, last: Option<&str>) -> bool {
    let settings = config::shipped();
    is_due(&settings.policy, &settings.calendar, &at(now), Some(at(imported).at()), last.map(day))
}

#[test]
fn it_is_due_once_a_week_and_first_in_the_week_after_the_plan_came() {
    let wednesday = "2022-05-18 09:00";
    assert!(!due_at("2022-05-18 09:00", wednesday, None));
    assert!(!due_at("2022-05-23 08:59", wednesday, None));
    assert!(due_at("2022-05-23 09:00", wednesday, None));
    assert!(!due_at("2022-05-23 09:01", wednesday, Some("2022-05-23")));
    assert!(due_at("2022-05-30 09:00", wednesday, Some("2022-05-23")));
}

#[test]
fn after_downtime_the_newest_is_drawn_up_and_a_clock_that_jumps_back_asks_for_none() {
    let wednesday = "2022-05-18 09:00";
    assert!(due_at("2022-06-15 14:00", wednesday, Some("2022-05-23")), "on the Wednesday it is back");
    assert!(!due_at("2022-06-16 09:00", wednesday, Some("2022-06-15")), "and then no more that week");
    assert!(!due_at("2022-06-08 09:00", wednesday, Some("2022-06-15")));
}

#[test]
fn a_holiday_monday_moves_it_and_a_year_end_does_not_lose_it() {
    let imported = "2022-05-18 09:00";
    assert!(!due_at("2022-09-12 12:00", imported, Some("2022-09-05")), "Mid-Autumn Monday");
    assert!(due_at("2022-09-13 09:00", imported, Some("2022-09-05")));
    // 2 January 2023 is a holiday of the week 2023-W01, which begins on it.
    assert!(!due_at("2023-01-02 12:00", imported, Some("2022-12-26")));
    assert!(due_at("2023-01-03 09:00", imported, Some("2022-12-26")));
    // Week 53: 2026-W53 runs from 28 December 2026 to 3 January 2027.
    assert!(due_at("2026-12-28 09:00", imported, Some("2026-12-21")));
}

fn item(task: i64, owner: &str, due: Option<&str>) -> Item {
    let opened = at("2022-05-18 09:00");
    let due_on = due.map(day);
    Item {
        task: TaskNo(task),
        title: Some(format!("事项{task}")),
        seq: 1,
        owner: owner.to_owned(),
        imported_at: opened.at(),
        filing: Filing {
            id: FilingId(task),
            owner: Owner::Unit(UnitId(1)),
            period: due_on.map_or(Period::Once, Period::Day),
            opened_at: opened.at(),
            reviewed: true,
            progress: false,
            target: None,
            starts: None,
            patience: Patience::default(),
            was_overdue: false,
            version: 0,
            standing: Standing::new(opened.at(), due_on, due_on.map(|day| opened.end_of(day))),
        },
    }
}

fn drawn(items: &[Item], now: &str) -> Agenda {
    let settings = config::shipped();
    draw_up(items, &settings.policy, &settings.calendar, &at(now))
}

fn tasks(lines: &[AgendaLine]) -> Vec<i64> {
    lines.iter().map(|line| line.task.0).collect()
}

#[test]
fn every_item_stands_where_it_belongs_with_all_who_owe_it() {
    let mut stuck = item(3, "甲", None);
    stuck.filing.standing.blocker = Some("用地".to_owned());
    let mut routine = item(4, "甲", Some("2022-06-24"));
    routine.filing.period = Period::containing(Cadence::Week, day("2022-06-24"));
    let mut done = item(5, "甲", Some("2022-06-01"));
    done.filing.standing.state = FilingState::Accepted;
    let items = [
        item(1, "甲", Some("2022-06-20")),
        item(1, "乙", Some("2022-06-20")),
        item(2, "甲", Some("2022-07-11")),
        item(6, "甲", Some("2022-07-12")),
        stuck,
        routine,
        done,
    ];
    let agenda = drawn(&items, "2022-06-27 09:00");
    assert_eq!(tasks(&agenda.overdue), [1]);
    assert_eq!(agenda.overdue[0].owners, ["甲", "乙"]);
    assert_eq!(tasks(&agenda.soon), [2], "fourteen days ahead and no more");
    assert_eq!(tasks(&agenda.stuck), [3]);
    assert_eq!(agenda.missed, [(TaskNo(4), 1)]);
    assert_eq!(tasks(&agenda.new), [] as [i64; 0]);
    assert_eq!(tasks(&drawn(&items, "2022-05-23 09:00").new), [3, 1, 4, 2, 6], "within a week of the plan");
}

#[test]
fn the_write_off_window_is_open_as_long_as_the_quarters_round() {
    let mut claimed = item(1, "甲", Some("2022-06-20"));
    claimed.filing.standing.state = FilingState::Claimed;
    let items = [claimed, item(2, "甲", Some("2022-06-30")), item(3, "甲", Some("2022-07-31"))];
    assert_eq!(drawn(&items, "2022-06-17 09:00").window, None);
    let window = drawn(&items, "2022-06-27 09:00").window.expect("open");
    assert_eq!((window.until, window.ripe), (day("2022-06-30"), vec![(TaskNo(1), 1)]));
    assert_eq!(window.lacking, [(TaskNo(2), 1)]);
}

#[test]
fn a_campaign_counts_down_and_burns_down() {
    let campaign = |owner: &str, reported: Option<&str>| {
        let mut one = item(14, owner, Some("2022-08-25"));
        one.filing.starts = Some(day("2022-05-18"));
        if let Some(reported) = reported {
            one.filing.standing.state = FilingState::Accepted;
            one.filing.standing.reported_at = Some(at(reported).at());
        }
        one
    };
    let items = [
        campaign("甲", Some("2022-06-10 10:00")),
        campaign("乙", Some("2022-06-24 10:00")),
        campaign("丙", None),
    ];
    let agenda = drawn(&items, "2022-06-27 09:00");
    let one = &agenda.campaigns[0];
    assert_eq!((one.day, one.days, one.ends), (41, 100, day("2022-08-25")));
    assert_eq!((one.finished, one.left_a_week_ago), ((2, 3), 2));
    assert_eq!(one.next, Some((day("2022-07-07"), 50)));
    assert!(drawn(&items, "2022-08-26 09:00").campaigns.is_empty());
}
