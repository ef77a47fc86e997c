//! What is said back after something was heard: one line, item by item, with the value before.

use chrono::NaiveDate;

use crate::domain::filing::{FilingState, Standing};
use crate::domain::ids::{InboxId, TaskNo};
use crate::domain::review::{Said, Status};
use crate::domain::tap::Tap;
use crate::wording::{Choice, Spoken, day_seen_from, short, without_number};

/// One item as it was recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// The item.
    pub task: TaskNo,
    /// Which of its duties, where it has several.
    pub duty: Option<String>,
    /// What was said.
    pub said: Said,
    /// The filing before.
    pub before: Standing,
    /// The filing after.
    pub after: Standing,
}

/// How what was recorded can be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction {
    /// The event that a button takes back.
    pub undo: Option<InboxId>,
    /// Whether there is a message that can be edited.
    pub editable: bool,
}

/// Reads back what was recorded.
pub fn read_back(all: &[Recorded], refused: &[String], correct: Correction, today: NaiveDate) -> Spoken {
    let mut text = String::new();
    if !all.is_empty() {
        text = format!("已记 ✓ {}", outcomes(all, today).join(" · "));
        for line in all.iter().filter_map(fallen) {
            text.push_str(&line);
        }
        if correct.editable {
            text.push_str("\n记错了改原消息就行");
        }
    }
    for line in refused {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
    let choices = match correct.undo {
        Some(inbox) if !all.is_empty() => vec![vec![Choice::new("撤回", Tap::Undo(inbox))]],
        _ => Vec::new(),
    };
    Spoken { text, choices }
}

/// Progress that fell is recorded all the same, and asked about once.
fn fallen(one: &Recorded) -> Option<String> {
    let (before, now) = (one.before.percent?, one.after.percent?);
    let reports = matches!(one.said.status, Status::OnTrack | Status::Blocked | Status::NotStarted);
    (reports && now < before)
        .then(|| format!("\n#{} 比上次的{before}%低,是改了数吗?是就不用管,报错了点撤回", one.task))
}

/// Each item with what was recorded; many with the same outcome stand together.
fn outcomes(all: &[Recorded], today: NaiveDate) -> Vec<String> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for one in all {
        let duty = one.duty.as_deref().map(|duty| format!("({duty})")).unwrap_or_default();
        let (label, outcome) = (format!("#{}{duty}", one.task), outcome(one, today));
        match groups.iter_mut().find(|(known, _)| *known == outcome) {
            Some((_, labels)) => labels.push(label),
            None => groups.push((outcome, vec![label])),
        }
    }
    // The single ones first: they are what the writer has to check.
    groups.sort_by_key(|(_, labels)| labels.len());
    groups.into_iter().map(|(outcome, labels)| format!("{} {outcome}", labels.join(" "))).collect()
}

fn outcome(one: &Recorded, today: NaiveDate) -> String {
    let said = &one.said;
    match said.status {
        Status::Done if one.after.state == FilingState::Claimed => "报办结,已送督查室核验".to_owned(),
        Status::Done => "已报".to_owned(),
        Status::Extend => match one.after.asked_due {
            Some(to) => format!("申请延到{},等督查室同意", day_seen_from(to, today)),
            None => "申请延期,请补一句延到哪天".to_owned(),
        },
        Status::Blocked => {
            let needs = said.needs.as_deref().map(|unit| format!(",需{unit}协调")).unwrap_or_default();
            let progress = progress(one).map(|progress| format!("{progress},")).unwrap_or_default();
            format!(
                "{progress}有困难:{}{needs}",
                short(one.after.blocker.as_deref().unwrap_or(&said.text), 30)
            )
        }
        Status::NotStarted => "还没开始".to_owned(),
        Status::OnTrack => progress(one).unwrap_or_else(|| {
            let word = if one.after.state == FilingState::Accepted { "已报" } else { "有进展" };
            format!("{word}:{}", short(without_number(&said.text, one.task), 30))
        }),
        Status::NoChange => "无变化".to_owned(),
        Status::Ack => match one.after.quiet_until {
            Some(until) => format!("知道了,{}再问", day_seen_from(until, today)),
            None => "知道了".to_owned(),
        },
    }
}

