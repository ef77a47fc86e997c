//! Lists in chat: short lines, the urgent first, cut where a phone would scroll too far.

use chrono::NaiveDate;

use crate::domain::ids::TaskNo;
use crate::domain::light::Light;
use crate::domain::task::{Hold, TaskState};
use crate::wording::card::agenda::why;
use crate::wording::{day_seen_from, names, short};

/// Lines of a list before it is cut.
pub const LINES: usize = 30;

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLine {
    /// The item.
    pub task: TaskNo,
    /// What it is about.
    pub title: String,
    /// Where it stands.
    pub state: TaskState,
    /// Filings owed, waiting for the office, overdue.
    pub counts: (i64, i64, i64),
}

/// One page of a list of tasks, counted from 1.
pub fn tasks(heading: &str, lines: &[TaskLine], page: usize) -> String {
    let pages = lines.len().div_ceil(LINES).max(1);
    let shown = if pages > 1 { format!(",第{page}/{pages}页") } else { String::new() };
    let mut text = format!("{heading},共{}项{shown}", lines.len());
    for line in lines.iter().skip((page - 1).saturating_mul(LINES)).take(LINES) {
        text.push('\n');
        text.push_str(&task_line(line));
    }
    text
}

/// Whether something follows after a page.
pub fn has_more(total: usize, page: usize) -> bool {
    total > page.saturating_mul(LINES)
}

/// Nothing has these words.
pub fn nothing_found(words: &str) -> String {
    format!("没有找到“{}”。可以按编号、代号、标题里的词、单位或岗位查。", short(words, 20))
}

fn task_line(line: &TaskLine) -> String {
    let (owed, claimed, overdue) = line.counts;
    let mark = match line.state {
        TaskState::Draft => "待确认".to_owned(),
        TaskState::Suspended => "已暂停".to_owned(),
        TaskState::Closed => "已销号".to_owned(),
        TaskState::Void => "已作废".to_owned(),
        TaskState::Running if overdue > 0 => format!("红 逾期{overdue}件"),
        TaskState::Running if claimed > 0 => format!("核 待核验{claimed}件"),
        TaskState::Running if owed > 0 => format!("在办 欠{owed}件"),
        TaskState::Running => "在办".to_owned(),
    };
    format!("#{} {} · {mark}", line.task, short(&line.title, 20))
}

fn rest(total: usize) -> String {
    if total > LINES {
        format!("\n……还有{}项,按单位或工作组再查。", total - LINES)
    } else {
        String::new()
    }
}

/// One filing with a due day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueLine {
    /// The item.
    pub task: TaskNo,
    /// What it is about.
    pub title: String,
    /// Who owes it.
    pub owners: Vec<String>,
    /// By when.
    pub due: NaiveDate,
    /// How it looks.
    pub light: Light,
}

/// What is due soon or overdue.
pub fn due(lines: &[DueLine], days: i64, today: NaiveDate) -> String {
    if lines.is_empty() {
        return format!("{days}天内没有到期的,也没有逾期的。");
    }
    let mut text = format!("逾期和{days}天内到期,共{}项", lines.len());
    for line in lines.iter().take(LINES) {
        let owners: Vec<&str> = line.owners.iter().map(String::as_str).collect();
        text.push_str(&format!(
            "\n{} #{} {} · {} · {}",
            line.light.word(),
            line.task,
            short(&line.title, 16),
            day_seen_from(line.due, today),
            names(&owners, 4),
        ));
    }
    text.push_str(&rest(lines.len()));
    text
}

/// Who has not filed: by unit, with the items.
pub fn silent(by_owner: &[(String, Vec<TaskNo>)]) -> String {
    if by_owner.is_empty() {
        return "问过的都报了,没有欠报的单位。".to_owned();
    }
    let mut text = format!("还没报的,共{}家(只给督查室看)", by_owner.len());
    for (owner, tasks) in by_owner.iter().take(LINES) {
        let labels: Vec<String> = tasks.iter().take(8).map(|task| format!("#{task}")).collect();
        let more = if tasks.len() > 8 { format!("等{}项", tasks.len()) } else { String::new() };
        text.push_str(&format!("\n{owner}:{}{more}", labels.join(" ")));
    }
    text.push_str(&rest(by_owner.len()));
    text
}

/// One duty that waits for the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLine {
    /// The item, with the duty's place.
    pub label: String,
    /// The duty.
    pub duty: String,
    /// Why it waits.
    pub hold: Hold,
    /// The vague word or the date.
    pub word: String,
}

/// What waits for the office before anyone is asked.
pub fn held(lines: &[HeldLine], drafts: &[TaskLine], unsettled: &[(TaskNo, String)]) -> String {
    let mut text = format!(
        "待定清单:时限{}条,待确认{}项,责任单位未定{}条。定下来之前不催任何人。",
        lines.len(),
        drafts.len(),
        unsettled.len()
    );
    for line in lines {
        text.push_str(&format!("\n{} {} · {}", line.label, line.duty, why(line.hold, &line.word)));
    }
    for line in drafts {
        text.push_str(&format!("\n#{} {} · 待确认", line.task, short(&line.title, 20)));
    }
    for (task, words) in unsettled {
        text.push_str(&format!("\n#{task} 的“{words}”是哪几家"));
    }
    text
}

/// What one person heard and answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BurdenLine {
    /// The person, by post.
    pub name: String,
    /// Cards heard.
    pub cards: i64,
    /// How many of them in private.
    pub private: i64,
    /// Items on them.
    pub items: i64,
    /// Reports made.
    pub answers: i64,
}

/// The burden ledger of a week: the bot's own disturbance.
pub fn burden(week: &str, lines: &[BurdenLine]) -> String {
    if lines.is_empty() {
        return format!("减负账 · {week}:没有打扰过谁。");
    }
    let cards: i64 = lines.iter().map(|line| line.cards).sum();
    let most = lines.iter().map(|line| line.cards).max().unwrap_or(0);
    let mut text = format!(
        "减负账 · {week}:{}人共收{cards}张卡,平均{:.1}张,最多{most}张",
        lines.len(),
        per_head(cards, lines.len())
    );
    for line in lines.iter().take(LINES) {
        let private = if line.private > 0 { format!("(私信{})", line.private) } else { String::new() };
        text.push_str(&format!(
            "\n{} · {}张{private} · 问了{}项次 · 报了{}次",
            line.name, line.cards, line.items, line.answers
        ));
    }
    if lines.len() > LINES {
        text.push_str(&format!("\n……还有{}人。", lines.len() - LINES));
    }
    text.push_str("\n这是机器人自己的账,只说打扰多少,不作考核。");
    text
}

#[expect(clippy::cast_precision_loss, reason = "cards of a week are few")]
fn per_head(cards: i64, people: usize) -> f64 {
    cards as f64 / people.max(1) as f64
}
