//! What is said about a ledger that the office has edited and sent back.

use crate::documents::ledger::back::{Change, Diff};
use crate::wording::short;

/// Characters of a cell that are shown.
const CELL: usize = 40;

/// The ledger came back as it went.
pub fn no_change() -> String {
    "台账和现在的情况一致,没有要改的。".to_owned()
}

/// The difference, by item and field; `most` lines of a kind.
pub fn sheet(diff: &Diff, most: usize) -> String {
    if diff.is_empty() {
        return no_change();
    }
    let Diff { changes, conflicts, ignored, strangers } = diff;
    let mut text = format!("【台账改动】要改{}处", changes.len());
    for (count, what) in [(conflicts.len(), "有冲突"), (ignored.len() + strangers.len(), "不理")] {
        if count > 0 {
            text.push_str(&format!(",{what}{count}处"));
        }
    }
    let changes = changes.iter().map(change).collect();
    list(&mut text, "", changes, most);
    list(&mut text, "导出以后这里又变了,不按表改:", conflicts.iter().map(conflict).collect(), most);
    let ignored = ignored.iter().map(|(place, column, now)| match now.as_str() {
        "" => format!("{place} {column}:清空了"),
        now => format!("{place} {column}:改成“{}”", short(now, CELL)),
    });
    list(&mut text, "不在可改的格里(浅黄格才能改),不理:", ignored.collect(), most);
    let strangers: Vec<String> = strangers.clone();
    list(&mut text, "不是导出的行(新加、复制或改坏了),不理:", strangers, most);
    text
}

fn list(text: &mut String, head: &str, lines: Vec<String>, most: usize) {
    if lines.is_empty() {
        return;
    }
    if !head.is_empty() {
        text.push_str(&format!("\n{head}"));
    }
    let all = lines.len();
    for line in lines.into_iter().take(most) {
        text.push_str(&format!("\n· {line}"));
    }
    if all > most {
        text.push_str(&format!("\n……还有{}处", all - most));
    }
}

fn change(change: &Change) -> String {
    let Change { about, column, place, was, now, .. } = change;
    format!("{} {column}:{} → {}({place})", short(about, CELL), cell(was), cell(now))
}

fn conflict(change: &Change) -> String {
    let Change { about, column, place, was, today, now, .. } = change;
    let today = match today {
        Some(today) => format!("现在是{}", cell(today)),
        None => "现在已不能改(办结、作废或没有期限)".to_owned(),
    };
    format!("{} {column}:导出时{},{today},表里{}({place})", short(about, CELL), cell(was), cell(now))
}

fn cell(text: &str) -> String {
    if text.is_empty() { "空".to_owned() } else { short(text, CELL) }
}

/// A change that took effect, or could not.
pub fn outcome(done: &[Change], failed: &[(Change, String)]) -> String {
    let mut text = format!("已按台账改{}处 ✓", done.len());
    for (change, why) in failed {
        let Change { about, column, place, .. } = change;
        text.push_str(&format!("\n没改成 {} {column}({place}):{why}", short(about, CELL)));
    }
    text
}

/// A cell that must say something is empty.
pub fn is_empty(column: &str) -> String {
    format!("{column}不能空着")
}

/// A cell that must be a day is none.
pub fn no_day(text: &str) -> String {
    format!("“{}”不是日期,写成 2022-7-15 或 7月15日", short(text, CELL))
}

/// Units cannot be let go in the ledger.
pub fn units_only_added(units: &[String]) -> String {
    format!("台账里只能加责任单位,不能去掉{}", units.join("、"))
}

/// The reason of what the ledger changes.
pub const REASON: &str = "按台账改";
