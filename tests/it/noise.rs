//! Noise at every way in: any bytes as a notice, any text as a reply, any word as a button. Read or refused, and never a panic.

use chrono::NaiveDate;
use duban::domain::tap::Tap;
use duban::notice::{container, reading};
use duban::reply::{Context, understand};
use proptest::collection::vec;
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 6, 27).expect("a day")
}

/// Reads it or refuses it.
fn read(bytes: &[u8]) {
    if let Ok(document) = container::open(bytes) {
        let _ = reading::read(&document, today());
    }
}

/// The words that mean something, in any order.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "#?[0-9]{1,4}",
        Just("完成".to_owned()),
        Just("没办结".to_owned()),
        Just("百分之".to_owned()),
        Just("延到6月30日".to_owned()),
        Just("、".to_owned()),
        Just("(牵头单位:县发改局)".to_owned()),
        Just("一、".to_owned()),
        Just("(一)".to_owned()),
        Just("\n".to_owned()),
        "\\PC{0,6}",
    ];
    vec(word, 0..60).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_as_a_notice_or_refused(bytes in vec(any::<u8>(), 0..4_000)) {
        read(&bytes);
    }

    #[test]
    fn any_words_are_read_as_a_notice_or_refused(text in words()) {
        read(text.as_bytes());
    }

    #[test]
    fn any_text_is_read_as_a_reply_and_never_over_a_hundred(text in prop_oneof![words(), any::<String>()]) {
        for reading in understand(&text, &Context::of_some_item(today())) {
            prop_assert!(reading.percent.is_none_or(|percent| percent <= 100), "{reading:?}");
        }
    }

    #[test]
    fn a_button_that_is_read_is_written_the_same(data in prop_oneof!["[a-z%]{1,2}(:[0-9]{1,12}){1,4}", any::<String>()]) {
        if let Some(tap) = Tap::read(&data) {
            prop_assert_eq!(Tap::read(&tap.to_string()), Some(tap));
        }
    }
}
