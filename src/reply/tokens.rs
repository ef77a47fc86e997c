//! Cuts a clause into tokens: words of the lexicon, dates, spans, percentages, amounts, words of the item's title.

mod complement;
mod days;
mod form;
mod outcome;

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
    let titled = cover(clause, title, beside);
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < clause.len() {
        let (kind, len) = token_at(clause, at, (today, target), &titled);
        // 调度会, of the title's 月调度: mostly its word.
        let inside = run_of(&titled, at).is_some_and(|run| {
            at + len <= run.end || matches!(kind, Kind::Word(_)) && (run.end - at) * 3 >= len * 2
        });
        found.push(Token { kind, start: at, end: at + len, titled: inside });
        at += len;
    }
    wrapped_up(&mut found, clause, today);
    verb_of_title(&mut found, clause, title.text());
    rate_of_title(&mut found, clause, (unit, title.text()));
    found
}

/// 水费收缴率: the rate of what the title is about; where the title counts something, it may be another one, unless the title
/// ends with it (支出率 of 专项债券支出进度).
fn rate_of_title(found: &mut [Token], clause: &str, (unit, title): (Option<&str>, &str)) {
    for at in 1..found.len() {
        let rate = found[at].kind == Kind::Other && clause[found[at].start..].starts_with('率');
        let of = &clause[found[at - 1].start..found[at - 1].end];
        let own = ["", "进度", "工作", "见底"]
            .iter()
            .any(|end| title.strip_suffix(end).is_some_and(|title| title.ends_with(of)));
        if rate && found[at - 1].titled && (unit.is_none() || own) {
            for token in &mut found[at - 1..=at] {
                token.kind = Kind::Title;
                token.titled = true;
            }
        }
    }
}

/// 又压了430万, of 贷款压降: the title's own verb before its figure, whatever it means elsewhere.
fn verb_of_title(found: &mut [Token], clause: &str, title: &str) {
    for at in 1..found.len() {
        let counted = matches!(found[at].kind, Kind::Amount(_) | Kind::Number(_));
        let verb = &clause[found[at - 1].start..found[at - 1].end];
        let own = verb.ends_with('了') && verb.chars().next().is_some_and(|first| title.contains(first));
        if counted && own && found[at - 1].is(Class::Obstacle) {
            found[at - 1].kind = Kind::Word(&[Class::Gain, Class::Already]);
        }
    }
}

/// 昨天收尾了: of a day that is over, it says that the work is finished.
fn wrapped_up(found: &mut [Token], clause: &str, today: NaiveDate) {
    let over = found.iter().any(|token| matches!(&token.kind, Kind::Date(day) if day.date < today));
    if let [.., last, end] = found
        && over
        && &clause[last.start..last.end] == "收尾"
        && &clause[end.start..end.end] == "了"
    {
        last.kind = Kind::Word(&[Class::Finish]);
    }
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
    titled: &[Range<usize>],
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
    if let Some(len) = document_number(rest) {
        return (Kind::Other, len);
    }
    if let Some(len) = picture(rest, c) {
        return (Kind::Space, len);
    }
    if let Some(len) = cannot(rest).filter(|len| word_at(rest).is_none_or(|word| word.1 < *len)) {
        return (Kind::Word(&[Class::Unable]), len);
    }
    if let Some((classes, len)) =
        form::at(rest).or_else(|| complement::at(rest)).or_else(|| outcome::at(rest))
    {
        return (Kind::Word(classes), len);
    }
    if let Some(len) = days::clock(rest, &clause[..at]) {
        return (Kind::Space, len);
    }
    if let Some(found) = figure_at(clause, at, (today, target), titled) {
        return found;
    }
    if is_land(clause, at) {
        return (Kind::Other, c.len_utf8());
    }
    word_or_title(clause, at, unit, titled)
}

/// The percentage, day or span at a place.
fn figure_at(
    clause: &str,
    at: usize,
    (today, target): (NaiveDate, Option<&Quantity>),
    titled: &[Range<usize>],
) -> Option<(Kind, usize)> {
    let rest = &clause[at..];
    if let Some((percent, len)) =
        figures::percent_at(rest).or_else(|| figures::fraction_at(rest, &clause[..at]))
    {
        return Some((Kind::Percent(percent), len));
    }
    // 用电3.28, of a target in figures: no day.
    let figure = |len: usize| {
        target.is_some()
            && ends_title(titled, at)
            && rest[..len].chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    if let Some(found) = days::day_at(clause, at, today).filter(|found| {
        // 5/20, of a target of 20
        let parts = rest[..found.end].split_once('/');
        let share = parts.zip(target).is_some_and(|((_, whole), target)| {
            whole.parse::<f64>().is_ok_and(|whole| (whole - target.value).abs() < 1e-6)
        });
        !figure(found.end) && !share
    }) {
        let len = found.end + days::tail(&rest[found.end..]);
        return Some((Kind::Date(found), len));
    }
    span_at(rest).map(|(span, len)| (Kind::Span(span), len))
}

/// The word, amount or stretch of a title at a place; where there is none, a number or what no list knows.
fn word_or_title(clause: &str, at: usize, unit: Option<&str>, titled: &[Range<usize>]) -> (Kind, usize) {
    let rest = &clause[at..];
    let word = word_at(rest).filter(|(_, len)| !asks_inside(rest, *len)).or_else(|| word_at(first(rest)));
    // 一期 is a stage before it is a count; 第3户 counts nothing.
    let ranked = clause[..at].ends_with('第');
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
    let run = run_of(titled, at).map_or(0, |run| cut_run(clause, at, run.end) - at);
    match word {
        // 月调度会已开: a noun that goes on from the title.
        Some((_, len)) if run == 0 && len <= own_noun(rest) && ends_title(titled, at) => {
            (Kind::Title, own_noun(rest))
        }
        None if run == 0 && own_noun(rest) > 0 && ends_title(titled, at) => (Kind::Title, own_noun(rest)),
        Some((classes, len))
            if len >= run || classes.contains(&Class::Not) && !whole_title_word(titled, at) =>
        {
            (Kind::Word(classes), len)
        }
        _ if run > 0 => (Kind::Title, run),
        _ => number_or_other(rest, rest.chars().next().unwrap_or(' ')),
    }
}

/// Nouns that go on from a title and name the item itself: 表彰大会, 宣传活动.
const OWN_NOUNS: [&str; 8] = ["大会", "会", "仪式", "典礼", "活动", "一事", "事宜", "那事"];

/// Bytes of such a noun; zero if the text opens with none.
fn own_noun(rest: &str) -> usize {
    OWN_NOUNS.iter().find(|noun| rest.starts_with(**noun)).map_or(0, |noun| noun.len())
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
