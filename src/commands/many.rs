//! An order that would touch many asks first, with a button; and lists that are too long for a phone go on by one.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use crate::commands::reporting::{Pending, keep_order};
use crate::commands::{ALL, Call, Command, Outcome, Trouble, args, may, run_now};
use crate::domain::filing::Owner;
use crate::domain::ids::UnitId;
use crate::store::filings;
use crate::wording::{Choice, Spoken, command as wording, refusal};

/// So many units on so many items may be touched by one order without asking.
const MANY: usize = 5;
/// How long the question waits.
const WAITS: TimeDelta = TimeDelta::hours(1);

/// The question, where an order would touch many.
pub(super) async fn ask_first(
    command: &dyn Command,
    call: &mut Call<'_>,
    rest: &str,
) -> Result<Option<Spoken>, Trouble> {
    if !call.asker.is_office() {
        // Whoever is not of the office may touch what is their own at most; the command itself sees to that.
        return Ok(None);
    }
    let (items, after) = args::items(rest);
    let (unit, _) = args::take_unit(call, after).await?;
    let unit: Option<UnitId> = unit.map(|unit| unit.id);
    let mut touched = BTreeSet::new();
    for item in &items {
        for owed in filings::of_task(call.conn, item.task).await? {
            let meant = item.seq.is_none_or(|seq| owed.seq == seq)
                && unit.is_none_or(|unit| owed.filing.owner == Owner::Unit(unit));
            if meant && command.touches(&owed) {
                touched.insert((owed.task, owed.filing.owner));
            }
        }
    }
    if touched.len() <= MANY {
        return Ok(None);
    }
    let tasks: BTreeSet<_> = touched.iter().map(|(task, _)| *task).collect();
    let name = command.chinese().first().copied().unwrap_or_default();
    let text = wording::really_many(name, &tasks.into_iter().collect::<Vec<_>>(), touched.len());
    ask(call, command, (rest, text)).await.map(Some)
}

/// Asks before an order is run with these words.
pub(super) async fn ask(call: &mut Call<'_>, command: &dyn Command, (rest, text): (&str, String)) -> Outcome {
    let name = command.chinese().first().copied().unwrap_or_default();
    let order = Pending::Order { command: command.name().to_owned(), rest: rest.to_owned() };
    let tap = keep_order(call, &order, WAITS).await?;
    let choices = tap.map(|tap| vec![vec![Choice::new(format!("确认{name}"), tap)]]);
    Ok(Spoken { text, choices: choices.unwrap_or_default() })
}

/// Runs an order that was asked about, or the next page of a list.
pub async fn confirmed(call: &mut Call<'_>, command: &str, rest: &str) -> Outcome {
    let stale = || Trouble::refused(refusal::stale_button());
    let known = ALL.iter().find(|known| known.name() == command).ok_or_else(stale)?;
    // Somebody's role may have changed since.
    if !may(call.asker, *known) {
        return Err(stale());
    }
    run_now(*known, call, rest).await
}

/// The button to the next page of a list.
pub async fn next_page(
    call: &mut Call<'_>,
    command: &dyn Command,
    rest: &str,
    page: usize,
) -> Result<Vec<Vec<Choice>>, Trouble> {
    let rest = format!("{rest} 第{}页", page + 1);
    let order = Pending::Order { command: command.name().to_owned(), rest: rest.trim().to_owned() };
    let tap = keep_order(call, &order, WAITS).await?;
    Ok(tap.map(|tap| vec![vec![Choice::new("下一页", tap)]]).unwrap_or_default())
}

/// Takes the page off the end of the words of a list: `财税组 第2页`. Gives the words and the page, from 1.
pub fn page_of(rest: &str) -> (&str, usize) {
    let read = || {
        let (words, page) = rest.trim_end().rsplit_once('第')?;
        let page = page.strip_suffix('页')?.trim().parse().ok().filter(|page| *page >= 1)?;
        Some((words.trim_end(), page))
    };
    read().unwrap_or((rest, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_stands_at_the_end_of_the_words() {
        assert_eq!(page_of("财税组 第2页"), ("财税组", 2));
        assert_eq!(page_of("第3页"), ("", 3));
        assert_eq!(page_of("第一中学"), ("第一中学", 1));
        assert_eq!(page_of("第0页"), ("第0页", 1));
    }
}
