//! The slip (督办单): one printable page for one unit and one duty, blue for due soon, yellow for behind, red for overdue, with
//! its return slip below. The words stand in the template `slip.txt`.

use serde::Serialize;
use serde_json::Value;

use crate::assess::facts::{Facts, Item};
use crate::assess::warn::{Colour, colour};
use crate::documents::frozen::Sheet;
use crate::documents::official::Layout;
use crate::domain::filing::Owner;
use crate::domain::light::Light;
use crate::domain::schedule;
use crate::wording::papers::light_name;
use crate::wording::{day, short};

/// Characters of what a visit found.
const VISIT: usize = 160;
/// The colour of a follow-up slip.
const VISITED: &str = "2E7D4F";
/// Characters of a quoted report.
const QUOTED: usize = 60;

/// What the template may name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Told {
    colour: &'static str,
    number: String,
    unit: String,
    post: String,
    label: String,
    title: String,
    text: String,
    basis: String,
    due: String,
    /// `已逾期7个工作日`, `还有3个工作日`; empty where there is no day.
    left: String,
    percent: String,
    last: String,
    blocker: String,
    returns: u32,
    extensions: i64,
    issuer: String,
    today: String,
    is_red: bool,
    is_yellow: bool,
}

/// What the template of a follow-up slip may name: all that the slip has, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Visited {
    /// The number of the slip before; the follow-up has its own.
    slip: String,
    before: String,
    now: String,
    visit: String,
    was_red: bool,
    #[serde(flatten)]
    told: Told,
    number: String,
}

/// The slips of some items, each a sheet of its own; those that call for none are left out.
pub fn slips<'a>(
    facts: &Facts,
    items: impl IntoIterator<Item = &'a Item>,
    layout: &Layout,
) -> serde_json::Result<Vec<(&'a Item, Sheet)>> {
    let mut sheets = Vec::new();
    for item in items {
        // A confidential item is told in private and never on paper.
        let is_told = facts.tasks.get(&item.task).is_some_and(|task| !task.confidential);
        let Some(colour) = colour(facts, item).filter(|_| is_told) else { continue };
        let banner = Some((title(colour).to_owned(), ink(colour).to_owned()));
        let told: Value = serde_json::to_value(told(facts, item, colour, layout))?;
        sheets.push((item, Sheet { banner, told }));
    }
    Ok(sheets)
}

/// The follow-up slips of some items. Only what the office verifies is visited, and nothing confidential goes on paper.
pub fn visits<'a>(
    facts: &Facts,
    items: impl IntoIterator<Item = &'a Item>,
    layout: &Layout,
    words: &str,
) -> serde_json::Result<Vec<(&'a Item, Sheet)>> {
    let is_told = |item: &&Item| facts.tasks.get(&item.task).is_some_and(|task| !task.confidential);
    let is_meant = |item: &&Item| item.filing.reviewed && !item.filing.progress && item.counts();
    let meant = items.into_iter().filter(is_told).filter(is_meant);
    meant.map(|item| Ok((item, visit(facts, item, layout, words)?))).collect()
}

/// The follow-up slip (回访单) of an item, after somebody has gone and looked: `visit` is what was found. The colour it had
/// stays in sight; history is not rewritten.
fn visit(facts: &Facts, item: &Item, layout: &Layout, visit: &str) -> serde_json::Result<Sheet> {
    let was_red = item.filing.was_overdue;
    let slip = if was_red { Colour::Red } else { Colour::Yellow };
    let told = told(facts, item, slip, layout);
    let number = told.number.replacen(&format!("督{}", told.colour), "督访", 1);
    let now = light_name(facts.light(item)).to_owned();
    let before = if was_red { light_name(Light::Red) } else { light_name(Light::Yellow) }.to_owned();
    let visit = short(visit, VISIT).replace('|', "/");
    let told = Visited { slip: told.number.clone(), number, before, now, visit, was_red, told };
    let banner = Some(("回 访 单".to_owned(), VISITED.to_owned()));
    Ok(Sheet { banner, told: serde_json::to_value(told)? })
}

fn title(colour: Colour) -> &'static str {
    match colour {
        Colour::Blue => "督 办 单(蓝 · 到期提醒)",
        Colour::Yellow => "督 办 单(黄 · 进度预警)",
        Colour::Red => "督 办 单(红 · 逾期督办)",
    }
}

fn ink(colour: Colour) -> &'static str {
    match colour {
        Colour::Blue => "1F4E9E",
        Colour::Yellow => "B07A00",
        Colour::Red => "C00000",
    }
}

fn told(facts: &Facts, item: &Item, colour: Colour, layout: &Layout) -> Told {
    let standing = &item.filing.standing;
    let word = match colour {
        Colour::Blue => "蓝",
        Colour::Yellow => "黄",
        Colour::Red => "红",
    };
    let (unit, post) = addressee(facts, item.filing.owner);
    let task = facts.tasks.get(&item.task);
    let plan = task.map(|task| &task.plan);
    let said_on = standing.reported_at.map(|at| day(facts.now.date_of(at)));
    let last = standing.last_text.as_deref().zip(said_on);
    let today = facts.now.today();
    let year = today.format("%Y");
    let flat = |text: &str| short(text, QUOTED).replace('|', "/");
    Told {
        colour: word,
        // A filing's number is given once in the office and never again.
        number: format!("督{word}〔{year}〕{}号", item.filing.id),
        unit,
        post,
        label: facts.label(item),
        title: flat(facts.title(item.task)),
        text: flat(facts.text(item.duty)),
        basis: plan.map(|plan| format!("《{}》({})", flat(&plan.title), plan.doc_no)).unwrap_or_default(),
        due: standing.due_on.map(|due| format!("{}年{}", due.format("%Y"), day(due))).unwrap_or_default(),
        left: left(facts, item),
        percent: format!("{}%", schedule::reached(&item.filing)),
        last: last.map(|(text, on)| format!("{on}报:{}", flat(text))).unwrap_or_default(),
        blocker: standing.blocker.as_deref().map(flat).unwrap_or_default(),
        returns: item.course.returns,
        extensions: standing.extensions,
        issuer: layout.issuer.clone(),
        today: format!("{year}年{}", day(today)),
        is_red: colour == Colour::Red,
        is_yellow: colour == Colour::Yellow,
    }
}

/// Whom it goes to: the unit or team, and the post that answers for it.
fn addressee(facts: &Facts, owner: Owner) -> (String, String) {
    let (name, head) = match owner {
        Owner::Unit(unit) => {
            let unit = facts.units.get(&unit);
            (unit.map(|unit| unit.name.clone()), unit.and_then(|unit| unit.head.clone()))
        }
        Owner::Team(team) => {
            let team = facts.teams.get(&team);
            (team.map(|team| team.short.clone()), team.and_then(|team| team.head.clone()))
        }
    };
    (name.unwrap_or_default(), head.unwrap_or_else(|| "(空缺)".to_owned()))
}

fn left(facts: &Facts, item: &Item) -> String {
    let Some(due) = item.filing.standing.due_on else { return String::new() };
    let today = facts.now.today();
    match facts.calendar.between(today, due) {
        _ if facts.is_missing(item) => match facts.calendar.between(due, today) {
            0 => "已过期限".to_owned(),
            days => format!("已逾期{days}个工作日"),
        },
        0 => "今天到期".to_owned(),
        left => format!("还有{left}个工作日"),
    }
}
