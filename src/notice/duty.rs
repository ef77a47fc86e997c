//! From the text of a measure to what can be checked: one duty for every cadence, date and target, with its words.

mod acts;
mod column;
mod group;

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use self::group::{Hit, group, hits};
use crate::domain::period::Cadence;
use crate::domain::quantity::Quantity;
use crate::notice::cadence::ongoing;
use crate::notice::twin::Twin;

/// How a duty comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Done once.
    Once,
    /// In every period.
    Every(Cadence),
    /// Without an end.
    Ongoing,
}

/// One thing that can be checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// Its words, as they were written.
    pub text: String,
    /// How it comes round, where something says so.
    pub turn: Option<Turn>,
    /// The day it is due.
    pub due: Option<NaiveDate>,
    /// What is to be reached.
    pub quantity: Option<Quantity>,
    /// Whether the number may be none to reach.
    pub doubtful: bool,
}

impl Duty {
    /// One that says nothing yet but its words.
    fn of(text: String) -> Duty {
        Duty { text, turn: None, due: None, quantity: None, doubtful: false }
    }
}

/// What a measure says besides its text: the column or bracket for deadlines, and that for targets.
#[derive(Debug, Clone, Copy, Default)]
pub struct Besides<'a> {
    /// 完成时限.
    pub deadline: Option<&'a Twin>,
    /// 工作目标.
    pub target: Option<&'a Twin>,
    /// By when what is to be reached.
    pub steps: &'a [(Twin, Twin)],
}

/// Where one clause ends and the next one opens.
const CLAUSE_ENDS: [char; 5] = ['。', ';', ',', '!', '\n'];

/// The duties of a measure, in the order of its text.
pub fn duties(text: &Twin, besides: Besides<'_>, issued: NaiveDate) -> Vec<Duty> {
    let text = text.tight();
    let mut found = read(&text, issued, false);
    if let Some(target) = besides.target {
        found.extend(read(&target.tight(), issued, false));
    }
    found.extend(column::steps(besides.steps, issued));
    if found.is_empty() {
        found.push(Duty::of(text.kept().to_owned()));
    }
    if let Some(deadline) = besides.deadline {
        column::apply(&deadline.tight(), &text, &mut found, issued);
    }
    if let [only] = found.as_mut_slice() {
        text.kept().clone_into(&mut only.text);
    }
    found
}

/// What one text says.
fn read(text: &Twin, issued: NaiveDate, loose: bool) -> Vec<Duty> {
    let norm = text.norm();
    let hits = hits(norm, issued, loose);
    let mut found = Vec::new();
    for sentence in sentences(norm) {
        let from = hits.partition_point(|(range, _)| range.start < sentence.start);
        let to = hits.partition_point(|(range, _)| range.start < sentence.end);
        group(text, &hits[from..to], &mut found);
    }
    if found.iter().any(|duty| duty.turn.is_some()) {
        found.extend(besides(text, &hits));
        return found;
    }
    let said =
        ongoing(norm).map(|range| (Turn::Ongoing, range)).or_else(|| Some((Turn::Once, single(norm)?)));
    if let Some((turn, range)) = said {
        match found.first_mut() {
            Some(duty) => duty.turn = Some(turn),
            None => found.push(Duty { turn: Some(turn), ..Duty::of(clause_at(text, &range)) }),
        }
    }
    found
}

/// What goes on without an end, and a single act without a day, in clauses of their own beside those with dates and
/// cadences.
fn besides(text: &Twin, hits: &[(Range<usize>, Hit)]) -> Vec<Duty> {
    let norm = text.norm();
    let alone = |range: &Range<usize>| {
        let start = norm[..range.start].rfind(CLAUSE_ENDS).map_or(0, |at| at + 1);
        let end = norm[range.end..].find(CLAUSE_ENDS).map_or(norm.len(), |at| at + range.end);
        // 做到常态化 says how that is done which is told before.
        let how = ["做到", "形成", "实现"].iter().any(|word| norm[..range.start].ends_with(word));
        !how && !hits.iter().any(|(hit, _)| hit.start < end && hit.end > start)
    };
    let said = [(Turn::Ongoing, ongoing(norm)), (Turn::Once, single(norm))];
    let said = said.into_iter().filter_map(|(turn, range)| Some((turn, range.filter(alone)?)));
    said.map(|(turn, range)| Duty { turn: Some(turn), ..Duty::of(clause_at(text, &range)) }).collect()
}

/// Where a text speaks of a single act: 开展一次全覆盖走访, or one before a season whose day nobody can tell: 入汛前完成.
fn single(text: &str) -> Option<Range<usize>> {
    static SEASON: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:开学|暑假|寒假|入汛|汛期|汛|供暖|采暖|迎峰度[夏冬]|入冬|上冻|封冻|春耕|三夏|三秋|秋收|雨季)(?:期|季)?(?:开始|到来|来临)?之?前").expect("a pattern")
    });
    static SINGLE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:开展|组织|召开|举办|进行|集中|作|做)[^,。;:\u{201c}]{0,12}?(?P<one>[一1](?:次|遍|轮))(?P<then>.?)").expect("a pattern")
    });
    static AT_ONCE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "[立即][行查整知][立即]改|边查边改|立即(?:实施|执行|办理|整改|停|取缔|拆除|清|关停|纠正|更换|封|撤|修|着手|启动|组织)",
        )
        .expect("a pattern")
    });
    if let Some(once) = text.contains(['立', '即', '边']).then(|| AT_ONCE.find(text)).flatten() {
        return Some(once.range());
    }
    if let Some(season) = text.contains('前').then(|| SEASON.find(text)).flatten() {
        return Some(season.range());
    }
    let found = SINGLE.captures(text)?;
    // 一次性 is a word of its own.
    (found.name("then")?.as_str() != "性").then(|| found.name("one").map(|one| one.range()))?
}

