//! What a corrected document changes, per field as old → new, and what became of it.

use crate::domain::period::Cadence;
use crate::domain::quota::Grade;
use crate::domain::task::duty_label;
use crate::notice::diff::said::When;
use crate::notice::diff::{Applied, Change, Diff, DutyChange, Field, TaskChange, TaskDropped, Value, Why};
use crate::notice::file::{Draft, Roster, Task};
use crate::wording::short;

/// Characters shown of a text.
const TEXT: usize = 60;

/// What a draft changes of the plan on record.
pub fn sheet(diff: &Diff, draft: &Draft) -> String {
    let title = draft.plan.as_ref().map_or("", |plan| plan.title.as_str());
    let mut text = format!(
        "与在库方案对照 · {title}\n新增{}项,改动{}项,删去{}项:",
        diff.added.len(),
        diff.changed.len(),
        diff.dropped.len()
    );
    let roster = draft.roster.as_ref();
    for one in &diff.plan {
        text.push_str(&format!("\n方案 {}", change(one, roster)));
    }
    for at in &diff.added {
        text.push_str(&format!("\n+ {}", added(&draft.tasks[*at])));
    }
    for one in &diff.changed {
        text.push_str(&changed(one, &draft.tasks[one.at], roster));
    }
    for one in &diff.dropped {
        text.push_str(&format!("\n- {}", dropped(one)));
    }
    text
}

/// Nothing differs, although the file does.
pub fn no_change() -> String {
    "方案内容没有变化。".to_owned()
}

/// Nothing was changed yet.
pub fn not_applied() -> String {
    "(只对照,没有改动;核对无误后加 --apply 再运行一次)".to_owned()
}

/// What became of it, and what the office has to look at.
pub fn applied(applied: &Applied) -> String {
    let mut text = format!(
        "已更正 ✓ 改期应报件{}件,新开{}件,不再报{}件。填报和经过都保留。",
        applied.moved, applied.opened, applied.voided
    );
    if !applied.left.is_empty() {
        text.push_str(&format!("\n请督查室看 {} 处:", applied.left.len()));
    }
    for left in &applied.left {
        let (task, what) = (left.task, short(&left.what, TEXT));
        text.push_str(&match left.why {
            Why::TaskReported => {
                format!("\n - #{task} {what}:新版没有这项,但已有填报,照旧在办;不办了请发:作废 {task} 原因")
            }
            Why::FilingReported => format!("\n - #{task} {what}:新版不再要求,但已有填报,先留着"),
            Why::Extended => format!("\n - #{task} {what}:已准延期,比新版的日期晚,没有动"),
            Why::StillVoid => {
                format!("\n - #{task} {what}:新版又有这项,现在是作废;要办请发:重开 {task} 原因")
            }
        });
    }
    text
}

fn added(task: &Task) -> String {
    let duties: Vec<&str> = task.duties.iter().map(|duty| duty.text.as_str()).collect();
    format!("新增 {} {}({})", task.code, short(&task.title, TEXT), short(&duties.join(";"), TEXT))
}

fn dropped(task: &TaskDropped) -> String {
    let then =
        if task.reported { "已有填报,不删,由督查室定" } else { "没有填报,作废留档" };
    format!("删去 #{} {} {}({then})", task.no, task.code, short(&task.title, TEXT))
}

fn changed(task: &TaskChange, new: &Task, roster: Option<&Roster>) -> String {
    let mut text = format!("\n* #{} {}", task.no, short(&task.title, TEXT));
    if task.returns {
        text.push_str("\n    以前删去,现在又有");
    }
    if task.confirms {
        text.push_str("\n    待确认 → 在办");
    }
    for one in &task.fields {
        text.push_str(&format!("\n    {}", change(one, roster)));
    }
    for duty in &task.duties {
        match duty {
            DutyChange::Added(at) => {
                text.push_str(&format!("\n    新增要求:{}", short(&new.duties[*at].text, TEXT)));
            }
            DutyChange::Changed { seq, fields, .. } => {
                for one in fields {
                    text.push_str(&format!("\n    {} {}", duty_label(task.no, *seq, 2), change(one, roster)));
                }
            }
            DutyChange::Dropped { seq, text: was, reported, .. } => {
                let then = if *reported { "(已有填报,留着)" } else { "" };
                let label = duty_label(task.no, *seq, 2);
                text.push_str(&format!("\n    删去要求 {label} {}{then}", short(was, TEXT)));
            }
        }
    }
    text
}

/// One field, old → new.
fn change(change: &Change, roster: Option<&Roster>) -> String {
    let (old, new) = (value(&change.old, roster), value(&change.new, roster));
    format!("{}:{old} → {new}", field(change.field))
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Title => "标题",
        Field::DocNo => "文号",
        Field::Issued => "成文日期",
        Field::Ends => "结束日期",
        Field::DefaultCadence => "默认频次",
        Field::Graces => "升级宽限",
        Field::Code => "编号",
        Field::Section => "章节",
        Field::Lead => "牵头",
        Field::Team => "工作组",
        Field::Responsible => "责任单位",
        Field::Unsettled => "没有点名",
        Field::Confidential => "内部事项",
        Field::Note => "说明",
        Field::Text => "要求",
        Field::When => "时限",
        Field::Starts => "起始",
        Field::Target => "目标",
        Field::Each => "按人计数",
        Field::Reviewed => "要核验",
    }
}

fn value(value: &Value, roster: Option<&Roster>) -> String {
    let none = || "(没有)".to_owned();
    let day = |day: &Option<chrono::NaiveDate>| day.map_or_else(none, |day| day.to_string());
    match value {
        Value::Words(words) => words.as_deref().map_or_else(none, |words| short(words, TEXT)),
        Value::Codes(codes) if codes.is_empty() => none(),
        Value::Codes(codes) => codes.iter().map(|code| name(code, roster)).collect::<Vec<_>>().join("、"),
        Value::When(when) => term(when),
        Value::Day(on) => day(on),
        Value::Every(cadence) => cadence.map_or_else(none, every),
        Value::Graces(head, office) => {
            let days =
                |days: &Option<u8>| days.map_or("按设置".to_owned(), |days| format!("{days}个工作日"));
            format!("{}/{}", days(head), days(office))
        }
        Value::Target(target) => target.as_ref().map_or_else(none, ToString::to_string),
        Value::Each(None) => none(),
        Value::Each(Some(Grade::County)) => "县处级每人".to_owned(),
        Value::Each(Some(Grade::Section)) => "乡科级每人".to_owned(),
        Value::Yes(yes) => if *yes { "是" } else { "否" }.to_owned(),
    }
}

fn term(when: &When) -> String {
    match (when.every, when.due, &when.vague) {
        (Some(cadence), ..) => every(cadence),
        (None, Some(due), _) => format!("{due}前"),
        (None, None, Some(word)) => format!("“{word}”"),
        (None, None, None) if when.on_event => "有了就报".to_owned(),
        (None, None, None) => "没有写".to_owned(),
    }
}

fn every(cadence: Cadence) -> String {
    if cadence == Cadence::Half { "每半年".to_owned() } else { format!("每{}", cadence.chinese()) }
}

/// The short name of a unit or team; what is none stands for itself.
fn name(code: &str, roster: Option<&Roster>) -> String {
    let Some(roster) = roster else {
        return code.to_owned();
    };
    let unit = roster.units.iter().find(|unit| unit.code == code).map(|unit| &unit.short);
    let team = || roster.teams.iter().find(|team| team.code == code).map(|team| &team.short);
    unit.or_else(team).map_or_else(|| code.to_owned(), Clone::clone)
}
