//! A place in a text that moves over what was understood.

use super::number::number_at;

/// A place in a text; the readers below move it forward over what they understood.
pub(super) struct Cursor<'a> {
    pub text: &'a str,
    pub at: usize,
}

impl<'a> Cursor<'a> {
    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub fn eat(&mut self, word: &str) -> bool {
        let hit = self.rest().starts_with(word);
        self.at += if hit { word.len() } else { 0 };
        hit
    }

    pub fn any(&mut self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().copied().find(|word| self.eat(word))
    }

    /// A whole number; a fraction is none.
    pub fn number(&mut self) -> Option<i64> {
        let number = number_at(self.rest())?;
        let whole = number.whole()?;
        self.at += number.len;
        Some(whole)
    }

    /// Digits only, without reading on over a point or comma: the `6` of `6.30`.
    pub fn digits(&mut self) -> Option<i64> {
        let len = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let value = self.rest()[..len].parse().ok().filter(|_| len <= 4)?;
        self.at += len;
        Some(value)
    }
}
