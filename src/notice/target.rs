//! How much: results to reach (3户, 1000人, 12亿元, 98%). Frequencies, capacities in a name, ages, thresholds, ordinals,
//! response times and slogans are none.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::quantity::Quantity;
use crate::notice::spot::Spot;

/// A number that a text wants reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The amount.
    pub quantity: Quantity,
    /// The words.
    pub range: Range<usize>,
    /// Where something else about it makes a careful reader ask.
    pub doubtful: bool,
}

static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    let kind = "人次|场次|批次|车次|个百分点|百分点|平方公里|平方千米|平方米|立方米|[微毫]?克/(?:立方米|升)|千瓦时|千瓦|兆瓦|公里|千米|公顷|公斤|千克|人|名|位|户|家|个|项|件|条|处|座|所|栋|幢|套|\
        台|辆|艘|部|间|张|篇|份|册|本|场|期|次|亩|米|吨|斤|头|只|羽|匹|口|眼|株|棵|盏|根|片|块|宗|道|架|具|枚|扇|樘|平米|起|笔|单|门|支|对|类|种|分|元|美元|%|‰|MW|kW|KW|GW|kV|KV|㎡|km";
    Regex::new(&format!(
        r"(?P<value>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[一两二三四五六七八九十]+)(?P<more>余|多|来)?(?P<unit>(?:百|千|十)?(?:万|亿)?(?:{kind}))"
    ))
    .expect("a pattern")
});

/// Every target of a text (half width, tight), left to right. `frequencies` are ranges with a cadence in them.
pub fn targets(text: &str, frequencies: &[Range<usize>]) -> Vec<Target> {
    let quoted = quoted(text);
    AMOUNT
        .captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let place = Spot {
                text,
                range: whole.range(),
                value: found.name("value")?.as_str(),
                unit: found.name("unit")?.as_str(),
            };
            let inside = within(&quoted, whole.start());
            if inside || !place.is_target() || place.is_frequency(frequencies) {
                return None;
            }
            Some(Target {
                quantity: Quantity::new(place.number()?, place.unit),
                range: whole.range(),
                doubtful: place.is_doubtful(),
            })
        })
        .collect()
}

/// Whether a place lies in one of these ranges, which are in order.
fn within(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.start <= at);
    next.checked_sub(1).is_some_and(|last| ranges[last].contains(&at))
}

/// Ranges inside quotation marks and titles: names and slogans.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    for (open, close) in [('\u{201c}', '\u{201d}'), ('《', '》'), ('「', '」'), ('\u{2018}', '\u{2019}')]
    {
        let mut from = 0;
        while let Some(start) = text[from..].find(open).map(|at| at + from) {
            let Some(end) = text[start..].find(close).map(|at| at + start) else { break };
            ranges.push(start..end);
            from = end + close.len_utf8();
        }
    }
    ranges.sort_by_key(|range| range.start);
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        let every: Vec<_> =
            crate::notice::cadence::cadences(text).into_iter().map(|every| every.range).collect();
        targets(text, &every).iter().map(|target| target.quantity.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn results_to_reach_are_targets() {
        for (text, wanted) in [
            ("全年新增规上工业企业4户、限上商贸企业6户", "4户 6户"),
            ("争取专项债券12亿元", "12亿元"),
            ("按期办结率达到98%以上", "98%"),
            ("培训不少于1,200人次", "1200人次"),
            ("盘活闲置厂房2.6万平方米", "2.6万平方米"),
            ("新建高标准农田5万亩", "5万亩"),
            ("增速高于全市2个百分点", "2个百分点"),
            ("新增两户", "2户"),
            ("新购置18吨洗扫车4辆、雾炮车2辆", "4辆 2辆"),
            ("依托3立方米吸粪车两台上门", ""),
            ("早7时30分上岗引导", ""),
            ("由85%提高到95%", "95%"),
            ("每年至少调研3个课题", "3个"),
            ("完成全县86个点位检修", "86个"),
            ("对15处隐患挂牌督办,9月20日前整改到位", "15处"),
            ("力争签约项目10个,总投资30亿元以上", "10个 30亿元"),
            ("集采品种达到30种", "30种"),
            ("增设减速带21道", "21道"),
            ("浓度提高到120毫克/升以上", "120毫克/升"),
            ("每千人口执业医师数达到2.8人", "2.8人"),
        ] {
            assert_eq!(of(text), wanted, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_none() {
        for text in [
            "推动北坡100MW光伏发电项目开工",
            "每季度至少举办1场",
            "65岁以上老年人免费体检",
            "压缩至3个工作日以内",
            "落实721工作法",
            "\u{201c}万人评作风\u{201d}活动",
            "排名前3位",
            "年产10万吨水泥生产线项目",
            "对500万元以上项目逐个会诊",
            "明确1名联络员",
            "3个方面、2个环节",
            "总投资3.2亿元的冷链项目",
            "特急件1小时内办结",
            "组成5个联合督查组",
            "存储比例按照合同额的3%执行",
            "给予10万元奖励",
            "形成半径15公里的收储网络",
            "每个中心设置床位不少于30张、面积不低于800平方米",
            "第二医院(300张床位)投入使用",
        ] {
            assert_eq!(of(text), "", "{text}");
        }
    }
}
