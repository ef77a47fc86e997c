//! The agenda of the week's meeting in words (周会议题单): short sections, the urgent first, empty ones left out.

use chrono::NaiveDate;

use crate::domain::agenda::{Agenda, AgendaLine, Campaign, NeedsDate, Waiting, Window};
use crate::domain::card::Card;
use crate::domain::ids::TaskNo;
use crate::domain::origin::Meeting;
use crate::domain::task::Hold;
use crate::rules::terms;
use crate::wording::card::View;
use crate::wording::{day_seen_from, follow, names, people, short, weekday};

/// Lines of a section.
const LINES: usize = 8;
/// Numbers in a line.
const NUMBERS: usize = 12;
/// Names in a line.
const NAMES: usize = 3;

/// The agenda as it stands in front of the office's card.
pub(super) fn text(agenda: &Agenda, card: &Card, view: View<'_>) -> String {
    let today = view.now.today();
    let mut text = format!(
        "【周会议题单】{} · {} {}{}",
        card.chat,
        day_seen_from(card.day, today),
        weekday(card.day),
        if card.late { "(因故晚发)" } else { "" },
    );
    let before = text.len();
    if let Some(meeting) = &agenda.decided {
        text.push_str(&decided(meeting, today));
    }
    section(&mut text, "逾期", &agenda.overdue, today);
    missed(&mut text, &agenda.missed);
    section(&mut text, "两周内到期", &agenda.soon, today);
    section(&mut text, "受阻", &agenda.stuck, today);
    section(&mut text, "落后序时", &agenda.behind, today);
    new(&mut text, &agenda.new);
    if let Some(open) = &agenda.window {
        window(&mut text, open, today);
    }
    for one in &agenda.campaigns {
        text.push_str(&campaign(one, today));
    }
    undated(&mut text, &agenda.undated);
    speeches(&mut text, &agenda.speeches);
    text.push_str(&people::nobody_home_lines(&agenda.nobody, today));
    if text.len() == before {
        text.push_str("\n没有逾期、快到期和受阻的,这周不用开会催办。");
    }
    text
}

/// What the last meeting decided is asked about first.
fn decided(meeting: &Meeting, today: NaiveDate) -> String {
    let open: Vec<String> = meeting.open.iter().take(NUMBERS).map(|task| format!("#{task}")).collect();
    let open = if open.is_empty() { String::new() } else { format!(",没办结的:{}", open.join(" ")) };
    format!(
        "\n◆ 上次议定({} {}) {}件,办结{}件{open}",
        meeting.name,
        day_seen_from(meeting.on, today),
        meeting.all,
        meeting.closed
    )
}

fn section(text: &mut String, heading: &str, lines: &[AgendaLine], today: NaiveDate) {
    if lines.is_empty() {
        return;
    }
    text.push_str(&format!("\n◆ {heading} {}项", lines.len()));
    for line in lines.iter().take(LINES) {
        let owners: Vec<&str> = line.owners.iter().map(String::as_str).collect();
        let due = line.due.map(|due| format!(" · {}", day_seen_from(due, today))).unwrap_or_default();
        let note = line.note.as_deref().map(|note| format!(" · {}", short(note, 24))).unwrap_or_default();
        text.push_str(&format!(
            "\n{} #{} {} · {}{due}{note}",
            line.light.word(),
            line.task,
            short(line.title.as_deref().unwrap_or("内部事项"), 16),
            names(&owners, NAMES),
        ));
    }
    if lines.len() > LINES {
        let rest: Vec<TaskNo> = lines[LINES..].iter().map(|line| line.task).collect();
        text.push_str(&format!("\n还有 {}", numbers(&rest)));
    }
}

fn numbers(tasks: &[TaskNo]) -> String {
    let shown: Vec<String> = tasks.iter().take(NUMBERS).map(|task| format!("#{task}")).collect();
    let more = if tasks.len() > NUMBERS { format!("等{}项", tasks.len()) } else { String::new() };
    format!("{}{more}", shown.join(" "))
}

fn counted(tasks: &[(TaskNo, usize)]) -> String {
    let shown: Vec<String> =
        tasks.iter().take(NUMBERS).map(|(task, owners)| format!("#{task}({owners}家)")).collect();
    let more = if tasks.len() > NUMBERS { format!("等{}项", tasks.len()) } else { String::new() };
    format!("{}{more}", shown.join(" "))
}

fn missed(text: &mut String, tasks: &[(TaskNo, usize)]) {
    if !tasks.is_empty() {
        text.push_str(&format!("\n◆ 例行没报 {}", counted(tasks)));
    }
}

fn new(text: &mut String, lines: &[AgendaLine]) {
    if !lines.is_empty() {
        let tasks: Vec<TaskNo> = lines.iter().map(|line| line.task).collect();
        text.push_str(&format!("\n◆ 新接 {}项:{}", lines.len(), numbers(&tasks)));
    }
}

fn window(text: &mut String, open: &Window, today: NaiveDate) {
    text.push_str(&format!("\n◆ 销号窗口(到{})", day_seen_from(open.until, today)));
    if open.ripe.is_empty() && open.lacking.is_empty() {
        text.push_str(":都销完了");
    }
    if !open.ripe.is_empty() {
        text.push_str(&format!("\n已报办结待核验:{}", counted(&open.ripe)));
    }
    if !open.lacking.is_empty() {
        text.push_str(&format!("\n本季该办还没报办结:{}", counted(&open.lacking)));
    }
}

/// The weekly burn-down line of a campaign.
fn campaign(one: &Campaign, today: NaiveDate) -> String {
    let (finished, all) = one.finished;
    let next = one
        .next
        .map(|(day, percent)| format!(",下个节点{}应到{percent}%", day_seen_from(day, today)))
        .unwrap_or_default();
    format!(
        "\n◆ #{} {} · 第{}天,还剩{}天({}止) · 办完{finished}家,剩{}家(上周剩{}家) · 按序时应到{}%{next}",
        one.task,
        short(one.title.as_deref().unwrap_or("内部事项"), 16),
        one.day,
        one.days - one.day,
        day_seen_from(one.ends, today),
        all - finished,
        one.left_a_week_ago,
        one.expected,
    )
}

/// What nobody is asked about until the office has set a date, with the usual term.
fn undated(text: &mut String, needs: &[NeedsDate]) {
    if needs.is_empty() {
        return;
    }
    text.push_str(&format!("\n◆ 要先定时限 {}条(定期限 编号 日期)", needs.len()));
    for one in needs.iter().take(LINES) {
        text.push_str(&format!("\n{} {}", one.label, why(one.hold, &one.word)));
    }
    if needs.len() > LINES {
        text.push_str("\n……全部见:待定");
    }
}

/// What is to be said in the meeting after a board.
fn speeches(text: &mut String, all: &[Waiting]) {
    for one in all {
        let units: Vec<&str> = one.units.iter().map(String::as_str).collect();
        let (what, paper) = (follow::name(one.kind), one.paper);
        text.push_str(&format!("\n◆ {what}(文件{paper}):{};讲过了发:讲过 {paper}", names(&units, LINES)));
    }
}

/// Why a duty needs a date, and what would be usual.
pub fn why(hold: Hold, word: &str) -> String {
    match hold {
        Hold::Vague => match terms::suggested(word) {
            Some(term) => format!("只写了“{word}”,建议:{term}"),
            None => format!("只写了“{word}”"),
        },
        Hold::Historic => format!("{word} 早于成文日:已完成补证、改期还是作废"),
    }
}
