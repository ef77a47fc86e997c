//! One binary for all tests that need the whole bot.

mod binary;
mod fake_telegram;
mod holidays;
mod kill;
mod telegram_contract;
mod tidy;
