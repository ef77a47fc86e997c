//! Any word as what a button says: it is read or not, and what is read is written the same way.
#![no_main]

use duban::domain::tap::Tap;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    if let Some(tap) = Tap::read(data) {
        assert_eq!(Tap::read(&tap.to_string()), Some(tap));
    }
});
