//! Every word that replies are read by, under its class: the place to add a word that leaders use.
//!
//! Words stand in the form of the matching copy: half width, lower case, separated by spaces.

mod claims;
mod figures;
mod hindrances;
pub(super) mod kinds;
mod limits;
mod moves;
mod talk;

use super::lexicon::Class;

/// Every class with its words.
pub(super) fn words() -> impl Iterator<Item = (Class, &'static str)> {
    [claims::WORDS, limits::WORDS, moves::WORDS, hindrances::WORDS, figures::WORDS, talk::WORDS]
        .into_iter()
        .flatten()
        .flat_map(|(class, words)| words.split_whitespace().map(|word| (*class, word)))
}

/// The words of a list that stand in one string.
pub(super) fn listed(words: &'static str) -> impl Iterator<Item = &'static str> {
    words.split_whitespace()
}
