//! Recognises an item by the words of its title, and the title's words inside a clause.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon::{Class, word_at};
use super::normalise::known;

/// Pairs of characters that many titles share; they name nothing.
const COMMON: &str = "项目 工作 建设 落地 开工 推进 完成 编制 任务 落实 问题 整改 发展 全县 我县 情况 制度 方案 \
    执行 部门 单位 企业 政策 资金 用地 培训 提升 管理 组织 机制 管理 流程 材料 手续 办理 相关 重点 会议";

/// The same, as they are looked up.
static COMMON_PAIRS: LazyLock<HashSet<Pair>> =
    LazyLock::new(|| COMMON.split_whitespace().flat_map(pairs).collect());

/// Characters that name a stage, a part or a number: alone they are no word of a title.
pub(super) const NO_WORDS: &str =
    "一二三四五六七八九十两百千万期段批前后上下部分初半不没未无个中大小新全年月日的和与及等";

/// Two neighbouring characters.
pub(super) type Pair = (char, char);

/// The pairs of one title.
#[derive(Debug, Default)]
pub(super) struct TitleWords {
    pairs: HashSet<Pair>,
    /// The parts of a title that lists several things.
    parts: Vec<HashSet<Pair>>,
    /// The title in matching form.
    text: String,
}

impl TitleWords {
    /// The words of a title.
    pub fn of(title: &str) -> Self {
        let text = known(title).to_string();
        let parts = text
            .split(['、', ',', ';', '和', '及', '与', '。'])
            .map(|part| pairs(part).collect::<HashSet<_>>())
            .filter(|part| !part.is_empty())
            .collect();
        Self { pairs: pairs(&text).collect(), parts, text }
    }

    /// The title in matching form.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The stretches of a clause that are made of the title's words.
    pub fn cover(&self, clause: &str) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let chars: Vec<(usize, char)> = clause.char_indices().collect();
        for two in chars.windows(2) {
            let [(start, a), (at, b)] = *two else {
                continue;
            };
            if !self.pairs.contains(&pair(a, b)) {
                continue;
            }
            let end = at + b.len_utf8();
            match runs.last_mut() {
                Some(run) if run.end > start => run.end = end,
                _ => runs.push(start..end),
            }
        }
        // 改完了, 桥还没修: a word of the title, cut short.
        let mut short: Vec<Range<usize>> = Vec::new();
        let mut next = runs.iter().peekable();
        for (at, c) in &chars {
            while next.next_if(|run| run.end <= *at).is_some() {}
            let inside = next.peek().is_some_and(|run| run.start <= *at);
            let word = c.is_alphabetic() && !c.is_ascii() && !NO_WORDS.contains(*c);
            if word && !inside && self.text.contains(*c) {
                // 管子, 东边: the same with its ending.
                let end = at + c.len_utf8();
                let ending = clause[end..].chars().next().filter(|c| "子边头位".contains(*c));
                let longer = || word_at(&clause[*at..]).is_some_and(|(_, len)| len > c.len_utf8());
                short.push(*at..end + ending.filter(|_| !longer()).map_or(0, char::len_utf8));
            }
        }
        runs.extend(short);
        runs.sort_by_key(|run| run.start);
        runs
    }

    /// Whether the clause speaks of some things that the title lists but not of all.
    pub fn partly(&self, clause: &str) -> bool {
        let spoken: HashSet<Pair> = pairs(clause).filter(|pair| !is_common(*pair)).collect();
        let told = self.parts.iter().filter(|part| !part.is_disjoint(&spoken)).count();
        (1..self.parts.len()).contains(&told)
    }
}

/// Whether a pair is a word that many titles share, or one that replies are made of.
pub(super) fn is_common(pair: Pair) -> bool {
    let word = String::from_iter([pair.0, pair.1]);
    COMMON_PAIRS.contains(&pair)
        || word_at(&word).is_some_and(|(classes, len)| len == word.len() && !classes.contains(&Class::Talk))
}

/// Neighbouring letters and digits; marks between break a pair.
pub(super) fn pairs(text: &str) -> impl Iterator<Item = Pair> + '_ {
    text.chars()
        .zip(text.chars().skip(1))
        .filter(|(a, b)| {
            let word = |c: &char| c.is_alphanumeric() && *c != '的';
            word(a) && word(b) && !(a.is_ascii_digit() && b.is_ascii_digit())
        })
        .map(|(a, b)| pair(a, b))
}

/// Two neighbours as they are compared: 3纵 and 三纵 are one.
pub(super) fn pair(a: char, b: char) -> Pair {
    let numeral = |c: char| match c {
        '1'..='9' => "一二三四五六七八九".chars().nth(c as usize - '1' as usize).unwrap_or(c),
        '两' => '二',
        c => c,
    };
    (numeral(a), numeral(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_words_are_found_in_a_clause() {
        let title = TitleWords::of("华能4MW分散式风电项目落地开工");
        let clause = "风电项目已开工";
        let runs: Vec<_> = title.cover(clause).into_iter().map(|run| &clause[run]).collect();
        assert_eq!(runs, ["风电项目", "开工"]);
    }

    #[test]
    fn a_title_of_several_things_can_be_told_in_part() {
        let title = TitleWords::of("编好经开区发展规划和功能分区");
        assert!(title.partly("经开区规划已完成"));
        assert!(!title.partly("经开区规划和功能分区已完成"));
        assert!(!title.partly("已完成"));
    }
}
