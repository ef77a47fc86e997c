//! How one item is referred to: `#12`, `12号`, a bare `12`, `CS-1`, `第一项`; and lists of these.

mod called;
mod codes;
mod places;

use std::collections::HashSet;

use super::lexicon::{Class, word_at};
use super::normalise::known;
use super::{Context, Which};
use crate::domain::chinese::number::is_numeral;
use crate::domain::chinese::number_at;
use codes::{duty_len, is_building, titled_code};

/// Words that may stand between a bare number and what is said of it; a bare number before anything else is no item.
const FOLLOWS: &str = "各 完 结 才 就 想 走 只 又 得 一起 一块 一并 也 什么 怎么 是否 能 啥 要 全 已 完成 办结 到 达 没 无 未 尚 还 进展 进度 正 基本 收到 延 \
    卡 需 请 申请 有序 同上 不 都 均 推 暂 继续 预计 争取 计划 即将 快 差 约 大约 过半 一半 \
    销号 √ ✓ × 均 都 两个 两项 办完 做完 搞定 百分之 在 因 受 缺 资金 招 累计 等 报 拟 将 是 那个 这个 的 那边 这边 还是 号 开工 启动 整改 按 仍 照旧 \
    顺利 可以 结束 持续 抓紧 力争 困难 也 ok 周一 周二 周三 周四 周五 下周 明天 本周 这周 昨天 今天 下月 拆迁 \
    征地 用地 招标 手续 施工 主体 ✅ ❌ 刚 上周 目前 现在 其中 由 从 财政 暂时 方案";

/// Before one of these, `12号` is a day of the month.
const DAY_TAILS: &str = "前 之前 以前 左右 上午 下午 晚 开会 当天 后 之后 以后 早上 那天";

/// Behind `3号`, these make a name of a building, a mine, a paper.
const NAME_TAILS: &str = "栋幢塔墩楼线地矿井文公令院泵机路库门厂";

/// Nouns that make an item of the number before them.
const NOUNS: [&str; 3] = ["项目", "任务", "事项"];

/// Behind `12号`, these show that an item was meant even if we do not know it.
const CLAIMS: &str = "已 进展 进度 没 无 还 未 到 基本 正在 办结 销号 任务 事项 项目 完成";

/// Classes of words that say something of an item: before one of them a bare number may be its number.
const SAYS: [Class; 14] = [
    Class::Finish,
    Class::Close,
    Class::Step,
    Class::Start,
    Class::Gain,
    Class::Not,
    Class::Nearly,
    Class::Ongoing,
    Class::Idle,
    Class::NoChange,
    Class::Fine,
    Class::Obstacle,
    Class::Extend,
    Class::Unable,
];

/// Most references in one list.
const MAX_LIST: usize = 200;

/// How a reference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `#12`
    Hash,
    /// `12号`
    Suffix,
    /// `12`
    Bare,
    /// `CS-1`, `第一项`
    Name,
}

/// Reads references against one context.
pub(super) struct References<'a> {
    context: &'a Context,
    numbers: HashSet<i64>,
    codes: Vec<(String, i64)>,
    /// How the message names items.
    pub habits: Habits,
}

/// How a message names items, learnt from the whole of it.
#[derive(Debug, Default)]
pub(super) struct Habits {
    /// It counts them by bare numerals: 一完,二延到下周五.
    pub by_numeral: bool,
    /// It names several by bare numbers: then any words may follow one.
    pub by_bare: bool,
    /// Its lines open with the numbers of the items: 2. 17人里选岗15人.
    pub by_line: bool,
    /// What 第二项 means in it.
    pub ordinals: Ordinals,
}

/// What an ordinal means.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Ordinals {
    /// The place or the number, where both lead to the same item.
    #[default]
    Either,
    /// The place: 第一项 of #2 and #4.
    Place,
    /// The number: 第4项 of two.
    Number,
}

impl<'a> References<'a> {
    /// Learns the numbers and codes of a context.
    pub fn of(context: &'a Context) -> Self {
        let code = |code: &str| known(code).to_string();
        Self {
            context,
            habits: Habits::default(),
            numbers: context.items.iter().map(|item| item.no).collect(),
            codes: context
                .items
                .iter()
                .flat_map(|item| {
                    let code = code(&item.code);
                    let titled = titled_code(&item.title);
                    [(code.replace('-', ""), item.no), (code, item.no), (titled, item.no)]
                })
                .collect(),
        }
    }

    /// Whether the text opens with a reference that stands where one stands.
    pub fn opens(&self, text: &str) -> bool {
        if self.places(text).is_some() || self.range(text).is_some() {
            return true;
        }
        self.one(text).is_some_and(|(_, mark, len)| mark != Mark::Bare || follows(&text[len..]))
            || self.list(text, false).is_some()
    }

