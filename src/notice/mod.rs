//! Reading what an office has in hand into a plan that can be chased: our own TOML files, checked as a whole, and official
//! documents.

pub mod check;
pub mod columns;
pub mod container;
pub mod deadline;
pub mod file;
pub mod header;
pub mod lines;
pub mod marker;
pub mod outline;
pub mod responsibility;
pub mod sections;
mod tail;
pub mod twin;
pub mod units;
pub mod verbs;
