//! Cuts a clause into tokens: words of the lexicon, dates, spans, percentages, amounts, words of the item's title.

mod complement;
mod days;
mod form;
mod outcome;
mod titled;

use std::ops::Range;

use chrono::NaiveDate;

use super::figures::{self, Percent};
use super::lexicon::{Class, word_at};
use super::title::TitleWords;
use crate::domain::chinese::{Found, Number, Span, number_at, span_at};
use crate::domain::quantity::Quantity;

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A word of the lexicon.
    Word(&'static [Class]),
    /// A day, with the `前` behind it.
    Date(Found),
    /// A length of time.
    Span(Span),
    /// A share.
    Percent(Percent),
    /// A number with a unit.
    Amount(Quantity),
    /// A number without one.
    Number(f64),
    /// Words of the title that the lexicon does not know.
    Title,
    /// The stroke of `650/1000`.
    Slash,
    /// Space.
    Space,
    /// Anything else, a character at a time or a run of letters.
    Other,
}

/// A token with its bytes in the clause.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// What it is.
    pub kind: Kind,
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// It stands in the title of the item, too.
    pub titled: bool,
}

impl Token {
    /// Whether it is a word of this class.
    pub fn is(&self, class: Class) -> bool {
        matches!(self.kind, Kind::Word(classes) if classes.contains(&class))
    }

    /// Whether it is a word of any of these classes.
    pub fn is_any(&self, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.is(*class))
    }
}

/// Characters before 不 that make another sense: 对不起, 用不着, 离不开, 差不多, 是不是.
const NO_VERBS: &str = "得对用少免大离忍要错差是有可能会该行要好想了过也都还就再又才并决毫绝从";

/// The complements.
const ENDS: &str = "走了成动开过来下上起到住出进着拢通齐够完清掉赢去见平严实";

/// The tokens of a clause, read on one day against one item's title.
///
/// `target` is what it counts; `beside` are the titles of the other items that the same clause is about.
pub(super) fn tokens(
    clause: &str,
    (today, target): (NaiveDate, Option<&Quantity>),
    title: &TitleWords,
    beside: &[TitleWords],
) -> Vec<Token> {
    let unit = target.map(|target| target.unit.as_str());
    let runs = cover(clause, title, beside);
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < clause.len() {
        let (kind, len) = token_at(clause, at, (today, target), &runs);
        // 调度会, of the title's 月调度: mostly its word.
        let inside = run_of(&runs, at).is_some_and(|run| {
            at + len <= run.end || matches!(kind, Kind::Word(_)) && (run.end - at) * 3 >= len * 2
        });
        found.push(Token { kind, start: at, end: at + len, titled: inside });
        at += len;
    }
    titled::wrapped_up(&mut found, clause, today);
    titled::verb_of_title(&mut found, clause, title.text());
    titled::obstacle_of_title(&mut found, clause, title.text());
    titled::rate_of_title(&mut found, clause, (unit, title.text()));
    found
}

/// The stretches of a clause that are made of the titles' words.
fn cover(clause: &str, title: &TitleWords, beside: &[TitleWords]) -> Vec<Range<usize>> {
    let mut all = title.cover(clause);
    all.extend(beside.iter().flat_map(|other| other.cover(clause)));
    all.sort_by_key(|run| run.start);
    let mut runs: Vec<Range<usize>> = Vec::new();
    for run in all {
        match runs.last_mut() {
            Some(last) if last.end > run.start => last.end = last.end.max(run.end),
            _ => runs.push(run),
        }
    }
    runs
}

