//! Lights as the pages draw them: always with their character, never by colour alone.

use minijinja::{Value, context};

use crate::assess::sums::{Lights, TaskLight};
use crate::domain::light::Light;
use crate::domain::task::TaskState;
use crate::wording::typeset;

/// A light with the class of its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) struct Lamp {
    /// Its class, and its word in addresses.
    pub(in crate::web) class: &'static str,
    /// The character.
    pub(in crate::web) word: &'static str,
    /// What it means.
    pub(in crate::web) means: &'static str,
}

impl From<Lamp> for Value {
    fn from(lamp: Lamp) -> Value {
        context! { class => lamp.class, word => lamp.word, means => typeset(lamp.means) }
    }
}

/// Every light that a task may have, the most urgent first.
pub(super) const LAMPS: [Lamp; 7] = [
    Lamp { class: "red", word: "红", means: "逾期" },
    Lamp { class: "yellow", word: "黄", means: "快到期、退回、有困难或落后于序时" },
    Lamp { class: "green", word: "绿", means: "按期" },
    Lamp { class: "undated", word: "报", means: "没有时限,只报进展" },
    Lamp { class: "claimed", word: "核", means: "报办结,待督查室核验" },
    Lamp { class: "closed", word: "结", means: "已销号" },
    Lamp { class: "waiting", word: "待", means: "待确认、待定时限或已暂停" },
];

/// How a task looks.
pub(in crate::web) fn of_task(light: TaskLight) -> Lamp {
    match (light, light.light()) {
        (TaskLight::Waiting, _) => LAMPS[6],
        (TaskLight::Closed, _) | (_, None) => LAMPS[5],
        (_, Some(light)) => of_filing(light),
    }
}

/// How a filing looks.
pub(in crate::web) fn of_filing(light: Light) -> Lamp {
    match light {
        Light::Red => LAMPS[0],
        Light::Yellow => LAMPS[1],
        Light::Green => LAMPS[2],
        Light::Undated => LAMPS[3],
        Light::Claimed => LAMPS[4],
        Light::Done => LAMPS[5],
    }
}

/// The numbers of [`LAMPS`], in their order.
pub(super) fn counts(lights: &Lights) -> [i64; 7] {
    [lights.red, lights.yellow, lights.green, lights.undated, lights.claimed, lights.closed, lights.waiting]
}

/// Where a task stands as a whole, in words.
pub(super) fn state_word(state: TaskState) -> &'static str {
    match state {
        TaskState::Draft => "待确认",
        TaskState::Running => "在办",
        TaskState::Suspended => "已暂停",
        TaskState::Closed => "已销号",
        TaskState::Void => "已作废",
    }
}
