//! What stands in one sentence goes together: which target with which time.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::{CLAUSE_ENDS, Duty, Turn, clause_at};
use crate::notice::cadence::cadences;
use crate::notice::deadline::deadlines;
use crate::notice::series::one_for_one;
use crate::notice::target::{Target, targets};
use crate::notice::twin::Twin;

/// Something found in a text.
#[derive(Debug, Clone)]
pub(super) enum Hit {
    When(Option<Turn>, Option<NaiveDate>),
    Much(Target),
}

/// Cadences, dates and targets of a text, in order; none inside another.
pub(super) fn hits(text: &str, issued: NaiveDate, loose: bool) -> Vec<(Range<usize>, Hit)> {
    let every = cadences(text);
    let ranges: Vec<Range<usize>> = every.iter().map(|every| every.range.clone()).collect();
    let mut hits: Vec<(Range<usize>, Hit)> = Vec::new();
    for by in deadlines(text, issued, loose) {
        if !overlaps(&ranges, &by.range) {
            hits.push((by.range, Hit::When(Some(Turn::Once), Some(by.day))));
        }
    }
    hits.sort_by_key(|(range, _)| range.start);
    let days: Vec<Range<usize>> = hits.iter().map(|(range, _)| range.clone()).collect();
    for target in targets(text, &ranges) {
        if !overlaps(&days, &target.range) {
            hits.push((target.range.clone(), Hit::Much(target)));
        }
    }
    hits.extend(every.into_iter().filter_map(|every| {
        let turn = Turn::Every(every.cadence?);
        Some((every.range, Hit::When(Some(turn), None)))
    }));
    hits.sort_by_key(|(range, _)| range.start);
    hits
}

/// Whether a range shares a byte with one of these, which are in order and apart.
fn overlaps(ranges: &[Range<usize>], range: &Range<usize>) -> bool {
    let next = ranges.partition_point(|other| other.end <= range.start);
    ranges.get(next).is_some_and(|other| other.start < range.end)
}

/// Makes duties of what stands in one sentence: a target goes with the time before it, the first ones with the last date
/// of the sentence; a time that goes with no target is a duty of its own.
pub(super) fn group(text: &Twin, hits: &[(Range<usize>, Hit)], found: &mut Vec<Duty>) {
    if let Some(all) = one_by_one(text, hits) {
        found.extend(all);
        return;
    }
    let last = LastDay::of(text.norm(), hits);
    let mut time: Option<(Option<Turn>, Option<NaiveDate>)> = None;
    // Whether the last date has a target, so that it is none of its own.
    let mut last_used = false;
    for (at, (range, hit)) in hits.iter().enumerate() {
        match hit {
            Hit::Much(target) => {
                let before = time.is_none();
                let last = last.as_ref().filter(|last| before && last.covers(text.norm(), range));
                last_used |= last.is_some();
                let (turn, due) = time.or(last.map(|last| last.time)).unwrap_or_default();
                found.push(of_target(text, range, target, turn, due));
            }
            Hit::When(turn, due) => {
                time = Some((*turn, *due));
                let serves = matches!(hits.get(at + 1), Some((_, Hit::Much(_))))
                    || last_used && last.as_ref().is_some_and(|last| last.day == *range);
                if !serves {
                    found.push(Duty { turn: *turn, due: *due, ..Duty::of(clause_at(text, range)) });
                }
            }
        }
    }
}

fn of_target(
    text: &Twin,
    range: &Range<usize>,
    target: &Target,
    turn: Option<Turn>,
    due: Option<NaiveDate>,
) -> Duty {
    let quantity = Some(target.quantity.clone());
    Duty { text: clause_at(text, range), turn, due, quantity, doubtful: target.doubtful }
}

/// The duties of a sentence that gives as many times as targets, all times first (2024年、2025年分别完成18公里、25公里).
fn one_by_one(text: &Twin, hits: &[(Range<usize>, Hit)]) -> Option<Vec<Duty>> {
    let spans = |much: bool| -> Vec<Range<usize>> {
        let of_kind = |hit: &Hit| matches!(hit, Hit::Much(_)) == much;
        hits.iter().filter(|(_, hit)| of_kind(hit)).map(|(range, _)| range.clone()).collect()
    };
    if !one_for_one(text.norm(), &spans(false), &spans(true)) {
        return None;
    }
    let times = hits.iter().filter_map(|(_, hit)| match hit {
        Hit::When(turn, due) => Some((*turn, *due)),
        Hit::Much(_) => None,
    });
    let targets = hits.iter().filter_map(|(range, hit)| match hit {
        Hit::Much(target) => Some((range, target)),
        Hit::When(..) => None,
    });
    Some(
        times
            .zip(targets)
            .map(|((turn, due), (range, target))| of_target(text, range, target, turn, due))
            .collect(),
    )
}

