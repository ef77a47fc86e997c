//! Papers on their way from a draft to what is handed out: who may do what with which, decided in one place (DESIGN red line
//! 2). A draft is drawn up by one person and signed by another; a board is first released, so that every unit can object
//! to its own row.

use chrono::NaiveDate;

use crate::domain::people::words;

words! {
    /// A paper.
    PaperKind {
        /// 台账: goes on with the work and is never signed.
        Ledger = "ledger",
        /// 周小结, 月调度, 季通报, 年底通报.
        Bulletin = "bulletin",
        /// 督办单.
        Slip = "slip",
        /// 榜.
        Board = "board",
        /// A picture of the progress.
        Chart = "chart",
    }
}

words! {
    /// Where a paper stands.
    PaperState {
        /// Drawn up.
        Draft = "draft",
        /// 公示: the units can object to their rows.
        Released = "released",
        /// 签发.
        Signed = "signed",
        /// Taken back, with a reason.
        Withdrawn = "withdrawn",
        /// A newer draft took its place before anybody signed it.
        Replaced = "replaced",
    }
}

words! {
    /// In which form a paper is handed over; the word is also how its file ends.
    Form {
        /// An official document.
        Docx = "docx",
        /// Plain text.
        Txt = "txt",
        /// A picture for a chat.
        Png = "png",
        /// The same for a page.
        Svg = "svg",
        /// A workbook.
        Xlsx = "xlsx",
    }
}

impl PaperState {
    /// Whether it is on its way and can still be signed.
    pub fn is_open(self) -> bool {
        matches!(self, PaperState::Draft | PaperState::Released)
    }
}

words! {
    /// What is done with a paper.
    PaperAct {
        /// Puts a board before the units.
        Release = "release",
        /// A unit objects to its row.
        Object = "object",
        /// The head signs.
        Sign = "sign",
        /// Hands it out to a chat.
        Publish = "publish",
        /// Takes it back.
        Withdraw = "withdraw",
        /// A newer draft takes its place.
        Replace = "replace",
    }
}

words! {
    /// What may follow.
    FollowUp {
        /// 经验交流: the top tells how.
        Experience = "experience",
        /// 检讨式发言: the bottom says what it will do.
        SelfReview = "self_review",
        /// 约谈: in private, with whoever was at the bottom twice running.
        Talk = "talk",
    }
}

/// What decides about a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperStanding {
    /// What it is.
    pub kind: PaperKind,
    /// Where it stands.
    pub state: PaperState,
    /// Until the end of which day a unit may object.
    pub objections_until: Option<NaiveDate>,
    /// Objections that nobody has answered.
    pub unanswered: usize,
    /// Objections that were right.
    pub upheld: usize,
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hand {
    /// Whether it is the head of the office.
    pub is_head: bool,
    /// Whether it is who drew the paper up.
    pub has_drafted: bool,
}

/// Why something may not be done with a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperRefusal {
    /// Only the head may.
    HeadOnly,
    /// Whoever drew it up may not sign it.
    Drafter,
    /// A ledger is never signed.
    NeverSigned,
    /// Only boards are released.
    NoBoard,
    /// It is released already, or signed.
    NotADraft,
    /// A board has to be released first.
    NotReleased,
    /// The units may still object.
    TooEarly(NaiveDate),
    /// Nobody may object any more.
    TooLate,
    /// Objections are not answered.
    Unanswered(usize),
    /// An objection was right: the board has to be drawn up anew.
    Upheld,
    /// Nobody has signed it.
    NotSigned,
    /// It was taken back, or a newer draft took its place.
    Over(PaperState),
}

/// Decides what becomes of a paper.
pub fn decide(
    paper: &PaperStanding,
    act: PaperAct,
    by: Hand,
    today: NaiveDate,
) -> Result<PaperState, PaperRefusal> {
    use PaperState::{Draft, Released, Replaced, Signed, Withdrawn};
    let over = matches!(paper.state, Withdrawn | Replaced);
    if over {
        return Err(PaperRefusal::Over(paper.state));
    }
    let is_board = paper.kind == PaperKind::Board;
    match act {
        PaperAct::Release if !is_board => Err(PaperRefusal::NoBoard),
        PaperAct::Release if paper.state != Draft => Err(PaperRefusal::NotADraft),
        PaperAct::Release => signs(by).map(|()| Released),
        PaperAct::Object => match (paper.state, paper.objections_until) {
            (Released, Some(until)) if today <= until => Ok(Released),
            (Released | Signed, _) => Err(PaperRefusal::TooLate),
            _ => Err(PaperRefusal::NotReleased),
        },
        PaperAct::Sign => sign(paper, by, today),
        PaperAct::Publish if paper.state != Signed => Err(PaperRefusal::NotSigned),
        PaperAct::Publish if is_board && !by.is_head => Err(PaperRefusal::HeadOnly),
        PaperAct::Publish => Ok(Signed),
        PaperAct::Withdraw if !by.is_head => Err(PaperRefusal::HeadOnly),
        PaperAct::Withdraw if paper.state == Draft => Err(PaperRefusal::NotSigned),
        PaperAct::Withdraw => Ok(Withdrawn),
        PaperAct::Replace if paper.state.is_open() => Ok(Replaced),
        PaperAct::Replace => Err(PaperRefusal::NotADraft),
    }
}

/// Whether somebody may act as the one who signs.
fn signs(by: Hand) -> Result<(), PaperRefusal> {
    match (by.is_head, by.has_drafted) {
        (false, _) => Err(PaperRefusal::HeadOnly),
        (true, true) => Err(PaperRefusal::Drafter),
        (true, false) => Ok(()),
    }
}

fn sign(paper: &PaperStanding, by: Hand, today: NaiveDate) -> Result<PaperState, PaperRefusal> {
    signs(by)?;
    match (paper.kind, paper.state, paper.objections_until) {
        (PaperKind::Ledger, ..) => Err(PaperRefusal::NeverSigned),
        (_, PaperState::Signed, _) => Err(PaperRefusal::NotADraft),
        (PaperKind::Board, PaperState::Draft, _) => Err(PaperRefusal::NotReleased),
        _ if paper.upheld > 0 => Err(PaperRefusal::Upheld),
        _ if paper.unanswered > 0 => Err(PaperRefusal::Unanswered(paper.unanswered)),
        (PaperKind::Board, _, Some(until)) if today <= until => Err(PaperRefusal::TooEarly(until)),
        _ => Ok(PaperState::Signed),
    }
}

#[cfg(test)]
mod tests;
