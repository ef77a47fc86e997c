//! Days of an office, one file a theme. Names and numbers are those of the sample plan.

mod again;
mod agenda;
mod binding;
mod budget;
mod closing;
mod confidential;
mod confirming;
mod corrected;
mod correcting;
mod delivery;
mod desk;
mod documents;
mod erasing;
mod evidence;
mod extending;
mod ladder;
mod leading;
mod life;
mod lists;
mod once;
mod quota;
mod reporting;
mod rounds;
mod silence;
mod sources;
mod tapping;
