//! How well replies are understood: over three thousand of them, written as leaders write and labelled by careful readers who
//! had not seen the program. The figures are printed (`cargo test corpus -- --nocapture`); they may rise and not fall.

use std::collections::BTreeMap;
use std::path::PathBuf;

use duban::documents::replies;
use serde_json::Value;

/// What is told of an item, as the figures count it.
const TOLD: [&str; 5] = ["status", "percent", "quantity", "new_due", "blocker"];

/// Corpora that belong together, and what was reached of each of [`TOLD`] over all of them, in per cent.
struct Group {
    name: &'static str,
    files: &'static [&'static str],
    reached: [f64; 5],
}

/// Those that the rules were made by: short replies; several items in one message; both, with traps; the office's own register; a
/// motley one in which every line is odd in its own way; one of dialects, slang and hints; three of what is typed offhand; an
/// ordinary day and what trips a reader up; twelve persons, each in a voice of their own; and three of plain answers. Then those
/// that were written later, of which only what many had in common became a rule: twelve persons who tell of several items at
/// once; a sundry day; every trade in its own words; a year's heap of a chat; and a fair examination.
const GROUPS: [Group; 2] = [
    Group {
        name: "known",
        files: &[
            "spoken.jsonl",
            "several.jsonl",
            "mixed.jsonl",
            "office.jsonl",
            "motley.jsonl",
            "dialects.jsonl",
            "offhand.jsonl",
            "candid.jsonl",
            "gruff.jsonl",
            "everyday.jsonl",
            "tricky.jsonl",
            "voices.jsonl",
            "weekday.jsonl",
            "natural.jsonl",
            "fair.jsonl",
        ],
        reached: [95.0, 91.6, 94.3, 95.7, 84.2],
    },
    Group {
        name: "later",
        files: &["throngs.jsonl", "sundry.jsonl", "trades.jsonl", "heap.jsonl", "square.jsonl"],
        reached: [80.7, 82.6, 81.8, 87.4, 64.4],
    },
];

/// All files.
fn files() -> impl Iterator<Item = &'static str> {
    GROUPS.iter().flat_map(|group| group.files).copied()
}

/// Right and all, by what was to be told.
#[derive(Default)]
struct Score {
    of: BTreeMap<&'static str, (u32, u32)>,
    false_done: Vec<String>,
}

impl Score {
    fn count(&mut self, what: &'static str, right: bool) {
        let (good, all) = self.of.entry(what).or_default();
        *good += u32::from(right);
        *all += 1;
    }

    fn share(&self, what: &str) -> f64 {
        let (good, all) = self.of.get(what).copied().unwrap_or((0, 1));
        f64::from(good) * 100.0 / f64::from(all.max(1))
    }

    /// `status 440/452 97.3%, …; false done 0`.
    fn figures(&self) -> String {
        let figures = TOLD.iter().map(|what| {
            let (good, of) = self.of.get(what).copied().unwrap_or_default();
            format!("{what} {good}/{of} {:.1}%", self.share(what))
        });
        format!("{}; false done {}", figures.collect::<Vec<_>>().join(", "), self.false_done.len())
    }

    /// Compares what was read of one text with its label.
    fn weigh(&mut self, text: &str, wanted: &[Value], read: &[Value]) {
        let by_item = |all: &[Value]| -> BTreeMap<Option<i64>, Value> {
            let told = all.iter().filter(|one| one["status"] != "none");
            told.map(|one| (one["no"].as_i64(), one.clone())).collect()
        };
        let (wanted, read) = (by_item(wanted), by_item(read));
        if wanted.is_empty() && read.is_empty() {
            self.count("status", true);
        }
        let mut items: Vec<_> = wanted.keys().chain(read.keys()).collect();
        items.sort();
        items.dedup();
        for item in items {
            let nothing = Value::Null;
            let (want, got) = (wanted.get(item).unwrap_or(&nothing), read.get(item).unwrap_or(&nothing));
            self.count("status", want["status"] == got["status"]);
            if got["status"] == "done" && want["status"] != "done" {
                self.false_done.push(text.to_owned());
            }
            for what in ["percent", "quantity", "new_due", "blocker"] {
                self.value(what, want, got);
            }
        }
    }

    fn value(&mut self, what: &'static str, want: &Value, got: &Value) {
        let (wanted, read) = (&want[what], &got[what]);
        // 100 goes without saying where it is done.
        let follows = what == "percent" && want["status"] == "done";
        if wanted.is_null() && read.is_null() || follows {
            return;
        }
        self.count(what, alike(wanted, read));
    }
}