/// The token at a place, and its length in bytes; never zero.
fn token_at(
    clause: &str,
    at: usize,
    (today, target): (NaiveDate, Option<&Quantity>),
    runs: &[Range<usize>],
) -> (Kind, usize) {
    let unit = target.map(|target| target.unit.as_str());
    let rest = &clause[at..];
    let c = rest.chars().next().unwrap_or(' ');
    match c {
        ' ' => return (Kind::Space, 1),
        '/' => return (Kind::Slash, 1),
        '@' => return (Kind::Space, rest.find(' ').unwrap_or(rest.len())),
        _ => {}
    }
    if let Some(found) = first_sort(clause, at, c) {
        return found;
    }
    let day = days::day_at(clause, at, today);
    if let Some(found) = day.filter(|found| !is_figure(&rest[..found.end], target, ends_title(runs, at))) {
        let len = found.end + days::tail(&rest[found.end..]);
        return (Kind::Date(found), len);
    }
    if let Some((span, len)) = span_at(rest) {
        return (Kind::Span(span), len);
    }
    if is_land(clause, at) {
        return (Kind::Other, c.len_utf8());
    }
    let word = word_at(rest).filter(|(_, len)| !asks_inside(rest, *len)).or_else(|| word_at(first(rest)));
    // 一期 is a stage before it is a count; 第3户 counts nothing.
    let ranked = clause[..at].ends_with('第')
        && !["到第", "完第", "至第"].iter().any(|led| clause[..at].ends_with(led));
    // 两条提醒: what was heard, and not done.
    let heard = |len: usize| {
        ["提醒", "消息", "通知", "短信", "催办"].iter().any(|noun| rest[len..].starts_with(noun))
    };
    let counted = figures::amount_at(rest, unit).filter(|(_, len)| !ranked && !heard(*len));
    // 开了三期, where the target counts them: no stage.
    let own = |amount: &Quantity| {
        unit == Some(amount.unit.as_str())
            && clause[..at].ends_with(['了', '开', '办', '过', '共', '到', '计'])
    };
    let longer = |len: usize| word.is_none_or(|word| word.1 < len);
    if let Some((amount, len)) = counted.filter(|(amount, len)| longer(*len) || own(amount)) {
        return (Kind::Amount(amount), len);
    }
    let run = run_of(runs, at).map_or(0, |run| cut_run(clause, at, run.end) - at);
    match word {
        // 月调度会已开: a noun that goes on from the title.
        Some((_, len)) if run == 0 && len <= titled::own_noun(rest) && ends_title(runs, at) => {
            (Kind::Title, titled::own_noun(rest))
        }
        None if run == 0 && titled::own_noun(rest) > 0 && ends_title(runs, at) => {
            (Kind::Title, titled::own_noun(rest))
        }
        Some((classes, len))
            if len >= run || classes.contains(&Class::Not) && !whole_title_word(runs, at) =>
        {
            (Kind::Word(classes), len)
        }
        _ if run > 0 => (Kind::Title, run),
        _ => number_or_other(rest, c),
    }
}

/// What is sure by its own shape: the number of a document, a picture, a complement, a clock, a share.
fn first_sort(clause: &str, at: usize, c: char) -> Option<(Kind, usize)> {
    let rest = &clause[at..];
    if let Some(len) = document_number(rest) {
        return Some((Kind::Other, len));
    }
    if let Some(len) = picture(rest, c) {
        return Some((Kind::Space, len));
    }
    if let Some(len) = cannot(rest).filter(|len| word_at(rest).is_none_or(|word| word.1 < *len)) {
        return Some((Kind::Word(&[Class::Unable]), len));
    }
    if let Some((classes, len)) =
        form::at(rest).or_else(|| complement::at(rest)).or_else(|| outcome::at(rest))
    {
        return Some((Kind::Word(classes), len));
    }
    if let Some(len) = days::clock(rest, &clause[..at]) {
        return Some((Kind::Space, len));
    }
    if let Some((percent, len)) =
        figures::percent_at(rest).or_else(|| figures::fraction_at(rest, &clause[..at]))
    {
        return Some((Kind::Percent(percent), len));
    }
    None
}

/// Whether what looks like a day is a figure of the target: 用电3.28 right behind the title, 5/20 of a target of 20.
fn is_figure(day: &str, target: Option<&Quantity>, titled: bool) -> bool {
    let plain = titled && target.is_some() && day.chars().all(|c| c.is_ascii_digit() || c == '.');
    let share = day.split_once('/').zip(target).is_some_and(|((_, whole), target)| {
        whole.parse::<f64>().is_ok_and(|whole| (whole - target.value).abs() < 1e-6)
    });
    plain || share
}

/// 地也翻完了: the land, and no particle.
fn is_land(clause: &str, at: usize) -> bool {
    let after = clause[at..].strip_prefix('地').and_then(|rest| rest.chars().next());
    after.is_some_and(|next| "也都全还没不已".contains(next)) && clause[..at].trim().is_empty()
}

/// Whether 了没 stands inside a clause, where it asks nothing: 9成以上了没细算.
fn asks_inside(rest: &str, len: usize) -> bool {
    let after = rest[len..].trim_start();
    matches!(&rest[..len], "了没" | "了没有" | "行不" | "成不" | "可以不")
        && after.starts_with(|c: char| c.is_alphanumeric() && !"吗呢啊呀哈".contains(c))
}

/// The first character of a text.
fn first(text: &str) -> &str {
    &text[..text.chars().next().map_or(0, char::len_utf8)]
}

