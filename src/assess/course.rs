//! How a filing came to stand where it stood at a moment: its reports and the office's decisions, one after the other,
//! as far as they were recorded by then. [`domain::review`](crate::domain::review) decides each step, as it did at the time.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::filing::{Filing, FilingState, Standing};
use crate::domain::now::Now;
use crate::domain::people::words;
use crate::domain::period::Period;
use crate::domain::review::{self, NewDue, Said, Status};

words! {
    /// A decision of the office.
    Act {
        /// 销号.
        Close = "close",
        /// 退回.
        SendBack = "send_back",
        /// 延期.
        Extend = "extend",
        /// An extension was not granted.
        Decline = "decline",
        /// 容错.
        Exempt = "exempt",
        /// An exemption was not approved.
        RefuseExempt = "refuse_exempt",
        /// An exemption was taken back.
        LiftExempt = "lift_exempt",
    }
}

/// What happened to a filing.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Somebody reported.
    Report(Said),
    /// The office decided.
    Decision(Act, Option<NaiveDate>),
}

/// One thing that happened, with its two times.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// When it was said.
    pub happened_at: DateTime<Utc>,
    /// When it was written down; what was known on a day goes by this.
    pub recorded_at: DateTime<Utc>,
    /// When it was taken back.
    pub undone_at: Option<DateTime<Utc>>,
    /// What.
    pub event: Event,
}

/// What the way of a filing tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    /// When the unit said it was done, the last time before it was accepted or as it stands.
    pub claimed_at: Option<DateTime<Utc>>,
    /// When the office accepted it; `None` where it counted on receipt.
    pub closed_at: Option<DateTime<Utc>>,
    /// How often the office sent it back.
    pub returns: u32,
    /// Whose help the last report with a hurdle asks for.
    pub needs: Option<String>,
}

/// A filing as it stood: `stored` is how it stands today.
pub fn as_of(stored: &Filing, entries: &[Entry], now: &Now) -> (Filing, Course) {
    let mut filing = Filing { standing: opened(stored, now), was_overdue: false, ..stored.clone() };
    let mut course = Course::default();
    let known = |entry: &&Entry| {
        entry.recorded_at <= now.at() && entry.undone_at.is_none_or(|undone| undone > now.at())
    };
    for entry in entries.iter().filter(known) {
        filing.was_overdue |= filing.is_overdue(entry.recorded_at);
        if let Some(after) = step(&filing, entry, now) {
            note(&mut course, entry);
            filing.standing = after;
        }
    }
    filing.was_overdue |= filing.is_overdue(now.at());
    (filing, course)
}

/// How it was opened. Only what is owed once is ever given another day, and its first one stands in its period.
fn opened(stored: &Filing, now: &Now) -> Standing {
    let standing = &stored.standing;
    let (due_on, due_at) = match stored.period {
        Period::Day(day) => (Some(day), Some(now.end_of(day))),
        Period::Once => (None, None),
        _ => (standing.due_on, standing.due_at),
    };
    Standing::new(stored.opened_at, due_on, due_at)
}

/// What an event made of it; `None` where it changed nothing.
fn step(filing: &Filing, entry: &Entry, now: &Now) -> Option<Standing> {
    let at = entry.recorded_at;
    let after = match &entry.event {
        Event::Report(said) => review::hear(filing, said, at),
        Event::Decision(Act::Close, _) => review::close(filing),
        Event::Decision(Act::SendBack, _) => review::send_back(filing, at),
        Event::Decision(Act::Decline, _) => review::decline(filing),
        Event::Decision(Act::Exempt, _) => review::exempt(filing),
        Event::Decision(Act::LiftExempt, _) => review::lift_exempt(filing, at),
        // What was asked for and not approved left the filing as it was.
        Event::Decision(Act::RefuseExempt, _) => return None,
        Event::Decision(Act::Extend, on) => {
            let on = (*on)?;
            let to = NewDue { on, at: now.end_of(on), granted_at: at, today: now.date_of(at) };
            // A day for what had none is no extension.
            if filing.standing.due_on.is_none() {
                review::set_due(filing, to)
            } else {
                review::extend(filing, to)
            }
        }
    };
    after.ok()
}

fn note(course: &mut Course, entry: &Entry) {
    match &entry.event {
        Event::Report(said) => {
            match said.status {
                Status::Done => course.claimed_at = Some(entry.happened_at),
                Status::NoChange | Status::Ack => {}
                _ => course.claimed_at = None,
            }
            match said.status {
                Status::Blocked | Status::Extend => course.needs.clone_from(&said.needs),
                Status::NoChange | Status::Ack => {}
                _ => course.needs = None,
            }
        }
        Event::Decision(Act::Close, _) => {
            course.closed_at = Some(entry.happened_at);
            course.needs = None;
        }
        Event::Decision(Act::SendBack, _) => {
            (course.closed_at, course.claimed_at) = (None, None);
            course.returns += 1;
        }
        Event::Decision(
            Act::Extend | Act::Decline | Act::Exempt | Act::RefuseExempt | Act::LiftExempt,
            _,
        ) => {}
    }
}

impl Course {
    /// When the work was there, as the unit said and the office then accepted: a claim counts from the day it was made,
    /// however long the office took.
    pub fn done_at(&self, state: FilingState) -> Option<DateTime<Utc>> {
        match state {
            FilingState::Accepted => self.claimed_at.or(self.closed_at),
            _ => None,
        }
    }
}
