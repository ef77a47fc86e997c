//! What stands open, in words: the hand-over card (交接包) and the county leaders' weekly summary.

use chrono::NaiveDate;

use crate::domain::agenda::AgendaLine;
use crate::domain::brief::{Brief, Pack, Scope};
use crate::domain::card::Card;
use crate::wording::card::View;
use crate::wording::{day_seen_from, names, short, weekday};

/// Lines of a section.
const LINES: usize = 8;
/// Lines of a section where a county leader reads about several teams.
const FEW: usize = 4;
/// Numbers in a line.
const NUMBERS: usize = 16;
/// Names in a line.
const NAMES: usize = 3;

/// What somebody has just taken over.
pub(super) fn packs(packs: &[Pack], card: &Card, view: View<'_>) -> String {
    let today = view.now.today();
    let mut text = format!("【交接包】{} {}", day_seen_from(card.day, today), weekday(card.day));
    for pack in packs {
        let before = pack.before.as_deref().map(|before| format!(",接{before}")).unwrap_or_default();
        let role = match pack.until {
            Some(until) => format!("代理{},到{}", pack.title, day_seen_from(until, today)),
            None => format!("{},{}起{before}", pack.title, day_seen_from(pack.since, today)),
        };
        text.push_str(&format!("\n{role}。{}", totals(&pack.brief)));
        text.push_str(&sections(&pack.brief, LINES, false, today));
    }
    text.push_str("\n以前报过的、批过的都还在,发“事项 编号”看全程。情况直接回复就行,比如:#编号 完成60%");
    text
}

/// What a county leader reads once a week. Nothing is asked.
pub(super) fn summary(scopes: &[Scope], card: &Card, view: View<'_>) -> String {
    let today = view.now.today();
    let mut text = format!(
        "【每周一览】{} · {} {}{}",
        card.chat,
        day_seen_from(card.day, today),
        weekday(card.day),
        if card.late { "(因故晚发)" } else { "" },
    );
    for scope in scopes {
        let closed =
            if scope.closed > 0 { format!(",近7天销号{}项", scope.closed) } else { String::new() };
        text.push_str(&format!("\n■ {}:{}{closed}", scope.name, totals(&scope.brief)));
        text.push_str(&sections(&scope.brief, FEW, true, today));
    }
    text.push_str("\n只供参阅,不用填报。");
    text
}

/// How a team or remit stands: name, totals, and the first items of what needs attention.
pub fn scope(scope: &Scope, today: NaiveDate) -> String {
    let closed = if scope.closed > 0 { format!(",近7天销号{}项", scope.closed) } else { String::new() };
    let sections = sections(&scope.brief, FEW, true, today);
    format!("{}:{}{closed}{sections}", scope.name, totals(&scope.brief))
}

/// How many there are, and of what kind.
fn totals(brief: &Brief) -> String {
    let counted = [
        ("逾期", brief.overdue.len()),
        ("两周内到期", brief.soon.len()),
        ("受阻", brief.stuck.len()),
        ("待核验", brief.waiting.len()),
    ];
    let parts: Vec<String> = counted
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{word}{count}"))
        .collect();
    let parts = if parts.is_empty() { String::new() } else { format!("({})", parts.join(",")) };
    format!("在办{}项{parts}", brief.items())
}

fn sections(brief: &Brief, most: usize, owners: bool, today: NaiveDate) -> String {
    let mut text = String::new();
    for (heading, lines) in [
        ("逾期", &brief.overdue),
        ("两周内到期", &brief.soon),
        ("受阻", &brief.stuck),
        ("报了办结或延期,等督查室", &brief.waiting),
    ] {
        if lines.is_empty() {
            continue;
        }
        text.push_str(&format!("\n◆ {heading} {}项", lines.len()));
        for one in lines.iter().take(most) {
            text.push_str(&line(one, owners, today));
        }
        if lines.len() > most {
            text.push_str(&format!("\n还有 {}", numbers(&lines[most..])));
        }
    }
    if !owners && !brief.others.is_empty() {
        text.push_str(&format!("\n◆ 其余在办 {}项:{}", brief.others.len(), numbers(&brief.others)));
    }
    text
}

fn line(line: &AgendaLine, owners: bool, today: NaiveDate) -> String {
    let units: Vec<&str> = line.owners.iter().map(String::as_str).collect();
    let who = if owners { format!(" · {}", names(&units, NAMES)) } else { String::new() };
    let due = line.due.map(|due| format!(" · {}", day_seen_from(due, today))).unwrap_or_default();
    let note = line.note.as_deref().map(|note| format!(" · {}", short(note, 24))).unwrap_or_default();
    let title = short(line.title.as_deref().unwrap_or("内部事项"), 18);
    format!("\n{} #{} {title}{who}{due}{note}", line.light.word(), line.task)
}

fn numbers(lines: &[AgendaLine]) -> String {
    let shown: Vec<String> = lines.iter().take(NUMBERS).map(|line| format!("#{}", line.task)).collect();
    let more = if lines.len() > NUMBERS { format!("等{}项", lines.len()) } else { String::new() };
    format!("{}{more}", shown.join(" "))
}
