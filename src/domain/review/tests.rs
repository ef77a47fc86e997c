//! What reports and decisions make of filings, state by state.

use proptest::prelude::*;

use super::*;
use crate::domain::filing::Owner;
use crate::domain::ids::{FilingId, UnitId};
use crate::domain::period::Period;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn filing(period: Period, reviewed: bool, state: FilingState) -> Filing {
    Filing {
        id: FilingId(1),
        owner: Owner::Unit(UnitId(1)),
        period,
        opened_at: at("2022-05-18T01:00:00Z"),
        reviewed,
        progress: false,
        target: Some(Quantity { value: 1000.0, unit: "人".to_owned() }),
        starts: None,
        patience: crate::domain::filing::Patience::default(),
        was_overdue: false,
        version: 0,
        standing: Standing {
            state,
            cycle: 1,
            since: at("2022-05-18T01:00:00Z"),
            due_on: Some(day("2022-05-31")),
            due_at: Some(at("2022-05-31T16:00:00Z")),
            percent: Some(40),
            quantity: None,
            last_text: None,
            reported_at: None,
            blocker: Some("用地没批".to_owned()),
            asked_due: None,
            asked_exempt: None,
            quiet_until: None,
            extensions: 0,
        },
    }
}

fn dated(state: FilingState) -> Filing {
    filing(Period::Day(day("2022-05-31")), true, state)
}

fn weekly(state: FilingState) -> Filing {
    filing(Period::Week { iso_year: 2022, week: 21 }, false, state)
}

fn said(status: Status) -> Said {
    Said::plain(status, "照实说".to_owned())
}

fn now() -> DateTime<Utc> {
    at("2022-05-30T02:00:00Z")
}

#[test]
fn done_is_only_a_claim_where_the_office_verifies() {
    assert_eq!(
        hear(&dated(FilingState::Open), &said(Status::Done), now()).map(|s| s.state),
        Ok(FilingState::Claimed)
    );
    assert_eq!(
        hear(&weekly(FilingState::Open), &said(Status::Done), now()).map(|s| s.state),
        Ok(FilingState::Accepted)
    );
}

#[test]
fn any_word_settles_a_routine_filing_but_never_a_dated_one() {
    for status in [Status::OnTrack, Status::Blocked, Status::NoChange] {
        assert_eq!(
            hear(&weekly(FilingState::Open), &said(status), now()).map(|s| s.state),
            Ok(FilingState::Accepted)
        );
        assert_eq!(
            hear(&dated(FilingState::Open), &said(status), now()).map(|s| s.state),
            Ok(FilingState::Open)
        );
    }
}

#[test]
fn what_was_not_held_stays_owed_but_a_progress_ask_is_answered_by_it() {
    let mut weekly = weekly(FilingState::Open);
    assert_eq!(hear(&weekly, &said(Status::NotStarted), now()).map(|s| s.state), Ok(FilingState::Open));
    weekly.progress = true;
    assert_eq!(hear(&weekly, &said(Status::NotStarted), now()).map(|s| s.state), Ok(FilingState::Accepted));
}

#[test]
fn a_claim_taken_back_takes_its_hundred_per_cent_along_and_no_change_keeps_its_words() {
    let mut claimed = dated(FilingState::Claimed);
    claimed.standing.percent = Some(100);
    claimed.standing.last_text = Some("已开工".to_owned());
    let back = hear(&claimed, &said(Status::OnTrack), now()).expect("owed");
    assert_eq!(back.percent, None);
    let same = hear(&claimed, &said(Status::NoChange), now()).expect("owed");
    assert_eq!((same.percent, same.last_text.as_deref()), (Some(100), Some("已开工")));
}

#[test]
fn a_later_not_yet_takes_the_claim_back() {
    let standing = hear(&dated(FilingState::Claimed), &said(Status::OnTrack), now()).expect("owed");
    assert_eq!(standing.state, FilingState::Open);
}

#[test]
fn what_the_office_closed_is_not_reopened_by_a_reply() {
    assert_eq!(
        hear(&dated(FilingState::Accepted), &said(Status::OnTrack), now()),
        Err(Refusal::AlreadyClosed)
    );
}

