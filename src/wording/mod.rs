//! Every sentence a person can read: plain office Chinese, short lines, phone width, lights never by colour alone.

pub mod assign;
pub mod backup;
pub mod card;
pub mod command;
pub mod confirm;
pub mod correction;
pub mod course;
pub mod doctor;
pub mod documents;
pub mod draft;
pub mod erase;
pub mod figures;
pub mod files;
pub mod follow;
pub mod heard;
pub mod help;
pub mod intake;
pub mod joining;
pub mod life;
pub mod lists;
pub mod matrix;
pub mod papers;
pub mod people;
pub mod preview;
pub mod quota;
pub mod reason;
pub mod refusal;
pub mod registers;
pub mod returned;
pub mod roster;
pub mod sheet;
pub mod signing;
pub mod sources;
pub mod suggestions;
pub mod summing;
pub mod systems;
pub mod term;
mod typeset;
pub mod understood;
pub mod window;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime};

use crate::domain::ids::TaskNo;
use crate::domain::tap::Tap;

pub use typeset::typeset;

/// A button as wording sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the person reads.
    pub label: String,
    /// What it means.
    pub tap: Tap,
}

impl Choice {
    /// A button.
    pub fn new(label: impl Into<String>, tap: Tap) -> Choice {
        Choice { label: label.into(), tap }
    }
}

/// Text with rows of buttons.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spoken {
    /// What is said.
    pub text: String,
    /// The buttons below.
    pub choices: Vec<Vec<Choice>>,
}

impl Spoken {
    /// Text without buttons.
    pub fn text(text: impl Into<String>) -> Spoken {
        Spoken { text: text.into(), choices: Vec::new() }
    }
}

/// `6月27日`.
pub fn day(date: NaiveDate) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// `6月27日`, and `2023年1月3日` where the year is another one than that of `today`.
pub fn day_seen_from(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() { day(date) } else { format!("{}年{}", date.year(), day(date)) }
}

/// `周一`.
pub fn weekday(date: NaiveDate) -> &'static str {
    ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][date.weekday().num_days_from_monday() as usize]
}

/// `6月27日 09:05`.
pub fn moment(at: NaiveDateTime) -> String {
    format!("{} {}", day(at.date()), at.format("%H:%M"))
}

/// Cuts a text to so many characters, with an ellipsis where something is lost. Line breaks become spaces.
pub fn short(text: &str, max: usize) -> String {
    let flat: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let flat = flat.trim();
    if flat.chars().count() <= max {
        return flat.to_owned();
    }
    let mut cut: String = flat.chars().take(max.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// The words without the number of the item that they open with: it stands before them already.
pub fn without_number(text: &str, task: TaskNo) -> &str {
    let rest = text.trim_start().trim_start_matches('#').trim_start();
    match rest.strip_prefix(&task.to_string()) {
        Some(after) if !after.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
            after.trim_start_matches(|c: char| c.is_whitespace() || "号:\u{ff1a},\u{ff0c}、".contains(c))
        }
        _ => text,
    }
}

/// Names joined by 、 — all of them up to `max`, else the first ones and how many there are.
pub fn names(all: &[&str], max: usize) -> String {
    if all.len() <= max {
        return all.join("、");
    }
    format!("{}等{}家", all[..max].join("、"), all.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_characters_and_stays_on_one_line() {
        assert_eq!(short("用地没批\n等财政", 20), "用地没批 等财政");
        assert_eq!(short("一二三四五六", 4), "一二三…");
    }

    #[test]
    fn many_names_become_a_number() {
        assert_eq!(names(&["甲", "乙"], 2), "甲、乙");
        assert_eq!(names(&["甲", "乙", "丙"], 2), "甲、乙等3家");
    }
}
