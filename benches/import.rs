//! How long it takes to read a notice of 20 pages, one ten times as long, and one measure that lists very much. `cargo bench --bench import`.

#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

use std::path::PathBuf;
use std::time::Instant;

use chrono::NaiveDate;
use duban::app::import;

/// Characters of 20 printed pages, 22 lines of 28 characters each.
const PAGES_20: usize = 20 * 22 * 28;

fn main() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/notices");
    let read = |file: &str| std::fs::read(folder.join(file)).expect("a notice");
    let text = String::from_utf8(read("07-zhengfu-baogao-fenjie.txt")).expect("UTF-8");
    let long = |chars: usize| text.chars().cycle().take(chars).collect::<String>().into_bytes();
    println!("reading a notice: container, outline, units, dates, targets, findings, JSON");
    for (what, bytes) in [
        ("20 pages, text", long(PAGES_20)),
        ("200 pages, text", long(PAGES_20 * 10)),
        ("one measure, 500 targets", listed(500)),
        ("one measure, 5000 targets", listed(5000)),
        ("01, .txt", read("01-sanda-gongjian.txt")),
        ("01, .doc", read("01-sanda-gongjian.doc")),
        ("02, .docx", read("02-gongshui-shishi.docx")),
        ("05, .xlsx", read("05-gongye-fenjiebiao.xlsx")),
    ] {
        time(what, &bytes);
    }
}

/// A measure that lists so many things to reach: it takes as long as it is long, and not its square.
fn listed(targets: usize) -> Vec<u8> {
    format!("一、重点任务\n1.完成{}6月底前见效。（县水利局牵头）\n", "改造泵站3座、".repeat(targets))
        .into_bytes()
}

/// The median of several readings; the patterns are built before.
fn time(what: &str, bytes: &[u8]) {
    let today = NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day");
    let once = || {
        let begun = Instant::now();
        let intake = import::of(bytes, None, today).expect("a notice");
        let json = intake.json();
        (begun.elapsed(), intake.reading.measures.len(), json.len())
    };
    let (first, tasks, _) = once();
    let mut times: Vec<_> = (0..9).map(|_| once().0).collect();
    times.sort_unstable();
    println!("  {what:<26} {:>9.2?}  the first time {first:>9.2?}  {tasks} tasks", times[4]);
}
