//! Years and amounts that go with one another in their order: 2024年、2025年、2026年分别完成18公里、25公里、15公里.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use crate::notice::deadline::By;

static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:20\d\d年?[、,和至]){1,5}20\d\d年(?:底前?|末|内|度)?,?(?:要|力争|计划)?(?:分别|各|依次)")
        .expect("a pattern")
});

static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"20\d\d年?").expect("a pattern"));

/// The ends of years that a text names one after another, as it gives each its own amount.
pub(super) fn years(text: &str) -> Vec<By> {
    let end_of = |year: &str| NaiveDate::from_ymd_opt(year.get(..4)?.parse().ok()?, 12, 31);
    YEARS
        .find_iter(text)
        .flat_map(|series| YEAR.find_iter(series.as_str()).map(move |year| (series.start(), year)))
        .filter_map(|(at, year)| {
            Some(By { day: end_of(year.as_str())?, range: at + year.start()..at + year.end() })
        })
        .collect()
}

/// Which time a target has in a sentence that gives as many times as targets, all times first, one for one (分别).
pub(super) fn one_for_one(text: &str, times: &[Range<usize>], targets: &[Range<usize>]) -> bool {
    let (Some(last), Some(first)) = (times.last(), targets.first()) else { return false };
    times.len() >= 2
        && times.len() == targets.len()
        && last.end <= first.start
        && ["分别", "依次", "各"].iter().any(|word| text[last.end..first.start].contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_several_years_has_its_end() {
        let days = |text: &str| years(text).iter().map(|by| by.day.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(days("2024年、2025年、2026年分别改造18公里"), "2024-12-31 2025-12-31 2026-12-31");
        assert_eq!(days("2023年和2024年底前分别达到80%、90%"), "2023-12-31 2024-12-31");
        assert_eq!(days("2023年、2024年工作总结"), "");
    }
}
