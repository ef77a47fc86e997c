//! The matching copy of a message: full width folded to half, letters to lower case, invisible marks dropped.
//!
//! What people wrote is kept; the copy only serves to recognise words, and every place in it leads back to the original.

use unicode_normalization::UnicodeNormalization;

/// Most bytes of a message that are read; the rest is not looked at.
const MAX_BYTES: usize = 64 * 1024;

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
        for (at, c) in original.char_indices() {
            for c in std::iter::once(c).nfkc().filter_map(fold) {
                text.push(c);
                origin.resize(text.len(), at);
            }
        }
        origin.push(original.len());
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

/// One character of the copy; None for marks that nobody sees.
fn fold(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0f}' | '\u{ad}' => None,
        '–' | '—' | '−' | '‐' | '―' => Some('-'),
        '“' | '”' | '„' | '"' => Some('"'),
        '俩' => Some('两'),
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
    fn a_message_past_the_limit_is_cut_at_a_character() {
        let long = "字".repeat(MAX_BYTES);
        assert!(Folded::of(&long).text().len() <= MAX_BYTES);
    }
}
