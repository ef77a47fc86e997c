//! Who answers, said inside a sentence: 由县水利局牵头,县应急局、各乡镇配合; 责成县教育局会同县财政局.

use std::sync::LazyLock;

use regex::Regex;

use crate::notice::responsibility::Assigned;
use crate::notice::twin::Twin;
use crate::notice::units::{is_unit, names, split};

/// What a clause has around the names: a word before them, the verb after them.
static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?P<by>由|责成|责令|要求|请|明确)?(?P<who>.{2,60}?)(?:(?P<lead>(?:共同|联合)?牵头(?:负责|组织|实施|推进|抓总)?|(?:具体|全面)?负责)|(?P<help>(?:积极|密切)?(?:配合|协助|协同|参与)))(?P<rest>.*)$",
    )
    .expect("a pattern")
});

static ORDERED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:责成|责令)(?P<who>.{2,40})$").expect("a pattern"));

static SUMMARY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:以上|上述)(?:各项|所列)?(?:重点)?(?:任务|工作|事项|措施|内容)(?:均|都|,)?")
        .expect("a pattern")
});

/// What the sentences of a measure say of who answers; None where they name nobody so.
pub fn assigned(text: &Twin) -> Option<Assigned> {
    let mut found = Assigned::default();
    let norm = text.norm();
    let mut start = 0;
    for end in norm.match_indices(['。', ',', ';', ':', '\n']).map(|(at, _)| at).chain([norm.len()]) {
        if start < end {
            clause(&text.slice(start..end).trimmed(), &mut found);
        }
        start = end + norm[end..].chars().next().map_or(0, char::len_utf8);
    }
    found.names_anybody().then_some(found)
}

fn clause(clause: &Twin, found: &mut Assigned) {
    let norm = clause.norm();
    if let Some(who) = ORDERED.captures(norm).and_then(|ordered| ordered.name("who")) {
        lead(&clause.slice(who.range()), found);
        return;
    }
    let start = SUMMARY.find(norm).map_or(0, |found| found.end());
    let clause = &clause.slice(start..norm.len());
    let Some(said) = CLAUSE.captures(clause.norm()) else { return };
    let (Some(who), Some(rest)) = (said.name("who"), said.name("rest")) else { return };
    // 县水利局负责人 and 配合县水利局 are other words.
    if rest.as_str().starts_with(['人', '的']) {
        return;
    }
    let names_only = clause.slice(who.range());
    if said.name("lead").is_some() {
        lead(&names_only, found);
    } else if are_units(&names_only) && (rest.as_str().is_empty() || !found.lead.is_empty()) {
        found.supporting.extend(names(&names_only));
    }
}

/// `甲会同乙`: the first leads.
fn lead(who: &Twin, found: &mut Assigned) {
    let norm = who.norm();
    let mark = ["会同", "联合"].iter().find_map(|word| Some((norm.find(word)?, word.len())));
    let (first, joined) = match mark {
        Some((at, len)) => (who.slice(0..at), who.slice(at + len..norm.len())),
        None => (who.clone(), Twin::new("")),
    };
    if are_units(&first) && (joined.is_blank() || are_units(&joined)) {
        found.lead.extend(names(&first));
        found.responsible.extend(names(&joined));
    }
}

/// Whether a list holds nothing but names of units, as they open in a county.
fn are_units(list: &Twin) -> bool {
    const OPENS: [&str; 16] = [
        "县",
        "各",
        "市",
        "镇",
        "乡",
        "区",
        "省",
        "国网",
        "中国",
        "经开区",
        "开发区",
        "政府",
        "人民银行",
        "高新区",
        "园区",
        "街道",
    ];
    let norm = list.norm();
    let ranges = split(norm);
    !ranges.is_empty()
        && ranges.iter().all(|range| {
            let name = &norm[range.clone()];
            is_unit(name)
                && (OPENS.iter().any(|word| name.starts_with(word))
                    || name.ends_with(['局', '镇', '乡', '办']))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_who_leads_and_who_helps() {
        let said = assigned(&Twin::new("由县水利局牵头,县应急局、各乡镇配合,7月20日前完成整改。"))
            .expect("somebody");
        assert_eq!(
            (said.lead.join("|"), said.supporting.join("|")),
            ("县水利局".into(), "县应急局|各乡镇".into())
        );
        let said = assigned(&Twin::new("责成县教育局会同县财政局,8月25日前拨付经费。")).expect("somebody");
        assert_eq!((said.lead.join("|"), said.responsible.join("|")), ("县教育局".into(), "县财政局".into()));
    }

    #[test]
    fn other_sentences_name_nobody() {
        for text in [
            "各级各部门主要负责同志要带好头。",
            "对工作不负责、不配合的严肃问责。",
            "落实县水利局负责人包保制度。",
        ] {
            assert_eq!(assigned(&Twin::new(text)), None, "{text}");
        }
    }
}
