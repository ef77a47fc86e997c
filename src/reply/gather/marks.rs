//! Marks at the start of a clause that name nothing: who is addressed, and what counts the lines of a list.

use crate::domain::chinese::number::is_numeral;
use crate::domain::chinese::number_at;
use crate::reply::Context;
use crate::reply::lexicon::{Class, word_at};

/// Endings of what people are called by.
const ADDRESSED: [&str; 14] = [
    "主任", "局长", "书记", "县长", "乡长", "镇长", "科长", "处长", "部长", "领导", "老师", "同志", "股长",
    "站长",
];

/// The number in the marker that a clause opens with.
pub(in crate::reply) fn marked(words: &str) -> Option<usize> {
    (list_marker(words) > 0).then(|| number_at(words.trim_start())?.whole()?.try_into().ok()).flatten()
}

/// Whether markers count the items of a context one by one, and can be no numbers of items themselves.
pub(super) fn counts_items(marks: &[usize], context: &Context) -> bool {
    let count = context.items.len();
    let named = |mark: &usize| context.items.iter().any(|item| usize::try_from(item.no) == Ok(*mark));
    count > 1 && marks.iter().copied().eq(1..=count) && !marks.iter().any(named)
}

/// Bytes of a marker that counts the lines of a list: 1、 2. 三、 and the space behind it.
pub(in crate::reply) fn list_marker(words: &str) -> usize {
    let rest = words.trim_start();
    let digits: usize =
        rest.chars().take_while(|c| c.is_ascii_digit() || is_numeral(*c)).map(char::len_utf8).sum();
    // 2 整改了75亩
    let spaced = || {
        let after = rest[digits..].strip_prefix(' ')?;
        after.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii() && !is_numeral(c)).then_some(after)
    };
    let pointed = rest[digits..].strip_prefix(['、', '.', ')', ':', '是']);
    let Some(after) = pointed.or_else(spaced).filter(|_| (1..=6).contains(&digits)) else {
        return 0;
    };
    // 1.5万亩 is an amount.
    let amount = rest[digits..].starts_with('.') && after.starts_with(|c: char| c.is_ascii_digit());
    if amount { 0 } else { words.len() - after.trim_start().len() }
}

/// Whether a clause only calls somebody: 王主任, 各位领导.
pub(super) fn is_form_of_address(words: &str) -> bool {
    let words = words.trim().trim_end_matches([':', '好', '您', '你']);
    // 缺老师 calls nobody.
    let says = word_at(words).is_some_and(|(classes, _)| !classes.contains(&Class::Filler));
    !says && words.chars().count() <= 5 && ADDRESSED.iter().any(|title| words.ends_with(title))
}

/// A mention of somebody and nothing else.
pub(super) fn is_mention(words: &str) -> bool {
    let words = words.trim();
    words.starts_with('@') && !words.contains(' ')
}
