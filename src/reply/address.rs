//! Which items a clause is about: references, 全部, 其余, 除8号外.

mod group;

use std::collections::HashSet;

use super::gather::{list_marker, marked};
use super::reference::{Habits, Ordinals, References, opening};
use super::split::Clause;

use super::titles::Titles;
use super::{Context, Item, Which};
use crate::domain::chinese::number::is_numeral;
use crate::domain::chinese::number_at;
use group::{counted_off, group};

/// Words that may stand before a reference.
const OPENERS: &str = "敢问 请问 想问 问一下 请教 借问 关于 对于 其中 另外 还有 然后 再有 报告领导 汇报一下 汇报 报告 领导 您好 你好 回复 目前 \
    现在 我们局的 俺们局的 我们局 俺们局 我们的 俺们的 我们 俺们 我这边 我们这边 先说 再说 说说 再就是 还有就是 至于 先报 再报 报 任务 事项 序号 编号 督办 各位领导 各位 主任 局长 科长 领导好 说 答";

/// What may stand before 都: 基本都完了, 能不能都延到年底. It stays with what is said.
const ASIDE_OF_ALL: [&str; 14] = [
    "能不能",
    "能否",
    "可否",
    "嗯嗯",
    "嗯",
    "早",
    "基本",
    "大体",
    "还",
    "差不多",
    "是",
    "两边",
    "一直",
    "目前",
];

/// What may stand before the only items that are left open: 只剩79了.
const ONLY: [&str; 7] = ["只剩下", "就剩下", "只剩", "就剩", "只差", "就差", "还剩"];

/// Words at which an exception by its title ends: 除了档案审核外, 除了职教园都没啥问题.
const EXCEPTION_ENDS: [&str; 11] = ["以外", "之外", "外", "都", "均", "全", "没", "未", "还", "其", "别"];

/// Characters of a name that 除 alone may leave out: 除弃管小区,都在干.
const EXCEPTED: usize = 8;

/// Bytes before a number that a clause is about.
const INSIDE: usize = 30;

/// Endings of what stands before a colon and names no item.
const PREFACES: &[&str] = &[
    "收悉",
    "点名啦",
    "分开说",
    "统一回",
    "统一报",
    "统一说",
    "一并报",
    "一块报",
    "打个分",
    "报督办办",
    "报一下",
    "说一下",
    "报下",
    "好的说",
    "坏的",
    "文字",
    "里头",
    "里面",
    "如下",
    "汇报",
    "报告",
    "反馈",
    "回复",
    "说明",
    "情况",
];

/// Numerals of a clause that may count the items off.
const NUMERALS: usize = 32;

/// Whom a clause names.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Named {
    /// These items.
    These(Vec<Which>),
    /// All of the context, or of those named before; with their number where it is told (两项均).
    All(Option<usize>),
    /// So many of them, where others are named: 三项里头两项完事了,就3号还在干.
    Some(usize),
    /// All that are not named elsewhere in the message.
    Rest,
    /// The items it excepts; what follows is about the others.
    Except(Vec<Which>),
}

/// What a clause opens with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lead {
    /// Whom it names.
    pub named: Named,
    /// Where the bytes begin that say something of them.
    pub body: usize,
    /// Where they end: for 除8号还在办外 before the 外.
    pub end: usize,
}

/// Reads whom clauses are about, in one context.
pub(super) struct Address<'a> {
    references: References<'a>,
    /// Words of the titles.
    pub titles: Titles,
    items: &'a [Item],
    several: bool,
}

impl<'a> Address<'a> {
    /// Learns the numbers, codes and titles of a context.
    pub fn of(context: &'a Context) -> Self {
        Self {
            references: References::of(context),
            titles: Titles::of(&context.items),
            items: &context.items,
            several: context.items.len() > 1,
        }
    }

    /// Learns whether a message counts the items by bare numerals: then two of its clauses open with different ones.
    pub fn learn(&mut self, clauses: &[&str]) {
        let mut places: Vec<Vec<Which>> = clauses
            .iter()
            .filter_map(|clause| {
                self.references.counted(&clause[opener(clause)..]).or_else(|| self.references.counted(clause))
            })
            .collect();
        places.dedup();
        let bare = |clause: &&&str| {
            self.references.bare(&clause[opener(clause)..])
                || self.references.bare(&clause[list_marker(clause)..])
        };
        let any = |tells: fn(&References<'a>, &str) -> bool| {
            clauses.iter().any(|clause| tells(&self.references, clause))
        };
        let ordinals = if any(References::before_the_first) {
            Ordinals::Place
        } else if any(References::past_the_last) {
            Ordinals::Number
        } else {
            Ordinals::Either
        };
        let lines: Vec<usize> = clauses.iter().filter_map(|clause| marked(clause)).collect();
        let ours = |mark: &usize| self.items.iter().any(|item| usize::try_from(item.no) == Ok(*mark));
        let rising = lines.windows(2).all(|two| two[0] < two[1]);
        let distinct = lines.iter().collect::<HashSet<_>>().len() == lines.len();
        self.references.habits = Habits {
            by_line: lines.len() > 1 && lines.iter().all(ours) && (rising || distinct && !lines.contains(&1)),
            by_numeral: places.len() > 1,
            by_bare: clauses.iter().filter(bare).count() > 1,
            ordinals,
        };
    }

