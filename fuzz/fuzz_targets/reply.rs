//! Any text as a reply: it is read without a panic, and never over 100 per cent.
#![no_main]

use chrono::NaiveDate;
use duban::reply::{Context, understand};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let today = NaiveDate::from_ymd_opt(2022, 6, 27).expect("a day");
    for reading in understand(text, &Context::of_some_item(today)) {
        assert!(reading.percent.is_none_or(|percent| percent <= 100), "{reading:?}");
    }
});