/// The last date of a sentence, that its first targets may go with.
struct LastDay<'a> {
    day: Range<usize>,
    time: (Option<Turn>, Option<NaiveDate>),
    act: Act<'a>,
    /// Where its clause begins.
    clause: usize,
    /// Where the last 其中 before it stands: the day is that of a part.
    part: Option<usize>,
}

/// What a day is given for.
enum Act<'a> {
    /// For what stands before it.
    Same,
    /// For another thing.
    Other,
    /// For the act that these words name.
    Of(&'a str),
}

impl LastDay<'_> {
    /// None where the day goes with a target behind it in its own clause: 更换管道17公里,国庆节前新增泊位500个.
    fn of<'a>(norm: &'a str, hits: &[(Range<usize>, Hit)]) -> Option<LastDay<'a>> {
        let (day, time) = hits.iter().rev().find_map(|(range, hit)| match hit {
            Hit::When(turn, due) if due.is_some() => Some((range.clone(), (*turn, *due))),
            _ => None,
        })?;
        let next = hits.iter().find(|(range, _)| range.start >= day.end);
        let own = next.is_some_and(|(range, hit)| {
            matches!(hit, Hit::Much(_)) && !norm[day.end..range.start].contains(CLAUSE_ENDS)
        });
        let (before, part) = (&norm[..day.start], norm[..day.start].rfind("其中"));
        let clause = before.rfind(CLAUSE_ENDS).map_or(0, |at| at + 1);
        (!own).then(|| LastDay { act: act(norm, &day), day, time, clause, part })
    }

    /// Whether a target is due on this day: not if the day is that of a part (6000个,其中6月底前建成2500个), or of another act
    /// (新建农田3万亩,6月底前完成地块整理).
    fn covers(&self, norm: &str, target: &Range<usize>) -> bool {
        let other = match self.act {
            Act::Same => false,
            Act::Other => true,
            Act::Of(what) => !is_named(what, clause_before(norm, target)),
        };
        self.part.is_none_or(|part| part < target.end) && !(other && self.clause > target.end)
    }
}

/// The clause that a target stands in, up to it.
fn clause_before<'a>(norm: &'a str, target: &Range<usize>) -> &'a str {
    let start = norm.floor_char_boundary(target.start.saturating_sub(NEAR));
    let near = &norm[start..target.end];
    near.rsplit(CLAUSE_ENDS).next().unwrap_or_default()
}

/// Whether a text has two characters in a row of these words.
fn is_named(what: &str, text: &str) -> bool {
    let chars: Vec<char> = what.chars().collect();
    chars.windows(2).any(|pair| text.contains(&pair.iter().collect::<String>()))
}

/// How far back a clause is looked at, in bytes.
const NEAR: usize = 240;

/// Words that close what was begun, whatever they are said of.
const SAME: [&str; 19] = [
    "任务", "建设", "改造", "整改", "整治", "目标", "验收", "项目", "工程", "安装", "施工", "更新", "修复",
    "治理", "建成", "投用", "使用", "销号", "交付",
];

/// What may stand between the start of a clause and its date without naming anything new.
static TOWARDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:于|在|力争|确保|争取|并|要|须|应|需|必须|计划|原则上|务必|均|全部|工程|项目|整改|工作|任务|其|一律|最迟|最晚)+$")
        .expect("a pattern")
});

/// Whether the clause of a date names something before it (游客中心7月1日前投用).
pub(super) fn names_another(norm: &str, day: &Range<usize>) -> bool {
    let before = norm[..day.start].rsplit(CLAUSE_ENDS).next().unwrap_or_default().trim();
    before.chars().count() > 1 && !TOWARDS.is_match(before)
}

/// What a day is given for, by the words behind it.
fn act<'a>(norm: &'a str, day: &Range<usize>) -> Act<'a> {
    static ACT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:之?前)?(?:完成|出台|制定|编制|提出|形成|印发|启动)(?P<what>\p{Han}{4,})|^(?:之?前)?(?:完成|通过|启动)?(?P<stage>招投标|招标|立项|选址|摸底|摸排|前期工作|征地|设计|方案|开工|可研|评审)").expect("a pattern")
    });
    if names_another(norm, day) {
        return Act::Other;
    }
    // The words of a day take 前完成 with them.
    let from = if norm[..day.end].ends_with("完成") { day.end - "完成".len() } else { day.end };
    let end = norm[day.end..].find(CLAUSE_ENDS).map_or(norm.len(), |at| at + day.end);
    let Some(act) = ACT.captures(&norm[from..end]) else { return Act::Same };
    let Some(what) = act.name("what").map(|what| what.as_str()) else { return Act::Other };
    let whole = ["全部", "全面", "上述", "以上"].iter().any(|word| what.starts_with(word));
    if whole || SAME.iter().any(|word| what.ends_with(word)) { Act::Same } else { Act::Of(what) }
}
