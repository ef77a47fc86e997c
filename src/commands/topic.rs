//! `topic`: yearly numbers by person (调研课题): what is left, one more, the last one taken back.

use chrono::Datelike as _;
use futures::future::BoxFuture;

use crate::commands::{Call, Command, EVERYBODY, Outcome, Trouble};
use crate::domain::people::{Rank, Role};
use crate::domain::quota::Counter;
use crate::rules::quota::{Books, Seat};
use crate::store::quotas;
use crate::wording::{Spoken, quota, refusal};

/// The longest title that is kept, in characters.
const TITLE_MAX: usize = 200;

/// Words that open a report on how things are going, not the title of something.
const PROGRESS: [&str; 7] = ["已", "完成", "还", "没", "未", "正在", "进展"];

/// Counts what a person brings in.
pub struct Topic;

impl Command for Topic {
    fn name(&self) -> &'static str {
        "topic"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["课题"]
    }
    fn usage(&self) -> &'static str {
        "课题 [岗位] [题目或撤回]"
    }
    fn help(&self) -> &'static str {
        "报一个调研课题,看今年还差几题"
    }
    fn example(&self) -> &'static str {
        "课题 高标准农田管护机制怎么建"
    }
    fn who(&self) -> &'static [Role] {
        EVERYBODY
    }
    fn takes(&self, rest: &str) -> bool {
        // 课题已完成两个 is a report.
        !PROGRESS.iter().any(|word| rest.starts_with(word))
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let year = call.now.today().year();
            let books = quotas::of_year(call.conn, year).await?;
            let counters = books.counters();
            let (named, rest) = take_post(&counters, rest);
            if rest.is_empty() && named.is_none() && sees_all(call) {
                return Ok(Spoken::text(quota::all(&counters)));
            }
            let mine = named.map_or_else(
                || own(&books, &counters, call),
                |title| counters.iter().filter(|counter| counter.title == title).collect(),
            );
            let mine: Vec<&Counter> =
                mine.into_iter().filter(|counter| may_speak_for(&books, counter, call)).collect();
            let (labelled, rest) = take_label(&mine, rest);
            let chosen: Vec<&Counter> = mine
                .into_iter()
                .filter(|counter| labelled.as_ref().is_none_or(|label| counter.label == *label))
                .collect();
            if chosen.is_empty() {
                return Err(Trouble::refused(quota::none_here()));
            }
            if rest.is_empty() {
                let lines: Vec<String> = chosen.into_iter().map(quota::own).collect();
                return Ok(Spoken::text(lines.join("\n")));
            }
            let [counter] = chosen.as_slice() else {
                let labels: Vec<&str> = chosen.iter().map(|counter| counter.label.as_str()).collect();
                return Err(Trouble::refused(quota::which(&labels)));
            };
            change(call, (counter, year), rest).await
        })
    }
}

/// Adds one, or takes the newest back.
async fn change(call: &mut Call<'_>, (counter, year): (&Counter, i32), rest: &str) -> Outcome {
    let mut after = counter.clone();
    if rest == "撤回" {
        let title = quotas::take_back(call.conn, (counter, year), call.cause)
            .await?
            .ok_or_else(|| Trouble::refused(quota::nothing_to_take_back()))?;
        after.done.pop();
        return Ok(Spoken::text(quota::taken_back(&after, &title)));
    }
    if rest.chars().count() > TITLE_MAX {
        return Err(Trouble::refused(refusal::usage(Topic.usage(), Topic.example())));
    }
    if counter.done.iter().any(|known| known == rest) {
        return Err(Trouble::refused(quota::known(rest)));
    }
    quotas::add(call.conn, (counter, year), rest, call.cause).await?;
    after.done.push(rest.to_owned());
    Ok(Spoken::text(quota::added(&after, rest)))
}

fn sees_all(call: &Call<'_>) -> bool {
    call.asker.is_office() || call.asker.roles.contains(&Role::Observer)
}

/// The counters that somebody means who names no post: one's own, for a liaison those of the unit.
fn own<'c>(books: &Books, counters: &'c [Counter], call: &Call<'_>) -> Vec<&'c Counter> {
    let account = Some(call.asker.account);
    let own: Vec<&Counter> = counters.iter().filter(|counter| counter.account == account).collect();
    if own.is_empty() {
        return counters.iter().filter(|counter| is_liaison_of(books, counter, call)).collect();
    }
    own
}

/// The office speaks for everybody, a liaison for those of the unit, everybody else for oneself.
fn may_speak_for(books: &Books, counter: &Counter, call: &Call<'_>) -> bool {
    call.asker.is_office()
        || counter.account == Some(call.asker.account)
        || is_liaison_of(books, counter, call)
}

fn is_liaison_of(books: &Books, counter: &Counter, call: &Call<'_>) -> bool {
    let is_liaison = |seat: &Seat| {
        seat.rank == Rank::Liaison && seat.unit == counter.unit && seat.account == Some(call.asker.account)
    };
    books.seats.iter().any(is_liaison)
}

/// Takes the title of a post from the start of a text.
fn take_post<'t>(counters: &[Counter], text: &'t str) -> (Option<String>, &'t str) {
    let opens = |counter: &&Counter| text.starts_with(&counter.title);
    let longest = counters.iter().filter(opens).max_by_key(|counter| counter.title.len());
    longest.map_or((None, text), |counter| (Some(counter.title.clone()), text[counter.title.len()..].trim()))
}

/// Takes the number of a duty from the start of a text.
fn take_label<'t>(counters: &[&Counter], text: &'t str) -> (Option<String>, &'t str) {
    let word = text.split_whitespace().next().unwrap_or_default();
    let named = |counter: &&&Counter| counter.label.trim_start_matches('#') == word.trim_start_matches('#');
    counters
        .iter()
        .find(named)
        .map_or((None, text), |counter| (Some(counter.label.clone()), text[word.len()..].trim()))
}
