//! The words after a paper's name: a period, a team, a front, a unit, an item, a board, a length.

use super::{Front, Office, Order};
use crate::commands::{Call, Trouble};
use crate::documents::bulletin::Length;
use crate::domain::chinese::period::period;
use crate::domain::ids::TaskNo;
use crate::domain::paper::PaperKind;
use crate::domain::period::{Cadence, Period};
use crate::store::people;
use crate::wording::signing as wording;

/// Reads the office's layout, templates and rules; what is wrong with them is told to whoever asks.
pub fn office(call: &Call<'_>) -> Result<Office, Trouble> {
    Office::read(&call.settings.papers)
        .map_err(|error| Trouble::refused(wording::broken(&format!("{error:#}"))))
}

/// Reads what is wanted; without a period it is of the present month, a board of the present quarter.
pub async fn read(
    call: &mut Call<'_>,
    kind: PaperKind,
    rest: &str,
    office: &Office,
) -> Result<Order, Trouble> {
    let today = call.now.today();
    let cadence = if kind == PaperKind::Board { Cadence::Quarter } else { Cadence::Month };
    let mut wish = Wish { period: Period::containing(cadence, today), ..Wish::default() };
    for word in rest.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
        wish.hear(call, word, office).await?;
    }
    let Wish { period, length, team, front, board, task, unit } = wish;
    if let Some(front) = front.as_ref().filter(|_| kind != PaperKind::Bulletin) {
        return Err(Trouble::refused(wording::front_of_bulletins_only(&front.post)));
    }
    let order = Order::of(kind, period, today).ok_or_else(|| Trouble::refused(wording::what_is(rest)))?;
    Ok(Order { length, team, front, board, task, unit, ..order })
}

struct Wish {
    period: Period,
    length: Length,
    team: Option<String>,
    front: Option<Front>,
    board: Option<String>,
    task: Option<TaskNo>,
    unit: Option<String>,
}

impl Default for Wish {
    fn default() -> Wish {
        let (team, front, board, task, unit) = (None, None, None, None, None);
        Wish { period: Period::Once, length: Length::Full, team, front, board, task, unit }
    }
}

impl Wish {
    async fn hear(&mut self, call: &mut Call<'_>, word: &str, office: &Office) -> Result<(), Trouble> {
        let boards = &office.rules.board;
        let bare = word.trim_start_matches('#').trim_end_matches('号');
        if let Some(length) = length(word) {
            self.length = length;
        } else if let Some(task) =
            bare.parse().ok().filter(|number: &i64| *number < 1000 || word.starts_with('#'))
        {
            self.task = Some(TaskNo(task));
        } else if let Some(period) = period(word, call.now.today()) {
            self.period = period;
        } else if let Some(rule) =
            boards.iter().find(|rule| rule.name == word || rule.name == format!("{word}榜"))
        {
            self.board = Some(rule.name.clone());
        } else if let Some((_, team)) = people::team_by_name(call.conn, word).await? {
            self.team = Some(team);
        } else if let Some(unit) = people::unit_by_name(call.conn, word).await? {
            self.unit = Some(unit.short);
        } else if let Some(front) = Front::find(call.conn, word).await? {
            if front.units.is_empty() {
                return Err(Trouble::refused(wording::no_front(&front.post)));
            }
            self.front = Some(front);
        } else {
            return Err(Trouble::refused(wording::what_is(word)));
        }
        Ok(())
    }
}

fn length(word: &str) -> Option<Length> {
    match word {
        "半页" | "简报" => Some(Length::Half),
        "口头" | "口播" | "百字" => Some(Length::Spoken),
        "全文" => Some(Length::Full),
        _ => None,
    }
}

/// Whether the words can only be meant for a paper: talk that happens to open with its name is no order.
pub fn could_be(rest: &str) -> bool {
    let first = rest.split_whitespace().next().unwrap_or_default();
    // Which year the period lies in does not matter here.
    let any_day = chrono::NaiveDate::default();
    first.is_empty()
        || first.is_ascii()
        || length(first).is_some()
        || rest.split_whitespace().any(|word| period(word, any_day).is_some())
        || ["组", "局", "乡", "镇", "榜", "室", "办", "区", "中心"].iter().any(|end| first.ends_with(end))
}
