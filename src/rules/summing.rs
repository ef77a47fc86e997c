//! 季汇总: the draft of a longer period's report, put together from what was reported on the shorter periods within it, so
//! that nobody writes the same thing twice (DOMAIN section 1, row 3).

use crate::domain::period::{Cadence, Period};

/// What was reported on one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The period.
    pub period: Period,
    /// The words.
    pub text: String,
}

/// What the report on `whole` is put together from, in the order of time: the reports of the longest shorter cadence that
/// there are any of. A month takes its weeks, a quarter its months, a year its halves or quarters.
pub fn pieces_of(whole: Period, all: Vec<Piece>) -> Vec<Piece> {
    let Some(cadence) = whole.cadence() else {
        return Vec::new();
    };
    let within = |piece: &Piece| {
        piece.period.cadence().is_some_and(|shorter| shorter < cadence)
            && piece.period.last_day().is_some_and(|day| whole.contains(day))
    };
    let mut inside: Vec<Piece> = all.into_iter().filter(within).collect();
    let longest: Option<Cadence> = inside.iter().filter_map(|piece| piece.period.cadence()).max();
    inside.retain(|piece| piece.period.cadence() == longest);
    inside.sort_by_key(|piece| piece.period.first_day());
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(period: &str) -> Piece {
        Piece { period: period.parse().expect("a period"), text: period.to_owned() }
    }

    fn taken(whole: &str, all: &[&str]) -> Vec<String> {
        let all = all.iter().map(|period| piece(period)).collect();
        pieces_of(whole.parse().expect("a period"), all).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn a_quarter_takes_its_months_in_order_and_no_others() {
        let all = ["2022-06", "2022-W21", "2022-04", "2022-07", "2022-05", "2022Q1", "2022-05-31"];
        assert_eq!(taken("2022Q2", &all), ["2022-04", "2022-05", "2022-06"]);
    }

    #[test]
    fn where_there_are_no_months_the_weeks_that_end_in_it_serve() {
        assert_eq!(taken("2022-06", &["2022-W22", "2022-W25", "2022-W26"]), ["2022-W22", "2022-W25"]);
        assert_eq!(taken("2022", &["2022Q1", "2022-05", "2022H1"]), ["2022H1"]);
    }

    #[test]
    fn what_is_owed_once_is_put_together_from_nothing() {
        assert!(taken("2022-06-30", &["2022-05", "2022-W22"]).is_empty());
        assert!(taken("once", &["2022-05"]).is_empty());
    }
}
