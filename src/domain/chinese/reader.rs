//! The forms a date can take, one function each.

use chrono::{Datelike, Months, NaiveDate, Weekday};

use super::cursor::Cursor;
use super::span::span_at;

/// Words for single days, with their distance from today.
const DAYS: [(&str, i64); 22] = [
    ("今儿个", 0),
    ("明儿个", 1),
    ("后儿个", 2),
    ("昨儿个", -1),
    ("前儿个", -2),
    ("今儿", 0),
    ("明儿", 1),
    ("后儿", 2),
    ("昨儿", -1),
    ("前儿", -2),
    ("大后天", 3),
    ("后天", 2),
    ("明天", 1),
    ("明日", 1),
    ("明早", 1),
    ("明晚", 1),
    ("今天", 0),
    ("今日", 0),
    ("今晚", 0),
    ("昨天", -1),
    ("昨日", -1),
    ("前天", -2),
];

/// Holidays that serve as a deadline: `国庆前` is the day before.
const FEASTS: [(&str, u32, u32); 6] = [
    ("国庆节前", 9, 30),
    ("国庆前", 9, 30),
    ("十一前", 9, 30),
    ("七一前", 6, 30),
    ("五一前", 4, 30),
    ("元旦前", 12, 31),
];

/// Reads dates against one day.
pub(super) struct Reader {
    pub today: NaiveDate,
}

impl Reader {
    /// Dates that open with a word.
    pub fn word(&self, cursor: &mut Cursor) -> Option<NaiveDate> {
        let rest = cursor.rest();
        if let Some((word, away)) = DAYS.iter().find(|(word, _)| rest.starts_with(word)) {
            cursor.at += word.len();
            return self.today.checked_add_signed(chrono::TimeDelta::days(*away));
        }
        if let Some((word, month, day)) = FEASTS.iter().find(|(word, ..)| rest.starts_with(word)) {
            cursor.at += word.len();
            return self.month_day(i64::from(*month), i64::from(*day));
        }
        if ["上旬", "中旬", "下旬"].iter().any(|word| rest.starts_with(word)) {
            return self.third(cursor);
        }
        let start = cursor.at;
        for read in [Self::week, Self::month, Self::quarter, Self::year] {
            cursor.at = start;
            if let Some(date) = read(self, cursor) {
                return Some(date);
            }
        }
        cursor.at = start;
        None
    }

    /// `周五`, `本周`, `下周三`, `下下周`, `周末`; a week alone is its Friday.
    fn week(&self, cursor: &mut Cursor) -> Option<NaiveDate> {
        let which = cursor.any(&["下下", "下个", "下", "上个", "上", "本", "这个", "这"]);
        cursor.any(&["周", "星期", "礼拜"])?;
        let day = weekday(cursor);
        if which.is_none() && day.is_none() {
            return None;
        }
        let weeks: i64 = match which {
            Some("下下") => 2,
            Some("下个" | "下") => 1,
            Some("上个" | "上") => -1,
            _ => 0,
        };
        let day = day.unwrap_or(Weekday::Fri);
        let away =
            i64::from(day.num_days_from_monday()) - i64::from(self.today.weekday().num_days_from_monday());
        // A weekday that has passed means the next one, unless its week was named.
        let passed = which.is_none() && away < 0;
        let away = away + 7 * (weeks + i64::from(passed));
        self.today.checked_add_signed(chrono::TimeDelta::days(away))
    }

    /// `月底`, `本月25日`, `下月中旬`, `上个月`.
    fn month(&self, cursor: &mut Cursor) -> Option<NaiveDate> {
        let away: i32 = match cursor.any(&["本", "这个", "当", "下个", "下", "上个", "上"]) {
            Some("下个" | "下") => 1,
            Some("上个" | "上") => -1,
            Some(_) => 0,
            None if ["月底", "月末", "月中", "月内", "月初"].iter().any(|w| cursor.rest().starts_with(w)) => {
                0
            }
            None => return None,
        };
        if !cursor.eat("月") {
            return None;
        }
        cursor.eat("份");
        let first = self.today.with_day(1)?;
        let first = if away < 0 {
            first.checked_sub_months(Months::new(1))?
        } else {
            first.checked_add_months(Months::new(away.unsigned_abs()))?
        };
        within_month(cursor, first.year(), first.month())
    }

