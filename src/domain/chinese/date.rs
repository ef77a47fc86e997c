//! Dates in Chinese text, read against a given day: `6月30日`, `下周五`, `月底`, `三季度末`.

use chrono::NaiveDate;

use super::cursor::Cursor;
use super::number::number_at;
use super::reader::Reader;

/// A date found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The day meant; the last day where a whole week, month or quarter was named.
    pub date: NaiveDate,
    /// First byte it covers.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// Only a day of the month was said (`15号`); the month is our guess: the next such day.
    pub day_only: bool,
}

/// All dates of a text, left to right, none inside another.
pub fn dates(text: &str, today: NaiveDate) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if let Some(mut hit) = date_at(rest, today) {
            hit.start += at;
            hit.end += at;
            at = hit.end;
            found.push(hit);
        } else {
            // A number is left behind whole, so that no date is read from its tail.
            let number = number_at(rest).filter(|number| number.figures);
            at += number.map_or(c.len_utf8(), |number| number.len);
        }
    }
    found
}

/// The date that the text opens with.
pub fn date_at(text: &str, today: NaiveDate) -> Option<Found> {
    let reader = Reader { today };
    let mut cursor = Cursor { text, at: 0 };
    let date = reader.word(&mut cursor).or_else(|| reader.figures(&mut cursor))?;
    let day_only = cursor.at <= 5
        && (text.contains('号') || text.contains('日'))
        && text.as_bytes()[0].is_ascii_digit()
        && text[..cursor.at].chars().all(|c| c.is_ascii_digit() || "号日".contains(c));
    Some(Found { date, start: 0, end: cursor.at, day_only })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Monday.
    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2022, 6, 27).expect("a real day")
    }

    #[test]
    fn dates_are_read_against_the_day() {
        let rows = "6月30日前=2022-06-30 6.30前=2022-06-30 2022年6月30日=2022-06-30 2022-07-15=2022-07-15 \
            月底前=2022-06-30 下周五=2022-07-08 周五=2022-07-01 明天=2022-06-28 后天=2022-06-29 \
            7月中旬=2022-07-20 7月上旬=2022-07-10 7月下旬=2022-07-31 三季度末=2022-09-30 年底=2022-12-31 \
            下月15号=2022-07-15 15号=2022-07-15 30号=2022-06-30 七月十五日=2022-07-15 \
            明年3月底=2023-03-31 2022年底=2022-12-31 6月31日=2022-06-30 两周后=2022-07-11 国庆前=2022-09-30 \
            十天内=2022-07-07 上半年=2022-06-30 下个月=2022-07-31 8月份=2022-08-31 季度末=2022-06-30 \
            2022年三季度末=2022-09-30 上周五=2022-06-24 周末=2022-07-03 7/15前=2022-07-15 二〇二二年七月=2022-07-31";
        for row in rows.split_whitespace() {
            let (text, date) = row.split_once('=').expect("a row");
            let read = date_at(text, today()).map(|found| found.date.to_string());
            assert_eq!(read.as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["3.8亿元", "60%", "721工作法", "两周", "周边", "季度调度", "6个月", "两月", "13月1日", "10", ""]
        {
            assert_eq!(date_at(text, today()), None, "{text}");
        }
    }

    #[test]
    fn every_date_of_a_text_is_found_once() {
        let found = dates("从6月30日延到7月15日,投资3.8亿,周五报", today());
        let days: Vec<_> = found.iter().map(|found| found.date.to_string()).collect();
        assert_eq!(days, ["2022-06-30", "2022-07-15", "2022-07-01"]);
    }
}