/// `60%(上次40%)`, or the quantity with its share.
fn progress(one: &Recorded) -> Option<String> {
    let percent = one.said.percent.or_else(|| one.said.quantity.as_ref().and(one.after.percent));
    let before = one.before.percent.map(|percent| format!("(上次{percent}%)")).unwrap_or_default();
    match (&one.said.quantity, percent) {
        (Some(quantity), Some(percent)) => Some(format!("{quantity},{percent}%{before}")),
        (Some(quantity), None) => Some(quantity.to_string()),
        (None, Some(percent)) => Some(format!("{percent}%{before}")),
        (None, None) => None,
    }
}

/// Asks which item was meant.
pub fn which_item(text: &str, options: Vec<Choice>) -> Spoken {
    Spoken {
        text: format!("“{}”说的是哪一项?", short(text, 30)),
        choices: options.into_iter().map(|choice| vec![choice]).collect(),
    }
}

/// The label of the button that puts the same down for a linked item.
pub fn same_for(task: TaskNo, title: &str) -> String {
    format!("#{task} {title} 也这样报").replace("  ", " ")
}

/// A linked item was not spoken of.
pub fn is_linked(linked: &[(TaskNo, String)]) -> String {
    let labels: Vec<String> = linked.iter().map(|(task, _)| format!("#{task}")).collect();
    format!("{} 与它相近,要一并报就点下面,不用再写一遍。", labels.join("、"))
}

/// Asks which part of an item is done.
pub fn which_duty(task: TaskNo, options: Vec<Choice>) -> Spoken {
    Spoken {
        text: format!("#{task} 有几项要求,办结的是哪一项?"),
        choices: options.into_iter().map(|choice| vec![choice]).collect(),
    }
}

/// Says that a report was taken back.
pub fn taken_back(tasks: &[TaskNo]) -> String {
    let labels: Vec<String> = tasks.iter().map(|task| format!("#{task}")).collect();
    format!("已撤回 {} 的这次填报,恢复到之前的情况。", labels.join("、"))
}

/// A correction was heard.
pub fn corrected(spoken: Spoken) -> Spoken {
    Spoken { text: format!("已更正:\n{}", spoken.text), choices: spoken.choices }
}

/// An edited message was heard anew.
pub fn heard_anew(spoken: Spoken) -> Spoken {
    Spoken { text: format!("按改后的话重新记:\n{}", spoken.text), choices: spoken.choices }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORRECT: Correction = Correction { undo: Some(InboxId(7)), editable: true };

    fn recorded(task: i64, status: Status, percent: Option<u8>) -> Recorded {
        let standing = Standing {
            state: FilingState::Open,
            cycle: 1,
            since: chrono::DateTime::UNIX_EPOCH,
            due_on: None,
            due_at: None,
            percent: Some(40),
            quantity: None,
            last_text: None,
            reported_at: None,
            blocker: None,
            asked_due: None,
            asked_exempt: None,
            quiet_until: None,
            extensions: 0,
        };
        let said = Said { percent, ..Said::plain(status, "照实说".to_owned()) };
        Recorded { task: TaskNo(task), duty: None, said, before: standing.clone(), after: standing }
    }

    #[test]
    fn items_with_the_same_outcome_stand_together_behind_the_others() {
        let mut all: Vec<Recorded> = (1..=4).map(|task| recorded(task, Status::NoChange, None)).collect();
        all.push(recorded(31, Status::OnTrack, Some(60)));
        let said = read_back(&all, &[], CORRECT, NaiveDate::default());
        assert_eq!(said.text, "已记 ✓ #31 60%(上次40%) · #1 #2 #3 #4 无变化\n记错了改原消息就行");
        assert_eq!(said.choices[0][0].tap, Tap::Undo(InboxId(7)));
    }

    #[test]
    fn what_was_refused_stands_below_and_leaves_nothing_to_undo() {
        let said = read_back(&[], &["不是您的".to_owned()], CORRECT, NaiveDate::default());
        assert_eq!((said.text.as_str(), said.choices.len()), ("不是您的", 0));
    }
}
