//! Noise at every way in: any bytes as a notice, any text as a reply, any word as a button, any damage to an update. Read or
//! refused, and never a panic. `fuzz/` has the same for a fuzzer, without a bound.

use chrono::NaiveDate;
use duban::channel::Incoming;
use duban::channel::telegram::{Me, read as read_update};
use duban::domain::tap::Tap;
use duban::notice::{container, reading};
use duban::reply::{Context, understand};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

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

/// One update of each kind, as Telegram writes it.
fn updates() -> Vec<Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds/update");
    let files = std::fs::read_dir(folder).expect("the seeds of the fuzzer");
    let mut files: Vec<_> = files.map(|file| file.expect("a seed").path()).collect();
    files.sort();
    let text = |path: &std::path::PathBuf| std::fs::read(path).expect("a seed");
    files.iter().map(|path| serde_json::from_slice(&text(path)).expect("JSON")).collect()
}

/// What may stand where something else was meant.
fn odd() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop_oneof![Just(i64::MIN), Just(-1), Just(0), Just(i64::MAX)].prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "(/|@|#|@duban_bot|\\u{feff}|\\u{0}| ){0,5}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        (0..200_usize).prop_map(|depth| (0..depth).fold(json!({}), |inner, _| json!({ "message": inner }))),
    ]
}

/// Every place of a JSON value, as pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(key, of)| places(of, &format!("{at}/{key}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, of)| places(of, &format!("{at}/{n}"), found));
        }
        _ => {}
    }
}

/// Puts something odd, or what stands elsewhere, in one place.
fn damage(update: &mut Value, place: Index, with: Option<Value>, from: Index) {
    let mut all = Vec::new();
    places(update, "", &mut all);
    let with = with.or_else(|| update.pointer(&all[from.index(all.len())]).cloned()).unwrap_or_default();
    *update.pointer_mut(&all[place.index(all.len())]).expect("it was found there") = with;
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
            prop_assert!(reading.percent.is_none_or(|percent| percent <= 100.0), "{reading:?}");
        }
    }

    #[test]
    fn a_button_that_is_read_is_written_the_same(data in prop_oneof!["[a-z%]{1,2}(:[0-9]{1,12}){1,4}", any::<String>()]) {
        if let Some(tap) = Tap::read(&data) {
            prop_assert_eq!(Tap::read(&tap.to_string()), Some(tap));
        }
    }

    #[test]
    fn a_damaged_update_keeps_its_id_and_is_kept_as_it_was_read(
        update in proptest::sample::select(updates()),
        damages in vec((any::<Index>(), proptest::option::of(odd()), any::<Index>()), 0..4),
    ) {
        let mut update = update;
        for (place, with, from) in damages {
            damage(&mut update, place, with, from);
        }
        let id = update["update_id"].as_i64().and_then(|id| i32::try_from(id).ok());
        let heard = read_update(&update, &Me { id: 7, username: "duban_bot".to_owned() }, None);
        prop_assert_eq!(heard.as_ref().map(|heard| heard.event.clone()), id.map(|id| id.to_string()));
        if let Some(heard) = heard {
            let kept = serde_json::to_string(&heard).expect("it is written");
            prop_assert_eq!(serde_json::from_str::<Incoming>(&kept).expect("it is read"), heard);
        }
    }
}
