//! Replies as leaders write them, in tables: one row is a message and what has to be understood.
//!
//! `message => reading ; reading`, where a reading is `[which] status [60%] [q=650人] [due=…] [until=…] [blocker=…] [needs=…]`.
//! `which` is a number, `!9` for one that is not in the context, `?` for unclear; without it the only item is meant.
//! `-` means chatter: nothing to record. A `\n` in a message is a line break.

mod asides;
mod doubtful;
mod extremes;
mod items;
mod kinds;
mod measures;
mod named;
mod outcomes;
mod spoken;
mod status;
mod traps;

use chrono::NaiveDate;

use super::{Context, Item, Reading, Status, Which, opens_with_item, understand};
use crate::domain::quantity::Quantity;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn item(no: i64, code: &str, title: &str, target: Option<(f64, &str)>, due: &str) -> Item {
    Item {
        no,
        code: code.to_owned(),
        title: title.to_owned(),
        target: target.map(|(value, unit)| Quantity::new(value, unit)),
        due: (!due.is_empty()).then(|| day(due)),
    }
}

/// A Monday in late June, and the items of a table.
fn context(items: Vec<Item>) -> Context {
    Context { today: day("2022-06-27"), items }
}

/// One item without a target.
fn one() -> Context {
    context(vec![item(12, "JK-3", "污水处理厂市场化运营", None, "2022-06-30")])
}

/// One item whose title ends with the event that finishes it.
fn event() -> Context {
    context(vec![item(28, "CS-1", "华能4MW分散式风电项目落地开工", None, "2022-06-28")])
}

/// One item with a number of people as its target.
fn jobs() -> Context {
    context(vec![item(57, "SB-3", "城镇新增就业", Some((1000.0, "人")), "2022-12-31")])
}

/// One item with a number of firms as its target.
fn firms() -> Context {
    context(vec![item(43, "GY-2", "“小升规”培育", Some((3.0, "户")), "2022-12-31")])
}

/// One item with a sum of money as its target.
fn money() -> Context {
    context(vec![item(30, "CS-3", "喜悦度假中心投资入统", Some((50_000.0, "万元")), "2022-12-31")])
}

/// A card with three items.
fn card() -> Context {
    context(vec![
        item(31, "CS-4", "同哈公路友谊过境段落地开工", None, "2022-06-24"),
        item(28, "CS-1", "华能4MW分散式风电项目落地开工", None, "2022-06-28"),
        item(5, "QH-2.4", "重点项目月调度", None, "2022-06-30"),
    ])
}

/// A card with four items of small numbers.
fn desk() -> Context {
    context(vec![
        item(3, "CJ-1", "城镇燃气安全排查整治", None, "2022-06-30"),
        item(5, "CS-8", "国企改革", None, "2022-06-30"),
        item(8, "NC-2", "大豆扩种", Some((20_000.0, "亩")), "2022-06-30"),
        item(12, "SB-1", "城居保就近办理", None, ""),
    ])
}

/// Runs a table and lists every row that was understood otherwise.
fn check(table: &str, context: &Context) {
    let rows: Vec<(&str, &str)> = table.lines().filter_map(|row| row.split_once(" => ")).collect();
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(message, wanted)| {
            let read = show(&understand(&message.replace("\\n", "\n"), context), context);
            let wanted = wanted.split_whitespace().collect::<Vec<_>>().join(" ");
            (read != wanted).then(|| format!("{}\n   want {wanted}\n   read {read}", message.trim()))
        })
        .collect();
    assert!(rows.len() > 5, "a table has rows");
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

/// Readings in the notation of the tables.
fn show(readings: &[Reading], context: &Context) -> String {
    if readings.is_empty() {
        return "-".to_owned();
    }
    let shown: Vec<String> = readings.iter().map(|reading| show_one(reading, context)).collect();
    shown.join(" ; ")
}

fn show_one(reading: &Reading, context: &Context) -> String {
    let mut words = Vec::new();
    match reading.which {
        Which::Item(_) if context.items.len() == 1 => {}
        Which::Item(no) => words.push(no.to_string()),
        Which::Foreign(no) => words.push(format!("!{no}")),
        Which::Unclear => words.push("?".to_owned()),
    }
    words.push(name(reading.status).to_owned());
    words.extend(reading.percent.map(|percent| format!("{percent}%")));
    words.extend(reading.quantity.as_ref().map(|quantity| format!("q={quantity}")));
    words.extend(reading.new_due.map(|day| format!("due={day}")));
    words.extend(reading.until.map(|day| format!("until={day}")));
    words.extend(reading.blocker.as_ref().map(|words| format!("blocker={words}")));
    words.extend(reading.needs.as_ref().map(|unit| format!("needs={unit}")));
    words.join(" ")
}

fn name(status: Status) -> &'static str {
    match status {
        Status::Done => "done",
        Status::Extend => "extend",
        Status::Blocked => "blocked",
        Status::NotStarted => "not_started",
        Status::OnTrack => "on_track",
        Status::NoChange => "no_change",
        Status::Ack => "ack",
        Status::Query => "query",
        Status::None => "none",
    }
}