    /// `中旬` alone: of this month, or of the next where it has passed.
    fn third(&self, cursor: &mut Cursor) -> Option<NaiveDate> {
        let start = cursor.at;
        cursor.any(&["上旬", "中旬", "下旬"])?;
        cursor.at = start;
        let near = within_month(cursor, self.today.year(), self.today.month())?;
        if near >= self.today {
            return Some(near);
        }
        cursor.at = start;
        let next = self.today.with_day(1)?.checked_add_months(Months::new(1))?;
        within_month(cursor, next.year(), next.month())
    }

    /// `三季度末`, `本季度`, `季末`, `上半年`, `下半年底`.
    fn quarter(&self, cursor: &mut Cursor) -> Option<NaiveDate> {
        let year = self.today.year();
        let now = i64::from(self.today.month0() / 3 + 1);
        if let Some(half) = cursor.any(&["上半年", "下半年"]) {
            cursor.any(&["底", "末", "内"]);
            return month_end(year, if half == "上半年" { 6 } else { 12 });
        }
        cursor.eat("第");
        let which = match cursor.any(&["本", "这个", "当", "下个", "下"]) {
            Some("下个" | "下") => now + 1,
            Some(_) => now,
            None if cursor.rest().starts_with('季') => now,
            None => cursor.number().filter(|n| (1..=4).contains(n))?,
        };
        if !cursor.eat("季度") && !cursor.eat("季") {
            return None;
        }
        let closed = cursor.any(&["末", "底", "内", "前"]).is_some();
        if which == now && !closed && cursor.text.starts_with('季') {
            return None;
        }
        let (year, which) = if which > 4 { (year + 1, 1) } else { (year, which) };
        month_end(year, u32::try_from(which).ok()? * 3)
    }

    /// `年底`, `今年底`, `明年3月底`, `年内`.
    fn year(&self, cursor: &mut Cursor) -> Option<NaiveDate> {
        let which = cursor.any(&["今年", "明年", "去年", "本年", "年"])?;
        let year = self.today.year()
            + match which {
                "明年" => 1,
                "去年" => -1,
                _ => 0,
            };
        if which == "年" {
            cursor.any(&["底", "末", "内"])?;
            return month_end(year, 12);
        }
        // 今年 alone is no date.
        let start = cursor.at;
        let date = within_year(cursor, year);
        date.filter(|_| cursor.at > start || year != self.today.year())
    }

    /// Dates that open with a number.
    pub fn figures(&self, cursor: &mut Cursor) -> Option<NaiveDate> {
        let start = cursor.at;
        for read in [Self::full, Self::month_and_day, Self::short, Self::away] {
            cursor.at = start;
            if let Some(date) = read(self, cursor) {
                return Some(date);
            }
        }
        cursor.at = start;
        None
    }

    /// `2022年6月30日`, `2022-06-30`, `2022.6.30`, `2022年底`.
    fn full(&self, cursor: &mut Cursor) -> Option<NaiveDate> {
        let figures = cursor.rest().starts_with(|c: char| c.is_ascii_digit());
        let year = if figures { cursor.digits() } else { cursor.number() };
        let short = self.today.year() / 100 * 100;
        let year = i32::try_from(year?).ok()?;
        if cursor.eat("年") {
            // `22年6月` is this century; `3年` alone is a span.
            let year = if (20..100).contains(&year) { short + year } else { year };
            return (1990..2100).contains(&year).then(|| within_year(cursor, year))?;
        }
        let mark = cursor.any(&["-", ".", "/"])?;
        let month = cursor.digits()?;
        let day = if cursor.eat(mark) {
            cursor.digits()?
        } else {
            return None;
        };
        day_of(
            if (1990..2100).contains(&year) {
                year
            } else {
                return None;
            },
            month,
            day,
        )
    }

    /// `6月30日`, `6月底`, `七月中旬`, `6月`; `15号` and `15日` alone are the next such day.
    fn month_and_day(&self, cursor: &mut Cursor) -> Option<NaiveDate> {
        // 两月 are so many months, and no month of the year.
        if cursor.rest().starts_with('两') {
            return None;
        }
        let first = cursor.number()?;
        if cursor.eat("月") {
            cursor.eat("份");
            let month = u32::try_from(first).ok().filter(|m| (1..=12).contains(m))?;
            return within_month(cursor, self.year_of(month), month);
        }
        cursor.any(&["号", "日"])?;
        let this = self.today.with_day(1)?;
        let near = day_of(this.year(), this.month().into(), first)?;
        if near >= self.today {
            return Some(near);
        }
        let next = this.checked_add_months(Months::new(1))?;
        day_of(next.year(), next.month().into(), first)
    }