    /// 一完二没动三在办: a clause that counts the items off, cut before each numeral.
    pub fn numbered_off(&self, text: &str, clause: Clause) -> Vec<Clause> {
        let words = &text[clause.span.clone()];
        let place = |at: usize| self.references.counted(&words[at..]).filter(|list| list.len() == 1);
        let mut starts = Vec::new();
        let numerals = words.char_indices().filter(|(_, c)| is_numeral(*c)).take(NUMERALS);
        for (at, c) in numerals {
            let next = self.items.get(starts.len()).map(|item| Which::Item(item.no));
            let due = "一二三四五六七八九".chars().nth(starts.len());
            if due == Some(c) && next.is_some() && place(at).map(|list| list[0].clone()) == next {
                starts.push(at);
            }
        }
        if starts.len() < 2 || starts[0] > opener(words) {
            return vec![clause];
        }
        starts[0] = 0;
        let ends = starts.iter().skip(1).copied().chain([words.len()]);
        let count = starts.len() - 1;
        starts
            .iter()
            .zip(ends)
            .enumerate()
            .map(|(at, (start, end))| Clause {
                span: clause.span.start + start..clause.span.start + end,
                closes: clause.closes && at == count,
                asks: clause.asks && at == count,
            })
            .collect()
    }

    /// Whether the text opens with a reference that stands where one stands.
    pub fn opens(&self, text: &str) -> bool {
        self.references.opens(text)
    }

    /// What the clause opens with, if it names anything.
    pub fn lead(&self, clause: &str) -> Option<Lead> {
        let opened = opener(clause);
        let rest = &clause[opened..];
        if let Some(lead) = self.except(rest) {
            return Some(shift(lead, opened));
        }
        if let Some(lead) = self.list(clause, opened).or_else(|| self.list(clause, 0)) {
            return Some(lead);
        }
        if !self.several {
            return None;
        }
        if let Some(lead) = self.inside(clause) {
            return Some(lead);
        }
        if let Some(which) = self.only_left(rest) {
            return Some(Lead { named: Named::These(which), body: opened, end: clause.len() });
        }
        if ASIDE_OF_ALL
            .iter()
            .any(|word| rest.strip_prefix(word).is_some_and(|after| after.starts_with(['都', '全'])))
        {
            return Some(Lead { named: Named::All(None), body: opened, end: clause.len() });
        }
        // 另外 also opens a sentence; 另外两项 means two items.
        if let Some((named, body)) = group(clause).filter(|_| clause.starts_with('另')) {
            return Some(Lead { named, body, end: clause.len() });
        }
        if let Some((named, said)) = counted_off(rest, self.items.len()) {
            return Some(Lead { named, body: opened + said.start, end: opened + said.end });
        }
        // 12个齐了 counts what one item is about.
        let count = self.items.len();
        let fits = |named: &Named| match named {
            Named::Some(some) => *some < count,
            Named::All(Some(all)) => *all <= count,
            _ => true,
        };
        group(rest)
            .filter(|(named, _)| fits(named))
            .map(|(named, body)| shift(Lead { named, body, end: rest.len() }, opened))
    }

    /// `除8号外`, `除了3号、5号还在办以外`.
    fn except(&self, text: &str) -> Option<Lead> {
        let rest = text.strip_prefix("除了").or_else(|| text.strip_prefix('除'))?;
        let at = text.len() - rest.len();
        // 除险加固 excepts nothing.
        let sure = || {
            let whole =
                rest.chars().count() <= EXCEPTED && !rest.contains(|c: char| "险危尘草锈害".contains(c));
            text.starts_with("除了") || text.starts_with("除去") || whole || rest.contains('外')
        };
        let titled = || self.titled(rest).filter(|_| sure());
        let (which, len) = self.references.list(rest, true).or_else(titled)?;
        let out = ["以外", "之外", "外"].iter().find_map(|word| rest[len..].find(word));
        // 除了冬修水利没动: told of the excepted; 除了86都没动: of the others.
        let of_these = out.is_none() && !rest[len..].starts_with(['都', '均', '全', '其', '别']);
        let end = if of_these { text.len() } else { at + len + out.unwrap_or(0) };
        Some(Lead { named: Named::Except(which), body: at + len, end })
    }

