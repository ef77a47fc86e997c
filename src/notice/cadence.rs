//! How often: 每周, 一月一调度, 周例会、月小结、季汇总, 按季度, 每半年, 每年; and 长期坚持, 持续, 常态化.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::period::Cadence;

/// What is done again and again at every turn of the calendar.
const ACTS: &str = "例会|会商|会议|小结|汇总|调度|通报|报告|汇报|报送|报|督查|督办|督导|督促|检查|巡查|排查|点评|评比|评议|评价|考核|考评|排名|总结|分析|研判|研究|推进|统计|结算|清零|清单|更新|晾晒|\
    讲评|会诊|销号|监测|评估|测试|审核|巡河|公示|公布|对账|盘点|复盘|述职|简报|专报|快报|工作例会|碰头|交流|观摩|拉练|计划";

static EVERY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?x)
        (?P<never>每?(?:半个?月|半月|旬|日|天|两周|双周|[2两]个?月|工作日)(?:一?次?(?:{ACTS}))|每(?:日|天|半个?月|半月|旬|两周|[2两]个月|个?工作日))
        |(?P<week>每(?:个)?(?:周|星期|礼拜)|每\d{{1,2}}周|一周一|按周|逐周|周(?:工作)?(?:{ACTS}))
        |(?P<quarter>每(?:个)?季(?:度)?|每[3三]个月|一季(?:度)?一|按季(?:度)?|逐季|季(?:度)?(?:工作)?(?:{ACTS}))
        |(?P<half>每(?:个)?学期|每半年(?:度)?|每[6六]个月|半年(?:度)?一|半年(?:度)?(?:工作)?(?:{ACTS})|每年(?:[2两]次))
        |(?P<month>每(?:个)?月(?:度)?|每月末|一(?:个)?月一|按月(?:度)?|逐月|月度?(?:工作)?(?:{ACTS}))
        |(?P<year>每(?:一)?(?:学)?年(?:度)?|每个年度|一年(?:度)?一|逐年(?:开展|组织)|按年(?:度)?|年(?:度)?(?:通报|考评|总评|述职|评比))"
    ))
    .expect("a pattern")
});

static YEARLY_IN_SERIES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"[、,]年(?:度|终)?(?:工作)?(?:{ACTS})")).expect("a pattern"));

static ONGOING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"长期(?:坚持|推进|开展|实施|执行|抓好|有效|任务)?|常年|常态化?|持续|经常性|全年(?:推进|坚持|持续|开展|实施|抓)|贯穿全年|日常(?:工作|性)|始终坚持|坚持不懈|常抓不懈|常态长效|不间断").expect("a pattern")
});

/// A cadence in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Every {
    /// How often; None where our calendar has no such turn (每日, 每半月).
    pub cadence: Option<Cadence>,
    /// The words, with a day of the period where one is named (每月5日前).
    pub range: Range<usize>,
}

/// Every cadence of a text (half width, tight), left to right.
pub fn cadences(text: &str) -> Vec<Every> {
    let mut found = named(text);
    // 月调度、季通报、年考核: the last of a series.
    let series: Vec<Every> = YEARLY_IN_SERIES
        .find_iter(text)
        .filter(|year| found.binary_search_by_key(&year.start(), |every| every.range.end).is_ok())
        .filter(|year| {
            let next = found.partition_point(|every| every.range.end <= year.start());
            found.get(next).is_none_or(|every| every.range.start >= year.end())
        })
        .map(|year| Every { cadence: Some(Cadence::Year), range: year.range() })
        .collect();
    found.extend(series);
    found.sort_by_key(|every| every.range.start);
    found
}

/// The cadences that are told by their own words.
fn named(text: &str) -> Vec<Every> {
    EVERY
        .captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let cadence = if found.name("never").is_some() {
                None
            } else if found.name("week").is_some() {
                Some(Cadence::Week)
            } else if found.name("month").is_some() {
                Some(Cadence::Month)
            } else if found.name("quarter").is_some() {
                Some(Cadence::Quarter)
            } else if found.name("half").is_some() {
                Some(Cadence::Half)
            } else {
                Some(Cadence::Year)
            };
            let before = &text[..whole.start()];
            let after = &text[whole.end()..];
            let end = whole.end() + day_of_period(after);
            (recurs(before, whole.as_str(), after)).then(|| Every { cadence, range: whole.start()..end })
        })
        .collect()
}

