//! Where nobody is home: posts without anybody, people who are away, and those whom no chat reaches.

use crate::domain::tenure::Leave;

/// A post that nobody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vacancy {
    /// Its title.
    pub title: String,
    /// Who hears meanwhile what the holder would: another leading post of the unit.
    pub stands_in: Option<String>,
    /// How many running items hang on it: those of the team it heads, those that its unit owes.
    pub items: i64,
}

/// Everything on the office's list of where nobody is home (无人清单).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NobodyHome {
    /// Vacant posts.
    pub vacant: Vec<Vacancy>,
    /// Who is away with nobody standing in.
    pub away: Vec<Leave>,
    /// Leading posts of units that are spoken to, with nobody bound.
    pub unbound: Vec<String>,
    /// Units that owe something and that no chat reaches.
    pub unreachable: Vec<String>,
    /// Units that the office has to pass things on to.
    pub via_office: Vec<String>,
}
