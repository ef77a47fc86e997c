//! One binary for all tests that need the whole bot.

mod fake_telegram;
mod holidays;
mod telegram_contract;
mod tidy;
