//! Periods as people say them: 二季度, 上月, 2022年6月, 第26周, 全年.

use chrono::{Datelike as _, NaiveDate};

use crate::domain::period::{Cadence, Period};

/// Reads a word that is a period, as seen from a day; a code like `2022Q2` as well. What lies ahead in the year is meant to be
/// of the year before.
pub fn period(word: &str, today: NaiveDate) -> Option<Period> {
    if let Ok(period) = word.parse::<Period>() {
        return period.cadence().map(|_| period);
    }
    near(word, today).or_else(|| named(word, today))
}

/// 本月, 上季度, 今年.
fn near(word: &str, today: NaiveDate) -> Option<Period> {
    let cadence = |word: &str| match word {
        "周" | "星期" => Some(Cadence::Week),
        "月" => Some(Cadence::Month),
        "季" | "季度" => Some(Cadence::Quarter),
        "半年" => Some(Cadence::Half),
        "年" => Some(Cadence::Year),
        _ => None,
    };
    match word {
        "今年" | "全年" | "年底" => return Some(Period::containing(Cadence::Year, today)),
        "去年" => return Period::containing(Cadence::Year, today).previous(),
        _ => {}
    }
    let this = |rest: &str| Some(Period::containing(cadence(rest)?, today));
    if let Some(rest) = word.strip_prefix('本').or_else(|| word.strip_prefix('这')) {
        return this(rest);
    }
    let rest = word.strip_prefix('上')?;
    this(rest.strip_prefix(['个', '一']).unwrap_or(rest)).filter(|_| rest != "半年")?.previous()
}

/// 二季度, 6月, 第26周, each perhaps after a year.
fn named(word: &str, today: NaiveDate) -> Option<Period> {
    let with_year = || {
        let (year, rest) = word.split_once('年')?;
        Some((year.parse().ok().filter(|year| (1000..=9999).contains(year))?, rest))
    };
    let (year, rest) = with_year().map_or((None, word), |(year, rest)| (Some(year), rest));
    if let (Some(year), "" | "全年") = (year, rest) {
        return Some(Period::Year { year });
    }
    let of = |year: i32| part(rest, year).filter(|period| period.first_day().is_some());
    if let Some(year) = year {
        return of(year);
    }
    let this = of(today.year())?;
    if this.first_day().is_some_and(|first| first > today) { of(today.year() - 1) } else { Some(this) }
}

fn part(rest: &str, year: i32) -> Option<Period> {
    match rest {
        "上半年" => return Some(Period::Half { year, half: 1 }),
        "下半年" => return Some(Period::Half { year, half: 2 }),
        _ => {}
    }
    let rest = rest.strip_prefix('第').unwrap_or(rest);
    if let Some(number) = rest.strip_suffix("季度").or_else(|| rest.strip_suffix('季')) {
        return Some(Period::Quarter { year, quarter: small(number)? });
    }
    if let Some(number) = rest.strip_suffix("月份").or_else(|| rest.strip_suffix('月')) {
        return Some(Period::Month { year, month: small(number)? });
    }
    let week = rest.strip_suffix('周')?.parse().ok()?;
    Some(Period::Week { iso_year: year, week })
}

/// A number up to twelve.
fn small(word: &str) -> Option<u32> {
    const WORDS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    let spelled = (1..).zip(WORDS).find(|(_, name)| *name == word).map(|(number, _)| number);
    spelled.or_else(|| word.parse().ok()).filter(|number| (1..=12).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_read_as_people_say_it() {
        let today = NaiveDate::from_ymd_opt(2022, 7, 4).expect("a day");
        for (word, code) in [
            ("二季度", "2022Q2"),
            ("第二季度", "2022Q2"),
            ("2季度", "2022Q2"),
            ("四季度", "2021Q4"),
            ("上季度", "2022Q2"),
            ("本季", "2022Q3"),
            ("6月", "2022-06"),
            ("六月份", "2022-06"),
            ("2021年12月", "2021-12"),
            ("上月", "2022-06"),
            ("上个月", "2022-06"),
            ("本周", "2022-W27"),
            ("上周", "2022-W26"),
            ("第26周", "2022-W26"),
            ("上半年", "2022H1"),
            ("全年", "2022"),
            ("2021年", "2021"),
            ("去年", "2021"),
            ("2022Q2", "2022Q2"),
            ("2022-W26", "2022-W26"),
        ] {
            assert_eq!(period(word, today).map(|period| period.to_string()).as_deref(), Some(code), "{word}");
        }
        for word in ["", "月", "13月", "五季度", "第60周", "财税组", "2022-06-30", "once", "本人", "上级"]
        {
            assert_eq!(period(word, today), None, "{word}");
        }
    }
}
