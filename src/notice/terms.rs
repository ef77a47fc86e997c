//! By when, said once for several measures: a heading (以下任务6月底前完成), a line behind a list or table (以上第3、5项6月底前完成,
//! 其余年底前完成), an exception in a deadline (8月底前,第3条长期坚持).

use std::sync::LazyLock;

use regex::Regex;

use crate::notice::measures::Leaf;
use crate::notice::twin::Twin;

/// Longest sentence that gives a term, in characters.
const SENTENCE_MAX: usize = 60;

/// Longest heading that gives one, in characters.
const HEADING_MAX: usize = 30;

/// Words that say by when or how long.
const WHEN: &str = r"(?:20\d\d年|今年|明年|本年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|初|份|[上中下]旬)?|第?[一二三四]季度末?|[上下]半年|年底|年内|年末|20\d\d年)(?:之?前|内)?|(?:国庆|元旦|春节|五一|中秋)节?前|长期|常年|常态化?|持续|全年|[立即][行查整知][立即]改";

static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[(〔【]?(?:(?:注|备注|说明|附注|备 注|说 明) ?[: ])? ?").expect("a pattern")
});

/// The number of a point of a note.
static POINT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:\d{1,2}[.、]|\(\d{1,2}\)|[①-⑨]) ?").expect("a pattern"));

/// 以上任务均须9月底前完成, 除注明外均于11月30日前完成.
static ALL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?:以[上下]|上述|表中|上表|本表|表内|下列|各项|所有|全部|除(?:另有|有|已)?(?:特殊|特别)?(?:注明|说明|规定|要求|明确)[^,]{{0,8}},)[^,。;:]{{0,14}}?,?(?:均|全部|一律|统一|原则上)*(?:须|应|需|要)?(?:在|于)?(?P<said>(?:{WHEN}).*)$"
    ))
    .expect("a pattern")
});

/// 第3、5项于6月底前完成.
static SOME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"[(,;]?(?:其中|以上|上述|表中|除|序号)*,?(?:第|序号)(?P<numbers>\d{{1,3}}(?:(?:[、,和及]|至|到|-|—|~)第?\d{{1,3}})*)(?:项|条|款|号)?(?:任务|工作|措施|事项|问题)?(?:均|应|须|需|要|于|在|为|是|:)*(?P<said>(?:{WHEN})[^,;()。外]{{0,16}})\)?"
    ))
    .expect("a pattern")
});

/// 除第1、2项外.
static BUT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"除(?:第|序号)?(?P<numbers>\d{1,3}(?:(?:[、,和及]|至|到|-|—|~)第?\d{1,3})*)(?:项|条|款|号)(?:任务|工作)?外")
        .expect("a pattern")
});

/// 其余年底前完成.
static REST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:其余|其他|其它|剩余)[^,;。]{{0,8}}?(?:均|应|须|需|要|于|在|为|是|:)*(?P<said>(?:{WHEN})[^,;()。]{{0,16}})"
    ))
    .expect("a pattern")
});

static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    let tasks = "(?:各项|重点|主要|具体|工作|任务|事项|措施|清单|部分)";
    Regex::new(&format!(
        r"^(?:(?:以下|下列){tasks}*,?(?:均|应|须|需|要|在|于)*(?P<below>(?:{WHEN})[^,。;:]{{0,12}})|(?P<named>(?:{WHEN})(?:之?前)?(?:须|应|要|需|全面|全部|基本)*(?:完成|办结|坚持|推进|落实|整改到位|整改|抓好)的?{tasks}+))(?:\([^()]*\))?[:。]?$"
    ))
    .expect("a pattern")
});

/// What goes for several measures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// What goes for all that have none of their own here.
    all: Option<Twin>,
    /// What goes for some of them, by their numbers.
    some: Vec<(Vec<u32>, Twin)>,
    /// The numbers of those that are told apart without a word of when (除第1、2项外).
    but: Vec<u32>,
}

impl Terms {
    /// What is said of the measure with this number.
    pub fn of(&self, number: u32) -> Option<&Twin> {
        let own = self.some.iter().find(|(numbers, _)| numbers.contains(&number));
        let all = self.all.as_ref().filter(|_| !self.but.contains(&number));
        own.map(|(_, said)| said).or(all)
    }

    /// Whether something is said of some of them by their numbers.
    pub fn names_some(&self) -> bool {
        !self.some.is_empty()
    }

    /// Whether something is said of some of so many measures only, and of none beyond them.
    pub fn tells_apart(&self, measures: usize) -> bool {
        !self.some.is_empty()
            && self
                .some
                .iter()
                .flat_map(|(numbers, _)| numbers)
                .all(|one| usize::try_from(*one).is_ok_and(|one| (1..=measures).contains(&one)))
    }
}

/// What a line behind or before a list says of its measures; None where it says more or other things.
pub(super) fn line(text: &Twin) -> Option<Terms> {
    let norm = text.norm().trim();
    let from =
        text.norm().len() - text.norm().trim_start().len() + NOTE.find(norm).map_or(0, |note| note.end());
    let mut terms = Terms::default();
    let mut start = from;
    for end in
        text.norm()[from..].match_indices(['。', ';']).map(|(at, _)| at + from).chain([text.norm().len()])
    {
        if start < end {
            let sentence = text.slice(start..end).trimmed();
            let point = POINT.find(sentence.norm()).map_or(0, |point| point.end());
            terms.hear(&sentence.slice(point..sentence.norm().len()));
        }
        start = end + text.norm()[end..].chars().next().map_or(0, char::len_utf8);
    }
    (terms != Terms::default()).then_some(terms)
}

