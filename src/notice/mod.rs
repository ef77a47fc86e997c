//! Reading what an office has in hand into a plan that can be chased: today our own TOML files, checked as a whole, so
//! that every mistake is told at once with its place and the way to mend it.

pub mod check;
pub mod file;
