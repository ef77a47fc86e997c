//! Findings about when and how much: vague words, rhythms without a round, targets without a date or a base.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::notice::cadence::cadences;
use crate::notice::findings::{Answer, Finding, Kind};
use crate::notice::reading::{Measure, Reading};
use crate::notice::twin::Twin;

/// Words that stand in place of a number of days or times.
static VAGUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("第一时间|规定(?:时限|时间|期限)内?|限期|限时|定期|不定期|(?:春节|中秋节|中秋|端午节|汛期|冬季|秋收|春耕|入冬|入汛|供暖期)(?:到来)?(?:之?前|以前)|适时|尽快|尽早|及时|立即|立行立改|近期|按时|原则上|早日|有序").expect("a pattern")
});

/// Those of them that are only asked about where the measure says nothing else of when.
const MILD: [&str; 7] = ["及时", "按时", "尽早", "早日", "有序", "立即", "原则上"];

static SLOGAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("[\u{201c}\"][^\u{201d}\"]*(?:[百千万]|\\d)[^\u{201d}\"]{0,12}[\u{201d}\"]")
        .expect("a pattern")
});

static BASE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("全覆盖|应[\\p{Han}]尽[\\p{Han}]|每名|每个|人均|全部|户均").expect("a pattern")
});

pub(super) fn findings(reading: &Reading) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut undated: BTreeMap<Vec<String>, (usize, &Measure)> = BTreeMap::new();
    for measure in &reading.measures {
        let text = Twin::new(&measure.text).tight();
        found.extend(vague(measure, text.norm()));
        found.extend(rhythm(measure, text.norm()));
        found.extend(targets(measure, text.norm()));
        if measure.duties.iter().all(|duty| duty.turn.is_none() && duty.due.is_none()) {
            let section: Vec<String> = measure.path.iter().take(2).cloned().collect();
            undated.entry(section).or_insert((0, measure)).0 += 1;
        }
    }
    for (section, (count, first)) in undated {
        let words = section.last().cloned().unwrap_or_default();
        let finding = Finding::at(first.place.clone(), Kind::Undated, words, Answer::ProgressOnly);
        found.push(finding.against(count.to_string()));
    }
    found
}

/// The first vague word of a measure; the milder ones count only where nothing else says when.
fn vague(measure: &Measure, text: &str) -> Option<Finding> {
    let timed = measure.duties.iter().any(|duty| duty.due.is_some() || duty.turn.is_some());
    let asked = |word: &&str| !(timed && MILD.contains(word));
    let word = VAGUE.find_iter(text).map(|found| found.as_str()).find(asked)?;
    Some(Finding::of(measure, Kind::Vague, word, Answer::GiveTerm))
}

/// 每日, 每半月: there is no such round.
fn rhythm(measure: &Measure, text: &str) -> Option<Finding> {
    let every = cadences(text).into_iter().find(|every| every.cadence.is_none())?;
    Some(Finding::of(measure, Kind::Rhythm, &text[every.range], Answer::GiveTerm))
}

/// Targets that are doubtful, have no date, or no base.
fn targets(measure: &Measure, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let of = |kind, words: String, answer| Finding::of(measure, kind, words, answer);
    for duty in &measure.duties {
        let Some(quantity) = &duty.quantity else { continue };
        if duty.doubtful {
            found.push(of(Kind::DoubtfulTarget, quantity.to_string(), Answer::TargetOrNot));
        }
        if duty.due.is_none() && duty.turn.is_none() {
            found.push(of(Kind::UndatedTarget, quantity.to_string(), Answer::GiveDate));
        }
    }
    if let Some(slogan) = SLOGAN.find(text).filter(|slogan| {
        slogan.as_str().contains(['万', '百', '千'])
            && slogan.as_str().contains(['人', '企', '户', '村', '日'])
    }) {
        found.push(of(Kind::DoubtfulTarget, slogan.as_str().to_owned(), Answer::TargetOrNot));
    }
    if let Some(base) = BASE.find(text) {
        found.push(of(Kind::NoBase, base.as_str().to_owned(), Answer::GiveBase));
    }
    found
}
