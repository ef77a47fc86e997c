//! Reading what an office has in hand into a plan that can be chased: our own TOML files, checked as a whole, and official
//! documents.
//!
//! A document goes through [`container`] (bytes to lines and tables), [`lines`] (what belongs to the page goes, what was
//! broken is joined), [`outline`] (parts and items), [`measures`] with [`responsibility`] and [`table`] (leaf measures and
//! who answers), [`duty`] with [`cadence`], [`deadline`] and [`target`] (what can be checked), into a [`reading`].
//! Paragraphs of minutes that hold several orders are parted by `orders`. What stands around lists of problems is read by `ledger`, tables with an amount in every cell by `matrix`, and what one
//! sentence says of all the tasks by `rules`.

mod amounts;
pub mod bind;
mod brackets;
pub mod cadence;
mod cards;
pub mod check;
pub mod columns;
pub mod container;
pub mod deadline;
pub mod decisions;
pub mod diff;
mod doubts;
pub mod duty;
mod feasts;
pub mod file;
pub mod findings;
pub mod flat;
pub mod groups;
pub mod header;
mod ledger;
mod likeness;
pub mod lines;
pub mod marker;
mod matrix;
pub mod measures;
mod naming;
mod orders;
pub mod outline;
mod paragraphs;
pub mod prose;
pub mod reading;
pub mod responsibility;
pub mod returned;
pub mod roll;
pub mod roster;
mod rules;
pub mod sections;
mod series;
mod spot;
mod structure;
pub mod table;
mod tail;
pub mod target;
mod terms;
pub mod twin;
pub mod units;
pub mod verbs;
