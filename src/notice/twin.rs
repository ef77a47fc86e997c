//! A text beside its normalised copy: what is shown and stored stays as it was written, what is matched is the copy.

use std::ops::Range;

/// A text and its copy, with the way back from every byte of the copy to the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Twin {
    kept: String,
    norm: String,
    /// For every byte of the copy, and for its end, the byte of the text it stands for.
    back: Vec<usize>,
}

impl Twin {
    /// The copy in half width, with plain spaces where the text has any of the many kinds of space.
    pub fn new(text: &str) -> Twin {
        let (norm, back) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
        let mut twin = Twin { kept: text.to_owned(), norm, back };
        let spaced = is_spaced(text);
        for (at, c) in text.char_indices().filter(|(_, c)| !(spaced && *c == ' ')) {
            plain(c).write_to(&mut twin.norm);
            twin.back.resize(twin.norm.len(), at);
        }
        twin.back.push(text.len());
        twin
    }

    /// The same without spaces that stand beside Chinese: `2022 年 6 月` matches as `2022年6月`.
    #[must_use]
    pub fn tight(&self) -> Twin {
        let chars: Vec<(usize, char)> = self.norm.char_indices().collect();
        let mut twin = Twin { kept: self.kept.clone(), ..Twin::default() };
        let mut before = None;
        for (i, &(at, c)) in chars.iter().enumerate() {
            if c == ' ' {
                let after = chars[i..].iter().map(|&(_, c)| c).find(|c| *c != ' ');
                let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                if !(latin(before) && latin(after)) {
                    continue;
                }
            }
            let after = chars.get(i + 1).map(|&(_, c)| c);
            let c = if c.eq_ignore_ascii_case(&'o') && is_figure(before, after) { '0' } else { c };
            before = Some(c);
            twin.norm.push(c);
            twin.back.resize(twin.norm.len(), self.back[at]);
        }
        twin.back.push(self.kept.len());
        twin
    }

    /// The text as it was written.
    pub fn kept(&self) -> &str {
        &self.kept
    }

    /// The copy that is matched.
    pub fn norm(&self) -> &str {
        &self.norm
    }

    /// What the text has where the copy has this range.
    pub fn kept_at(&self, range: Range<usize>) -> &str {
        &self.kept[self.back[range.start]..self.back[range.end]]
    }

    /// This range of the copy with its text.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Twin {
        let start = self.back[range.start];
        Twin {
            kept: self.kept_at(range.clone()).to_owned(),
            norm: self.norm[range.clone()].to_owned(),
            back: self.back[range.start..=range.end].iter().map(|at| at - start).collect(),
        }
    }

    /// The text without blanks at both ends.
    #[must_use]
    pub fn trimmed(&self) -> Twin {
        let start = self.norm.len() - self.norm.trim_start().len();
        let end = self.norm.trim_end().len();
        if start >= end { Twin::new("") } else { self.slice(start..end) }
    }

    /// Adds another text at the end.
    pub fn push(&mut self, other: &Twin) {
        let (kept, norm) = (self.kept.len(), self.norm.len());
        self.kept.push_str(&other.kept);
        self.norm.push_str(&other.norm);
        self.back.truncate(norm);
        self.back.extend(other.back.iter().map(|at| at + kept));
    }

    /// The text without these ranges of the copy, which are in order and apart.
    #[must_use]
    pub fn without(&self, cut: &[Range<usize>]) -> Twin {
        let mut left = Twin::new("");
        let mut at = 0;
        for range in cut {
            left.push(&self.slice(at..range.start));
            at = range.end;
        }
        left.push(&self.slice(at..self.norm.len()));
        left
    }

    /// Whether nothing can be read.
    pub fn is_blank(&self) -> bool {
        self.norm.trim().is_empty()
    }

    /// How many characters.
    pub fn chars(&self) -> usize {
        self.norm.chars().count()
    }
}

/// Whether a line has a blank after nearly every character, as some pages are set or read off.
fn is_spaced(text: &str) -> bool {
    let text = text.trim();
    let blanks = text.matches(' ').count();
    blanks >= 4 && blanks * 5 >= text.chars().count() * 2 && !text.contains("  ")
}

/// Whether a letter O between these two was read off a page in place of a zero: `1O月`.
fn is_figure(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|c| c.is_ascii_digit())
        && after.is_some_and(|c| c.is_ascii_digit() || "月日年%户人".contains(c))
}

/// What stands for a character in the copy.
fn plain(c: char) -> Plain {
    match c {
        '\u{3000}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => Plain::One(' '),
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => Plain::None,
        '\u{ff01}'..='\u{ff5e}' => Plain::One(char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)),
        '\u{fe5d}' | '\u{2997}' => Plain::One('〔'),
        '\u{fe5e}' | '\u{2998}' => Plain::One('〕'),
        '\u{2474}'..='\u{2487}' => Plain::Number("(", u32::from(c) - 0x2473, ")"),
        '\u{2488}'..='\u{249b}' => Plain::Number("", u32::from(c) - 0x2487, "."),
        '\u{3220}'..='\u{3229}' => Plain::Han(u32::from(c) - 0x321f),
        '\u{fe52}' | '\u{2024}' => Plain::One('.'),
        '\u{2013}' | '\u{2015}' | '\u{2500}' => Plain::One('—'),
        '\u{201f}' | '\u{301d}' => Plain::One('\u{201c}'),
        '\u{301e}' => Plain::One('\u{201d}'),
        _ => Plain::One(c),
    }
}

/// The forms a character of the copy can take.
enum Plain {
    None,
    One(char),
    Number(&'static str, u32, &'static str),
    Han(u32),
}

impl Plain {
    /// Nearly all characters stand for themselves, and those cost nothing but themselves.
    fn write_to(self, text: &mut String) {
        match self {
            Plain::None => {}
            Plain::One(c) => text.push(c),
            Plain::Number(open, number, close) => text.push_str(&format!("{open}{number}{close}")),
            Plain::Han(number) => {
                let numeral = "一二三四五六七八九十".chars().nth(number as usize - 1).unwrap_or('一');
                text.push_str(&format!("({numeral})"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_stays_as_it_was_written() {
        let twin = Twin::new("６月底前\u{ff08}一\u{ff09}完成⑴");
        assert_eq!(twin.norm(), "6月底前(一)完成(1)");
        let at = twin.norm().find("(一)").expect("there");
        assert_eq!(twin.kept_at(at..at + 5), "\u{ff08}一\u{ff09}");
    }

    #[test]
    fn spaces_beside_chinese_do_not_hinder() {
        let twin = Twin::new("2022 年 6 月底前  新增 3 户 CT GE").tight();
        assert_eq!(twin.norm(), "2022年6月底前新增3户CT GE");
        assert_eq!(twin.kept_at(0..twin.norm().find("月底").expect("there")), "2022 年 6 ");
    }

    #[test]
    fn a_blank_after_every_character_is_none() {
        assert_eq!(Twin::new("一 、 3 月 2 0 日 前 完 成").norm(), "一、3月20日前完成");
    }

    #[test]
    fn ranges_are_cut_out_of_both() {
        let twin = Twin::new("甲〔乙〕丙");
        let open = twin.norm().find('〔').expect("there");
        let close = twin.norm().find('丙').expect("there");
        let cut = open..close;
        let left = twin.without(std::slice::from_ref(&cut));
        assert_eq!((left.kept(), left.norm()), ("甲丙", "甲丙"));
        assert_eq!(left.kept_at(3..6), "丙");
    }
}
