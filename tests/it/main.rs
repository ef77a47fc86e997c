//! One binary for all tests that need the whole bot.

mod binary;
mod browser;
mod console;
mod contents;
mod corpus;
mod corrections;
mod eventful;
mod door;
mod fake_telegram;
mod holidays;
mod intake;
mod kill;
mod mechanisms;
mod notices;
mod office;
mod pages;
mod papers;
mod phones;
mod preview;
mod rosters;
mod sample_plan;
mod served;
mod stories;
mod telegram_contract;
mod tidy;
mod year;