    /// Whether a text opens with a bare number of ours before something said of it.
    pub fn bare(&self, text: &str) -> bool {
        self.one(text).is_some_and(|(_, mark, len)| {
            mark == Mark::Bare && (follows(&text[len..]) || is_words(&text[len..]))
        })
    }

    /// The places that a text names first by bare numerals.
    pub fn counted(&self, text: &str) -> Option<Vec<Which>> {
        self.numerals(text).map(|(list, _)| list)
    }

    /// References joined by 、 or 和; the numbers before the last may lack their mark: `3、5号`.
    pub fn list(&self, text: &str, excepted: bool) -> Option<(Vec<Which>, usize)> {
        let mut list = Vec::new();
        let mut at = 0;
        let mut marked = false;
        while list.len() < MAX_LIST {
            let Some((which, mark, len)) = self.one(&text[at..]) else {
                break;
            };
            list.push(which);
            marked |= mark != Mark::Bare;
            at += len;
            let joined = joiner(&text[at..]);
            let next = self.one(&text[at + joined..]);
            // 7号8号同步推进
            let glued = marked && next.as_ref().is_some_and(|(_, mark, _)| *mark == Mark::Suffix);
            if next.is_none() || joined == 0 && !glued {
                break;
            }
            at += joined;
        }
        let by_numeral = || {
            let told = |len: usize| text[len..].starts_with(':');
            self.numerals(text).filter(|(list, len)| self.habits.by_numeral || list.len() > 1 || told(*len))
        };
        if let Some(found) = self
            .places(text)
            .or_else(|| self.range(text))
            .or_else(|| self.pointed(text))
            .or_else(|| self.glued(text))
            .or_else(by_numeral)
        {
            return Some(found);
        }
        // An unmarked number must be ours and stand before something said of it.
        // 17 企业已签约, 48技术公司那边扯皮
        let large = list.iter().all(|which| matches!(which, Which::Item(no) if *no >= 10));
        let spaced = text[at..].strip_prefix(' ').is_some_and(is_words)
            || (large || self.habits.by_bare)
                && is_words(text[at..].trim_start_matches(['.', ':', '、', ' ']));
        let line =
            self.habits.by_line && list.len() == 1 && text[at..].starts_with(['.', '、', ')', ':', ' ']);
        (!list.is_empty() && (marked || excepted || spaced || line || follows(&text[at..])))
            .then_some((list, at))
    }

    /// One reference at the start of a text.
    fn one(&self, text: &str) -> Option<(Which, Mark, usize)> {
        if let Some(rest) = text.strip_prefix('#') {
            return self.hash(text, rest);
        }
        self.code(text)
            .or_else(|| self.ordinal(text))
            .or_else(|| self.called(text))
            .or_else(|| self.numbered(text))
    }

    /// `#12`, `# 12`, `#12号`; and `#12.2`, which names one duty of the item.
    fn hash(&self, text: &str, rest: &str) -> Option<(Which, Mark, usize)> {
        let rest = rest.trim_start_matches(' ');
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let built = rest[digits..].starts_with('#') && is_building(&rest[digits..]);
        let no = rest[..digits].parse().ok().filter(|_| digits <= 9 && !built)?;
        let duty = duty_len(&rest[digits..]);
        let after = digits + duty;
        let tail = if rest[after..].starts_with('号') { '号'.len_utf8() } else { 0 };
        Some((self.which(no), Mark::Hash, text.len() - rest.len() + after + tail))
    }

