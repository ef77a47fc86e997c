//! The matching copy of a message: full width folded to half, letters to lower case, invisible marks dropped.
//!
//! What people wrote is kept; the copy only serves to recognise words, and every place in it leads back to the original.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::UnicodeNormalization;

/// Traditional to simplified characters; `None` only if the library's own tables were broken.
static SIMPLIFIED: LazyLock<Option<OpenCC>> = LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());

/// Characters behind which 儿 is only a sound.
const WITH_R: &[char] = &[
    '信', '根', '事', '活', '这', '那', '哪', '点', '块', '会', '准', '边', '头', '劲', '家', '样', '门',
    '底', '半', '索', '完', '活', '数', '茬', '处', '份', '趟', '堆', '空', '味', '法', '些', '坎', '短',
];

/// Slips of the input method before these words: 己完成, 以办结 for 已.
const AFTER_ALREADY: [&str; 12] =
    ["完", "办", "经", "落实", "全部", "开", "整改", "上报", "报", "启动", "结", "签"];

/// Ends of what is finished, behind which a particle stands for 了.
const ENDED: &str = "完好齐清妥定成一够掉毕满通索落净结";

/// Characters that may be slips for others.
const SLIPS: [char; 17] =
    ['己', '以', '木', '冇', '咯', '勒', '哉', '啰', '城', '程', '玩', '啦', '喽', '嘞', '咧', '拉', '渡'];

/// Verbs behind which 玩 is a slip for 完.
const DONE_WITH: &str = "做干弄办搞整修装建写查填报种收";

/// Most bytes of a message that are read; the rest is not looked at.
const MAX_BYTES: usize = 64 * 1024;

/// Titles that are remembered at once; more than any office has items.
const KNOWN_MAX: usize = 4_096;

thread_local! {
    /// Titles and codes with their matching copies.
    static KNOWN: RefCell<HashMap<String, Rc<str>>> = RefCell::default();
}

/// The matching copy of a title or a code. The same items are meant in message after message, so it is made once.
pub(super) fn known(title: &str) -> Rc<str> {
    KNOWN.with_borrow_mut(|known| {
        if let Some(text) = known.get(title) {
            return text.clone();
        }
        if known.len() >= KNOWN_MAX {
            known.clear();
        }
        let text: Rc<str> = Folded::of(title).text().into();
        known.insert(title.to_owned(), text.clone());
        text
    })
}

/// A message and its matching copy.
pub(super) struct Folded<'a> {
    original: &'a str,
    text: String,
    /// For each byte of the copy, where its character starts in the original; one more for the end.
    origin: Vec<usize>,
}

impl<'a> Folded<'a> {
    /// Makes the copy, character by character, so that the places stay known.
    pub fn of(original: &'a str) -> Self {
        let original = &original[..original.floor_char_boundary(MAX_BYTES)];
        let mut text = String::with_capacity(original.len());
        let mut origin = Vec::with_capacity(original.len() + 1);
        let simplified = simplified(original);
        let mut chars = simplified.chars();
        for (at, _) in original.char_indices() {
            let Some(c) = chars.next() else { break };
            // 这事儿, 一块儿: the sound of the north adds nothing.
            if c == '儿' && text.ends_with(WITH_R) {
                continue;
            }
            // ①已结②在办: each opens a line of a list.
            let circled = matches!(c, '①'..='⑳') && !text.ends_with('第');
            let marks = if circled { [Some(';'), Some('.')] } else { [None, None] };
            // ①4.06亿: a point would make one number of two.
            let figure = chars.clone().next().is_some_and(|next| matches!(next, '0'..='9' | '０'..='９'));
            let marks = if circled && figure { [Some(';'), Some(':')] } else { marks };
            let folded = std::iter::once(c).nfkc().filter_map(fold);
            for c in marks[0].into_iter().chain(folded).chain(marks[1]) {
                text.push(c);
                origin.resize(text.len(), at);
            }
        }
        origin.push(original.len());
        let text = mended(text);
        Self { original, text, origin }
    }

    /// The copy.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the writer wrote where the copy has these bytes, without space at the ends.
    pub fn original(&self, start: usize, end: usize) -> &'a str {
        self.original[self.origin[start]..self.origin[end]].trim()
    }
}

/// The text in simplified characters, one for one.
fn simplified(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let converted = SIMPLIFIED.as_ref().map(|table| table.convert(text));
    let alike = |other: &String| other.chars().count() == text.chars().count();
    converted.filter(alike).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Mends slips that make a word of another one of the same length.
fn mended(text: String) -> String {
    if !text.contains(SLIPS) && !text.contains("一经") {
        return text;
    }
    let mut mended = String::with_capacity(text.len());
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let slip = match c {
            '己' => before != '自' && before != '知',
            '以' => {
                !"可予得加所难足".contains(before) && AFTER_ALREADY.iter().any(|word| rest.starts_with(word))
            }
            _ => false,
        };
        mended.push(match c {
            '城' | '程' if before == '完' => '成',
            '玩' if DONE_WITH.contains(before) => '完',
            // 一经全部办完
            '一' if rest
                .strip_prefix('经')
                .is_some_and(|rest| AFTER_ALREADY.iter().any(|word| rest.starts_with(word))) =>
            {
                '已'
            }
            // 还冇开始, 弄归一咯: the south.
            '冇' => '没',
            '咯' | '勒' | '哉' | '啰' | '啦' | '喽' | '嘞' | '咧' if ENDED.contains(before) => '了',
            // 全部完成拉, at the end of what is said
            '拉' if ENDED.contains(before) && !rest.starts_with(char::is_alphanumeric) => '了',
            '渡' if before == '进' && !rest.starts_with('口') => '度',
            // 木有困难
            '木' if rest.starts_with('有') && !before.is_alphabetic() => '没',
            _ if slip => '已',
            _ => c,
        });
        before = c;
    }
    mended
}

/// One character of the copy; None for marks that nobody sees.
fn fold(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0f}' | '\u{ad}' => None,
        '–' | '—' | '−' | '‐' | '―' => Some('-'),
        '“' | '”' | '„' | '"' => Some('"'),
        '俩' => Some('两'),
        '仨' => Some('三'),
        // 40%→55%
        '→' | '➡' => Some('到'),
        c if c.is_whitespace() || c.is_control() => Some(' '),
        c => Some(c.to_ascii_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_folds_and_leads_back() {
        let folded = Folded::of("＃１２ 完成６０％，OK");
        assert_eq!(folded.text(), "#12 完成60%,ok");
        let at = folded.text().find("60%").expect("in the copy");
        assert_eq!(folded.original(at, at + 3), "６０％");
    }

    #[test]
    fn traditional_characters_and_slips_are_read_as_meant() {
        assert_eq!(Folded::of("還沒有完成,資金未到位").text(), "还没有完成,资金未到位");
        assert_eq!(
            Folded::of("己完成,以全部办结,可以办理,自己办").text(),
            "已完成,已全部办结,可以办理,自己办"
        );
    }

    #[test]
    fn a_message_past_the_limit_is_cut_at_a_character() {
        let long = "字".repeat(MAX_BYTES);
        assert!(Folded::of(&long).text().len() <= MAX_BYTES);
    }
}
