//! Numbers that the office enters (招商引资, 窗口评星, 万人评作风), merged over the days of a board.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::assess::board::Figure;
use crate::assess::sums::Span;
use crate::domain::ids::UnitId;
use crate::domain::people::words;
use crate::domain::period::Period;

words! {
    /// How the numbers of several periods become one.
    Over {
        /// Added up: amounts.
        Sum = "sum",
        /// The mean, each weighing as many votes as it rests on: stars and points.
        Mean = "mean",
    }
}

/// A number that was entered.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Entered {
    /// Whose.
    pub unit: UnitId,
    /// Of which period.
    pub period: Period,
    /// The number.
    pub value: f64,
    /// How many votes it rests on; 0 where it is no average of votes.
    pub votes: u32,
}

/// The figure of each unit over some days: what was entered for just that period, else what was for periods within it.
pub fn merged(
    entered: &[Entered],
    (period, span): (Option<Period>, Span),
    over: Over,
) -> BTreeMap<UnitId, Figure> {
    let mut of: BTreeMap<UnitId, Vec<&Entered>> = BTreeMap::new();
    for one in entered.iter().filter(|one| lies_in(one.period, span)) {
        of.entry(one.unit).or_default().push(one);
    }
    of.into_iter()
        .map(|(unit, parts)| {
            let whole = parts.iter().find(|one| Some(one.period) == period);
            (unit, whole.map_or_else(|| figure(&parts, over), |whole| figure(&[*whole], over)))
        })
        .collect()
}

fn lies_in(period: Period, span: Span) -> bool {
    let days = period.first_day().zip(period.last_day());
    days.is_some_and(|(first, last)| span.contains(first) && span.contains(last))
}

fn figure(parts: &[&Entered], over: Over) -> Figure {
    let votes: u32 = parts.iter().map(|one| one.votes).sum();
    let weight = |one: &Entered| if votes == 0 { 1.0 } else { f64::from(one.votes) };
    let value: f64 = match over {
        Over::Sum => parts.iter().map(|one| one.value).sum(),
        Over::Mean => {
            let all: f64 = parts.iter().map(|one| weight(one)).sum();
            parts.iter().map(|one| one.value * weight(one)).sum::<f64>() / all
        }
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "numbers of a county, never below zero"
    )]
    let tenths = (value * 10.0).round() as u64;
    Figure { tenths, votes: votes as usize }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quarter(quarter: u32) -> Period {
        Period::Quarter { year: 2022, quarter }
    }

    fn year() -> (Option<Period>, Span) {
        let year = Period::Year { year: 2022 };
        let (from, until) = year.first_day().zip(year.last_day()).expect("days");
        (Some(year), Span { from, until })
    }

    fn entered(period: Period, value: f64, votes: u32) -> Entered {
        Entered { unit: UnitId(1), period, value, votes }
    }

    #[test]
    fn amounts_are_added_up_and_stars_weigh_their_votes() {
        let all = [entered(quarter(1), 4.0, 10), entered(quarter(2), 5.0, 30)];
        assert_eq!(merged(&all, year(), Over::Sum)[&UnitId(1)], Figure { tenths: 90, votes: 40 });
        assert_eq!(merged(&all, year(), Over::Mean)[&UnitId(1)], Figure { tenths: 48, votes: 40 });
        let whole = [all[0], all[1], entered(Period::Year { year: 2022 }, 4.5, 50)];
        assert_eq!(merged(&whole, year(), Over::Mean)[&UnitId(1)], Figure { tenths: 45, votes: 50 });
    }

    proptest! {
        #[test]
        fn a_mean_lies_between_its_parts(parts in proptest::collection::vec((0..50u32, 0..200u32), 1..4)) {
            let all: Vec<Entered> = (1..).zip(&parts)
                .map(|(at, (tenths, votes))| entered(quarter(at), f64::from(*tenths) / 10.0, *votes)).collect();
            let mean = merged(&all, year(), Over::Mean)[&UnitId(1)].tenths;
            let counted = parts.iter().filter(|(_, votes)| *votes > 0 || parts.iter().all(|(_, votes)| *votes == 0));
            let tenths: Vec<u64> = counted.map(|(tenths, _)| u64::from(*tenths)).collect();
            prop_assert!(tenths.iter().min() <= Some(&mean) && Some(&mean) <= tenths.iter().max());
        }
    }
}
