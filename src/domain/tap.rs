//! What a button means. It travels as a short ASCII word and is believed only where that very button was shown.

use std::fmt;

use chrono::NaiveDate;

use crate::domain::ids::{CardId, ChatId, FilingId, InboxId, PaperId, TaskNo};
use crate::domain::paper::FollowUp;

/// A tap on one of our buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tap {
    /// Opens the small menu of an item.
    Menu(CardId, TaskNo),
    /// The item is done.
    Done(CardId, TaskNo),
    /// Nothing has changed about the item.
    NoChange(CardId, TaskNo),
    /// The item is known and will be reported later: opens the choice of days.
    Later(CardId, TaskNo),
    /// The item will be reported on that day.
    Until(CardId, TaskNo, NaiveDate),
    /// Opens the choice of per cents.
    Progress(CardId, TaskNo),
    /// The item stands at so many per cent.
    Percent(CardId, TaskNo, u8),
    /// Something holds the item up: opens the choice of hurdles, and asks for a line.
    Stuck(CardId, TaskNo),
    /// This hurdle of the list holds the item up.
    Hurdle(CardId, TaskNo, u8),
    /// Nothing has changed about whatever is still open on the card.
    RestUnchanged(CardId),
    /// Takes back what was recorded from an event.
    Undo(InboxId),
    /// The office accepts a claim.
    Close(FilingId),
    /// The office wants to send a claim back: asks for the reason.
    SendBack(FilingId),
    /// The office grants the extension that was asked for.
    Grant(FilingId),
    /// The office does not grant it.
    Decline(FilingId),
    /// The office approves the exemption that was asked for.
    Exempt(FilingId),
    /// The office does not approve it.
    RefuseExempt(FilingId),
    /// The head of the office sends a draft to the county leader.
    Release(CardId, TaskNo),
    /// The head of the office does not.
    Withhold(CardId, TaskNo),
    /// The office wants a document that was read loaded.
    Import(i64),
    /// The office does not.
    Dismiss(i64),
    /// The office agrees to what is proposed for a finding.
    Agree(i64),
    /// The office erases a report, by its row.
    Erase(i64),
    /// The office agrees that somebody holds a post, by the claim's row.
    Admit(i64),
    /// The office does not.
    Deny(i64),
    /// The head puts a board before the units.
    ReleaseBoard(PaperId),
    /// The head signs a paper.
    Sign(PaperId),
    /// A signed paper is handed out to a chat.
    Publish(PaperId, ChatId),
    /// The head decides whether what a board proposes is to be.
    Arrange(PaperId, FollowUp, bool),
    /// Shows the report of a quarter as put together from its months.
    SumUp(TaskNo),
    /// Shows the whole course of an item.
    Story(TaskNo),
    /// Hands over the files that came with an item.
    Evidence(TaskNo),
    /// Answers a question we asked back, by its option.
    Choose(i64, u8),
}

