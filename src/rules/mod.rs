//! When the bot speaks, to whom and why. Pure: facts and now go in, what to ask comes out, each with its
//! [`Reason`](crate::domain::reason::Reason).

pub mod agenda;
pub mod brief;
pub mod budget;
pub mod collected;
pub mod deal;
pub mod nudges;
pub mod policy;
pub mod preview;
pub mod quota;
pub mod reach;
pub mod rounds;
pub mod summing;
pub mod systems;
pub mod terms;
pub mod timing;
