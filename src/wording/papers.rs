//! The words of ledger, bulletins, slips and boards.

use crate::assess::facts::Duty;
use crate::assess::score::{Basis, Verdict};
use crate::domain::light::Light;
use crate::domain::people::UnitKind;
use crate::domain::period::Cadence;
use crate::domain::task::{Hold, TaskState};
use crate::wording::day;

/// A light with what it means, so that a black-and-white print tells the same.
pub fn light_name(light: Light) -> &'static str {
    match light {
        Light::Red => "红 逾期",
        Light::Yellow => "黄 关注",
        Light::Green => "绿 正常",
        Light::Undated => "报 未定期限",
        Light::Claimed => "核 待核验",
        Light::Done => "结 已结",
    }
}

/// What whoever asked said when the office asked back.
pub fn content(content: bool) -> &'static str {
    if content { "满意" } else { "不满意" }
}

/// Where a task stands.
pub fn task_state(state: TaskState) -> &'static str {
    match state {
        TaskState::Draft => "待确认",
        TaskState::Running => "在办",
        TaskState::Suspended => "暂停",
        TaskState::Closed => "已销号",
        TaskState::Void => "作废",
    }
}

/// What kind of body a unit is.
pub fn unit_kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Office => "政府机关",
        UnitKind::Township => "乡镇",
        UnitKind::Department => "县直部门",
        UnitKind::Party => "党群",
        UnitKind::Vertical => "垂管",
        UnitKind::Company => "企业",
    }
}

/// What a unit is to a task.
pub fn role(leads: bool, is_bound: bool) -> &'static str {
    match (leads, is_bound) {
        (true, true) => "牵头、责任",
        (true, false) => "牵头",
        _ => "责任",
    }
}

/// When a duty is owed.
pub fn schedule(duty: &Duty) -> String {
    if let Some(due) = duty.due {
        return format!("{}年{}", due.format("%Y"), day(due));
    }
    match duty.schedule.parse::<Cadence>() {
        Ok(Cadence::Week) => "每周",
        Ok(Cadence::Month) => "每月",
        Ok(Cadence::Quarter) => "每季度",
        Ok(Cadence::Half) => "每半年",
        Ok(Cadence::Year) => "每年",
        Err(_) if duty.schedule == "event" => "发生时登记",
        Err(_) => "未定期限",
    }
    .to_owned()
}

/// What the office has to decide about a duty before anybody is asked.
pub fn hold(duty: &Duty) -> String {
    match duty.hold {
        Some(Hold::Vague) => format!("原文写“{}”,待定时限", duty.vague.as_deref().unwrap_or_default()),
        Some(Hold::Historic) => "期限早于成文日,待定".to_owned(),
        None => String::new(),
    }
}

/// `82.5`.
pub fn points(tenths: u64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A number of a board: points and stars with their tenths, sums of money without where they are whole.
pub fn figure(tenths: u64, measure: &str) -> String {
    if measure.ends_with('元') && tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        points(tenths)
    }
}

/// What was found about a filing.
pub fn verdict(verdict: Verdict) -> String {
    match verdict {
        Verdict::OnTime => "按期办结".to_owned(),
        Verdict::Late => "逾期办结".to_owned(),
        Verdict::Missing => "到期未办结".to_owned(),
        Verdict::AtOnce => "一次通过核验".to_owned(),
        Verdict::AfterReturns(times) => format!("退回{times}次后通过"),
        Verdict::Reached(reached, expected) => format!("进度{reached}%,序时{expected}%"),
        Verdict::Undecided => "待核验,暂不计".to_owned(),
        Verdict::Exempt => "容错,不计".to_owned(),
    }
}

/// What a filing earned of what it weighs: `35/70`.
pub fn earned(basis: &Basis) -> String {
    match basis.weight {
        0 => "不计".to_owned(),
        weight => format!("{}/{weight}", weight * basis.share / 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_sums_of_money_have_no_tenths() {
        for (tenths, measure, told) in
            [(12_000, "万元", "1200"), (12_005, "万元", "1200.5"), (40, "星", "4.0"), (1000, "分", "100.0")]
        {
            assert_eq!(figure(tenths, measure), told);
        }
    }
}
