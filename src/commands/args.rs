//! The words after a command's name: numbers of items first, then the rest.

use chrono::NaiveDate;

use crate::commands::{Call, Command, Trouble};
use crate::domain::chinese::date::dates;
use crate::domain::ids::TaskNo;
use crate::store::{matrix, people, tasks};
use crate::wording::refusal;

/// Items a range may span; more is surely a slip.
const RANGE_MAX: i64 = 200;

/// From this likeness on, a word is a unit's name with a slip in it: one character of three or four.
const SLIP: f64 = 0.65;

/// One item, perhaps one of its duties (`12.2`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// The task.
    pub task: TaskNo,
    /// The place of the duty.
    pub seq: Option<i64>,
}

/// Reads the items at the start: `12`, `#12`, `12号`, `12.2`, `12,15-18`, `12 15`. Gives them and what follows.
pub fn items(rest: &str) -> (Vec<Item>, &str) {
    let mut found = Vec::new();
    let mut left = rest.trim_start();
    while let Some((items, after)) = first_word(left) {
        found.extend(items);
        left = after;
    }
    (found, left)
}

fn first_word(text: &str) -> Option<(Vec<Item>, &str)> {
    let end = text.find(|c: char| c.is_whitespace() || ":".contains(c)).unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    let items: Option<Vec<Vec<Item>>> =
        word.split([',', '、']).filter(|part| !part.is_empty()).map(range).collect();
    let items: Vec<Item> = items?.into_iter().flatten().collect();
    (!items.is_empty())
        .then(|| (items, after.trim_start_matches(|c: char| c.is_whitespace() || ":".contains(c))))
}

fn range(part: &str) -> Option<Vec<Item>> {
    if let Some((from, to)) = part.split_once(['-', '~']) {
        let (from, to) = (one(from)?, one(to)?);
        let span = from.task.0..=to.task.0;
        let plain = from.seq.is_none() && to.seq.is_none();
        return (plain && to.task.0 - from.task.0 < RANGE_MAX)
            .then(|| span.map(|no| Item { task: TaskNo(no), seq: None }).collect());
    }
    one(part).map(|item| vec![item])
}

fn one(part: &str) -> Option<Item> {
    let part = part.trim_start_matches('#').trim_end_matches('号');
    let (task, seq) = match part.split_once('.') {
        Some((task, seq)) => (task, Some(seq.parse().ok()?)),
        None => (part, None),
    };
    let digits = task.chars().all(|c| c.is_ascii_digit()) && task.len() <= 9;
    let task = task.parse().ok().filter(|_| digits)?;
    Some(Item { task: TaskNo(task), seq })
}

/// Reads the items of a call: by number, by code, or of the card that is replied to where it has just one.
pub async fn items_of<'t>(call: &mut Call<'_>, rest: &'t str) -> Result<(Vec<Item>, &'t str), Trouble> {
    let (found, after) = items(rest);
    if !found.is_empty() {
        for item in &found {
            let stamp = crate::domain::now::stamp(call.now.at());
            if tasks::get(call.conn, item.task, &stamp).await?.is_none() {
                return Err(Trouble::refused(refusal::no_such_task(&format!("#{}", item.task))));
            }
        }
        return Ok((found, after));
    }
    let word = rest.split_whitespace().next().unwrap_or_default();
    if let Some(task) = tasks::by_code(call.conn, word).await? {
        let after = rest.trim_start().strip_prefix(word).unwrap_or_default().trim_start();
        return Ok((vec![Item { task, seq: None }], after));
    }
    Ok((on_card(call).await?, rest.trim()))
}

/// The one item that a command about a single one is called for, with its usage where none is named.
pub async fn task_of(call: &mut Call<'_>, rest: &str, command: &dyn Command) -> Result<TaskNo, Trouble> {
    let (items, _) = items_of(call, rest).await?;
    let usage = || Trouble::refused(refusal::usage(command.usage(), command.example()));
    items.first().map(|item| item.task).ok_or_else(usage)
}

async fn on_card(call: &mut Call<'_>) -> Result<Vec<Item>, Trouble> {
    let Some((card, part)) = call.heard.about.as_ref().and_then(|about| about.card) else {
        return Ok(Vec::new());
    };
    let owed = crate::store::filings::on_card(call.conn, card, Some(part)).await?;
    let mut tasks: Vec<TaskNo> = owed.iter().map(|owed| owed.task).collect();
    tasks.dedup();
    match tasks.as_slice() {
        [task] => Ok(vec![Item { task: *task, seq: None }]),
        _ => Ok(Vec::new()),
    }
}

/// Takes the first date out of a text. Gives it and the text without it.
pub fn take_date(text: &str, today: NaiveDate) -> Option<(NaiveDate, String)> {
    let found = dates(text, today).into_iter().next()?;
    let rest = format!("{} {}", &text[..found.start], &text[found.end..]);
    let rest = rest.trim().trim_start_matches(['到', '至', '前', ',']).trim().to_owned();
    Some((found.date, rest.trim_end_matches('到').trim().to_owned()))
}

/// Takes the name of a unit from the start of a text, where there is one. Gives it and the rest.
pub async fn take_unit<'t>(
    call: &mut Call<'_>,
    text: &'t str,
) -> Result<(Option<people::UnitFound>, &'t str), Trouble> {
    let word = text.split(|c: char| c.is_whitespace() || ",:".contains(c)).next().unwrap_or_default();
    if word.is_empty() {
        return Ok((None, text));
    }
    match people::unit_by_name(call.conn, word).await? {
        Some(unit) => {
            let after =
                text[word.len()..].trim_start_matches(|c: char| c.is_whitespace() || ",:".contains(c));
            Ok((Some(unit), after))
        }
        None => match unit_nearly_named(call, word).await? {
            Some(meant) => Err(Trouble::refused(refusal::no_such_unit(word, &meant))),
            None => Ok((None, text)),
        },
    }
}

/// The unit whose name a word misses by a slip of the pen. Taken for words of a reason, it would make an order about one unit
/// one about all.
async fn unit_nearly_named(call: &mut Call<'_>, word: &str) -> Result<Option<String>, Trouble> {
    let names = matrix::units(call.conn).await?.into_iter().map(|(_, short)| short);
    // The title of a post is no slip in the name of its unit.
    let names = names.filter(|name| !word.contains(name.as_str()));
    let likeness = |name: &String| strsim::normalized_damerau_levenshtein(name, word);
    let near = names.map(|name| (likeness(&name), name)).filter(|(likeness, _)| *likeness > SLIP);
    Ok(near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> (Vec<i64>, &str) {
        let (found, rest) = items(text);
        (found.into_iter().map(|item| item.task.0).collect(), rest)
    }

    #[test]
    fn items_are_read_in_every_usual_form() {
        assert_eq!(numbers("12 材料齐全"), (vec![12], "材料齐全"));
        assert_eq!(numbers("#12号:缺验收单"), (vec![12], "缺验收单"));
        assert_eq!(numbers("12,15-18 齐全"), (vec![12, 15, 16, 17, 18], "齐全"));
        assert_eq!(numbers("12 15、16"), (vec![12, 15, 16], ""));
        assert_eq!(numbers("12 2022-06-30 汛期"), (vec![12], "2022-06-30 汛期"));
        assert_eq!(numbers("材料齐全"), (vec![], "材料齐全"));
    }

    #[test]
    fn a_range_that_is_surely_a_slip_is_no_range() {
        assert_eq!(numbers("1-99999 x"), (vec![], "1-99999 x"));
        assert_eq!(items("12.2 x").0, vec![Item { task: TaskNo(12), seq: Some(2) }]);
    }
}
