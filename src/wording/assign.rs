//! What is said about who an item binds.

use crate::domain::ids::TaskNo;
use crate::wording::names;

/// Units were assigned.
pub fn assigned(task: TaskNo, units: &[String]) -> String {
    let units: Vec<&str> = units.iter().map(String::as_str).collect();
    format!("已分工 ✓ #{task} 由{}办,从下一张卡起问它们。", names(&units, 12))
}

/// The units are bound to it already.
pub fn bound_already(task: TaskNo) -> String {
    format!("#{task} 本来就由这些单位办。")
}
