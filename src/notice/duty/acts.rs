//! Acts that a measure names beside its rhythms and dates: 修复应急广播,每周试播一次 is a repair as well.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::group::{Hit, hits, names_another};
use super::{CLAUSE_ENDS, Duty, Turn, clause_at, sentences};
use crate::notice::twin::Twin;

/// What a clause says whose act comes to an end.
static ACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "^(?:[一二三四五六七八九十]是)?(?:全面|逐步|抓紧|加快|尽快|继续|重新)?(?:修复|修订|修缮|新建|改建|扩建|改造|建设|建立|建成|搭建|组建|成立|设立|委托|制定|编制|安装|配齐|配备|补齐|补设|增设|拆除|更换|更新|\
         购置|出台|打通|疏通|疏浚|清运|普查|开发|升级|绘制|引进|盘活|迁建|维修|检修|划定|公布|招录|选聘)|^对.*(?:排查|核查|摸排|过筛|检修|检查|整治|改造|清理|普查)$",
    )
    .expect("a pattern")
});

/// The clause of an act without a time of its own in a sentence that has one for something else: for what comes round, or
/// for another thing that is named before its date (游客中心7月1日前投用). None where the day of the column is not behind all
/// others.
pub(super) fn own_act(text: &Twin, term: &Duty, found: &[Duty], issued: NaiveDate) -> Option<String> {
    let day = term.due.filter(|_| term.turn == Some(Turn::Once))?;
    if found.iter().filter_map(|duty| duty.due).any(|due| due >= day) {
        return None;
    }
    let norm = text.norm();
    let hits = hits(norm, issued, false);
    sentences(norm).into_iter().find_map(|sentence| {
        let mut timed = hits.iter().filter(|(range, _)| sentence.contains(&range.start));
        let apart = timed.rfind(|hit| is_of_another(norm, hit)).map(|(range, _)| range.start)?;
        clauses(norm, &sentence).into_iter().find_map(|clause| {
            let free = !hits.iter().any(|(hit, _)| hit.start < clause.end && hit.end > clause.start);
            let act = free && clause.start < apart && ACT.is_match(norm[clause.clone()].trim());
            act.then(|| clause_at(text, &clause))
        })
    })
}

/// Whether a time is that of something else than the clauses before it: a rhythm, or a date behind the name of a thing.
fn is_of_another(norm: &str, (range, hit): &(Range<usize>, Hit)) -> bool {
    match hit {
        Hit::When(Some(Turn::Every(_)), _) => true,
        Hit::When(_, Some(_)) => names_another(norm, range),
        Hit::When(..) | Hit::Much(_) => false,
    }
}

fn clauses(norm: &str, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let end = sentence.end.min(norm.len());
    let mut start = sentence.start;
    let mut found = Vec::new();
    for (at, mark) in
        norm[start..end].match_indices(CLAUSE_ENDS).map(|(at, mark)| (at + sentence.start, mark))
    {
        found.push(start..at);
        start = at + mark.len();
    }
    found.push(start..end);
    found
}