/// Numbers within a rounding, words where one holds the other.
fn alike(wanted: &Value, read: &Value) -> bool {
    if let (Some(a), Some(b)) = (wanted.as_f64(), read.as_f64()) {
        return (a - b).abs() <= 1e-6 * a.abs().max(1.0);
    }
    let bare = |value: &Value| -> Option<String> {
        let text = value.as_str()?;
        Some(text.chars().filter(|c| c.is_alphanumeric()).collect())
    };
    match (bare(wanted), bare(read)) {
        (Some(a), Some(b)) => a.contains(&b) || b.contains(&a),
        _ => false,
    }
}

fn score(file: &str) -> Score {
    let mut score = Score::default();
    for line in lines(file) {
        let labelled: Value = serde_json::from_str(&line).expect("JSON");
        let read: Value = serde_json::from_str(&replies::line(&line).expect("understood")).expect("JSON");
        let text = labelled["text"].as_str().expect("a text");
        let wanted = labelled["expect"].as_array().expect("labels");
        score.weigh(text, wanted, read.as_array().expect("readings"));
    }
    score
}

/// A text in full width, as some input methods write it: figures, letters and marks.
fn full_width(text: &str) -> String {
    let wide = |c: char| char::from_u32(u32::from(c) + 0xFEE0).filter(|_| ('!'..='~').contains(&c));
    text.chars().map(|c| wide(c).unwrap_or(c)).collect()
}

/// The lines of a corpus.
fn lines(file: &str) -> Vec<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(file);
    std::fs::read_to_string(path).expect("a corpus").lines().map(str::to_owned).collect()
}

/// What is read of a line; that there is an obstacle, not its words, which stay as the writer wrote them.
fn values(line: &str) -> Vec<Value> {
    let mut read: Vec<Value> = serde_json::from_str(&replies::line(line).expect("understood")).expect("JSON");
    for one in &mut read {
        one["blocker"] = one["blocker"].is_string().into();
    }
    read
}

/// Asserts that every text of the corpora reads the same when it is written another way.
fn reads_alike(written: impl Fn(&str) -> String) {
    for line in files().flat_map(lines) {
        let mut other: Value = serde_json::from_str(&line).expect("JSON");
        other["text"] = written(other["text"].as_str().expect("a text")).into();
        assert_eq!(values(&line), values(&other.to_string()), "{line}");
    }
}

#[test]
fn full_width_reads_like_half_width() {
    reads_alike(full_width);
}

/// Simplified characters that replies are full of, each with its traditional form.
const TRADITIONAL: &str = "没沒还還办辦完完进進报報万萬个個们們开開关關动動务務区區县縣乡鄉镇鎮财財资資问問题題难難请請协協调調时時间間\
    点點线線号號项項场場户戶农農业業产產东東车車书書长長见見观觀现現领領导導计計划劃实實际際总總统統数數据據环環评評审審验驗\
    证證设設备備图圖纸紙质質标標准準检檢测測训訓员員职職责責组組织織级級约約给給结結绍紹继繼续續经經济濟纪紀纳納线線练練\
    细細络絡绩績维維缓緩编編缺缺罚罰银銀钱錢铺鋪锁鎖链鏈错錯镇鎮闭閉阶階队隊险險陆陸随隨隐隱颁頒预預顺順须須频頻颗顆风風饭飯馆館驻駐驾駕骤驟鱼魚鸡雞龙龍";

/// A text in traditional characters, as far as [`TRADITIONAL`] goes.
fn traditional(text: &str) -> String {
    let pairs: Vec<char> = TRADITIONAL.chars().filter(|c| c.is_alphabetic()).collect();
    let table: BTreeMap<char, char> = pairs.chunks(2).map(|pair| (pair[0], pair[1])).collect();
    text.chars().map(|c| table.get(&c).copied().unwrap_or(c)).collect()
}

#[test]
fn traditional_characters_read_like_simplified_ones() {
    assert_eq!(traditional("还没办"), "還沒辦");
    reads_alike(traditional);
}

#[test]
fn replies_are_understood_and_never_is_not_done_taken_for_done() {
    for group in GROUPS {
        let mut all = Score::default();
        for file in group.files {
            let one = score(file);
            println!("{file}: {}", one.figures());
            all.false_done.extend(one.false_done);
            for (what, (good, of)) in one.of {
                let sum = all.of.entry(what).or_default();
                *sum = (sum.0 + good, sum.1 + of);
            }
        }
        println!("{}: {}", group.name, all.figures());
        assert!(all.false_done.is_empty(), "taken for done:\n{}", all.false_done.join("\n"));
        for (what, reached) in TOLD.into_iter().zip(group.reached) {
            assert!(
                all.share(what) >= reached,
                "{} {what}: {:.1} % and not {reached} %",
                group.name,
                all.share(what)
            );
        }
    }
}
