//! Replies for machines: a line of JSON with a text and what it may be about goes in, a line with what was understood
//! comes out. For measuring, and for systems that want the reading only.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::quantity::Quantity;
use crate::reply::{Context, Item, Reading, Status, Which, understand};

/// One line in; what else it holds (an id, what was expected) is left alone.
#[derive(Debug, Deserialize)]
struct Said {
    text: String,
    context: Around,
}

/// What the text may be about.
#[derive(Debug, Deserialize)]
struct Around {
    tasks: Vec<Task>,
    /// The day the text was written.
    now: Day,
}

#[derive(Debug, Deserialize)]
struct Task {
    no: i64,
    #[serde(default)]
    code: String,
    #[serde(default)]
    title: String,
    target: Option<Quantity>,
    due: Option<Day>,
}

/// A day, or a moment of which only the day counts: `2026-05-20`, `2026-05-20T09:00`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct Day(NaiveDate);

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Day, String> {
        let day = text.get(..10).and_then(|day| day.parse().ok());
        day.map(Day).ok_or_else(|| format!("`{text}` is no day; write 2026-05-20"))
    }
}

/// One reading out.
#[derive(Debug, Serialize)]
struct Read {
    /// Null where it must be asked back which item is meant.
    no: Option<i64>,
    status: &'static str,
    percent: Option<serde_json::Number>,
    quantity: Option<f64>,
    new_due: Option<NaiveDate>,
    blocker: Option<String>,
}

/// What changes nothing.
const NOTHING: Read =
    Read { no: None, status: "none", percent: None, quantity: None, new_due: None, blocker: None };

/// Reads one line; the error says what is wrong with it.
pub fn line(line: &str) -> Result<String, serde_json::Error> {
    let said: Said = serde_json::from_str(line)?;
    let item = |task: Task| Item {
        no: task.no,
        code: task.code,
        title: task.title,
        target: task.target,
        due: task.due.map(|due| due.0),
    };
    let context =
        Context { today: said.context.now.0, items: said.context.tasks.into_iter().map(item).collect() };
    let readings = understand(&said.text, &context);
    let mut reads: Vec<Read> = readings.into_iter().map(|reading| read(reading, &context)).collect();
    if reads.is_empty() {
        // Chatter is an answer, too: nothing changes.
        let only = (context.items.len() == 1).then(|| context.items[0].no);
        reads.push(Read { no: only, ..NOTHING });
    }
    serde_json::to_string(&reads)
}

fn read(reading: Reading, context: &Context) -> Read {
    // Of an item that is none of these nothing changes here.
    if let Which::Foreign(no) = reading.which {
        return Read { no: Some(no), ..NOTHING };
    }
    // An amount counts in the target's unit; without a target it is but a word of the writer's.
    let counts = |item: &Item| reading.which == Which::Item(item.no) && item.target.is_some();
    let quantity = reading.quantity.filter(|_| context.items.iter().any(counts));
    Read {
        no: match reading.which {
            Which::Item(no) => Some(no),
            Which::Foreign(_) | Which::Unclear => None,
        },
        status: word(reading.status),
        percent: reading.percent.and_then(figure),
        quantity: quantity.map(|quantity| quantity.value),
        new_due: reading.new_due,
        blocker: reading.blocker,
    }
}

/// A figure as it is written: 60 and not 60.0.
fn figure(value: f64) -> Option<serde_json::Number> {
    let whole = (value.fract() == 0.0).then(|| format!("{value:.0}").parse().ok()).flatten();
    whole.or_else(|| serde_json::Number::from_f64(value))
}

/// A status as outside systems know it: 无变化 is under way for them.
fn word(status: Status) -> &'static str {
    match status {
        Status::Done => "done",
        Status::Extend => "extend",
        Status::Blocked => "blocked",
        Status::NotStarted => "not_started",
        Status::OnTrack | Status::NoChange => "on_track",
        Status::Ack => "ack",
        Status::Query => "query",
        Status::None => "none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_in_is_a_line_out() {
        let said = r#"{"text":"已招650人,资金未到位","context":{"tasks":[{"no":3,"title":"城镇新增就业","target":{"value":1000,"unit":"人"},"due":"2026-12-31"}],"now":"2026-05-20"}}"#;
        let read = line(said).expect("read");
        assert_eq!(
            read,
            r#"[{"no":3,"status":"blocked","percent":null,"quantity":650.0,"new_due":null,"blocker":"资金未到位"}]"#
        );
    }

    #[test]
    fn chatter_changes_nothing_and_bad_lines_say_why() {
        let chat = r#"{"text":"中午吃啥","context":{"tasks":[{"no":3}],"now":"2026-05-20T09:00"}}"#;
        let read = line(chat).expect("read");
        assert!(read.starts_with(r#"[{"no":3,"status":"none""#), "{read}");
        let error = line(r#"{"text":"好","context":{"tasks":[],"now":"明天"}}"#).expect_err("no day");
        assert!(error.to_string().contains("write 2026-05-20"), "{error}");
    }
}
