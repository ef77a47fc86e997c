//! How a text is understood, item by item, for those who learn or teach how to answer.

use chrono::NaiveDate;

use crate::reply::{Reading, Status, Which};
use crate::wording::day_seen_from;

/// What a text says, one line an item.
pub fn readings(readings: &[Reading], today: NaiveDate) -> String {
    if readings.is_empty() {
        return "没有说到哪一项,不会记录。".to_owned();
    }
    let lines: Vec<String> = readings.iter().map(|reading| line(reading, today)).collect();
    lines.join("\n")
}

fn line(reading: &Reading, today: NaiveDate) -> String {
    let item = match reading.which {
        Which::Item(no) => format!("#{no}"),
        Which::Foreign(no) => format!("#{no}(不在这些事项里)"),
        Which::Unclear => "没看出哪一项,要反问".to_owned(),
    };
    let mut facts = vec![word(reading.status).to_owned()];
    facts.extend(reading.percent.map(|percent| format!("{percent}%")));
    facts.extend(reading.quantity.as_ref().map(|quantity| format!("累计{quantity}")));
    facts.extend(reading.new_due.map(|day| format!("延到{}", day_seen_from(day, today))));
    facts.extend(reading.until.map(|day| format!("{}再报", day_seen_from(day, today))));
    facts.extend(reading.blocker.as_ref().map(|blocker| format!("困难:{blocker}")));
    facts.extend(reading.needs.as_ref().map(|unit| format!("需{unit}协调")));
    format!("{item} {}", facts.join(" · "))
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Done => "报办结",
        Status::Extend => "申请延期",
        Status::Blocked => "有困难",
        Status::NotStarted => "还没开始",
        Status::OnTrack => "在办",
        Status::NoChange => "无变化",
        Status::Ack => "知道了",
        Status::Query => "提问",
        Status::None => "没看懂",
    }
}