    /// `6.30`, `6/30`, `6-30`: two figures, believed only where a date is led in or closed off.
    fn short(&self, cursor: &mut Cursor) -> Option<NaiveDate> {
        let month = cursor.digits()?;
        let mark = cursor.any(&[".", "/", "-"])?;
        let digits = cursor.rest().bytes().take_while(u8::is_ascii_digit).count();
        let day = cursor.digits()?;
        // `.30` needs both digits, and none of them may be a decimal of something else.
        let closed = cursor.any(&["日", "号"]).is_some()
            || cursor.rest().is_empty()
            || cursor.rest().starts_with([
                '前', '之', '以', '完', '办', '报', '开', '交', '能', ',', '。', ' ', '\n', '左', '了', '竣',
                '投', '封', '收', '通', '吧',
            ]);
        let plain = digits == 2 || (mark != "." && cursor.rest().starts_with('前'));
        (closed && plain).then(|| self.month_day(month, day))?
    }

    /// `10天后`, `两周内`, `一个月以后`.
    fn away(&self, cursor: &mut Cursor) -> Option<NaiveDate> {
        let (span, len) = span_at(cursor.rest())?;
        cursor.at += len;
        cursor.any(&["以后", "之后", "后", "以内", "之内", "内"])?;
        span.after(self.today)
    }

    fn month_day(&self, month: i64, day: i64) -> Option<NaiveDate> {
        let month = u32::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
        day_of(self.year_of(month), month.into(), day)
    }

    /// The year of a month named without one: this year, or the next if more than half a year has passed since.
    fn year_of(&self, month: u32) -> i32 {
        self.today.year() + i32::from(month + 6 < self.today.month())
    }
}

/// What may follow a year: a month, a quarter, a half, its end; the year alone is its last day.
fn within_year(cursor: &mut Cursor, year: i32) -> Option<NaiveDate> {
    let first = Reader { today: NaiveDate::from_ymd_opt(year, 1, 1)? };
    let start = cursor.at;
    if let Some(date) = first.quarter(cursor).filter(|_| cursor.at > start) {
        return Some(date);
    }
    cursor.at = start;
    let month = cursor.number().filter(|_| cursor.eat("月"));
    if let Some(month) = month {
        cursor.eat("份");
        return within_month(cursor, year, u32::try_from(month).ok()?);
    }
    cursor.at = start;
    cursor.any(&["底", "末", "内", "年底"]);
    month_end(year, 12)
}

/// What may follow a month: a day, a third of it, its end; the month alone is its last day.
fn within_month(cursor: &mut Cursor, year: i32, month: u32) -> Option<NaiveDate> {
    let start = cursor.at;
    if let Some(day) = cursor.number() {
        let marked = cursor.any(&["日", "号"]).is_some();
        if marked || (1..=31).contains(&day) && !cursor.rest().starts_with(['%', '个', '人', '户', '家'])
        {
            return day_of(year, month.into(), day);
        }
    }
    cursor.at = start;
    let day = match cursor.any(&["上旬", "中旬", "下旬", "初", "中", "底", "末", "内"]) {
        Some("上旬") => 10,
        Some("中旬") => 20,
        Some("初") => 5,
        Some("中") => 15,
        _ => 31,
    };
    day_of(year, month.into(), day)
}

/// A day of a month; one past its end (`6月31日`) is its last day, as it is meant.
fn day_of(year: i32, month: i64, day: i64) -> Option<NaiveDate> {
    let month = u32::try_from(month).ok()?;
    let day = u32::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    NaiveDate::from_ymd_opt(year, month, day).or_else(|| month_end(year, month))
}

fn month_end(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}

fn weekday(cursor: &mut Cursor) -> Option<Weekday> {
    let word = cursor
        .any(&["一", "二", "三", "四", "五", "六", "日", "天", "末", "内", "1", "2", "3", "4", "5", "6"])?;
    Some(match word {
        "一" | "1" => Weekday::Mon,
        "二" | "2" => Weekday::Tue,
        "三" | "3" => Weekday::Wed,
        "四" | "4" => Weekday::Thu,
        "五" | "5" | "内" => Weekday::Fri,
        "六" | "6" => Weekday::Sat,
        _ => Weekday::Sun,
    })
}
