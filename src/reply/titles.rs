//! Tells the items of a context apart by the words of their titles.

use std::collections::{HashMap, HashSet};

use super::Item;
use super::lexicon::word_at;
use super::normalise::known;
use super::split::Clause;
use super::title::{NO_WORDS, Pair, is_common, pair, pairs};
use crate::domain::chinese::number::is_numeral;

/// Characters that people say for another one of a title.
const SYNONYMS: [(char, char); 6] =
    [('路', '道'), ('道', '路'), ('钱', '资'), ('楼', '房'), ('树', '林'), ('厂', '企')];

/// Characters that show that something has been said of an item before the next one comes up.
const SAID: [char; 8] = ['了', '完', '没', '%', '已', '在', '吧', '还'];

/// Letters from one item to the next in which something has surely been said of the first.
const TOLD: usize = 10;

/// Bytes of what has been said of an item before another one may come up.
const SPOKEN: usize = 9;

/// Bytes at the start of a sentence that hint at an item.
const HINT: usize = 12;

/// The titles of a whole context.
pub(super) struct Titles {
    /// For each pair, the only item (by its place in the context) whose title has it.
    owner: HashMap<Pair, Option<usize>>,
    /// The same for words that are common in replies, 项目 and the like left out.
    common: HashMap<Pair, Option<usize>>,
    /// For each character, the same.
    single: HashMap<char, Option<usize>>,
    /// The pairs that several titles share, but not all.
    shared: HashMap<Pair, Vec<usize>>,
    /// The titles in matching form.
    texts: Vec<String>,
    /// The pairs of each.
    pairs: Vec<HashSet<Pair>>,
}

