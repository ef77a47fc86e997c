//! Lengths of time in Chinese text: `10天`, `两周`, `半个月`, `3个工作日`.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::cursor::Cursor;

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Calendar days.
    Days(u32),
    /// Calendar months.
    Months(u32),
    /// Days from Monday to Friday.
    Workdays(u32),
}

impl Span {
    /// The day this long after another; None past the end of the calendar.
    pub fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(n) => day.checked_add_days(Days::new(n.into())),
            Self::Months(n) => day.checked_add_months(Months::new(n)),
            Self::Workdays(n) => (0..n).try_fold(day, |day, _| next_weekday(day)),
        }
    }
}

/// Longest span that is believed: ten years of days.
const MAX_SPAN: i64 = 3660;

/// The span that the text opens with: `10天`, `两周`, `半个月`, `3个工作日`, `一个季度`; and the bytes it covers.
pub fn span_at(text: &str) -> Option<(Span, usize)> {
    let mut cursor = Cursor { text, at: 0 };
    let half = cursor.eat("半");
    let count = if half { Some(0) } else { cursor.number() }?;
    let count = u32::try_from(count).ok().filter(|n| i64::from(*n) <= MAX_SPAN)?;
    cursor.any(&["来", "多", "几"]);
    cursor.eat("个");
    let unit = cursor.any(&["工作日", "星期", "礼拜", "季度", "周", "天", "日", "月", "年"])?;
    let span = match (unit, half) {
        ("月", true) => Span::Days(15),
        ("年", true) => Span::Months(6),
        (_, true) => return None,
        ("工作日", _) => Span::Workdays(count),
        ("天" | "日", _) => Span::Days(count),
        ("月", _) if text[..cursor.at].contains('个') || text.starts_with('两') => Span::Months(count),
        ("月", _) => return None,
        ("季度", _) => Span::Months(count * 3),
        ("年", _) => Span::Months(count * 12),
        _ => Span::Days(count * 7),
    };
    Some((span, cursor.at))
}

fn next_weekday(day: NaiveDate) -> Option<NaiveDate> {
    let mut day = day.succ_opt()?;
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        day = day.succ_opt()?;
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_add_up() {
        let rows = [
            ("两周", "2022-07-11"),
            ("10天", "2022-07-07"),
            ("半个月", "2022-07-12"),
            ("一个月", "2022-07-27"),
            ("两月", "2022-08-27"),
            ("5个工作日", "2022-07-04"),
        ];
        for (text, date) in rows {
            let (span, len) = span_at(text).expect(text);
            assert_eq!(len, text.len(), "{text}");
            assert_eq!(
                span.after(NaiveDate::from_ymd_opt(2022, 6, 27).expect("a real day"))
                    .map(|day| day.to_string())
                    .as_deref(),
                Some(date),
                "{text}"
            );
        }
    }
}
