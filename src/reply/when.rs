//! The days a clause names: the new date of an extension, the promised finish, the day of the next word.

use chrono::{Datelike, NaiveDate};

use super::lexicon::Class;
use super::tokens::{Kind, Token};

/// What a clause says about more time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct MoreTime {
    /// More time is asked for, in so many words.
    pub asked: bool,
    /// The day it names for that, if any.
    pub day: Option<NaiveDate>,
}

/// What a word of [`Class::Extend`] has in it that means more time by itself; the others do so only with a day or a span.
const PLAIN: [&str; 22] = [
    "多给", "几天", "通融", "宽几", "宽两", "日子", "延", "推迟", "宽限", "宽宽", "展期", "缓", "往后",
    "挪挪", "推推", "推后", "晚几", "晚两", "容", "时限", "时间", "错后",
];

/// How many words before a request may deny it.
const NEAR: usize = 4;

/// Whether a clause asks for more time, and till when; `due` is where a span (`两周`) starts from.
pub(super) fn more_time(
    tokens: &[Token],
    clause: &str,
    today: NaiveDate,
    due: Option<NaiveDate>,
) -> MoreTime {
    let Some(at) = tokens.iter().position(|token| token.is(Class::Extend) && !token.titled) else {
        return MoreTime::default();
    };
    let (before, after) = (&tokens[..at], &tokens[at + 1..]);
    // 不着急的话缓缓: the negation is of something else.
    let near = before.len().saturating_sub(NEAR);
    let denied = before[near..].iter().any(|token| token.is(Class::Not))
        || before.iter().any(|token| {
            token.is_any(&[Class::Past, Class::Hearsay, Class::Fine])
                || token.is(Class::If) && !token.is(Class::Before)
        });
    let granted = after.iter().any(|token| token.is(Class::Arrive));
    let word = &clause[tokens[at].start..tokens[at].end];
    let span = tokens.iter().find_map(|token| match token.kind {
        Kind::Span(span) => span.after(due.unwrap_or(today)),
        _ => None,
    });
    let day = last_day(after).or(span).or_else(|| last_day(before));
    // 改到下周二开, before the term: no more time is asked for.
    let in_time = day.zip(due).is_some_and(|(day, due)| day <= due);
    let plain = PLAIN.iter().any(|part| word.contains(part)) || day.is_some() && !in_time;
    // 容我明天报: word of it, in time.
    let word_only = in_time && word.contains('容');
    MoreTime { asked: plain && !word_only && !denied && !granted, day: day.filter(|day| *day > today) }
}

/// The last day that the tokens name.
pub(super) fn last_day(tokens: &[Token]) -> Option<NaiveDate> {
    tokens.iter().rev().find_map(day_of)
}

/// The first day after `today` that the tokens name.
pub(super) fn coming_day(tokens: &[Token], today: NaiveDate) -> Option<NaiveDate> {
    tokens.iter().filter_map(day_of).find(|day| *day > today)
}

/// The end of a span that is still needed (`还需两周`), counted from today.
pub(super) fn still_needed(tokens: &[Token], today: NaiveDate) -> Option<NaiveDate> {
    let at = tokens.iter().position(|token| matches!(token.kind, Kind::Span(_)))?;
    let asked = tokens[..at].iter().any(|token| token.is_any(&[Class::Need, Class::Until]));
    match tokens[at].kind {
        Kind::Span(span) if asked => span.after(today),
        _ => None,
    }
}

/// Whether a clause names the running week and the due date lies in it: 本周完成 is no request for Friday then.
pub(super) fn within_week(clause: &str, today: NaiveDate, due: NaiveDate) -> bool {
    let week = ["本周", "这周"].iter().find_map(|word| {
        let rest = &clause[clause.find(word)? + word.len()..];
        Some(!rest.starts_with(['一', '二', '三', '四', '五', '六', '日', '天', '末']))
    });
    week == Some(true) && due >= today && due.iso_week() == today.iso_week()
}

fn day_of(token: &Token) -> Option<NaiveDate> {
    match &token.kind {
        // 6月份调度会, of that name: no day to come.
        Kind::Date(found) if !token.titled => Some(found.date),
        _ => None,
    }
}