impl Titles {
    /// Learns which words tell the items apart.
    pub fn of(items: &[Item]) -> Self {
        let texts: Vec<String> = items.iter().map(|item| known(&item.title).to_string()).collect();
        let pairs: Vec<HashSet<Pair>> = texts.iter().map(|text| pairs(text).collect()).collect();
        let mut owner = HashMap::new();
        for (place, pairs) in pairs.iter().enumerate() {
            for pair in pairs {
                owner
                    .entry(*pair)
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
        for (place, text) in texts.iter().enumerate() {
            for c in text.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()) {
                let known = single.entry(c).or_insert(Some(place));
                *known = known.filter(|first| *first == place);
            }
        }
        let mut shared: HashMap<Pair, Vec<usize>> = HashMap::new();
        // What one title alone has is no word that several share.
        let several = |pair: &&Pair| owner.get(pair).is_some_and(Option::is_none);
        for (place, pairs) in pairs.iter().enumerate() {
            for pair in pairs.iter().filter(several) {
                shared.entry(*pair).or_default().push(place);
            }
        }
        shared.retain(|_, places| (2..items.len().max(3)).contains(&places.len()));
        Self { owner, common, single, shared, texts, pairs }
    }

    /// The items that share the words a clause opens with: 退役军人那两个.
    pub fn shared_by(&self, clause: &str) -> Vec<usize> {
        let clause = clause.trim_start();
        pairs(clause).next().and_then(|pair| self.shared.get(&pair)).cloned().unwrap_or_default()
    }

    /// A clause cut where it turns from one item to another without a mark: 培训搞了五百八十人然后小区那个改了七个.
    ///
    /// `spoken` is the item that the clauses before spoke of last; it is kept up.
    pub fn turns(&self, text: &str, clause: &Clause, spoken: &mut Option<usize>) -> Vec<Clause> {
        let words = &text[clause.span.clone()];
        let mut cuts = Vec::new();
        let mut last: Option<usize> = None;
        let mut told = 0;
        for ((at, a), (_, b)) in words.char_indices().zip(words.char_indices().skip(1)) {
            let owner = self.owner.get(&pair(a, b)).or_else(|| self.common.get(&pair(a, b)));
            let Some(place) = owner.copied().flatten() else { continue };
            let between = &words[told..at];
            // 稳岗0.12亿 扩面三千一: a table, read aloud.
            // 新增七百二十人创业担保贷款放了八百万
            let counted = between
                .ends_with(['人', '户', '家', '个', '亩', '元', '万', '吨', '次', '场', '件', '%', '成'])
                && between.contains(|c: char| c.is_ascii_digit() || is_numeral(c));
            let listed = counted
                || words[..at].ends_with([' ', '后', '有', '外', '是'])
                    && [" ", "然后", "还有", "另外", "再就是"].iter().any(|word| words[..at].ends_with(word))
                    && between.contains(|c: char| c.is_ascii_digit() || is_numeral(c));
            // 报告也盖章了大豆核到十一万亩: the clause opened with the item before.
            let said = words[..at].trim_end_matches(['那', '个', '这']);
            let first = last.is_none() && spoken.is_some_and(|spoken| spoken != place);
            let ended =
                said.ends_with(['了', '呢', '吧', '啊', '呗', '哈', '嘛', '啦', '右']) && said.len() > SPOKEN;
            if first && ended {
                cuts.push(clause.span.start + at);
            }
            // 防火这块一天二十四小时瞪眼看着灌渠还冻着呢: enough has been said of the one before.
            let long = between.chars().count() >= TOLD
                && words.len() > 2 * SPOKEN
                && !words[..at].ends_with(['、', '和', '与', '及', '跟', '同', '等']);
            if last.is_some_and(|last| last != place)
                && (between.contains(SAID) || listed || long)
                && at > told
            {
                cuts.push(clause.span.start + at);
            }
            (last, told) = (Some(place), at);
        }
        *spoken = last.or(*spoken);
        let ends = cuts.iter().copied().chain([clause.span.end]);
        let starts = [clause.span.start].into_iter().chain(cuts.iter().copied());
        let count = cuts.len();
        starts
            .zip(ends)
            .enumerate()
            .map(|(at, (start, end))| Clause {
                span: start..end,
                closes: clause.closes && at == count,
                asks: clause.asks && at == count,
            })
            .collect()
    }

    /// The item whose title alone has the word or the character that a clause opens with: 培训累计830人, 桥还没开工.
    pub fn opened_by(&self, clause: &str) -> Option<usize> {
        let clause = clause.trim_start();
        let clause =
            ["那个", "这个", "那", "这"].iter().find_map(|word| clause.strip_prefix(word)).unwrap_or(clause);
        if let Some(place) = pairs(clause).next().and_then(|pair| self.common.get(&pair).copied().flatten()) {
            return clause.chars().take(2).all(char::is_alphabetic).then_some(place);
        }
        if let Some(place) = self.abbreviated(clause) {
            return Some(place);
        }
        let mut chars = clause.chars();
        let (first, second) = (chars.next()?, chars.next()?);
        let says = word_at(&clause[first.len_utf8()..]).is_some()
            || "修铺建装种发".contains(second)
            || clause.chars().nth(2).is_some_and(|third| "了完好成".contains(third));
        let owner = self.single.get(&first).copied().flatten().filter(|_| !NO_WORDS.contains(first));
        // 招不来人: the verb of the title.
        let third = clause.chars().nth(2).unwrap_or(' ');
        let cannot = second == '不' && "了成动开过来下上起到住出满".contains(third);
        owner.filter(|_| says && word_at(clause).is_none_or(|word| word.1 == first.len_utf8() || cannot))
    }

    /// The item that the first letters of a sentence hint at, each of them in its title only: 炉子差一台 of 锅炉检修. The first
    /// counts twice.
    pub fn hinted(&self, sentence: &str) -> Option<usize> {
        let mut votes: HashMap<usize, usize> = HashMap::new();
        let mut at = 0;
        let head = sentence.trim_start();
        while let Some(c) = head[at..].chars().next().filter(|_| at < HINT) {
            if !c.is_alphabetic() || c.is_ascii() || is_numeral(c) {
                break;
            }
            // 就业培训已经办了7期: a word of every reply, but of one title only.
            let next = head[at + c.len_utf8()..].chars().next();
            let common = next.and_then(|next| self.common.get(&pair(c, next)).copied().flatten());
            if let Some(place) = common {
                *votes.entry(place).or_default() += 2;
            }
            // Words of every reply hint at nothing.
            if let Some((_, len)) = word_at(&head[at..]).filter(|(_, len)| *len > c.len_utf8()) {
                at += len;
                continue;
            }
            let known = word_at(&head[at..]).is_some() || NO_WORDS.contains(c);
            if let Some(place) = self.single.get(&c).copied().flatten().filter(|_| !known) {
                *votes.entry(place).or_default() += if at == 0 { 2 } else { 1 };
            }
            at += c.len_utf8();
        }
        let best = votes.values().copied().max()?;
        let mut winners = votes.iter().filter(|(_, count)| **count == best);
        let place = *winners.next()?.0;
        winners.next().is_none().then_some(place)
    }

    /// The only item whose title has both characters that a clause opens with, next to each other or not: 二供 for
    /// 二次供水改造, 拆违 for 违法建设拆除.
    fn abbreviated(&self, clause: &str) -> Option<usize> {
        let mut chars = clause.chars();
        let (first, second) = (chars.next()?, chars.next()?);
        let head = first.len_utf8() + second.len_utf8();
        let word = |c: char| c.is_alphabetic() && !c.is_ascii() && !NO_WORDS.contains(c);
        // 二供: a numeral may open the title's own word.
        let numeral = is_numeral(first);
        if !(word(first) || numeral)
            || !word(second)
            || word_at(clause).is_some_and(|(_, len)| len > first.len_utf8())
        {
            return None;
        }
        let has = |text: &&String| text.contains(first) && text.contains(second);
        let mut owners = self.texts.iter().enumerate().filter(|(_, text)| has(text));
        let owner = owners.next().filter(|_| owners.next().is_none())?;
        (clause.len() > head).then_some(owner.0)
    }

    /// The item whose title is most like a name for it: pairs count twice, single characters once; none where two are as
    /// like. `among` are the places that can be meant; none for all.
    pub fn like(&self, name: &str, among: &[usize]) -> Option<usize> {
        let owned: HashSet<Pair> = pairs(name).collect();
        let alike = SYNONYMS.iter().filter(|(said, _)| name.contains(*said)).map(|(_, meant)| *meant);
        let letters: HashSet<char> = name
            .chars()
            .chain(alike)
            .filter(|c| c.is_alphabetic() && !c.is_ascii() && !NO_WORDS.contains(*c))
            .collect();
        let score = |place: usize| {
            let pairs = self.pairs[place].intersection(&owned).count();
            2 * pairs + letters.iter().filter(|c| self.texts[place].contains(**c)).count()
        };
        let places = (0..self.texts.len()).filter(|place| among.is_empty() || among.contains(place));
        let scores: Vec<(usize, usize)> = places.map(|place| (place, score(place))).collect();
        let best = scores.iter().map(|(_, score)| *score).max().filter(|best| *best > 0)?;
        let mut likest = scores.iter().filter(|(_, score)| *score == best);
        let place = likest.next()?.0;
        likest.next().is_none().then_some(place)
    }

    /// Whether a title has every character of a name, or one that is said for it.
    pub fn covers(&self, place: usize, name: &str) -> bool {
        let alike =
            |c: char| SYNONYMS.iter().any(|(said, meant)| *said == c && self.texts[place].contains(*meant));
        name.chars().all(|c| self.texts[place].contains(c) || alike(c))
    }

    /// Where a clause first speaks of an item, by a word that its title alone has.
    pub fn first_word(&self, clause: &str, place: usize) -> usize {
        let mut two = clause.char_indices().zip(clause.chars().skip(1));
        let own = |a: char, b: char| self.owner.get(&pair(a, b)) == Some(&Some(place));
        two.find(|((_, a), b)| own(*a, *b)).map_or(clause.len(), |((at, _), _)| at)
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
