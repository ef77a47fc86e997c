//! What is said about papers on their way from a draft to what is handed out.

mod course;
mod refused;

use chrono::{Datelike as _, NaiveDate};

use crate::assess::board::Own;
use crate::domain::ids::{ChatId, ObjectionId, PaperId, TaskNo};
use crate::domain::paper::PaperKind;
use crate::domain::period::{Cadence, Period};
use crate::domain::tap::Tap;
use crate::wording::papers::{earned, figure, verdict};
use crate::wording::{Choice, Spoken, day, short};

pub use course::{Course, changed, course, list, sent, state};
pub use refused::{
    broken, front_of_bulletins_only, no_front, no_slip, no_such_chat, no_such_objection, no_such_paper,
    nothing_to_object, refused, was_erased, what_is, which_board, whose_objection, whose_slip,
};

/// What the numbers of a bulletin are called: owed, accepted, claimed, missing, open, exempt.
pub const FILED: [&str; 6] = ["应报", "已完成", "待核验", "到期未报", "未到期", "容错不计"];

/// `2022年二季度`, or the days.
pub fn period_name(period: Option<Period>, (from, until): (NaiveDate, NaiveDate)) -> String {
    match period {
        Some(Period::Year { year }) => format!("{year}年"),
        Some(period) => format!("{}年{}", until.year(), period.chinese()),
        None => format!("{}年{}至{}", from.year(), day(from), day(until)),
    }
}

/// What a paper is about, by name.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// The period, where it is of one.
    pub period: Option<Period>,
    /// The board.
    pub board: Option<&'a str>,
    /// The team.
    pub team: Option<&'a str>,
    /// The post whose front it is about.
    pub front: Option<&'a str>,
    /// The item.
    pub task: Option<TaskNo>,
    /// The unit.
    pub unit: Option<&'a str>,
    /// Whether a slip follows a second visit.
    pub visits: bool,
}

/// What a paper is called: `2022年二季度季通报`.
pub fn title(kind: PaperKind, period: &str, of: &Named<'_>) -> String {
    let team = of.team.map(str::to_owned).or_else(|| of.front.map(front)).unwrap_or_default();
    match kind {
        PaperKind::Ledger => format!("{period}{team}督办台账"),
        PaperKind::Bulletin => format!("{period}{team}{}", bulletin(of.period)),
        PaperKind::Chart => format!("{period}{team}进展图"),
        PaperKind::Board => format!("{period}{}", of.board.unwrap_or("榜")),
        PaperKind::Slip => {
            let task = of.task.map(|task| format!(" #{task}")).unwrap_or_default();
            let unit = of.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
            let name = if of.visits { "回访单" } else { "督办单" };
            format!("{name}{task}{unit}")
        }
    }
}

/// What a front is called.
pub fn front(post: &str) -> String {
    format!("{post}分管战线")
}

/// What a bulletin of a period is called.
pub fn bulletin(period: Option<Period>) -> &'static str {
    match period.and_then(Period::cadence) {
        Some(Cadence::Week) => "周小结",
        Some(Cadence::Quarter | Cadence::Half) => "季通报",
        Some(Cadence::Year) => "年底通报",
        Some(Cadence::Month) | None => "月调度",
    }
}

/// A signed paper may or may not have arrived.
pub fn fate_unknown(title: &str, chat: &str) -> String {
    format!(
        "《{title}》发往{chat}时断了线,不知道到没到。请到群里看一眼:没到的,再发一次“发布”;系统不会自己重发。"
    )
}

/// Characters of a hash that people compare.
const CHECK: usize = 12;
/// Filings that are told one by one.
const BASIS: usize = 20;

/// A paper, as it is spoken of.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Its number.
    pub id: PaperId,
    /// What it is.
    pub kind: PaperKind,
    /// What it is called.
    pub title: &'a str,
    /// Which version.
    pub version: i64,
    /// Its hash.
    pub sha256: &'a str,
}

