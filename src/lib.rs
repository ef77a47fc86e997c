//! duban (督办) chases government tasks in the group chats where the work is discussed, until each is written off (销号).
//!
//! ```text
//!            one `Now` a turn                        at least once
//!  clock ──▶ tick ──▶ rules: round, nudge, escalation ──▶ outbox ──▶ delivery ──▶ Channel ──▶ chat
//!                    (pure; each with its Reason)         (letter)                              │
//!    ┌──────────────────────────────────────────────────────────────────────────────────────────┘
//!    ▼
//!  Channel ──▶ intake ──▶ inbox ──▶ desk ─┬─ command ──▶ commands/*
//!              (on disk before it is      └─ text, button ──▶ reply ──▶ report ──▶ review ──▶ close
//!               acknowledged)                                    │
//!                         outbox ◀── letters, in the same transaction as the change they tell about
//! ```
//!
//! Laws that keep it one-way:
//!
//! - **L1** Only [`flow::delivery`] calls [`channel::Channel::send`]; everyone else writes a letter, in the transaction of
//!   the change it tells about.
//! - **L2** Only [`flow::desk`] reacts to what came in. A channel acknowledges to its platform after the row is on disk.
//!   One incoming event takes effect whole or not at all.
//! - **L3** [`domain::review`] decides a change of state, [`store::filings::write`] writes it with its line of history.
//! - **L4** Deciding is level-triggered: [`flow::tick`] compares facts with now, and a unique key makes a repeated tick
//!   harmless.
//! - **L5** Below the wheel nobody reads a clock: time is a parameter. [`clock`] is the one that reads it.
//! - **L6** A card is put into words from the facts at the moment of sending; what is settled by then is not told.
//!
//! The modules from the ground up; each imports only from above in this list (`tests/it/tidy.rs` checks it).

// floor 1: what the field knows, pure
pub mod domain;
// floor 2: deciding, pure
pub mod assess;
pub mod notice;
pub mod reply;
pub mod rules;
// floor 3: words, files, settings, the database, the platforms
pub mod channel;
pub mod clock;
pub mod config;
pub mod documents;
pub mod health;
pub mod store;
pub mod wording;
// floor 4: what can be ordered and reported
pub mod commands;
// floor 5: the wheel and the page
pub mod flow;
pub mod web;
// floor 6: the one who knows all
pub mod app;
pub mod cli;