#[test]
fn a_quantity_becomes_a_share_of_the_target_and_never_rounds_up_to_all() {
    let mut reached = said(Status::OnTrack);
    reached.quantity = Some(Quantity { value: 999.9, unit: "人".to_owned() });
    let standing = hear(&dated(FilingState::Open), &reached, now()).expect("owed");
    assert_eq!((standing.percent, standing.quantity), (Some(99), Some(999.9)));
}

#[test]
fn an_acknowledgement_is_no_report() {
    let mut ack = said(Status::Ack);
    ack.until = Some(day("2022-06-03"));
    let standing = hear(&dated(FilingState::Open), &ack, now()).expect("owed");
    assert_eq!(standing.quiet_until, Some(day("2022-06-03")));
    assert_eq!(standing.reported_at, None);
}

#[test]
fn an_extension_is_a_request_until_the_office_grants_it() {
    let mut asks = said(Status::Extend);
    asks.new_due = Some(day("2022-06-30"));
    let standing = hear(&dated(FilingState::Open), &asks, now()).expect("owed");
    assert_eq!((standing.due_on, standing.asked_due), (Some(day("2022-05-31")), Some(day("2022-06-30"))));
}

fn to(on: &str) -> NewDue {
    NewDue { on: day(on), at: at("2022-06-30T16:00:00Z"), granted_at: now(), today: day("2022-05-30") }
}

#[test]
fn an_extension_starts_a_new_cycle_and_is_counted() {
    let standing = extend(&dated(FilingState::Open), to("2022-06-30")).expect("granted");
    assert_eq!((standing.cycle, standing.extensions, standing.due_on), (2, 1, Some(day("2022-06-30"))));
}

#[test]
fn an_extension_must_be_later_and_not_in_the_past_and_not_of_a_round() {
    assert_eq!(extend(&dated(FilingState::Open), to("2022-05-31")), Err(Refusal::NotLater));
    assert_eq!(extend(&dated(FilingState::Open), to("2022-05-29")), Err(Refusal::InThePast));
    assert_eq!(extend(&weekly(FilingState::Open), to("2022-06-30")), Err(Refusal::Recurring));
    assert_eq!(extend(&dated(FilingState::Accepted), to("2022-06-30")), Err(Refusal::AlreadyClosed));
}

#[test]
fn only_a_claim_can_be_sent_back_and_only_once() {
    let back = send_back(&dated(FilingState::Claimed), now()).expect("claimed");
    assert_eq!((back.state, back.cycle), (FilingState::SentBack, 2));
    assert_eq!(send_back(&dated(FilingState::Open), now()), Err(Refusal::NothingClaimed));
    assert_eq!(send_back(&dated(FilingState::SentBack), now()), Err(Refusal::NothingClaimed));
}

#[test]
fn closing_twice_is_refused() {
    assert_eq!(close(&dated(FilingState::Claimed)).map(|s| s.state), Ok(FilingState::Accepted));
    assert_eq!(close(&dated(FilingState::Accepted)), Err(Refusal::AlreadyClosed));
}

#[test]
fn a_task_with_rounds_never_finishes_by_itself() {
    assert!(task_is_finished(&[FilingState::Accepted, FilingState::Exempt], false));
    assert!(!task_is_finished(&[FilingState::Accepted, FilingState::Open], false));
    assert!(!task_is_finished(&[FilingState::Accepted], true));
    assert!(!task_is_finished(&[], false));
}

fn any_state() -> impl Strategy<Value = FilingState> {
    proptest::sample::select(FilingState::ALL.to_vec())
}

fn any_status() -> impl Strategy<Value = Status> {
    proptest::sample::select(Status::ALL.to_vec())
}

