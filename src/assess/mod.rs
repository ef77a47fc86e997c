//! What papers rest on: the facts as they stood at the end of a day, what they add up to, the units' scores and the boards.
//!
//! Pure: the store reads [`facts::Facts`], everything else follows from them. Nothing here knows how fast or how often
//! anybody answered (DESIGN red line 1).

pub mod board;
pub mod course;
pub mod digest;
pub mod entered;
pub mod facts;
pub mod follow;
pub mod glance;
pub mod score;
pub mod sums;
pub mod warn;

#[cfg(test)]
mod tests;