impl Terms {
    /// Adds what one sentence says.
    fn hear(&mut self, sentence: &Twin) {
        if sentence.chars() > SENTENCE_MAX || tells_of_reports(sentence.norm()) {
            return;
        }
        let norm = sentence.norm().trim_end_matches(')');
        let opens =
            ["以", "上", "表", "第", "其", "除", "序", "剩"].iter().any(|word| norm.starts_with(word));
        let some = if opens { some(sentence) } else { Vec::new() };
        if let Some(rest) = REST.captures(norm).and_then(|rest| rest.name("said")).filter(|_| opens) {
            self.all = Some(sentence.slice(rest.range()));
        } else if some.is_empty()
            && let Some(all) = ALL.captures(norm).and_then(|all| all.name("said"))
        {
            self.all.get_or_insert_with(|| sentence.slice(all.range()));
        }
        if let Some(but) = BUT.captures(norm) {
            self.but.extend(numbers(&but["numbers"]));
        }
        self.some.extend(some);
    }
}

/// Whether a sentence says when to report, which is no term of the measures: 以上工作进展6月底前报县政府办.
fn tells_of_reports(sentence: &str) -> bool {
    ["报", "反馈", "进展", "情况", "总结", "材料", "公示"].iter().any(|word| sentence.contains(word))
}

/// What a deadline says of some measures by their numbers (8月底前,第3条长期坚持), and what it says of the others.
pub(super) fn numbered(said: &Twin) -> Option<Terms> {
    let norm = said.norm();
    let first = SOME.find(norm)?.start();
    let rest = REST.captures(norm).and_then(|rest| rest.name("said")).map(|rest| said.slice(rest.range()));
    let all = rest.or_else(|| (first > 0).then(|| said.slice(0..first).trimmed()));
    Some(Terms { all, some: some(said), but: Vec::new() })
}

fn some(said: &Twin) -> Vec<(Vec<u32>, Twin)> {
    let found = SOME.captures_iter(said.norm());
    found
        .filter_map(|found| Some((numbers(&found["numbers"]), said.slice(found.name("said")?.range()))))
        .collect()
}

/// The numbers of a list: 3、5, 2至4.
fn numbers(list: &str) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    let mut through = false;
    for (at, part) in list
        .split_inclusive(|c: char| !c.is_ascii_digit())
        .map(|part| part.trim_end_matches('第'))
        .enumerate()
    {
        let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
        let Ok(number) = digits.parse::<u32>() else { continue };
        let from = if through { all.last().map_or(number, |last| last + 1) } else { number };
        all.extend(from.min(number)..=number);
        through = at < list.len() && part[digits.len()..].starts_with(['至', '到', '-', '—', '~']);
    }
    all
}

/// By when measures are due, for those that say nothing of it themselves.
pub(super) fn give(terms: Option<&Terms>, leaves: &mut [Leaf]) {
    let Some(terms) = terms else { return };
    for (place, leaf) in (1..).zip(leaves) {
        let number = leaf.numbers.first().copied().unwrap_or(place);
        if let Some(said) = terms.of(number) {
            leaf.assigned.get_or_insert_default().deadline.get_or_insert_with(|| said.clone());
        }
    }
}

/// Whether a heading says by when what stands below it is due (以下任务6月底前完成, 常年坚持的任务).
pub(super) fn is_heading(heading: &str) -> bool {
    let heading = heading.trim();
    heading.chars().count() <= HEADING_MAX && HEADING.is_match(heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, numbers: &[u32]) -> Option<String> {
        let terms = line(&Twin::new(text))?;
        let say = |number: &u32| terms.of(*number).map_or("-", Twin::norm).to_owned();
        Some(numbers.iter().map(say).collect::<Vec<_>>().join("|"))
    }

    #[test]
    fn a_line_gives_terms_for_all_or_some() {
        for (text, wanted) in [
            ("说明：以上第3、5项于6月底前完成；其余任务年底前完成。", "年底前完成|6月底前完成"),
            ("注：以上第1至3项6月底前完成，其余12月20日前完成。", "6月底前完成|6月底前完成"),
            (
                "说明：1.上述任务于2026年12月31日前完成；2.到位资金以联网直报数为准。",
                "2026年12月31日前完成|2026年12月31日前完成",
            ),
            ("备注：除第3项外，其余任务均于12月20日前完成。", "12月20日前完成|-"),
            ("以上各项任务均须于9月底前完成。", "9月底前完成|9月底前完成"),
            ("备注：表中任务除第3项长期坚持外，其余11月底前完成", "11月底前完成|长期坚持"),
            ("（除注明外，均于2026年11月30日前完成）", "2026年11月30日前完成|2026年11月30日前完成"),
        ] {
            assert_eq!(of(text, &[2, 3]).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn other_notes_give_none() {
        for text in [
            "注：到位资金以县统计局联网直报数为准。",
            "说明：各单位于每月25日前报送进展。",
            "以上任务由县水利局牵头。",
            "以上任务进展情况于6月底前报县政府办。",
            "备注：第4、8项完成后报县森防办销号。",
        ] {
            assert_eq!(line(&Twin::new(text)), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_listed_or_run() {
        assert_eq!(numbers("3、5"), [3, 5]);
        assert_eq!(numbers("2至4、第7"), [2, 3, 4, 7]);
    }

    #[test]
    fn a_heading_may_say_by_when() {
        for (heading, wanted) in [
            ("以下任务6月底前完成", true),
            ("常年坚持的任务", true),
            ("年内完成事项(3项)", true),
            ("9月底前建成项目", false),
            ("6月底前完成改造小区18个", false),
            ("持续推进乡村建设", false),
        ] {
            assert_eq!(is_heading(heading), wanted, "{heading}");
        }
    }
}