impl fmt::Display for Tap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Tap::Menu(card, task) => write!(f, "m:{card}:{task}"),
            Tap::Done(card, task) => write!(f, "d:{card}:{task}"),
            Tap::NoChange(card, task) => write!(f, "n:{card}:{task}"),
            Tap::Later(card, task) => write!(f, "l:{card}:{task}"),
            Tap::Until(card, task, day) => write!(f, "t:{card}:{task}:{}", day.format("%Y%m%d")),
            Tap::Progress(card, task) => write!(f, "p:{card}:{task}"),
            Tap::Percent(card, task, percent) => write!(f, "%:{card}:{task}:{percent}"),
            Tap::Stuck(card, task) => write!(f, "s:{card}:{task}"),
            Tap::Hurdle(card, task, hurdle) => write!(f, "k:{card}:{task}:{hurdle}"),
            Tap::RestUnchanged(card) => write!(f, "r:{card}"),
            Tap::Undo(inbox) => write!(f, "u:{inbox}"),
            Tap::Close(filing) => write!(f, "c:{filing}"),
            Tap::SendBack(filing) => write!(f, "b:{filing}"),
            Tap::Grant(filing) => write!(f, "g:{filing}"),
            Tap::Decline(filing) => write!(f, "x:{filing}"),
            Tap::Exempt(filing) => write!(f, "y:{filing}"),
            Tap::RefuseExempt(filing) => write!(f, "z:{filing}"),
            Tap::Release(card, task) => write!(f, "a:{card}:{task}"),
            Tap::Withhold(card, task) => write!(f, "w:{card}:{task}"),
            Tap::Import(document) => write!(f, "i:{document}"),
            Tap::Dismiss(document) => write!(f, "j:{document}"),
            Tap::Agree(finding) => write!(f, "o:{finding}"),
            Tap::Erase(report) => write!(f, "e:{report}"),
            Tap::Admit(claim) => write!(f, "v:{claim}"),
            Tap::Deny(claim) => write!(f, "f:{claim}"),
            Tap::ReleaseBoard(paper) => write!(f, "pr:{paper}"),
            Tap::Sign(paper) => write!(f, "ps:{paper}"),
            Tap::Publish(paper, chat) => write!(f, "pp:{paper}:{chat}"),
            Tap::Arrange(paper, kind, agreed) => {
                write!(f, "pf:{paper}:{}:{}", *kind as u8, u8::from(*agreed))
            }
            Tap::SumUp(task) => write!(f, "su:{task}"),
            Tap::Story(task) => write!(f, "h:{task}"),
            Tap::Evidence(task) => write!(f, "ev:{task}"),
            Tap::Choose(question, option) => write!(f, "q:{question}:{option}"),
        }
    }
}

impl Tap {
    /// Reads a word; `None` for anything we never wrote.
    pub fn read(word: &str) -> Option<Tap> {
        let mut parts = word.split(':');
        let kind = parts.next()?;
        let numbers: Option<Vec<i64>> = parts.map(|part| part.parse().ok()).collect();
        let on_card = |card: i64, task: i64| (CardId(card), TaskNo(task));
        let tap = match (kind, numbers?.as_slice()) {
            ("m", &[card, task]) => Tap::Menu(CardId(card), TaskNo(task)),
            ("d", &[card, task]) => Tap::Done(CardId(card), TaskNo(task)),
            ("n", &[card, task]) => Tap::NoChange(CardId(card), TaskNo(task)),
            ("l", &[card, task]) => Tap::Later(CardId(card), TaskNo(task)),
            ("p", &[card, task]) => Tap::Progress(CardId(card), TaskNo(task)),
            ("%", &[card, task, percent]) => {
                let (card, task) = on_card(card, task);
                Tap::Percent(card, task, u8::try_from(percent).ok().filter(|percent| *percent <= 100)?)
            }
            ("t", &[card, task, day]) => {
                let (card, task) = on_card(card, task);
                Tap::Until(card, task, day_of(day)?)
            }
            ("s", &[card, task]) => Tap::Stuck(CardId(card), TaskNo(task)),
            ("k", &[card, task, hurdle]) => {
                let (card, task) = on_card(card, task);
                Tap::Hurdle(card, task, u8::try_from(hurdle).ok()?)
            }
            ("r", &[card]) => Tap::RestUnchanged(CardId(card)),
            ("u", &[inbox]) => Tap::Undo(InboxId(inbox)),
            ("c", &[filing]) => Tap::Close(FilingId(filing)),
            ("b", &[filing]) => Tap::SendBack(FilingId(filing)),
            ("g", &[filing]) => Tap::Grant(FilingId(filing)),
            ("x", &[filing]) => Tap::Decline(FilingId(filing)),
            ("y", &[filing]) => Tap::Exempt(FilingId(filing)),
            ("z", &[filing]) => Tap::RefuseExempt(FilingId(filing)),
            ("a", &[card, task]) => Tap::Release(CardId(card), TaskNo(task)),
            ("w", &[card, task]) => Tap::Withhold(CardId(card), TaskNo(task)),
            ("i", &[document]) => Tap::Import(document),
            ("j", &[document]) => Tap::Dismiss(document),
            ("o", &[finding]) => Tap::Agree(finding),
            ("e", &[report]) => Tap::Erase(report),
            ("v", &[claim]) => Tap::Admit(claim),
            ("f", &[claim]) => Tap::Deny(claim),
            ("pr", &[paper]) => Tap::ReleaseBoard(PaperId(paper)),
            ("ps", &[paper]) => Tap::Sign(PaperId(paper)),
            ("pp", &[paper, chat]) => Tap::Publish(PaperId(paper), ChatId(chat)),
            ("pf", &[paper, kind, agreed @ (0 | 1)]) => {
                let kind = *FollowUp::ALL.get(usize::try_from(kind).ok()?)?;
                Tap::Arrange(PaperId(paper), kind, agreed == 1)
            }
            ("su", &[task]) => Tap::SumUp(TaskNo(task)),
            ("h", &[task]) => Tap::Story(TaskNo(task)),
            ("ev", &[task]) => Tap::Evidence(TaskNo(task)),
            ("q", &[question, option]) => Tap::Choose(question, u8::try_from(option).ok()?),
            _ => return None,
        };
        Some(tap)
    }
}