/// The bytes of a day within the period: `5日前` of 每月5日前, `末月25日前` of 每季度末月25日前.
fn day_of_period(after: &str) -> usize {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:的|度)?(?:第?[一二三四五六日天末]?(?:个)?(?:工作日|月)?)?(?:最后(?:一个|1个)?|首个?|末个?|前)?(?:工作日|月)?(?:\d{1,2}月(?:份)?)?(?:(?:\d{1,2}[、和])*\d{1,2}[日号])?(?:[初中末底](?:月)?)?(?:上旬|中旬|下旬)?(?:之?前|以前|内)?").expect("a pattern")
    });
    DAY.find(after).map_or(0, |found| found.end())
}

/// Whether the words are about something done again and again, not about a rate or another word that holds them.
fn recurs(before: &str, words: &str, after: &str) -> bool {
    let begins = before.chars().next_back();
    if words.starts_with('每') {
        // 每人每月补助 and 每年增长 are rates.
        let rate = before.ends_with("每人")
            || before.ends_with("人均")
            || before.ends_with('户') && before.ends_with("每户");
        let money =
            after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').starts_with(['元', '万'])
                && after.starts_with(|c: char| c.is_ascii_digit());
        return !rate && !money;
    }
    if words.starts_with(['周', '月', '季', '半', '年', '日', '旬', '双', '两']) {
        // 6月报送, 本月汇总, 全年考核 name a time; 三季度通报 a quarter.
        let named = begins.is_some_and(|c| {
            c.is_ascii_digit() || "本当下上中全今明去前该此次百一二三四五六七八九十第个多数近首末".contains(c)
        });
        let held = before.ends_with("纳入")
            || before.ends_with("作为")
            || before.ends_with('四')
            || before.ends_with("制定");
        return !named && !held;
    }
    true
}

/// Where a text says that something has no end: 持续, 常态化, 长期坚持.
pub fn ongoing(text: &str) -> Option<Range<usize>> {
    ONGOING.find_iter(text).map(|found| found.range()).find(|range| {
        let after = &text[range.end..];
        let before = &text[..range.start];
        let grown = ["提高", "提升", "增长", "改善", "优化", "向好", "下降", "增强", "稳定", "扩大", "上升"]
            .iter()
            .any(|word| {
                after
                    .strip_prefix(word)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['。', ',', ';', '、']))
            });
        let started = before.is_empty() || before.ends_with(['。', ',', ';', '、']);
        // 可持续发展 and 长期从事 are words of their own.
        let word = after.starts_with("发展") && !started
            || ["可", "中", "超"].iter().any(|word| before.ends_with(word))
            || ["从事", "存在", "未"].iter().any(|word| after.starts_with(word));
        // 承担日常工作 is what an office is for.
        let office = text[range.clone()].ends_with("工作")
            && ["办公室", "承担", "负责", "的", "机构"].iter().any(|word| before.ends_with(word));
        (started || !grown) && !word && !office
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        cadences(text)
            .iter()
            .map(|every| every.cadence.map_or("none", Cadence::as_str))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn cadences_are_read_in_all_their_forms() {
        for (text, wanted) in [
            ("坚持周例会、月小结、季汇总", "week month quarter"),
            ("一月一调度、一季一通报", "month quarter"),
            ("每月5日前报送,每季度末月25日前通报", "month quarter"),
            ("每半年开展一次,每年底总结", "half year"),
            ("按季度督办,逐月分析", "quarter month"),
            ("每周五前汇总进展", "week"),
            ("每月10日、25日前更新", "month"),
            ("实行月调度、季通报、年考评", "month quarter year"),
            ("月排查、季研判、年评估", "month quarter year"),
            ("每半月调度一次", "none"),
            ("每人每月补助500元", ""),
            ("6月报送总结,三季度通报", ""),
            ("纳入年度考核", ""),
            ("周边环境整治", ""),
            ("5月中旬报县政府", ""),
            ("11月15日前形成清单", ""),
        ] {
            assert_eq!(of(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_has_no_end_is_ongoing() {
        for text in ["常态化开展暗访", "长期坚持", "持续推进户厕整改"] {
            assert!(ongoing(text).is_some(), "{text}");
        }
        for text in ["促进贷款比例持续提高。", "完成改造", "承担办公室日常工作"] {
            assert_eq!(ongoing(text), None, "{text}");
        }
    }
}
