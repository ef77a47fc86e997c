//! Days and times of day inside a clause.

use chrono::NaiveDate;

use crate::domain::chinese::number::is_numeral;
use crate::domain::chinese::{Found, date_at, number_at};
use crate::reply::figures::amount_at;
use crate::reply::lexicon::{Class, word_at};

/// Feasts that a day is put off to, and the days they fall on.
const FEASTS: [(&str, &str); 6] = [
    ("元旦", "1月1日"),
    ("国庆", "10月1日"),
    ("五一", "5月1日"),
    ("七一", "7月1日"),
    ("八一", "8月1日"),
    ("十一", "10月1日"),
];

/// Words that close a date: they belong to it.
const DATE_TAILS: [&str; 15] = [
    "那天", "晚上", "上午", "下午", "早上", "夜里", "以前", "之前", "前", "左右", "上旬", "份", "当天", "内",
    "底",
];

/// The day that a place of a clause names.
pub(super) fn day_at(clause: &str, at: usize, today: NaiveDate) -> Option<Found> {
    let rest = &clause[at..];
    // 每周五 recurs and is no date.
    let recurs = clause[..at].ends_with(['每', '逐']);
    // 本月调度任务完成: the running period is no day to come.
    let running = word_at(rest)
        .filter(|(classes, _)| classes.contains(&Class::Lately) && rest.starts_with(['本', '当', '这']));
    let running = |found: &Found| {
        running.is_some_and(|(_, len)| {
            found.end <= len && !rest.starts_with("这周") && !rest.starts_with("本周")
        })
    };
    // 缓到元旦
    let feast = || {
        FEASTS
            .iter()
            .find(|(name, _)| rest.starts_with(name))
            .filter(|_| clause[..at].ends_with(['到', '至']))
    };
    // 核到十一万亩: a number.
    let counts = |name: &str| {
        let after = &rest[name.len()..];
        after.starts_with(is_numeral) || amount_at(rest, None).is_some()
    };
    if let Some((name, day)) =
        feast().filter(|(name, _)| !rest[name.len()..].starts_with(['前', '之', '以', '后']) && !counts(name))
    {
        return date_at(day, today).map(|found| Found { end: name.len(), day_only: false, ..found });
    }
    date_at(rest, today).filter(|found| !recurs && !running(found) && !greets(rest, found.end))
}

/// Whether a greeting opens with what looks like a day: 周末愉快.
fn greets(rest: &str, day: usize) -> bool {
    word_at(rest).is_some_and(|(classes, len)| len > day && classes.contains(&Class::Chat))
}

/// Words before a time of day: 上午九点, 今早8点.
const DAYTIMES: [&str; 14] = [
    "上午", "下午", "早上", "晚上", "中午", "凌晨", "今早", "今晚", "昨晚", "昨夜", "今天", "昨天", "早晨",
    "傍晚",
];

/// Bytes of a time of day behind its daytime; it says nothing of the work.
pub(super) fn clock(rest: &str, before: &str) -> Option<usize> {
    if let Some(len) = sharp(rest) {
        return Some(len);
    }
    let number =
        number_at(rest).filter(|number| number.whole().is_some_and(|hour| (0..=24).contains(&hour)))?;
    let told = DAYTIMES.iter().any(|word| before.ends_with(word));
    let after = rest[number.len..].strip_prefix('点').filter(|_| told)?;
    let after =
        ["多钟", "钟", "半", "多", "整"].iter().find_map(|word| after.strip_prefix(word)).unwrap_or(after);
    Some(rest.len() - after.len())
}

/// Bytes of `22:40`.
fn sharp(rest: &str) -> Option<usize> {
    let hours = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let minutes = rest[hours..].strip_prefix(':')?;
    let two = minutes.bytes().take(3).take_while(u8::is_ascii_digit).count() == 2;
    let hour = rest[..hours].parse::<u8>().ok().filter(|hour| *hour < 24)?;
    let minute = minutes.get(..2)?.parse::<u8>().ok().filter(|minute| *minute < 60)?;
    (two && (hours == 2 || hour < 10) && minute < 60).then_some(hours + ":00".len())
}

/// Bytes of the words that close a date.
pub(super) fn tail(rest: &str) -> usize {
    DATE_TAILS.iter().find(|word| rest.starts_with(**word)).map_or(0, |word| word.len())
}
