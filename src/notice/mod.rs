//! Reading what an office has in hand into a plan that can be chased: our own TOML files, checked as a whole, and official
//! documents.

pub mod cadence;
pub mod check;
pub mod columns;
pub mod container;
pub mod deadline;
pub mod duty;
pub mod file;
pub mod flat;
pub mod groups;
pub mod header;
pub mod lines;
pub mod marker;
pub mod measures;
pub mod outline;
mod paragraphs;
pub mod prose;
pub mod reading;
pub mod responsibility;
pub mod sections;
mod spot;
pub mod table;
mod tail;
pub mod target;
pub mod twin;
pub mod units;
pub mod verbs;
