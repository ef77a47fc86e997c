//! Any JSON as an update of Telegram: it keeps its id, and what the inbox keeps of it is read back the same.
#![no_main]

use duban::channel::Incoming;
use duban::channel::telegram::{Me, read};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let Ok(update) = serde_json::from_slice::<Value>(bytes) else {
        return;
    };
    let me = Me { id: 7, username: "duban_bot".to_owned() };
    if let Some(incoming) = read(&update, &me, None) {
        assert_eq!(Some(incoming.event.clone()), update["update_id"].as_i64().map(|id| id.to_string()));
        let kept = serde_json::to_string(&incoming).expect("it is written");
        assert_eq!(serde_json::from_str::<Incoming>(&kept).expect("it is read"), incoming);
    }
});
