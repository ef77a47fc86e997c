//! Reading what an office has in hand into a plan that can be chased: our own TOML files, checked as a whole, and official
//! documents.

pub mod check;
pub mod container;
pub mod file;