impl Told<'_> {
    fn name(&self) -> String {
        let version = if self.version > 1 { format!("第{}版 ", self.version) } else { String::new() };
        format!("{} {version}文件{}", self.title, self.id)
    }

    /// The beginning of its hash.
    fn check(&self) -> &str {
        self.sha256.get(..CHECK).unwrap_or(self.sha256)
    }
}

/// A draft is there.
pub fn drafted(told: &Told<'_>, by: &str, figures: &[(String, String)]) -> Spoken {
    let next = match told.kind {
        PaperKind::Board => format!("负责人看过后先公示:公示 {}", told.id),
        _ => format!("负责人看过后签发:签发 {}", told.id),
    };
    let numbers = numbers(figures);
    let text = format!("【草稿】{}\n拟稿:{by}{numbers}\n{next}", told.name());
    let choice = match told.kind {
        PaperKind::Board => Choice::new(format!("公示 {}", told.id), Tap::ReleaseBoard(told.id)),
        _ => Choice::new(format!("签发 {}", told.id), Tap::Sign(told.id)),
    };
    Spoken { text, choices: vec![vec![choice]] }
}

/// A few numbers of a paper in one line.
fn numbers(figures: &[(String, String)]) -> String {
    const SHOWN: usize = 6;
    let shown: Vec<String> =
        figures.iter().take(SHOWN).map(|(name, value)| format!("{name} {value}")).collect();
    let more = if figures.len() > SHOWN { "……" } else { "" };
    if shown.is_empty() { String::new() } else { format!("\n{}{more}", shown.join(";")) }
}

/// The line to a file.
pub fn caption(title: &str, mark: Option<&str>) -> String {
    mark.map_or_else(|| format!("《{title}》"), |mark| format!("《{title}》({mark})"))
}

/// A ledger is on its way.
pub fn ledger(title: &str) -> String {
    format!("{title}随后发来。台账随时在变,不签发。")
}

/// A board was put before the units.
pub fn released(told: &Told<'_>, until: NaiveDate, shown: usize, unreached: &[String]) -> String {
    let mut text = format!(
        "已公示 ✓ {}\n{shown}家各自收到了自己的一行和依据,{}下班前可申诉;期满没有未答复的申诉,再签发。",
        told.name(),
        day(until)
    );
    if !unreached.is_empty() {
        text.push_str(&format!("\n联系不上、请转告:{}", unreached.join("、")));
    }
    text
}

/// What a unit is shown of a board before it is signed.
pub fn own_row(told: &Told<'_>, own: &Own, measure: &str, until: NaiveDate) -> String {
    let row = &own.row;
    let end = if own.end_word.is_empty() { String::new() } else { format!(",拟列{}", own.end_word) };
    let mut text = format!(
        "【公示核对·草稿,不得外传】{}\n{}:第{}名(共{}家),{}{measure}{end}",
        told.title,
        row.name,
        row.rank,
        own.among,
        figure(row.figure.tenths, measure)
    );
    if own.basis.is_empty() {
        text.push_str(&format!("\n依据:督查室录入的数,评价人次{}", row.figure.votes));
    } else {
        text.push_str("\n依据:");
    }
    for one in own.basis.iter().take(BASIS) {
        let due = one.due.map(|due| format!("应{},", day(due))).unwrap_or_default();
        let words = short(&one.text, 16);
        text.push_str(&format!("\n{} {words}({due}{})得 {}", one.label, verdict(one.verdict), earned(one)));
    }
    if own.basis.len() > BASIS {
        text.push_str(&format!("\n……共{}条,要全部请找督查室", own.basis.len()));
    }
    text.push_str(&format!("\n只发给你单位。有异议,{}下班前说:申诉 {} 理由", day(until), told.id));
    text
}

