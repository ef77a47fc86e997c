//! How well official documents are read: more than thirty of clearly different make, invented and labelled by careful readers who
//! had not seen the program. The figures are printed (`cargo test notices -- --nocapture`); they may rise and not fall.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use duban::app::import;
use serde_json::Value;

/// What was reached of every file, in per cent: the tasks that are found and right, and their fields.
const REACHED: [(&str, f64); 6] = [
    ("tasks", 99.0),
    ("lead", 99.0),
    ("responsible", 99.0),
    ("cadence", 99.0),
    ("due", 99.0),
    ("quantity", 99.0),
];

/// Likeness of two texts above which they are the same measure.
const SAME: f64 = 0.6;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/notices")
}

/// Every document of the folder with what is to be read.
fn documents() -> Vec<(PathBuf, Value)> {
    let mut found: Vec<(PathBuf, Value)> = std::fs::read_dir(folder())
        .expect("the notices")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending != "json"))
        .map(|path| {
            let labels = std::fs::read_to_string(path.with_extension("json")).expect("labels");
            (path, serde_json::from_str(&labels).expect("JSON"))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn read(path: &Path) -> Value {
    let bytes = std::fs::read(path).expect("a file");
    let today = NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day");
    let intake =
        import::of(&bytes, None, today).unwrap_or_else(|refusal| panic!("{}: {refusal}", path.display()));
    serde_json::from_str(&intake.json()).expect("JSON")
}

/// A text without marks and in half width.
fn bare(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(narrow).filter(|c| c.is_alphanumeric() || *c == '%').collect()
}

/// How alike two texts are, by their pairs of characters.
fn alike(a: &BTreeSet<(char, char)>, b: &BTreeSet<(char, char)>) -> f64 {
    let count = |n: usize| f64::from(u32::try_from(n).expect("a short text"));
    2.0 * count(a.intersection(b).count()) / count((a.len() + b.len()).max(1))
}

fn pairs(task: &Value) -> BTreeSet<(char, char)> {
    let text: Vec<char> = bare(task["text"].as_str().unwrap_or_default()).chars().collect();
    text.windows(2).map(|two| (two[0], two[1])).collect()
}

/// Which task that was read is which that was wanted, the most alike first.
fn matched(wanted: &[Value], read: &[Value]) -> Vec<(usize, usize)> {
    let (wanted, read): (Vec<_>, Vec<_>) =
        (wanted.iter().map(pairs).collect(), read.iter().map(pairs).collect());
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (w, one) in wanted.iter().enumerate() {
        all.extend(
            read.iter()
                .enumerate()
                .map(|(r, other)| (alike(one, other), w, r))
                .filter(|(score, ..)| *score >= SAME),
        );
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut taken, mut given) = (BTreeSet::new(), BTreeSet::new());
    all.retain(|(_, w, r)| !taken.contains(w) && !given.contains(r) && taken.insert(*w) && given.insert(*r));
    all.into_iter().map(|(_, w, r)| (w, r)).collect()
}

/// What a task says in one field, as a set.
fn field(task: &Value, name: &str) -> BTreeSet<String> {
    let duties = task["duties"].as_array().map(Vec::as_slice).unwrap_or_default();
    let units = |name: &str| -> Vec<String> {
        let all = task[name].as_array().map(Vec::as_slice).unwrap_or_default();
        all.iter().map(|unit| bare(unit.as_str().unwrap_or_default())).collect()
    };
    match name {
        "responsible" => units("responsible").into_iter().chain(units("supporting")).collect(),
        "lead" => units("lead").into_iter().collect(),
        "quantity" => duties
            .iter()
            .filter_map(|duty| {
                Some((duty["quantity"]["value"].as_f64()?, bare(duty["quantity"]["unit"].as_str()?)))
            })
            .map(|(value, unit)| format!("{value}{unit}"))
            .collect(),
        _ => duties.iter().filter_map(|duty| Some(duty[name].as_str()?.to_owned())).collect(),
    }
}

/// The shares of one document.
fn score(wanted: &Value, read: &Value) -> BTreeMap<&'static str, f64> {
    let (wanted, read) =
        (wanted["tasks"].as_array().expect("tasks"), read["tasks"].as_array().expect("tasks"));
    let matched = matched(wanted, read);
    let share = |good: usize, all: usize| {
        f64::from(u32::try_from(good).expect("few")) * 100.0
            / f64::from(u32::try_from(all.max(1)).expect("few"))
    };
    let mut shares = BTreeMap::from([("tasks", share(2 * matched.len(), wanted.len() + read.len()))]);
    for (name, _) in REACHED.iter().skip(1) {
        let right =
            matched.iter().filter(|(w, r)| field(&wanted[*w], name) == field(&read[*r], name)).count();
        shares.insert(name, share(right, matched.len()));
    }
    shares
}

#[test]
fn notices_are_read_with_their_tasks_units_cadences_dates_and_targets() {
    let mut short = Vec::new();
    for (path, wanted) in documents() {
        let read = read(&path);
        let shares = score(&wanted, &read);
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let figures: Vec<String> =
            REACHED.iter().map(|(what, _)| format!("{what} {:.1}", shares[what])).collect();
        println!("{name}: {}", figures.join(", "));
        short.extend(
            REACHED
                .iter()
                .filter(|(what, reached)| shares[what] < *reached)
                .map(|(what, _)| format!("{name}: {what}")),
        );
        for head in ["title", "doc_no", "issued"] {
            assert_eq!(
                bare(read[head].as_str().unwrap_or_default()),
                bare(wanted[head].as_str().unwrap_or_default()),
                "{name}"
            );
        }
    }
    assert!(short.is_empty(), "fell short:\n{}", short.join("\n"));
}

#[test]
fn the_same_notice_reads_alike_from_every_container() {
    for stem in [
        "01-sanda-gongjian",
        "02-gongshui-shishi",
        "03-wenlv-duanluo",
        "08-fangguanfu-cuowu",
        "09-xiangcun-yingji",
    ] {
        let text = read(&folder().join(format!("{stem}.txt")));
        let other = ["docx", "doc"]
            .iter()
            .map(|ending| folder().join(format!("{stem}.{ending}")))
            .find(|path| path.exists());
        let word = read(&other.expect("a Word file"));
        let tasks = |read: &Value| -> Vec<(String, String)> {
            let all = read["tasks"].as_array().expect("tasks");
            all.iter().map(|task| (task["code"].to_string(), bare(&task["text"].to_string()))).collect()
        };
        assert_eq!(tasks(&text), tasks(&word), "{stem}");
    }
}

#[test]
fn traps_become_findings() {
    for (stem, kinds) in [
        (
            "01-sanda-gongjian",
            &["vacant", "vague", "no_deadline", "unclear_unit", "dates", "target_without_date"][..],
        ),
        ("08-fangguanfu-cuowu", &["heading_count", "historic", "vague", "vacant", "unclear_unit"]),
        ("09-xiangcun-yingji", &["rhythm", "passed_over"]),
        ("07-zhengfu-baogao-fenjie", &["not_chased"]),
    ] {
        let read = read(&folder().join(format!("{stem}.txt")));
        let found: BTreeSet<&str> = read["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .filter_map(|one| one["kind"].as_str())
            .collect();
        for kind in kinds {
            assert!(found.contains(kind), "{stem}: no {kind} among {found:?}");
        }
    }
}
