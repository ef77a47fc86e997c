//! Lists of problems and of what is done about each: the labels 整改目标, 整改措施, 责任单位, 整改时限 stand before and behind
//! the measures, in brackets or with a colon, and say what goes for all of them.

use std::sync::LazyLock;

use regex::Regex;

use crate::notice::marker::{inside, marker_at};
use crate::notice::responsibility::opens_with_label;
use crate::notice::terms::numbered;
use crate::notice::twin::Twin;

/// A line that a label opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// 整改措施, with the measures behind it as far as they stand in the same line.
    Measures(Twin),
    /// 责任单位, 整改时限 and the like, with a colon.
    Says(Twin),
    /// The same, where the document had its label in brackets.
    Bracketed(Twin),
}

static MEASURES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:[【〔\[](?:整改|工作|落实|具体|办理|主要|解决)?(?:措施|举措)[】〕\]] ?:?|(?:整改|落实|办理|解决)(?:措施|举措)(?:及进展|及完成情况)? ?:) *",
    )
    .expect("a pattern")
});

static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[【〔\[](?P<label>[^【〔\[】〕\]:]{2,12})[】〕\]] ?:? *").expect("a pattern")
});

static STATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:整改|落实|完成|进展|办理|目前)(?:完成|落实|进展|工作)?(?:情况|进展|结果) ?:")
        .expect("a pattern")
});

/// What a measure says that is none any more.
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:不再列入|不再纳入).{0,4}(?:整改|任务|清单)|^(?:已|均已|目前已)(?:全部)?(?:整改到位|完成整改|整改完成)").expect("a pattern")
});

/// What the label at the start of a line makes of it.
pub(super) fn line(text: &Twin) -> Option<Line> {
    let norm = text.norm();
    let rest = |from: usize| text.slice(from..norm.len()).trimmed();
    if let Some(label) = MEASURES.find(norm) {
        return Some(Line::Measures(rest(label.end())));
    }
    if BRACKETED.find(norm).is_some_and(|label| label.start() == 0) {
        let plain = without_brackets(text);
        return opens_with_label(plain.norm()).then_some(Line::Bracketed(plain));
    }
    (opens_with_label(norm) || STATE.is_match(norm)).then(|| Line::Says(text.clone()))
}

/// A line with its labels told by colons and not by brackets: 【牵头单位】甲 【配合单位】乙.
fn without_brackets(text: &Twin) -> Twin {
    let norm = text.norm();
    let (mut plain, mut from) = (Twin::new(""), 0);
    for found in BRACKETED.captures_iter(norm) {
        let (Some(whole), Some(label)) = (found.get(0), found.name("label")) else { continue };
        let label = format!("{}:", label.as_str());
        if opens_with_label(&label) {
            plain.push(&text.slice(from..whole.start()));
            plain.push(&Twin::new(&label));
            from = whole.end();
        }
    }
    plain.push(&text.slice(from..norm.len()));
    plain.trimmed()
}

/// What a deadline says of each of so many measures; None where it says the same of all.
pub(super) fn each(said: &Twin, measures: usize) -> Option<Vec<Twin>> {
    let parts = one_by_one(said);
    if parts.len() == measures {
        return Some(parts);
    }
    let terms = numbered(said).filter(|terms| terms.tells_apart(measures))?;
    let of = |number: u32| terms.of(number).cloned().unwrap_or_default();
    Some((1..).take(measures).map(of).collect())
}

/// The parts of what goes for numbered measures one by one (①9月20日前;②长期坚持); none where it goes for all.
fn one_by_one(said: &Twin) -> Vec<Twin> {
    let norm = said.norm();
    let Some(own) = marker_at(norm).filter(|own| own.number == 1) else { return Vec::new() };
    let opens: Vec<_> = inside(norm, Some(&own)).into_iter().map(|(range, _)| range).collect();
    let starts = [own.len].into_iter().chain(opens.iter().map(|range| range.end));
    let ends = opens.iter().map(|range| range.start).chain([norm.len()]);
    starts.zip(ends).map(|(start, end)| said.slice(start..end).trimmed()).collect()
}

/// Whether a measure says that there is nothing left to do.
pub(super) fn is_done(text: &str) -> bool {
    DONE.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_with_a_colon_and_in_brackets() {
        for (text, wanted) in [("【整改措施】①收回", "①收回"), ("整改措施：", "")] {
            let Some(Line::Measures(rest)) = line(&Twin::new(text)) else { panic!("measures: {text}") };
            assert_eq!(rest.norm(), wanted);
        }
        let Some(Line::Bracketed(said)) = line(&Twin::new("【牵头单位】区财政局 【配合单位】各街道"))
        else {
            panic!("labels in brackets");
        };
        assert_eq!(said.norm(), "牵头单位:区财政局 配合单位:各街道");
        assert!(matches!(line(&Twin::new("责任单位：区财政局")), Some(Line::Says(_))));
        assert_eq!(line(&Twin::new("【通知】另行印发。")), None);
    }

    #[test]
    fn deadlines_go_with_measures_one_by_one() {
        let said = one_by_one(&Twin::new("①9月20日前;②11月底前;③长期坚持"));
        let said: Vec<&str> = said.iter().map(Twin::kept).collect();
        assert_eq!(said, ["9月20日前;", "11月底前;", "长期坚持"]);
        assert!(one_by_one(&Twin::new("2021年9月30日前")).is_empty());
        let said = each(&Twin::new("8月底前(第3条长期坚持)"), 3).expect("two terms");
        let said: Vec<&str> = said.iter().map(Twin::kept).collect();
        assert_eq!(said, ["8月底前", "8月底前", "长期坚持"]);
        assert_eq!(each(&Twin::new("8月底前"), 3), None);
        assert_eq!(each(&Twin::new("8月底前(第3条长期坚持)"), 2), None);
    }
}