proptest! {
    /// Whatever is said in whatever state: percent stays within 100, a reply never changes the due day, and a dated
    /// filing is accepted by nobody but the office.
    #[test]
    fn no_reply_moves_a_date_or_accepts_what_the_office_must_verify(
        state in any_state(), status in any_status(), percent in proptest::option::of(any::<u8>()),
        value in proptest::option::of(-1e9..1e9f64),
    ) {
        let before = dated(state);
        let mut words = said(status);
        words.percent = percent;
        words.quantity = value.map(|value| Quantity { value, unit: "人".to_owned() });
        if let Ok(after) = hear(&before, &words, now()) {
            prop_assert!(after.percent.is_none_or(|percent| percent <= 100));
            prop_assert_eq!(after.due_on, before.standing.due_on);
            prop_assert_ne!(after.state, FilingState::Accepted);
        }
    }

    /// A filing that waits stays as urgent as it was or becomes more so.
    #[test]
    fn waiting_never_makes_a_light_greener(state in any_state(), earlier in 0i64..400, wait in 0i64..400) {
        let calendar = crate::domain::workdays::Workdays::new([], []);
        let start = at("2022-01-01T02:00:00Z");
        let light_at = |days: i64| {
            let now = crate::domain::now::Now::new(start + chrono::Duration::days(days), chrono_tz::Asia::Shanghai);
            crate::domain::light::light(&dated(state), &now, &calendar)
        };
        prop_assert!(light_at(earlier + wait) >= light_at(earlier));
    }
}

/// Every state and every decision, row by row: where it leads, or that it is refused.
#[test]
fn every_decision_on_every_state_is_decided() {
    use FilingState::{Accepted, Claimed, Exempt, Open, SentBack, Void};
    type Row = (FilingState, [Option<FilingState>; 7]);
    // close, send back, extend, ask for an exemption, exempt, refuse the exemption, lift it
    let table: [Row; 6] = [
        (Open, [Some(Accepted), None, Some(Open), Some(Open), Some(Exempt), Some(Open), None]),
        (
            Claimed,
            [Some(Accepted), Some(SentBack), Some(Open), Some(Claimed), Some(Exempt), Some(Claimed), None],
        ),
        (
            SentBack,
            [Some(Accepted), None, Some(SentBack), Some(SentBack), Some(Exempt), Some(SentBack), None],
        ),
        (Accepted, [None, Some(SentBack), None, None, None, Some(Accepted), None]),
        (Exempt, [None, None, None, None, None, Some(Exempt), Some(Open)]),
        (Void, [None, None, None, None, None, Some(Void), None]),
    ];
    assert_eq!(table.len(), FilingState::ALL.len());
    let now = at("2022-05-25T01:00:00Z");
    let to = NewDue {
        on: day("2022-06-30"),
        at: at("2022-06-30T16:00:00Z"),
        granted_at: now,
        today: day("2022-05-25"),
    };
    for (state, expected) in table {
        let mut asked = dated(state);
        asked.standing.asked_exempt = Some("汛期".to_owned());
        let made = [
            close(&asked),
            send_back(&asked, now),
            extend(&asked, to),
            ask_exempt(&asked, "汛期"),
            exempt(&asked),
            refuse_exempt(&asked),
            lift_exempt(&asked, now),
        ];
        let made = made.map(|made| made.ok().map(|standing| standing.state));
        assert_eq!(made, expected, "{}", state.as_str());
    }
}

#[test]
fn a_corrected_day_is_no_extension_and_gives_way_to_a_later_one_that_was_granted() {
    let now = at("2022-05-20T01:00:00Z");
    let june = (day("2022-06-30"), at("2022-06-30T16:00:00Z"));
    let claimed = redate(&dated(FilingState::Claimed), Some(june), now).expect("owed");
    assert_eq!((claimed.state, claimed.cycle, claimed.extensions), (FilingState::Claimed, 2, 0));
    assert_eq!((claimed.due_on, claimed.percent), (Some(june.0), Some(40)));
    assert_eq!(redate(&dated(FilingState::Open), None, now).expect("owed").due_at, None);
    let earlier = (day("2022-05-25"), at("2022-05-25T16:00:00Z"));
    assert!(redate(&dated(FilingState::Open), Some(earlier), now).is_ok());
    let mut extended = dated(FilingState::Open);
    extended.standing.extensions = 1;
    assert_eq!(redate(&extended, Some(earlier), now), Err(Refusal::NotLater));
    assert_eq!(redate(&dated(FilingState::Accepted), Some(june), now), Err(Refusal::AlreadyClosed));
    assert_eq!(redate(&weekly(FilingState::Open), Some(june), now), Err(Refusal::Recurring));
}
