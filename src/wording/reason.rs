//! Why the bot speaks, in a few characters.

use crate::domain::period::Cadence;
use crate::domain::reason::{Level, Reason};

/// The name of a round.
pub fn round_word(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Week => "每周例行",
        Cadence::Month => "每月例行",
        Cadence::Quarter => "每季例行",
        Cadence::Half => "半年例行",
        Cadence::Year => "全年例行",
    }
}

/// A reason in a few characters. A new [`Reason`] needs its words here.
pub fn reason_word(reason: Reason) -> String {
    match reason {
        Reason::Round(cadence) => round_word(cadence).to_owned(),
        Reason::Before(days) => format!("到期前{days}个工作日"),
        Reason::DueToday => "今天到期".to_owned(),
        Reason::Overdue(days) => format!("逾期{days}个工作日"),
        Reason::NotFiled => "还没报".to_owned(),
        Reason::Missed => "到期没报,请过问".to_owned(),
        Reason::Escalated(Level::Office) => "一直没报,请督查室处理".to_owned(),
        Reason::Escalated(_) => "一直没报,请过问".to_owned(),
        Reason::Draft => "拟请县领导过问,等负责人签发".to_owned(),
        Reason::Claimed => "报办结".to_owned(),
        Reason::ExtensionAsked => "申请延期".to_owned(),
        Reason::ExemptionAsked => "申请容错".to_owned(),
        Reason::Ordered => "督查室催办".to_owned(),
        Reason::Silent(days) => format!("{days}个工作日没有消息"),
    }
}
