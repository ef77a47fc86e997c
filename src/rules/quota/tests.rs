//! Counting by person, and who is told.

use super::*;

fn quota(duty: i64, grade: Grade, need: usize) -> Quota {
    let units = BTreeSet::from([UnitId(1)]);
    Quota { duty: DutyId(duty), label: format!("#10.{duty}"), grade, need, measure: "题".to_owned(), units }
}

fn seat(post: i64, unit: i64, rank: Rank, account: Option<i64>) -> Seat {
    Seat {
        post: PostId(post),
        title: format!("岗位{post}"),
        unit: UnitId(unit),
        rank,
        account: account.map(AccountId),
        private: account.map(ChatId),
    }
}

fn entry(duty: i64, post: i64, account: Option<i64>) -> Entry {
    Entry {
        duty: DutyId(duty),
        post: PostId(post),
        account: account.map(AccountId),
        title: "题目".to_owned(),
    }
}

fn books(seats: Vec<Seat>, entries: Vec<Entry>) -> Books {
    let quotas = vec![quota(1, Grade::County, 3), quota(2, Grade::Section, 2)];
    Books { quotas, seats, entries }
}

#[test]
fn everybody_is_counted_by_grade_and_only_where_the_task_binds_the_unit() {
    let seats = vec![
        seat(1, 9, Rank::County, Some(11)),
        seat(2, 1, Rank::Head, Some(12)),
        seat(3, 1, Rank::Liaison, Some(13)),
        seat(4, 2, Rank::Head, Some(14)),
    ];
    let counters = books(seats, vec![entry(2, 2, Some(12))]).counters();
    let told: Vec<_> = counters.iter().map(|one| (one.post.0, one.need, one.left())).collect();
    assert_eq!(told, [(1, 3, 3), (2, 2, 1)]);
}

#[test]
fn who_holds_two_posts_is_counted_once_by_the_higher_grade() {
    let seats = vec![seat(1, 1, Rank::Head, Some(11)), seat(2, 9, Rank::County, Some(11))];
    let counters = books(seats, vec![entry(1, 1, Some(11))]).counters();
    assert_eq!(counters.iter().map(|one| (one.post.0, one.left())).collect::<Vec<_>>(), [(2, 2)]);
}

#[test]
fn what_was_brought_in_follows_the_person_and_not_the_post() {
    let entries = vec![entry(2, 1, Some(11)), entry(2, 1, None)];
    let successor = vec![seat(1, 1, Rank::Head, Some(12)), seat(5, 1, Rank::Deputy, Some(11))];
    let counters = books(successor, entries).counters();
    let done: Vec<_> = counters.iter().map(|one| (one.post.0, one.done.len())).collect();
    // What was entered while nobody was bound stays with the post.
    assert_eq!(done, [(1, 1), (5, 1)]);
}

#[test]
fn what_is_left_is_told_to_the_person_and_to_the_liaison_until_nothing_is() {
    let seats = vec![seat(1, 1, Rank::Head, Some(11)), seat(2, 1, Rank::Liaison, Some(12))];
    let hints = books(seats.clone(), vec![entry(2, 1, Some(11))]).hints();
    assert_eq!(hints.keys().map(|chat| chat.0).collect::<Vec<_>>(), [11, 12]);
    let full = vec![entry(2, 1, Some(11)), entry(2, 1, Some(11))];
    assert!(books(seats, full).hints().is_empty());
}

#[test]
fn a_month_is_told_once() {
    let policy = crate::config::shipped().policy;
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    assert!(is_due(&policy, day("2022-06-01"), None));
    assert!(is_due(&policy, day("2022-06-30"), Some(day("2022-05-31"))));
    assert!(is_due(&policy, day("2022-06-01"), Some(day("2021-06-03"))));
    assert!(!is_due(&policy, day("2022-06-30"), Some(day("2022-06-01"))));
    assert!(!is_due(&policy, day("2022-07-01"), None));
}
