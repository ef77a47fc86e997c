//! Drawing up what stands open for somebody, from everything that is not settled.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::Duration;

use crate::domain::agenda::AgendaLine;
use crate::domain::brief::Brief;
use crate::domain::filing::{Filing, FilingState};
use crate::domain::ids::TaskNo;
use crate::domain::light::light;
use crate::domain::now::Now;
use crate::domain::workdays::Workdays;
use crate::rules::agenda::Item;

/// Days that are looked ahead.
const DAYS: i64 = 14;

/// The list an item belongs to; of several filings of one item the first of these counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum List {
    Overdue,
    Soon,
    Stuck,
    Waiting,
    Others,
}

/// Draws it up: every item once, the most urgent first.
pub fn draw_up(items: &[Item], calendar: &Workdays, now: &Now) -> Brief {
    let mut lines: BTreeMap<TaskNo, (List, AgendaLine)> = BTreeMap::new();
    for item in items.iter().filter(|item| !item.filing.standing.state.is_settled()) {
        let list = list_of(&item.filing, now);
        let light = light(&item.filing, now, calendar);
        let due = item.filing.standing.due_on.filter(|_| !item.filing.progress);
        let (known, line) = lines.entry(item.task).or_insert_with(|| {
            let title = item.title.clone();
            (list, AgendaLine { task: item.task, title, owners: Vec::new(), due, note: None, light })
        });
        if list < *known || line.note.is_none() {
            line.note = last_word(&item.filing).or(line.note.take());
        }
        // The day shown is the one that put the item on its list.
        if list < *known {
            line.due = due;
        } else if list == *known {
            line.due = line.due.into_iter().chain(due).min();
        }
        *known = list.min(*known);
        line.light = line.light.max(light);
        if !line.owners.contains(&item.owner) {
            line.owners.push(item.owner.clone());
        }
    }
    let mut brief = Brief::default();
    for (list, line) in lines.into_values() {
        match list {
            List::Overdue => brief.overdue.push(line),
            List::Soon => brief.soon.push(line),
            List::Stuck => brief.stuck.push(line),
            List::Waiting => brief.waiting.push(line),
            List::Others => brief.others.push(line),
        }
    }
    for list in [&mut brief.overdue, &mut brief.soon, &mut brief.stuck, &mut brief.waiting, &mut brief.others]
    {
        list.sort_by_key(|line| (Reverse(line.light), line.due.is_none(), line.due, line.task));
    }
    brief
}

fn list_of(filing: &Filing, now: &Now) -> List {
    let standing = &filing.standing;
    let horizon = now.today() + Duration::days(DAYS);
    if filing.is_overdue(now.at()) {
        List::Overdue
    } else if standing.state == FilingState::Claimed || standing.asked_due.is_some() {
        List::Waiting
    } else if standing.due_on.is_some_and(|due| due <= horizon) && !filing.progress {
        List::Soon
    } else if standing.blocker.is_some() {
        List::Stuck
    } else {
        List::Others
    }
}

/// What holds it up, else how far it is, else the last report.
fn last_word(filing: &Filing) -> Option<String> {
    let standing = &filing.standing;
    let percent = standing.percent.map(|percent| format!("{percent}%"));
    standing
        .blocker
        .as_ref()
        .map(|blocker| format!("卡在{blocker}"))
        .or(percent)
        .or(standing.last_text.clone())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate, Utc};

    use super::*;
    use crate::domain::filing::{Owner, Patience, Standing};
    use crate::domain::ids::{FilingId, UnitId};
    use crate::domain::period::Period;

    fn now() -> Now {
        let at: DateTime<Utc> = "2022-06-27T01:00:00Z".parse().expect("an instant");
        Now::new(at, chrono_tz::Asia::Shanghai)
    }

    fn item(task: i64, due: Option<&str>, change: impl Fn(&mut Standing)) -> Item {
        let due_on: Option<NaiveDate> = due.map(|due| due.parse().expect("a day"));
        let since = now().at() - Duration::days(30);
        let mut standing = Standing::new(since, due_on, due_on.map(|due| now().end_of(due)));
        change(&mut standing);
        let filing = Filing {
            id: FilingId(task),
            owner: Owner::Unit(UnitId(1)),
            period: due_on.map_or(Period::Once, Period::Day),
            opened_at: since,
            reviewed: true,
            progress: false,
            target: None,
            starts: None,
            patience: Patience::default(),
            was_overdue: false,
            version: 0,
            standing,
        };
        Item { task: TaskNo(task), title: None, seq: 1, owner: "甲".to_owned(), imported_at: since, filing }
    }

    #[test]
    fn every_open_item_stands_once_where_it_is_most_urgent() {
        let as_it_is = |_: &mut Standing| {};
        let items = [
            item(1, Some("2022-06-24"), |standing| standing.percent = Some(40)),
            item(1, Some("2022-12-30"), as_it_is),
            item(2, Some("2022-07-05"), as_it_is),
            item(3, Some("2022-12-30"), |standing| standing.blocker = Some("用地".to_owned())),
            item(4, None, |standing| standing.state = FilingState::Claimed),
            item(5, None, as_it_is),
            item(6, None, |standing| standing.state = FilingState::Accepted),
        ];
        let brief = draw_up(&items, &Workdays::new([], []), &now());
        let tasks = |lines: &[AgendaLine]| lines.iter().map(|line| line.task.0).collect::<Vec<_>>();
        let lists = [&brief.overdue, &brief.soon, &brief.stuck, &brief.waiting, &brief.others];
        assert_eq!(lists.map(|list| tasks(list)), [vec![1], vec![2], vec![3], vec![4], vec![5]]);
        assert_eq!(brief.overdue[0].note.as_deref(), Some("40%"));
        assert_eq!(brief.overdue[0].due, NaiveDate::from_ymd_opt(2022, 6, 24));
        assert_eq!(brief.items(), 5);
    }
}
