//! Numbers and dates inside Chinese text: pure readers, used by replies and notices alike.
//!
//! Text handed in is expected in half-width form (`６` folded to `6`); each reader looks at a bounded
//! stretch of text, so that scanning a text is linear.

mod cursor;
pub mod date;
pub mod number;
pub mod period;
mod reader;
pub mod span;

pub use date::{Found, date_at, dates};
pub use number::{Number, number_at};
pub use span::{Span, span_at};
