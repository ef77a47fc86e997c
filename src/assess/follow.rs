//! What follows from a board: proposed, never done by itself (DESIGN red line 6).

use crate::assess::board::{End, Own};
use crate::domain::ids::UnitId;
use crate::domain::paper::FollowUp;

/// What a board proposes, held against the one before.
pub fn proposals(rows: &[Own], before: &[Own]) -> Vec<(FollowUp, UnitId)> {
    let at = |rows: &[Own], end: End| -> Vec<UnitId> {
        rows.iter().filter(|own| own.row.end == Some(end)).map(|own| own.row.unit).collect()
    };
    let (top, bottom, last) = (at(rows, End::Top), at(rows, End::Bottom), at(before, End::Bottom));
    let twice = bottom.iter().filter(|unit| last.contains(unit)).map(|unit| (FollowUp::Talk, *unit));
    let top = top.iter().map(|unit| (FollowUp::Experience, *unit));
    let bottom = bottom.iter().map(|unit| (FollowUp::SelfReview, *unit));
    top.chain(bottom).chain(twice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::board::{Figure, Row};

    fn own(unit: i64, end: Option<End>) -> Own {
        let figure = Figure { tenths: 0, votes: 1 };
        let row = Row { rank: 1, unit: UnitId(unit), name: String::new(), figure, end };
        Own { row, among: 3, end_word: String::new(), basis: Vec::new() }
    }

    #[test]
    fn a_talk_is_proposed_only_for_whoever_was_at_the_bottom_twice_running() {
        let now =
            [own(1, Some(End::Top)), own(2, None), own(3, Some(End::Bottom)), own(4, Some(End::Bottom))];
        let before = [own(1, Some(End::Bottom)), own(3, Some(End::Bottom)), own(4, None)];
        let (top, three, four) = (UnitId(1), UnitId(3), UnitId(4));
        assert_eq!(
            proposals(&now, &before),
            [
                (FollowUp::Experience, top),
                (FollowUp::SelfReview, three),
                (FollowUp::SelfReview, four),
                (FollowUp::Talk, three)
            ]
        );
        assert!(proposals(&[own(1, None)], &before).is_empty(), "nobody is named, nothing follows");
    }
}