/// A day written as one number, `20220627`; years of four digits only, so that it is written back the same.
fn day_of(number: i64) -> Option<NaiveDate> {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let year = i32::try_from(year).ok().filter(|year| (1000..=9999).contains(year))?;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_tap_reads_back_and_fits_the_tightest_platform() {
        let (card, task, filing) = (CardId(i64::MAX), TaskNo(i64::MAX), FilingId(i64::MAX));
        let all = [
            Tap::Menu(card, task),
            Tap::Done(card, task),
            Tap::NoChange(card, task),
            Tap::Later(card, task),
            Tap::Progress(card, task),
            Tap::Percent(card, task, 100),
            Tap::Stuck(card, task),
            Tap::Until(card, task, NaiveDate::from_ymd_opt(2022, 6, 30).unwrap_or_default()),
            Tap::Hurdle(card, task, u8::MAX),
            Tap::RestUnchanged(card),
            Tap::Undo(InboxId(i64::MAX)),
            Tap::Close(filing),
            Tap::SendBack(filing),
            Tap::Grant(filing),
            Tap::Decline(filing),
            Tap::Exempt(filing),
            Tap::RefuseExempt(filing),
            Tap::Release(card, task),
            Tap::Withhold(card, task),
            Tap::Import(i64::MAX),
            Tap::Dismiss(i64::MAX),
            Tap::Agree(i64::MAX),
            Tap::Erase(i64::MAX),
            Tap::Admit(i64::MAX),
            Tap::Deny(i64::MAX),
            Tap::ReleaseBoard(PaperId(i64::MAX)),
            Tap::Sign(PaperId(i64::MAX)),
            Tap::Publish(PaperId(i64::MAX), ChatId(i64::MAX)),
            Tap::Arrange(PaperId(i64::MAX), FollowUp::Talk, true),
            Tap::SumUp(task),
            Tap::Story(task),
            Tap::Evidence(task),
            Tap::Choose(i64::MAX, u8::MAX),
        ];
        for tap in all {
            let word = tap.to_string();
            assert!(word.len() <= 64, "{word}");
            assert_eq!(Tap::read(&word), Some(tap));
        }
    }

    #[test]
    fn more_than_all_is_no_percentage() {
        assert_eq!(Tap::read("%:1:2:101"), None);
    }

    proptest! {
        #[test]
        fn whatever_is_sent_as_a_tap_is_read_or_refused(word in "\\PC*") {
            if let Some(tap) = Tap::read(&word) {
                prop_assert_eq!(Tap::read(&tap.to_string()), Some(tap));
            }
        }
    }
}
