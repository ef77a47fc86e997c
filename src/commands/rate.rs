//! `rate` (录数): the office enters the numbers of boards that rank no score: amounts of 招商, stars of 窗口 with their number of
//! voters, totals of 万人评作风. Never who voted how.

use futures::future::BoxFuture;

use crate::assess::board::{By, Rule};
use crate::commands::papers::office_only;
use crate::commands::press::wish;
use crate::commands::{Call, Command, OFFICE, Outcome, Trouble};
use crate::domain::chinese::period::period;
use crate::domain::people::Role;
use crate::domain::period::{Cadence, Period};
use crate::store::{figures, people};
use crate::wording::figures::{self as wording, Line};
use crate::wording::{Spoken, refusal};

/// Stars of a window.
const STARS_MAX: f64 = 5.0;

/// Enters numbers.
pub struct Rate;

impl Command for Rate {
    fn name(&self) -> &'static str {
        "rate"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["录数", "评议"]
    }
    fn usage(&self) -> &'static str {
        "录数 榜名 期 单位 数 [人次](可写几行)|录数 榜名 期|录数 取消 榜名 期 单位"
    }
    fn help(&self) -> &'static str {
        "录入招商、评星、万人评的核定数,供排榜"
    }
    fn example(&self) -> &'static str {
        "录数 窗口评星榜 二季度 县人社局 4.6星 120人"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            office_only(call)?;
            let (cancels, rest) = match rest.trim().strip_prefix("取消") {
                Some(rest) => (true, rest),
                None => (false, rest),
            };
            let office = wish::office(call)?;
            let known: Vec<&Rule> = office.rules.board.iter().filter(|rule| rule.by == By::Entered).collect();
            let mut words = rest.split_whitespace().peekable();
            let named = words.next().unwrap_or_default();
            let rule = known.iter().find(|rule| rule.name == named || rule.name == format!("{named}榜"));
            let boards: Vec<&str> = known.iter().map(|rule| rule.name.as_str()).collect();
            let rule = rule.ok_or_else(|| Trouble::refused(wording::which(&boards, self.example())))?;
            let today = call.now.today();
            let period = match words.peek().and_then(|word| period(word, today)) {
                Some(period) => {
                    words.next();
                    period
                }
                None => Period::containing(Cadence::Quarter, today),
            };
            let words: Vec<&str> = words.collect();
            if words.is_empty() {
                return list(call, rule, period).await;
            }
            enter(call, (*rule, period), &words, cancels).await
        })
    }
}

/// Enters what stands there, all of it or nothing: unit, number, votes; unit, number, votes …
async fn enter(
    call: &mut Call<'_>,
    (rule, period): (&Rule, Period),
    words: &[&str],
    cancels: bool,
) -> Outcome {
    let mut lines = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(name) = words.next() {
        let unit = people::unit_by_name(call.conn, name).await?;
        let unit = unit.ok_or_else(|| Trouble::refused(wording::no_unit(name)))?;
        let entered = if cancels {
            None
        } else {
            let value = words.next().and_then(|word| amount(word, &rule.measure));
            let value =
                value.ok_or_else(|| Trouble::refused(wording::what_number(&unit.short, &rule.measure)))?;
            let votes = words.peek().and_then(|word| votes(word));
            if votes.is_some() {
                words.next();
            }
            if votes.is_none() && rule.votes > 0 {
                return Err(Trouble::refused(wording::how_many_votes(&unit.short)));
            }
            Some((value, votes))
        };
        let whose = (unit.id, unit.short.as_str(), period);
        let before = figures::enter(call.conn, &rule.name, whose, entered, call.cause).await?;
        lines.push(Line { unit: unit.short, entered, before });
    }
    Ok(Spoken::text(wording::entered(&rule.name, &period.chinese(), &rule.measure, &lines)))
}

/// A number with the measure of the board, or alone; 亿 where it is counted in 万元.
fn amount(word: &str, measure: &str) -> Option<f64> {
    let end = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(word.len());
    let (number, unit) = word.split_at(end);
    let number: f64 = number.parse().ok()?;
    let times = match unit {
        "" => 1.0,
        unit if unit == measure || measure.starts_with(unit) => 1.0,
        "亿元" | "亿" if measure == "万元" => 10_000.0,
        _ => return None,
    };
    Some(number * times).filter(|value| measure != "星" || *value <= STARS_MAX)
}

/// `120人`, `120人次`, `120票`.
fn votes(word: &str) -> Option<u32> {
    let number =
        word.strip_suffix("人次").or_else(|| word.strip_suffix('人')).or_else(|| word.strip_suffix('票'))?;
    number.parse().ok()
}

/// What was entered so far.
async fn list(call: &mut Call<'_>, rule: &Rule, period: Period) -> Outcome {
    let all = figures::of_board(call.conn, &rule.name, call.now.at()).await?;
    let mut lines = Vec::new();
    for one in all.iter().filter(|one| one.period == period) {
        let unit = people::unit_of(call.conn, one.unit).await?.map(|unit| unit.short).unwrap_or_default();
        let votes = Some(one.votes).filter(|votes| *votes > 0);
        lines.push(Line { unit, entered: Some((one.value, votes)), before: None });
    }
    if lines.is_empty() {
        let how = refusal::usage(Rate.usage(), Rate.example());
        return Ok(Spoken::text(wording::nothing(&rule.name, &period.chinese(), &how)));
    }
    Ok(Spoken::text(wording::entered(&rule.name, &period.chinese(), &rule.measure, &lines)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_the_measure_of_its_board() {
        assert_eq!(amount("1200万元", "万元"), Some(1200.0));
        assert_eq!(amount("1200万", "万元"), Some(1200.0));
        assert_eq!(amount("1.2亿", "万元"), Some(12_000.0));
        assert_eq!(amount("4.6", "星"), Some(4.6));
        assert_eq!(amount("6星", "星"), None);
        assert_eq!(amount("4.6分", "星"), None);
        assert_eq!(amount("县财政局", "星"), None);
        assert_eq!(votes("120人次"), Some(120));
        assert_eq!(votes("120"), None);
    }
}
