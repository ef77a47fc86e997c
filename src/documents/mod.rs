//! What is handed on: a calendar of coming cards, the same for machines, and readings of replies for machines.

pub mod calendar;
pub mod machine;
pub mod plan;
pub mod replies;
pub mod verification;
