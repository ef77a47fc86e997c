//! Files that the office takes away: a calendar of coming cards, and the same for machines.

pub mod calendar;
pub mod machine;
