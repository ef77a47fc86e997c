//! What the field knows, without a database, a network or a clock: tasks, duties, filings, people, periods, workdays,
//! and the one place that decides every change of state ([`review`]).

pub mod agenda;
pub mod brief;
pub mod card;
pub mod chinese;
pub mod collected;
pub mod evidence;
pub mod filing;
pub mod ids;
pub mod light;
pub mod now;
pub mod origin;
pub mod paper;
pub mod people;
pub mod period;
pub mod quantity;
pub mod quota;
pub mod reason;
pub mod review;
pub mod schedule;
pub mod sight;
pub mod tap;
pub mod task;
pub mod tenure;
pub mod titles;
pub mod vacancy;
pub mod workdays;