    /// The items whose titles an exception speaks of, and its bytes.
    fn titled(&self, text: &str) -> Option<(Vec<Which>, usize)> {
        let ends = EXCEPTION_ENDS.iter().filter_map(|word| text.find(word).filter(|at| *at > 0));
        let len = ends.min().unwrap_or(text.len());
        let hits = self.titles.spoken_of(&text[..len]);
        let most = hits.first()?.1;
        let best = hits.iter().take_while(|(_, count)| *count == most);
        let which = best.map(|(place, _)| Which::Item(self.items[*place].no)).collect();
        self.several.then_some((which, len))
    }

    /// `只剩79了`: the only ones left open; the words stay with what is said.
    fn only_left(&self, text: &str) -> Option<Vec<Which>> {
        let rest = ONLY.iter().find_map(|word| text.strip_prefix(word))?;
        let (which, _) = self.references.list(rest, true)?;
        self.several.then_some(which)
    }

    /// A marked number a few words into the clause, before which nothing is said: 督察转办件3号件整改完了.
    fn inside(&self, clause: &str) -> Option<Lead> {
        let at = clause.find(|c: char| c.is_ascii_digit()).filter(|at| (1..=INSIDE).contains(at))?;
        let before = clause[..at].trim_end_matches('#');
        // 环保督察第17号信访件: the number is the title's own.
        let own = before.ends_with('第')
            && self.items.iter().any(|item| {
                let number = clause[at..].chars().take_while(char::is_ascii_digit).collect::<String>();
                item.title.contains(&format!("第{number}号"))
            });
        let words = !own && before.chars().all(|c| c.is_alphabetic() && !"了完没在已和到于至月".contains(c));
        let digits = clause[at..].bytes().take_while(u8::is_ascii_digit).count();
        let marked = clause[at + digits..].starts_with('号') || before.len() < at;
        // 献血车12号来过了: the day on which it happened.
        let behind = clause[at + digits..].strip_prefix('号').unwrap_or("");
        if behind.starts_with([
            '来', '去', '到', '过', '下', '开', '就', '才', '那', '晚', '早', '签', '发', '领', '送',
        ]) {
            return None;
        }
        let (which, len) = self.references.list(&clause[at..], false).filter(|_| words && marked)?;
        let known = which.iter().all(|which| matches!(which, Which::Item(_)));
        known.then(|| Lead { named: Named::These(which), body: at + len, end: clause.len() })
    }

    /// A list of references at a place of the clause.
    fn list(&self, clause: &str, at: usize) -> Option<Lead> {
        let (which, len) = self.references.list(&clause[at..], false)?;
        Some(Lead { named: Named::These(which), body: at + len, end: clause.len() })
    }
}

fn shift(lead: Lead, by: usize) -> Lead {
    Lead { named: lead.named, body: lead.body + by, end: lead.end + by }
}

/// Whether what stands before a colon only leads up to what is said: 我替报一下, 现报告如下.
pub(super) fn is_preface(words: &str) -> bool {
    PREFACES.iter().any(|end| words.trim_end().ends_with(end))
}

/// Bytes of greetings, bullets and mentions before the first reference.
pub(super) fn opener(clause: &str) -> usize {
    // 我这边六项里头:1、2都结了
    let preface = clause.find(':').filter(|colon| is_preface(&clause[..*colon]));
    let mut at = preface.map_or(0, |colon| colon + 1);
    at += roll_call(&clause[at..]);
    for _ in 0..6 {
        let rest = &clause[at..];
        let word = opening(OPENERS, rest);
        at += match (word, rest.chars().next()) {
            (Some(word), _) => word.len(),
            (None, Some('@')) => rest.find(' ').unwrap_or(rest.len()),
            (None, Some(c)) if " *•·-、:>\"".contains(c) => c.len_utf8(),
            _ => break,
        };
    }
    at + roll_call(&clause[at..])
}

/// Bytes of a count of all items that opens a list of them: 五项里头前三项都办结了.
pub(super) fn roll_call(text: &str) -> usize {
    let counted = number_at(text).and_then(|number| {
        let rest = text[number.len..].strip_prefix(['项', '个', '件'])?;
        let rest =
            ["任务", "工作", "事项", "事"].iter().find_map(|noun| rest.strip_prefix(noun)).unwrap_or(rest);
        ["里头", "里面", "当中", "里", "中"].iter().find_map(|word| rest.strip_prefix(word))
    });
    counted.map_or(0, |rest| text.len() - rest.len())
}
