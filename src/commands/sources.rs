//! Items that come from no notice: orders of leaders (签批), decisions of meetings (议定), what is given out otherwise (交办), what
//! enterprises need (企困), what inspections find (暗访), problems that units own up to (问题). One way in for all of them: an order
//! with a matter, units and a term becomes a running item at once, and those who owe it are told.

pub mod course;
pub mod need;
pub mod orders;
pub mod package;
pub mod problem;
pub mod suggest;
pub mod visit;

use chrono::{Days, NaiveDate};

use crate::commands::{Call, Trouble, args};
use crate::domain::ids::TaskNo;
use crate::domain::origin::{Origin, Source};
use crate::domain::review::Refusal;
use crate::store::origins::{self, New};
use crate::store::people::UnitFound;
use crate::store::{chats, filings, people};
use crate::wording::sources as wording;
use crate::wording::{Spoken, refusal, without_number};

/// Words before the name of a unit that say no more than that it is meant.
const BEFORE: [&str; 8] = ["主办:", "责任单位:", "牵头:", "由", "请", "交", "责成", "主办"];
/// What is left of a term once its date is taken out.
const LEFT_OVER: [&str; 6] = ["前", "之前", "以前", "期限", "内", "前办结"];
/// The word that keeps an item out of groups.
const INTERNAL: &str = "不公开";
/// The longest matter that is kept, in characters.
const MATTER_MAX: usize = 200;

/// What an order says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    /// By when, where it is written.
    pub due: Option<NaiveDate>,
    /// Who does it.
    pub units: Vec<UnitFound>,
    /// What.
    pub matter: String,
    /// Whether it may be told in private on a trusted channel only.
    pub confidential: bool,
}

/// Reads an order, whatever its order of words: `7月15日前 县住建局、县财政局 修好二号泵站`.
pub(super) async fn read(call: &mut Call<'_>, text: &str) -> Result<Order, Trouble> {
    let (due, rest) = match args::take_date(text, call.now.today()) {
        Some((due, rest)) => (Some(due), rest),
        None => (None, text.to_owned()),
    };
    let (mut units, mut matter, mut confidential): (Vec<UnitFound>, Vec<&str>, bool) =
        (Vec::new(), Vec::new(), false);
    for word in rest.split(|c: char| c.is_whitespace() || ",;".contains(c)).filter(|word| !word.is_empty()) {
        if word == INTERNAL {
            confidential = true;
            continue;
        }
        match named(call, word).await? {
            Some(found) => units.extend(found),
            None if LEFT_OVER.contains(&word) => {}
            None => matter.push(word),
        }
    }
    let matter: String = matter.join(" ").chars().take(MATTER_MAX).collect();
    units.dedup_by_key(|unit| unit.id);
    Ok(Order { due, units, matter: matter.trim_matches([':', '。', '.']).to_owned(), confidential })
}

/// The units that a word names, where it names nothing else.
async fn named(call: &mut Call<'_>, word: &str) -> Result<Option<Vec<UnitFound>>, Trouble> {
    let word = BEFORE.iter().find_map(|before| word.strip_prefix(before)).unwrap_or(word);
    let mut units = Vec::new();
    for name in word.split(['、', '和']).filter(|name| !name.is_empty()) {
        let (Some(unit), "") = args::take_unit(call, name).await? else {
            return Ok(None);
        };
        units.push(unit);
    }
    Ok((!units.is_empty()).then_some(units))
}

/// Where an item comes from, besides its kind.
pub(super) struct From<'a> {
    /// The kind.
    pub source: Source,
    /// Who ordered it, asked for it or found it.
    pub by_whom: &'a str,
    /// The item of a plan that it belongs to.
    pub parent: Option<TaskNo>,
}

/// Adds an item and tells those who owe it. Gives its number and what was added, in words.
pub(super) async fn add(
    call: &mut Call<'_>,
    from: &From<'_>,
    order: &Order,
) -> Result<(TaskNo, String), Trouble> {
    if order.matter.is_empty() {
        return Err(Trouble::refused(wording::no_matter()));
    }
    if order.units.is_empty() {
        return Err(Trouble::refused(wording::no_units(&order.matter)));
    }
    let today = call.now.today();
    // What no order says is proposed, and read back.
    let usual = today.checked_add_days(Days::new(from.source.usual_days())).unwrap_or(today);
    let due = order.due.unwrap_or_else(|| call.settings.calendar.on_or_before(usual).max(today));
    if due < today {
        return Err(Trouble::refused(wording::past_term()));
    }
    let new = New {
        source: from.source,
        by_whom: from.by_whom.to_owned(),
        parent: from.parent,
        matter: order.matter.clone(),
        units: order.units.iter().map(|unit| unit.id).collect(),
        due,
        confidential: order.confidential,
    };
    let task = origins::add(call.conn, &new, call.now, call.cause).await?;
    for owed in filings::of_task(call.conn, task).await? {
        let told = wording::given_to_you(from.source, from.by_whom, (task, &owed.title), (due, today));
        call.tell_owner(&owed, told).await?;
    }
    let names: Vec<&str> = order.units.iter().map(|unit| unit.short.as_str()).collect();
    let title = if call.may_tell(order.confidential) { order.matter.as_str() } else { refusal::INTERNAL };
    Ok((task, wording::added(task, title, &names, (due, today), order.due.is_none())))
}

/// The item that a command is about, which has to come from this source.
pub(super) async fn item_of(
    call: &mut Call<'_>,
    task: TaskNo,
    sources: &[Source],
) -> Result<Origin, Trouble> {
    let origin = origins::of(call.conn, task).await?.filter(|origin| sources.contains(&origin.source));
    origin.ok_or_else(|| Trouble::refused(wording::not_of_this_kind(task, sources)))
}

/// Refuses to close an item that waits for a second look.
pub(super) async fn check_second_look(call: &mut Call<'_>, task: TaskNo) -> Result<(), Trouble> {
    match origins::of(call.conn, task).await? {
        Some(origin) if !origin.source.may_close(origin.content) => {
            Err(Trouble::refused(wording::look_again_first(task, origin.source, &origin.by_whom)))
        }
        _ => Ok(()),
    }
}

/// What is refused because nothing waits for it.
fn nothing_claimed(task: TaskNo) -> Trouble {
    Trouble::refused(refusal::refused(task, Refusal::NothingClaimed))
}

/// Reports the end of an order to whoever gave it (办结回呈): in private where the post reads a chat of ours, else through the office.
pub(super) async fn answer_whoever_ordered(call: &mut Call<'_>, task: TaskNo) -> Result<(), Trouble> {
    let Some(origin) = origins::of(call.conn, task).await?.filter(|origin| origin.source.is_answered())
    else {
        return Ok(());
    };
    let owed = filings::of_task(call.conn, task).await?;
    let Some(first) = owed.first() else { return Ok(()) };
    let mut owners: Vec<&str> = owed.iter().map(|owed| owed.owner.as_str()).collect();
    owners.dedup();
    let words = first.filing.standing.last_text.clone().unwrap_or_default();
    let title = if first.confidential { refusal::INTERNAL } else { first.title.as_str() };
    let words = if first.confidential { "" } else { without_number(&words, task) };
    let text = wording::done_for_you(&origin.by_whom, (task, title), &owners.join("、"), words);
    match people::private_chat_of_post(call.conn, &origin.by_whom).await? {
        Some(chat) => call.tell(chat, Spoken::text(text)).await?,
        None => {
            if let Some(office) = chats::office(call.conn).await? {
                call.tell(office, Spoken::text(wording::pass_on(&text))).await?;
            }
        }
    }
    Ok(())
}