/// A paper was signed.
pub fn signed(told: &Told<'_>, by: &str, groups: &[(ChatId, String)]) -> Spoken {
    const BUTTONS: usize = 8;
    let text = format!(
        "已签发 ✓ {}\n签发:{by};校验码 {}。发给哪些群,点下面,或说:发布 {} 群名",
        told.name(),
        told.check(),
        told.id
    );
    let choice = |(chat, title): &(ChatId, String)| {
        vec![Choice::new(format!("发到 {}", short(title, 12)), Tap::Publish(told.id, *chat))]
    };
    Spoken { text, choices: groups.iter().take(BUTTONS).map(choice).collect() }
}

/// The office hears of what the head signed elsewhere.
pub fn was_signed(told: &Told<'_>, by: &str) -> String {
    format!("{by}已签发 {},校验码 {}。", told.name(), told.check())
}

/// A paper is on its way to chats.
pub fn published(told: &Told<'_>, chats: &[String]) -> String {
    format!("已发布 ✓ {}\n发往:{}", told.name(), chats.join("、"))
}

/// What stands in a chat above a board: its rows in words.
pub fn board(title: &str, rows: &[Own], measure: &str) -> String {
    let mut text = format!("【{title}】");
    for own in rows {
        let end = if own.end_word.is_empty() { String::new() } else { format!(" {}", own.end_word) };
        let figure = figure(own.row.figure.tenths, measure);
        text.push_str(&format!("\n{} {} {figure}{measure}{end}", own.row.rank, own.row.name));
    }
    text.push_str("\n只算督查室核定的结果,同分并列,容错不计。");
    text
}

/// A paper was taken back.
pub fn withdrawn(told: &Told<'_>, why: &str, chats: usize) -> String {
    let told_to = if chats == 0 { String::new() } else { format!(",已告知{chats}个收到的群和人") };
    format!("已撤回 ✓ {}(原因:{why}){told_to}。", told.name())
}

/// Whoever had it is told that it was taken back.
pub fn taken_back(title: &str, why: &str) -> String {
    format!("《{title}》已撤回,请不要再用(原因:{why})。")
}

/// An objection was recorded.
pub fn objected(told: &Told<'_>, objection: ObjectionId) -> String {
    format!("已记 ✓ 对{}的申诉(申诉{objection}),督查室核对后答复。", told.title)
}

/// The office hears of an objection.
pub fn objection(told: &Told<'_>, objection: &ObjectionLine<'_>) -> String {
    let ObjectionLine { id, unit, by, words, .. } = objection;
    format!(
        "【申诉{id}】{}\n{unit}({by}):{}\n答复:申诉 答复 {id} 采纳(或 不采纳) 理由",
        told.name(),
        short(words, 200)
    )
}

/// An objection, as it is spoken of.
#[derive(Debug, Clone, Copy)]
pub struct ObjectionLine<'a> {
    /// Its number.
    pub id: ObjectionId,
    /// Whose.
    pub unit: &'a str,
    /// Who raised it.
    pub by: &'a str,
    /// What it says.
    pub words: &'a str,
    /// The answer.
    pub answer: Option<(bool, &'a str)>,
}

/// An objection was answered; the office reads it.
pub fn answered(objection: &ObjectionLine<'_>, upheld: bool, told: &Told<'_>) -> String {
    let next = if upheld {
        format!("\n{}要按核对后的情况重拟,再公示。", told.name())
    } else {
        String::new()
    };
    format!("已答复 ✓ 申诉{}({}){}{next}", objection.id, objection.unit, verdict_of(upheld))
}

fn verdict_of(upheld: bool) -> &'static str {
    if upheld { "采纳" } else { "不采纳" }
}

/// The unit reads the answer.
pub fn your_answer(title: &str, upheld: bool, words: &str) -> String {
    let next = if upheld { "榜要重拟,重拟后再发你核对。" } else { "" };
    format!("【申诉答复】{title}:{}。{words}\n{next}", verdict_of(upheld)).trim_end().to_owned()
}