/// Bytes of a picture that says nothing by itself: an emoji the lexicon does not know, a sticker like `[捂脸]`.
fn picture(rest: &str, c: char) -> Option<usize> {
    if let Some(after) = rest.strip_prefix('[') {
        let name: String = after.chars().take(5).take_while(|c| *c != ']').collect();
        let closed = after[name.len()..].starts_with(']');
        return (closed && !name.is_empty() && !name.contains('#')).then(|| name.len() + 2);
    }
    let pictorial = matches!(u32::from(c), 0x1F000..=0x1FAFF | 0x2600..=0x27BF);
    (pictorial && word_at(rest).is_none()).then(|| c.len_utf8())
}

/// What cannot be done, whatever it is: 抽不开, 谈不拢. Bytes of the verb, 不 and the complement.
fn cannot(rest: &str) -> Option<usize> {
    let mut chars = rest.chars();
    let (verb, not, end) = (chars.next()?, chars.next()?, chars.next()?);
    let spoken = verb.is_alphabetic() && !verb.is_ascii() && !NO_VERBS.contains(verb);
    // 打捆机不够: a noun.
    let noun = end == '够' && !"凑攒挣吃收招".contains(verb);
    // 超不了25号: a limit.
    let limit = "超过晚".contains(verb) && "了过".contains(end);
    let able = spoken && !limit && verb != end && not == '不' && ENDS.contains(end) && !noun;
    able.then(|| verb.len_utf8() + not.len_utf8() + end.len_utf8())
}

/// Bytes of the number of an official document: 〔2026〕12号.
fn document_number(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix(['〔', '['])?;
    let year = after.bytes().take(5).take_while(u8::is_ascii_digit).count();
    let after = after[year..].strip_prefix(['〕', ']']).filter(|_| year == 4)?;
    let number = after.bytes().take_while(u8::is_ascii_digit).count();
    let after = after[number..].strip_prefix('号').filter(|_| number > 0)?;
    Some(rest.len() - after.len())
}

/// The run of title words that a place lies in.
fn run_of(titled: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let next = titled.partition_point(|run| run.end <= at);
    titled.get(next).filter(|run| run.start <= at)
}

/// Where a run of title words ends: before a word that goes on beyond it (整改到位, 发下去了), and before a verb that says
/// it is made (件办好了).
fn cut_run(clause: &str, at: usize, end: usize) -> usize {
    let near = clause.floor_char_boundary(end.saturating_sub(CROSSING)).max(at + 1);
    let starts =
        clause[..end].char_indices().rev().map(|(start, _)| start).take_while(|start| *start >= near);
    let beyond = |start: &usize| word_at(&clause[*start..]).is_some_and(|(_, len)| start + len > end);
    let last = clause[..end].char_indices().next_back().map_or(end, |(last, _)| last);
    let made = Some(last).filter(|last| *last > at && complement::made(&clause[*last..]).is_some());
    starts.filter(beyond).last().or(made).unwrap_or(end)
}

/// Bytes before the end of a run in which a word may begin that goes on beyond it.
const CROSSING: usize = 18;

/// Whether a run of title words ends where this token begins.
fn ends_title(titled: &[Range<usize>], at: usize) -> bool {
    titled.iter().any(|run| run.end == at)
}

/// Whether a run of at least four characters of the title begins here: 不动产登记 denies nothing.
fn whole_title_word(titled: &[Range<usize>], at: usize) -> bool {
    run_of(titled, at).is_some_and(|run| run.start == at && run.len() >= 4 * '不'.len_utf8())
}

/// A bare number, a run of letters, or one character.
fn number_or_other(rest: &str, c: char) -> (Kind, usize) {
    let written =
        |number: &Number| number.figures || number.len > '一'.len_utf8() && scaled(&rest[..number.len]);
    if let Some(number) = number_at(rest).filter(written) {
        return (Kind::Number(number.value), number.len);
    }
    // 4MW的光伏: a size, and no progress.
    let letters = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let size = ["mw", "kw", "kv", "gw"].iter().any(|unit| rest[..letters].ends_with(unit));
    if size && rest.starts_with(|c: char| c.is_ascii_digit()) {
        return (Kind::Space, letters);
    }
    (Kind::Other, letters.max(c.len_utf8()))
}

/// Whether numerals hold a scale, and so a number: 八百七.
fn scaled(numerals: &str) -> bool {
    let tens = numerals.starts_with('十') && numerals.len() <= 2 * '十'.len_utf8();
    !tens
        && !numerals.starts_with(['百', '千', '万', '亿'])
        && numerals.contains(['十', '百', '千', '万', '点'])
}
