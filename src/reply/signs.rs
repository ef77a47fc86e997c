//! The signs of a clause: what it may say of an item, before anything is decided between clauses.

use chrono::NaiveDate;

use super::amount::{Growth, Weight};
use super::blocker::Obstruction;
use super::view::Claim;
use crate::domain::quantity::Quantity;

/// The signs of a clause.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent signs, weighed later in one place")]
pub(super) struct Signs {
    pub done: Option<Claim>,
    /// Speaks against a finish: 未完成, 正在, 60%, 预计.
    pub undone: bool,
    /// A figure short of the whole, or a finish denied: 未完成, 60%.
    pub short: bool,
    /// Denies something, and no word tells what: it takes the edge off a plain claim.
    pub doubt: bool,
    /// Names things without saying anything of them yet: 土地报批,施工招标,
    pub nominal: bool,
    pub extend: bool,
    pub new_due: Option<NaiveDate>,
    /// The day that is asked for by a word for more time.
    pub asked_due: Option<NaiveDate>,
    /// A day to come on which the whole is to be finished.
    pub finish_by: Option<NaiveDate>,
    /// Any day to come.
    pub coming: Option<NaiveDate>,
    pub obstruction: Obstruction,
    pub not_started: bool,
    /// It is still to begin on a day that is told, and nothing else: 本周部署.
    pub to_begin: bool,
    /// A step that comes first has not been taken: 灯还没装 says so of the whole only where nothing else has moved.
    pub no_step: bool,
    pub on_track: bool,
    /// Something has happened that no rule knows.
    pub happened: bool,
    pub fine: bool,
    pub no_change: bool,
    pub ack: bool,
    pub until: Option<NaiveDate>,
    pub query: bool,
    /// It will be done at once: 今天就弄.
    pub will_do: bool,
    /// A question for a form: what cannot be found or opened then is that form.
    pub paper: bool,
    pub chat: bool,
    pub percent: Option<f64>,
    pub quantity: Option<Quantity>,
    /// How much the amount says of the whole.
    pub weight: Weight,
    /// What it tells of a total in two figures.
    pub growth: Growth,
    /// The target itself, where a figure of the clause is as much: 六百人的班全结业了.
    pub whole: Option<Quantity>,
    /// The amount it tells reaches the target.
    pub reached: bool,
    /// It says what was done with all of them: 全部取缔.
    pub of_all: bool,
    /// It says that none is left: 一个不剩.
    pub none_left: bool,
    /// It says that the target is passed.
    pub over: bool,
    /// Says that the item is somebody else's.
    pub disowns: bool,
    /// It opens a condition: 要是县长有空.
    pub supposed: bool,
    /// Names a cause: 因变压器未送电.
    pub cause: bool,
    /// Something has happened, by its own word: 已, 了.
    pub already: bool,
    /// It tells of another year or another time: 去年的早就完成了.
    pub earlier: bool,
    /// Promises to be in time.
    pub pledge: bool,
    /// Names a day in time for the end, and nothing that has been done.
    pub in_time: bool,
    /// It promises on the writer's word: 保证, 一定.
    pub vows: bool,
    /// 没问题, 收到: agrees to what was asked.
    pub agrees: bool,
    /// Talk that has nothing to do with the work.
    pub talk: bool,
    /// Words of the title, or figures.
    pub of_work: bool,
    /// Letters that no rule knows.
    pub unknown: usize,
}

impl Signs {
    /// Whether it denies the finish itself: so much is left, more time is needed, it has not begun.
    pub fn denies_finish(&self) -> bool {
        self.short || self.extend || self.not_started || self.finish_by.is_some()
    }

    /// Whether something of the item has moved.
    pub fn moved(&self) -> bool {
        self.on_track || self.happened || self.done.is_some() || self.percent.is_some()
    }
}
