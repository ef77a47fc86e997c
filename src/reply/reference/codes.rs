//! Parts of references beside the number: the number of a duty, the code of a title, the numbers of buildings.

use super::{NAME_TAILS, UNIT};
use crate::reply::figures::amount_at;
use crate::reply::normalise::known;

/// Bytes of the number of a duty behind its item's: the `.2` of `#12.2`, but not the tenths of `#1.5万亩`.
pub(super) fn duty_len(text: &str) -> usize {
    let Some(rest) = text.strip_prefix('.') else { return 0 };
    let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let measure = amount_at(&format!("1{}", &rest[digits..rest.floor_char_boundary(digits + UNIT)]), None);
    if (1..=2).contains(&digits) && measure.is_none() { '.'.len_utf8() + digits } else { 0 }
}

/// The code that a title opens with: `a-03` of A-03老旧小区; empty if none.
pub(super) fn titled_code(title: &str) -> String {
    let text = known(title);
    // （ZF-02）污水处理厂提标
    let text = text.trim_start_matches(['(', '【', '[']);
    let len = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    let code = &text[..len];
    let coded =
        code.starts_with(|c: char| c.is_ascii_alphabetic()) && code.ends_with(|c: char| c.is_ascii_digit());
    if coded { code.to_owned() } else { String::new() }
}

/// `#7#8#栋`: numbers of buildings.
pub(super) fn is_building(rest: &str) -> bool {
    let head = &rest[..rest.floor_char_boundary(UNIT)];
    head.trim_start_matches(|c: char| c == '#' || c.is_ascii_digit()).starts_with(|c| NAME_TAILS.contains(c))
}
