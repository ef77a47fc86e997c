//! How many replies are understood in a second. `cargo bench --bench understand`.

#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use duban::documents::replies;

/// How long one corpus is read again and again.
const LONG: Duration = Duration::from_secs(3);

fn main() {
    println!("replies understood, with their context read from JSON, one thread");
    for file in ["spoken", "several", "mixed", "office", "motley"] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/corpus/{file}.jsonl"));
        let text = std::fs::read_to_string(path).expect("a corpus");
        let lines: Vec<&str> = text.lines().collect();
        let bytes: usize = lines.iter().map(|line| line.len()).sum();
        // The tables are built with the first text.
        replies::line(lines[0]).expect("understood");
        let (begun, mut rounds) = (Instant::now(), 0_u32);
        while begun.elapsed() < LONG {
            for line in &lines {
                std::hint::black_box(replies::line(line).expect("understood"));
            }
            rounds += 1;
        }
        let count = f64::from(rounds) * f64::from(u32::try_from(lines.len()).unwrap_or(u32::MAX));
        println!(
            "  {file:<8} {:>8.0} a second  ({} lines of {} bytes)",
            count / begun.elapsed().as_secs_f64(),
            lines.len(),
            bytes / lines.len()
        );
    }
}