    /// `cs-1`; a code of the same shape that is not ours is somebody else's item.
    fn code(&self, text: &str) -> Option<(Which, Mark, usize)> {
        let ours = self.codes.iter().filter(|(code, _)| {
            !code.is_empty()
                && text.starts_with(code.as_str())
                && !text[code.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
        });
        if let Some((code, no)) = ours.max_by_key(|(code, _)| code.len()) {
            return Some((Which::Item(*no), Mark::Name, code.len()));
        }
        let letters = text.bytes().take(5).take_while(u8::is_ascii_lowercase).count();
        let tail = text[letters..].strip_prefix('-')?;
        let digits = tail.bytes().take(9).take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        (letters == 2 && digits > 0).then_some((Which::Unclear, Mark::Name, 3 + digits))
    }

    /// `12号`, `十二号`, and the bare `12` if it is in the context.
    fn numbered(&self, text: &str) -> Option<(Which, Mark, usize)> {
        // 【47】已办结
        if let Some(inner) = text.strip_prefix(['【', '[']) {
            let number = number_at(inner).filter(|number| number.figures)?;
            let no = number.whole().filter(|no| self.numbers.contains(no))?;
            let rest = inner[number.len..].strip_prefix(['】', ']'])?;
            return Some((Which::Item(no), Mark::Suffix, text.len() - rest.len()));
        }
        let number = number_at(text)?;
        // `12.3` and `1,000` are no numbers of items, but `12.` may end an enumeration.
        let no = number.whole().filter(|no| (0..1_000_000).contains(no))?;
        let rest = &text[number.len..];
        let ours = self.numbers.contains(&no);
        if rest.starts_with('#') && is_building(rest) {
            return None;
        }
        if ours && number.figures && rest.starts_with('#') {
            return Some((Which::Item(no), Mark::Suffix, number.len + 1));
        }
        if let Some(behind) = rest.strip_prefix('号') {
            let day = opening(DAY_TAILS, behind).is_some();
            let name = behind.starts_with(|c| NAME_TAILS.contains(c));
            let claimed = behind.is_empty() || opening(CLAIMS, behind.trim_start()).is_some();
            // 21号那个妥了: an item, even if it is none of ours.
            let pointed = ["那个", "那项", "那条"].iter().any(|word| behind.starts_with(word));
            let known = ours || pointed || claimed && (no > 31 || !behind.starts_with("完成"));
            let len = number.len + '号'.len_utf8();
            return (known && !day && !name).then(|| (self.which(no), Mark::Suffix, len));
        }
        // 63项目昨天破土
        if let Some(noun) = NOUNS.iter().find(|noun| ours && number.figures && rest.starts_with(**noun)) {
            return Some((Which::Item(no), Mark::Suffix, number.len + noun.len()));
        }
        (ours && number.figures).then_some((Which::Item(no), Mark::Bare, number.len))
    }

    fn which(&self, no: i64) -> Which {
        if self.numbers.contains(&no) { Which::Item(no) } else { Which::Foreign(no) }
    }
}

/// Whether a text opens with a written reference, context or none.
pub(super) fn opens_with_mark(text: &str) -> bool {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix('#') {
        return rest.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit());
    }
    let Some(number) = number_at(text).filter(|number| number.whole().is_some()) else {
        return false;
    };
    let Some(behind) = text[number.len..].strip_prefix('号') else {
        return false;
    };
    let numeral = text.starts_with(is_numeral);
    let day = opening(DAY_TAILS, behind).is_some() || behind.starts_with(|c| NAME_TAILS.contains(c));
    !day && (!numeral || !behind.is_empty())
}

/// Bytes of what joins two references; zero if nothing does.
fn joiner(text: &str) -> usize {
    let spaces = text.len() - text.trim_start_matches(' ').len();
    let rest = &text[spaces..];
    let word =
        ["、", "和", "及", "与", "跟", "&", ",", "/", "以及"].iter().find(|word| rest.starts_with(**word));
    let len = spaces + word.map_or(0, |word| word.len());
    let after = text.len() - text[len..].trim_start_matches(' ').len();
    if word.is_some() || rest.starts_with('#') { after } else { 0 }
}

/// Whether a text may follow a bare item number.
pub(super) fn follows(text: &str) -> bool {
    let rest = text.trim_start_matches([' ', ':', '、', '.', '-']);
    if rest.is_empty() {
        return true;
    }
    // `50-60%` is a range; `31 60%` is not.
    let spaced = rest.len() < text.len() && !text.starts_with('-');
    let head = &rest[..rest.floor_char_boundary(UNIT)];
    let fraction = head.split_once('/').is_some_and(|(part, whole)| {
        !part.is_empty()
            && part.len() <= 4
            && part.bytes().all(|b| b.is_ascii_digit())
            && whole.starts_with(|c: char| c.is_ascii_digit())
    });
    let share = fraction || super::figures::percent_at(rest).is_some();
    let says = word_at(rest)
        .is_some_and(|(classes, len)| len > 3 && classes.iter().any(|class| SAYS.contains(class)));
    says || opening(FOLLOWS, rest).is_some() || spaced && share
}

/// Bytes that a unit and its scale take at most.
const UNIT: usize = 24;

/// Whether a text opens with words, and not with what a number counts.
fn is_words(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(UNIT)];
    let counts = "月日年点分号时级度多余来几成个".contains(text.chars().next().unwrap_or(' '));
    text.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii())
        && !counts
        && super::figures::amount_at(&format!("1{head}"), None).is_none()
}

/// The first word of a list (words separated by spaces) that the text opens with.
pub(super) fn opening<'w>(words: &'w str, text: &str) -> Option<&'w str> {
    words.split(' ').find(|word| text.starts_with(word))
}
