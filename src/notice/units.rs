//! Lists of units inside a notice: where they part, and which words can name a unit at all.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::notice::twin::Twin;

/// What names of units end in; posts count as well, for a post may be named in a unit's place.
static UNIT_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "(?:局|委|办|室|部|厅|署|院|校|处|科|股|所|段|队|站|社|馆|台|厂|场|府|乡|镇|村|街|街道|社区|公司|集团|银行|支行|分行|中心|单位|部门|机关|机构|协会|\
        总工会|工会|团委|团县委|妇联|残联|工商联|科协|文联|侨联|红十字会|供销社|联社|法院|检察院|专班|组|园区|开发区|高新区|示范区|新区|管委会|管理区|办事处|学校|中学|小学|幼儿园|大学|学院|\
        医院|企业|农场|林场|局长|主任|县长|市长|区长|镇长|乡长|书记|部长|院长|经理|园|行|会|区|县|市|州|旗|指挥部|大队|支队|总队|服务站|电台|报社|支行|储备库|运营商|铁塔|移动|联通|电信|等)\
        (?:\\([^()]*\\)|〔[^〔〕]*〕|\\[[^\\[\\]]*\\])?$",
    )
    .expect("a pattern")
});

/// Words at the end of a list that are none of its names.
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "(?:等(?:有关|相关|各有关|县直|多个|\\d+个)?(?:单位|部门|责任单位|成员单位|单位部门)?|(?:分别|按照?|根据|依|依据|结合)?(?:各自)?(?:职责|职能|任务|分管|职责任务)(?:分工)?(?:分别|具体)?(?:负责)?|分工(?:负责)?|(?:共同|具体|分别|组织)?(?:负责|落实|实施|抓好落实|推进))$",
    )
    .expect("a pattern")
});

/// The names of a list, as ranges of its copy.
pub fn split(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut depth) = (0, 0_u32);
    let mut cut = |start: usize, end: usize| {
        let range = trim(text, start..end);
        if !range.is_empty() {
            ranges.push(range);
        }
    };
    for (at, c) in text.char_indices() {
        match c {
            '(' | '〔' | '[' | '\u{201c}' | '《' => depth += 1,
            ')' | '〕' | ']' | '\u{201d}' | '》' => depth = depth.saturating_sub(1),
            '、' | ',' | ';' | '/' | '\n' | '|' | '。' if depth == 0 => {
                cut(start, at);
                start = at + c.len_utf8();
            }
            ' ' if depth == 0 && is_unit(text[start..at].trim()) => {
                cut(start, at);
                start = at + 1;
            }
            '和' | '及' | '与' if depth == 0 && joins(&text[start..at], &text[at + c.len_utf8()..]) => {
                cut(start, at);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    cut(start, text.len());
    ranges
}

/// Whether a word between two texts joins names: 县发展和改革局 is one.
fn joins(before: &str, after: &str) -> bool {
    const OPENS: [&str; 15] = [
        "县",
        "各",
        "市",
        "区",
        "乡",
        "镇",
        "省",
        "有关",
        "相关",
        "经开区",
        "开发区",
        "供电",
        "国网",
        "中国",
        "其他",
    ];
    is_unit(before) && before.chars().count() > 2 && OPENS.iter().any(|word| after.starts_with(word))
}

/// Cuts blanks, leading words and trailing words off a name.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let mut name = text[range.clone()].trim_start_matches(|c: char| c.is_whitespace() || ":.·•".contains(c));
    for word in ["以上", "上述", "各项", "事项", "任务", "工作", "均", "由", "以及", "会同", "并"]
    {
        // 各项目单位 is a name.
        name = name.strip_prefix(word).filter(|rest| !rest.starts_with('目')).unwrap_or(name);
    }
    let start = range.end - name.len();
    loop {
        let bare = name.trim_end_matches(|c: char| c.is_whitespace() || "。;,、.:".contains(c));
        let shorter = TAIL.find(bare).map_or(bare, |tail| &bare[..tail.start()]);
        // 负责 and the like may be all there is: then nothing is named.
        if shorter.len() == name.len() {
            break;
        }
        name = shorter;
    }
    start..start + name.len()
}

/// Whether words can name a unit.
pub fn is_unit(name: &str) -> bool {
    let name = name.trim();
    let chars = name.chars().count();
    (2..=30).contains(&chars)
        && UNIT_END.is_match(name)
        && !name.contains(['。', ';', ':', '%', '《', '\u{201c}'])
        && !name.chars().next().is_some_and(|c| c.is_ascii_digit())
}

/// Whether words name somebody who is said to lead or help: a unit, or what opens like one of the county's.
pub fn is_body(name: &str) -> bool {
    const OPENS: [&str; 6] = ["县", "各", "沿线", "有关", "相关", "其他"];
    let name = name.trim();
    is_unit(name)
        || (2..=12).contains(&name.chars().count())
            && OPENS.iter().any(|word| name.starts_with(word))
            && name.chars().all(char::is_alphanumeric)
}

/// Whether a line names units of the county and says nothing else.
pub fn are_units(line: &Twin) -> bool {
    const COUNTY: [&str; 6] = ["县", "市", "区", "各", "镇", "乡"];
    let norm = line.norm().trim();
    let names = split(norm);
    let unit = |name: &str| is_unit(name) && COUNTY.iter().any(|word| name.contains(word));
    line.chars() <= 60
        && !names.is_empty()
        && !norm.ends_with('。')
        && names.into_iter().all(|range| unit(&norm[range]))
}

/// The names of a list, as they were written.
pub fn names(list: &Twin) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for range in split(list.norm()) {
        let name: String = list.kept_at(range).split_whitespace().collect();
        if !name.is_empty() && !names.contains(&name) && name.chars().count() <= 40 {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        names(&Twin::new(text))
    }

    #[test]
    fn lists_part_at_their_marks_and_not_inside_a_name() {
        for (text, wanted) in [
            ("县发展和改革局、县财政局", "县发展和改革局|县财政局"),
            ("各乡(镇)政府、县直各部门", "各乡(镇)政府|县直各部门"),
            ("县住房和城乡建设局和县自然资源局", "县住房和城乡建设局|县自然资源局"),
            ("县教育局,县卫健局等部门按职责分工负责", "县教育局|县卫健局"),
            ("县文化广电和旅游局", "县文化广电和旅游局"),
            ("县民政局 县残联", "县民政局|县残联"),
            ("各县〔市、区〕、市水利局", "各县〔市、区〕|市水利局"),
        ] {
            assert_eq!(of(text).join("|"), wanted, "{text}");
        }
    }
}
