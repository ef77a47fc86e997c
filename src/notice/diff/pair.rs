//! Which item of one version is which of another: by text and code, and where something was inserted above and the codes
//! have shifted, by the likeness of the text.

use std::collections::BTreeSet;

use crate::notice::twin::Twin;

/// What of a text counts, in characters: beyond it two texts are as alike as before it.
const CHARS: usize = 400;

/// What the same code adds to the likeness of two texts.
const SAME_CODE: f64 = 0.15;

/// One item to be paired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Side {
    code: String,
    words: String,
    /// Every two characters in a row, sorted.
    twos: Vec<(char, char)>,
}

impl Side {
    /// An item by its code and everything it says, without marks.
    pub(super) fn new<'a>(code: &str, texts: impl IntoIterator<Item = &'a str>) -> Side {
        let all: String = texts.into_iter().collect();
        let plain = Twin::new(&all);
        let chars: Vec<char> = plain.norm().chars().filter(|c| c.is_alphanumeric()).take(CHARS).collect();
        let mut twos: Vec<(char, char)> = chars.windows(2).map(|two| (two[0], two[1])).collect();
        twos.sort_unstable();
        Side { code: code.to_owned(), words: chars.into_iter().collect(), twos }
    }

    /// How alike, from 0 to a little above 1: Dice's coefficient of the pairs of characters. (`strsim` divides by bytes.)
    fn likeness(&self, other: &Side) -> f64 {
        let same = if self.code == other.code { SAME_CODE } else { 0.0 };
        let all = self.twos.len() + other.twos.len();
        if all == 0 {
            return same;
        }
        let (mut shared, mut rest) = (0_usize, other.twos.as_slice());
        for two in &self.twos {
            rest = &rest[rest.iter().take_while(|one| *one < two).count()..];
            if rest.first() == Some(two) {
                (shared, rest) = (shared + 1, &rest[1..]);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
        let dice = (2 * shared) as f64 / all as f64;
        dice + same
    }
}

/// For every new item the old one that it is, if there is one at least so alike.
pub(super) fn pairs(old: &[Side], new: &[Side], least: f64) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; new.len()];
    let mut free: BTreeSet<usize> = (0..old.len()).collect();
    let exact: [fn(&Side, &Side) -> bool; 2] = [|a, b| a == b, |a, b| a.words == b.words];
    for same in exact {
        for (at, one) in new.iter().enumerate().filter(|(at, _)| found[*at].is_none()).collect::<Vec<_>>() {
            found[at] = free.iter().copied().find(|other| same(&old[*other], one));
            found[at].map(|taken| free.remove(&taken));
        }
    }
    let mut alike: Vec<(f64, usize, usize)> = Vec::new();
    for (at, one) in new.iter().enumerate().filter(|(at, _)| found[*at].is_none()) {
        let scored = free.iter().map(|other| (old[*other].likeness(one), at, *other));
        alike.extend(scored.filter(|(score, ..)| *score >= least));
    }
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, at, other) in alike {
        if found[at].is_none() && free.remove(&other) {
            found[at] = Some(other);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(all: &[(&str, &str)]) -> Vec<Side> {
        all.iter().map(|(code, text)| Side::new(code, [*text])).collect()
    }

    #[test]
    fn an_item_inserted_above_shifts_codes_and_not_items() {
        let old = sides(&[("1", "开工建设过境公路"), ("2", "完成污水处理厂改造"), ("3", "新增规上企业3户")]);
        let new = sides(&[
            ("1", "编制水系规划"),
            ("2", "开工建设过境公路"),
            ("3", "完成污水处理厂提标改造"),
            ("4", "新增规上企业5户"),
        ]);
        assert_eq!(pairs(&old, &new, 0.55), [None, Some(0), Some(1), Some(2)]);
    }

    #[test]
    fn another_item_under_the_same_code_is_another_item() {
        let old = sides(&[("1", "开工建设过境公路")]);
        assert_eq!(pairs(&old, &sides(&[("1", "举办群众文化节")]), 0.55), [None]);
    }
}
