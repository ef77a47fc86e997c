//! Recognises an item by the words of its title, and the title's words inside a clause.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Item;
use super::lexicon::{Class, word_at};
use super::normalise::Folded;

/// Pairs of characters that many titles share; they name nothing.
const COMMON: &str = "项目 工作 建设 落地 开工 推进 完成 编制 任务 落实 问题 整改 发展 全县 我县 情况 制度 方案 \
    执行 部门 单位 企业 政策 资金 用地 培训 提升 管理 组织 机制 管理 流程 材料 手续 办理 相关 重点 会议";

/// Characters that name a stage, a part or a number: alone they are no word of a title.
const NO_WORDS: &str =
    "一二三四五六七八九十两百千万期段批前后上下部分初半不没未无个中大小新全年月日的和与及等";

/// Two neighbouring characters.
type Pair = (char, char);

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
        let text = Folded::of(title).text().to_owned();
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
            if !self.pairs.contains(&(a, b)) {
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
                short.push(*at..at + c.len_utf8());
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

/// The titles of a whole context.
pub(super) struct Titles {
    /// For each pair, the only item (by its place in the context) whose title has it.
    owner: HashMap<Pair, Option<usize>>,
    /// The same for words that are common in replies, 项目 and the like left out.
    common: HashMap<Pair, Option<usize>>,
    /// For each character, the same.
    single: HashMap<char, Option<usize>>,
}

impl Titles {
    /// Learns which words tell the items apart.
    pub fn of(items: &[Item]) -> Self {
        let mut owner = HashMap::new();
        for (place, item) in items.iter().enumerate() {
            for pair in TitleWords::of(&item.title).pairs {
                owner
                    .entry(pair)
                    .and_modify(|first| {
                        if *first != Some(place) {
                            *first = None;
                        }
                    })
                    .or_insert(Some(place));
            }
        }
        let common = owner.iter().filter(|(pair, _)| is_common(**pair) && !is_empty(**pair));
        let common = common.map(|(pair, place)| (*pair, *place)).collect();
        owner.retain(|pair, _| !is_common(*pair));
        let mut single: HashMap<char, Option<usize>> = HashMap::new();
        for (place, item) in items.iter().enumerate() {
            for c in Folded::of(&item.title).text().chars().filter(|c| c.is_alphabetic() && !c.is_ascii()) {
                let known = single.entry(c).or_insert(Some(place));
                *known = known.filter(|first| *first == place);
            }
        }
        Self { owner, common, single }
    }

    /// The item whose title alone has the word or the character that a clause opens with: 培训累计830人, 桥还没开工.
    pub fn opened_by(&self, clause: &str) -> Option<usize> {
        let clause = clause.trim_start();
        let clause =
            ["那个", "这个", "那", "这"].iter().find_map(|word| clause.strip_prefix(word)).unwrap_or(clause);
        if let Some(place) = pairs(clause).next().and_then(|pair| self.common.get(&pair).copied().flatten()) {
            return clause.chars().take(2).all(char::is_alphabetic).then_some(place);
        }
        let mut chars = clause.chars();
        let (first, second) = (chars.next()?, chars.next()?);
        let says = word_at(&clause[first.len_utf8()..]).is_some() || "修铺建装种发".contains(second);
        let owner = self.single.get(&first).copied().flatten();
        owner.filter(|_| says && word_at(clause).is_none_or(|word| word.1 == first.len_utf8()))
    }

    /// The items that a clause speaks of, with how many of their own words it has; most first.
    pub fn spoken_of(&self, clause: &str) -> Vec<(usize, usize)> {
        let mut hits: HashMap<usize, usize> = HashMap::new();
        for pair in pairs(clause).collect::<HashSet<_>>() {
            if let Some(Some(place)) = self.owner.get(&pair) {
                *hits.entry(*place).or_default() += 1;
            }
        }
        let mut hits: Vec<_> = hits.into_iter().collect();
        hits.sort_by_key(|(place, count)| (std::cmp::Reverse(*count), *place));
        hits
    }
}

/// Whether a word stands in a reply about anything.
fn is_empty(pair: Pair) -> bool {
    let word = String::from_iter([pair.0, pair.1]);
    [
        "项目", "工作", "建设", "推进", "完成", "任务", "落实", "问题", "情况", "材料", "资金", "开工",
        "整改", "办理", "进展",
    ]
    .contains(&word.as_str())
}

fn is_common(pair: Pair) -> bool {
    let word = String::from_iter([pair.0, pair.1]);
    COMMON.split_whitespace().any(|common| common == word)
        || word_at(&word).is_some_and(|(classes, len)| len == word.len() && !classes.contains(&Class::Talk))
}

/// Neighbouring letters and digits; marks between break a pair.
fn pairs(text: &str) -> impl Iterator<Item = Pair> + '_ {
    text.chars().zip(text.chars().skip(1)).filter(|(a, b)| {
        let word = |c: &char| c.is_alphanumeric() && *c != '的';
        word(a) && word(b) && !(a.is_ascii_digit() && b.is_ascii_digit())
    })
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
