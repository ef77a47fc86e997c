//! Measures that say nearly the same: to be merged, or linked and reported once.

use std::collections::{BTreeMap, BTreeSet};

use crate::notice::findings::{Answer, Finding, Kind};
use crate::notice::reading::Reading;
use crate::notice::twin::Twin;

/// Characters in a row that two measures of different sections share before anybody is asked about them.
const SHARED: usize = 7;

/// Most findings of this kind: a document that repeats itself everywhere is none to be linked one by one.
const MOST: usize = 20;

pub(super) fn findings(reading: &Reading) -> Vec<Finding> {
    let mut by_words: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, measure) in reading.measures.iter().enumerate() {
        let text: Vec<char> =
            Twin::new(&measure.text).norm().chars().filter(|c| c.is_alphanumeric()).collect();
        for words in text.windows(SHARED) {
            by_words.entry(words.iter().collect()).or_default().insert(at);
        }
    }
    let mut pairs: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for (words, at) in by_words {
        let both: Vec<usize> = at.into_iter().collect();
        if let [one, other] = both[..]
            && reading.measures[one].path != reading.measures[other].path
            && !is_common(&words)
        {
            pairs.entry((one, other)).or_insert(words);
        }
    }
    let pair = |((one, other), words): ((usize, usize), String)| {
        let finding = Finding::of(&reading.measures[one], Kind::Duplicate, words, Answer::Link);
        finding.against(reading.measures[other].code.clone())
    };
    pairs.into_iter().take(MOST).map(pair).collect()
}

/// Words that many measures share without being alike.
fn is_common(words: &str) -> bool {
    [
        "人民政府",
        "政府办公室",
        "县委县政府",
        "有关部门",
        "各乡镇",
        "领导干部",
        "主要负责",
        "年底前完成",
        "月底前完成",
    ]
    .iter()
    .any(|common| words.contains(common))
}
