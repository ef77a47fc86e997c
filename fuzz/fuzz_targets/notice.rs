//! Any bytes as a notice: they are read or refused, without a panic.
#![no_main]

use chrono::NaiveDate;
use duban::notice::{container, reading};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let today = NaiveDate::from_ymd_opt(2022, 6, 27).expect("a day");
    if let Ok(document) = container::open(bytes) {
        let _ = reading::read(&document, today);
    }
});
