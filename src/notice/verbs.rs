//! Who answers, told with verbs: 甲牵头,乙、丙配合; 甲会同乙负责; 甲、乙按职责分工负责.

use std::sync::LazyLock;

use regex::Regex;

use crate::notice::responsibility::Assigned;
use crate::notice::twin::Twin;
use crate::notice::units::{is_body, names, split};

static VERB: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?P<lead>(?:共同|联合|分别|负责)?(?:牵头|主办)(?:负责|组织|抓总|落实|实施|推进|组织实施)?)|(?P<shared>(?:等(?:有关|相关)?(?:单位|部门)?)?(?:分别)?(?:按照?|根据|依)(?:各自)?(?:职责|职能|任务)(?:分工)?(?:分别|具体|抓好|共同)?(?:负责|落实|组织实施|推进|配合)?|(?:共同|分工|分别)负责|责任)|(?P<support>(?:积极|密切|协同|共同|协助)?(?:配合|协办|参与|参加|协助|协同|支持|会同)(?:落实|实施|推进)?)|(?P<own>(?:具体|组织|抓好|承办|主要|全面)*(?:负责|落实|组织实施|实施|承办)(?:落实|实施|推进|组织实施)?)",
    )
    .expect("a pattern")
});

/// Reads `甲牵头,乙、丙配合`, `甲负责`, `甲、乙按职责分工负责`, `甲会同乙负责`.
pub fn verbs(text: &Twin) -> Option<Assigned> {
    let (text, deadline) = apart(text);
    let (text, norm) = (&text, text.norm());
    let mut assigned = Assigned { deadline, ..Assigned::default() };
    let mut owners: Vec<String> = Vec::new();
    let mut from = 0;
    for verb in VERB.captures_iter(norm) {
        let whole = verb.get(0)?;
        if whole.start() < from || !ends_clause(&norm[whole.end()..]) {
            continue;
        }
        let (first, joined) = with(&text.slice(from..whole.start()));
        if !first.iter().chain(&joined).all(|name| is_body(&Twin::new(name).norm().replace(' ', "")))
            || first.is_empty() && joined.is_empty()
        {
            return None;
        }
        from = whole.end() + norm[whole.end()..].len()
            - norm[whole.end()..].trim_start_matches([',', ';', '。', '、', ' ']).len();
        if verb.name("lead").is_some() {
            assigned.lead.extend(first);
        } else if verb.name("shared").is_some() {
            assigned.responsible.extend(first);
        } else if verb.name("support").is_some() {
            assigned.supporting.extend(first);
        } else if owners.is_empty() || whole.as_str() == "负责" {
            owners.extend(first);
        } else {
            // 甲负责,乙具体实施
            assigned.responsible.extend(first);
        }
        assigned.responsible.extend(joined);
    }
    if from == 0 || !norm[from..].trim().is_empty() {
        return None;
    }
    // 甲负责 leads, unless another one does.
    let to = if assigned.lead.is_empty() { &mut assigned.lead } else { &mut assigned.responsible };
    to.extend(owners);
    Some(assigned)
}

/// Whether a clause ends here: then the word before was its verb.
fn ends_clause(rest: &str) -> bool {
    rest.is_empty()
        || rest.starts_with([',', ';', '。', ' '])
        || rest.starts_with("会同")
        || rest.starts_with("、各")
        || rest.starts_with("、县")
}

/// The names of a clause, and those that stand behind 会同.
fn with(clause: &Twin) -> (Vec<String>, Vec<String>) {
    let norm = clause.norm();
    let mark = ["会同", "联合", "协同"].iter().find_map(|word| Some((norm.find(word)?, word.len())));
    match mark {
        Some((at, len)) => (names(&clause.slice(0..at)), names(&clause.slice(at + len..norm.len()))),
        None => (names(clause), Vec::new()),
    }
}

/// Parts the names of a list from the deadline that may stand at its end (`县司法局,6月底前完成`).
pub(super) fn apart(list: &Twin) -> (Twin, Option<Twin>) {
    let norm = list.norm();
    let from = split(norm).into_iter().find(|range| is_when(&norm[range.clone()])).map(|range| range.start);
    match from {
        Some(at) => {
            let units = norm[..at].trim_end_matches([',', ';', '。', '、', ' ']).len();
            (list.slice(0..units), Some(list.slice(at..norm.len()).trimmed()))
        }
        None => (list.clone(), None),
    }
}

/// Whether words say by when or how long, and name nobody.
pub(super) fn is_when(words: &str) -> bool {
    static WHEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:\d{4}年|\d{1,2}月|(?:今年|明年)?(?:年底|年内|年末|上半年|下半年|[一二三四]季度|第[一二三四]季度)|长期|持续|常态|常年|全年|每|[立即][行查整知][立即]改|即时|Q[1-4]$|20\d\d[./-]\d{1,2}|完成时限|时限|国庆|元旦|春节)").expect("a pattern")
    });
    WHEN.is_match(words.trim())
}
