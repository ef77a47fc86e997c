//! What is handed on: ledger, bulletin, slips and pictures for people; a calendar of coming cards, the same for machines,
//! and readings of replies for machines.

pub mod bulletin;
pub mod calendar;
pub mod draft;
pub mod frozen;
pub mod invitations;
pub mod ledger;
pub mod machine;
pub mod official;
pub mod one_page;
pub mod picture;
pub mod plan;
pub mod replies;
pub mod slip;
pub mod standings;
pub mod verification;