/// The sentences of a text.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '。' | ';' | '!' | '\n') {
            found.push(start..at + c.len_utf8());
            start = at + c.len_utf8();
        }
    }
    found.push(start..text.len() + 1);
    found
}

/// Most bytes of a clause before and behind what was found in it.
const CLAUSE_MAX: usize = 600;

/// The clause around a range, as it was written.
fn clause_at(text: &Twin, range: &Range<usize>) -> String {
    const ENDS: [char; 7] = ['。', ';', ',', '!', '、', ':', '\n'];
    let norm = text.norm();
    let first = norm.floor_char_boundary(range.start.saturating_sub(CLAUSE_MAX));
    let last = norm.floor_char_boundary(norm.len().min(range.end + CLAUSE_MAX));
    let start = norm[first..range.start]
        .rfind(ENDS)
        .map_or(first, |at| first + at + norm[first + at..].chars().next().map_or(1, char::len_utf8));
    let end = norm[range.end..last].find(ENDS).map_or(last, |at| at + range.end);
    text.kept_at(start..end.max(start)).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The duties of a text, with a deadline beside it or "".
    fn of(text: &str, deadline: &str) -> String {
        let issued = NaiveDate::from_ymd_opt(2022, 5, 18).expect("a day");
        let deadline = Twin::new(deadline);
        let besides =
            Besides { deadline: (!deadline.is_blank()).then_some(&deadline), target: None, steps: &[] };
        let say = |duty: &Duty| {
            let turn = match duty.turn {
                Some(Turn::Once) => "once",
                Some(Turn::Every(cadence)) => cadence.as_str(),
                Some(Turn::Ongoing) => "ongoing",
                None => "-",
            };
            let due = duty.due.map(|day| day.format(" %m-%d").to_string()).unwrap_or_default();
            let quantity = duty.quantity.as_ref().map(|quantity| format!(" {quantity}")).unwrap_or_default();
            format!("{turn}{due}{quantity}")
        };
        duties(&Twin::new(text), besides, issued).iter().map(say).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn every_cadence_date_and_target_is_a_duty() {
        for (text, wanted) in [
            ("全年新增规上企业4户、限上企业6户", "once 12-31 4户, once 12-31 6户"),
            ("改造小区18个,9月底前完工", "once 09-30 18个"),
            ("6月底前出台方案,12月底前完成投资2亿元", "once 06-30, once 12-31 2亿元"),
            ("每月更新一次,每季度通报排名", "month, quarter"),
            ("县级领导每年调研3个课题", "year 3个"),
            ("建成书房4个,每半年办一次读书节", "- 4个, half"),
            ("常态化开展暗访", "ongoing"),
            ("开展一次全覆盖走访", "once"),
            ("开展一次性清理", "-"),
            ("入汛前完成检修", "once"),
            ("汛前完成登记", "once"),
            ("拆除防盗网,立行立改", "once"),
            ("更换管道17公里,国庆节前新增泊位500个", "- 17公里, once 09-30 500个"),
            ("新建端口6000个,其中6月底前建成2500个", "- 6000个, once 06-30 2500个"),
            ("推进国企改革", "-"),
            ("新建农田3万亩,6月底前完成春季地块整理", "- 3万亩, once 06-30"),
            ("新建农田3万亩,8月底前完成招投标", "- 3万亩, once 08-31"),
            ("改造管网3公里,6月底前完成管网改造", "once 06-30 3公里"),
            ("改造景区2处,游客中心7月1日前投用", "- 2处, once 07-01"),
        ] {
            assert_eq!(of(text, ""), wanted, "{text}");
        }
    }

    #[test]
    fn a_deadline_beside_the_text_serves_what_the_text_leaves_open() {
        for (text, deadline, wanted) in [
            ("盘活厂房8万平方米", "2022年10月底", "once 10-31 8万平方米"),
            ("每周发布信息", "年底前", "week"),
            ("修复广播,每周试播一次", "7月20日前", "once 07-20, week"),
            ("编制方案,8月底前报审", "年底前", "once 08-31"),
            ("改造景区,游客中心7月1日前投用", "年底前", "once 12-31, once 07-01"),
            ("推进改革", "长期坚持", "ongoing"),
            ("推进改革", "每月5日前", "month"),
            ("修补门头", "立行立改", "once"),
            ("修补门头", "即知即改", "once"),
            ("补充机具", "Q4", "once 12-31"),
            ("建立台账", "2022.10", "once 10-31"),
            ("更换管道17公里,国庆节前新增泊位500个", "年底前", "once 12-31 17公里, once 09-30 500个"),
            ("完成首批申报,8月底前公示", "年底前", "once 08-31"),
            ("建成食堂8处", "6月底前建成4处,11月底前全部建成", "once 11-30 8处, once 06-30 4处"),
            ("持续开展查处行动", "10月底前", "ongoing"),
            (
                "培训350人,建成会诊点18个",
                "培训8月底前完成,会诊点年底前建成",
                "once 08-31 350人, once 12-31 18个",
            ),
            (
                "完成改厕350户;整改厕所80户",
                "6月底前完成整改,10月底前完成改厕",
                "once 10-31 350户, once 06-30 80户",
            ),
            ("开展一次测试,损坏的6月底前修复", "9月底前", "once 06-30, once 09-30"),
        ] {
            assert_eq!(of(text, deadline), wanted, "{text} {deadline}");
        }
    }
}
