//! The card: everything one chat is told in one slot, as values. `wording` turns it into text and buttons.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::agenda::Agenda;
use crate::domain::brief::{Pack, Scope};
use crate::domain::collected::Collected;
use crate::domain::filing::{Filing, FilingState};
use crate::domain::ids::{CardId, TaskNo};
use crate::domain::people::words;
use crate::domain::quota::Counter;
use crate::domain::reason::Reason;

words! {
    /// What a card is for.
    CardKind {
        /// Asks those who owe, or tells those above them.
        Reminder = "reminder",
        /// Asks the office for decisions.
        Review = "review",
    }
}

words! {
    /// What a card carries besides its items, and goes without them too.
    Front {
        /// The agenda of the week's meeting (周会议题单).
        Agenda = "agenda",
        /// What is left of a person's yearly numbers.
        Quota = "quota",
        /// What the units filed for the items that one leads, when a round has ended.
        Collected = "collected",
        /// What somebody has just taken over (交接包).
        Handover = "handover",
        /// What a county leader reads once a week about team and front (战线).
        Summary = "summary",
    }
}

/// One reason on a card, with the facts as they are now.
#[derive(Debug, Clone, PartialEq)]
pub struct CardItem {
    /// The task's number.
    pub task: TaskNo,
    /// The task's title.
    pub title: String,
    /// The duty in short.
    pub duty: String,
    /// The duty's place within the task.
    pub seq: i64,
    /// How many duties the task has.
    pub duties: i64,
    /// Whether it may be told in private on a trusted channel only.
    pub confidential: bool,
    /// Short name of the unit or team that owes it.
    pub owner: String,
    /// Whether a whole team owes it (unassigned).
    pub team_owned: bool,
    /// The filing itself.
    pub filing: Filing,
    /// Why it stands here.
    pub reason: Reason,
    /// Whether the office has decided it since, where that changes nothing about the filing.
    pub handled: bool,
    /// The cycle of the filing it was decided in.
    pub cycle: i64,
    /// When that was decided.
    pub asked_at: DateTime<Utc>,
    /// Who made the last report, by post.
    pub reporter: Option<String>,
    /// What the lead unit thinks of the claim.
    pub pre_review: Option<String>,
    /// Files that came with its reports.
    pub files: i64,
    /// Earlier periods of the same duty that are still unanswered.
    pub missed: i64,
    /// Which message of the card it stands on.
    pub part: i64,
}

impl CardItem {
    /// Whether the reason still holds on that day: nobody is told what is no longer so (law L6).
    pub fn still_holds(&self, today: NaiveDate) -> bool {
        !self.handled && holds(self.reason, self.cycle, self.asked_at, &self.filing, today)
    }
}

/// Whether a reason that was decided at `asked_at`, in the filing's `cycle`, is still so on a day.
pub fn holds(reason: Reason, cycle: i64, asked_at: DateTime<Utc>, filing: &Filing, today: NaiveDate) -> bool {
    let standing = &filing.standing;
    if cycle != standing.cycle {
        // An extension or a return came in between: the old reason is no longer so.
        return false;
    }
    // Whether somebody has reported since. A return or an extension asks anew, and so does an order.
    let is_answered = standing.reported_at.is_some_and(|at| {
        let since_asked = if reason == Reason::Ordered { at > asked_at } else { at >= asked_at };
        since_asked && (standing.cycle == 1 || at > standing.since)
    });
    match reason {
        Reason::Claimed => standing.state == FilingState::Claimed,
        Reason::ExemptionAsked => standing.asked_exempt.is_some() && !standing.state.is_settled(),
        Reason::ExtensionAsked => standing.asked_due.is_some() && !standing.state.is_settled(),
        Reason::Ordered => standing.state.is_owed() && !is_answered,
        _ => {
            let rests = standing.quiet_until.is_some_and(|until| until >= today);
            standing.state.is_owed() && !rests && !is_answered
        }
    }
}

/// What stands in front of the items, with what it says now.
#[derive(Debug, Clone, PartialEq)]
pub enum Leading {
    /// See [`Front::Agenda`].
    Agenda(Box<Agenda>),
    /// See [`Front::Quota`]: those who lack something, at least one.
    Quota(Vec<Counter>),
    /// See [`Front::Collected`]: at least one.
    Collected(Vec<Collected>),
    /// See [`Front::Handover`]: at least one post.
    Handover(Vec<Pack>),
    /// See [`Front::Summary`]: at least one team or remit.
    Summary(Vec<Scope>),
}

/// A card, ready to be put into words.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts about the chat and the moment")]
pub struct Card {
    /// Its row.
    pub id: CardId,
    /// What it is for.
    pub kind: CardKind,
    /// What the chat is called.
    pub chat: String,
    /// Whether it is a chat between two.
    pub private: bool,
    /// Whether it is the office's own chat, which passes on what it may not chase directly.
    pub office: bool,
    /// Whether confidential items may be told there in full.
    pub trusted: bool,
    /// The day it belongs to.
    pub day: NaiveDate,
    /// Whether it goes out later than it should have.
    pub late: bool,
    /// What stands in front of the items.
    pub leading: Option<Leading>,
    /// What stands on it, in no order.
    pub items: Vec<CardItem>,
}
