//! Registers that are to be covered whole, and project packages, in words.

use crate::domain::origin::{Package, Register};
use crate::wording::{names, short};

/// Lines of a list.
const LINES: usize = 20;
/// Names in a line.
const NAMES: usize = 8;

/// The registers with what is left of each.
pub fn registers(all: &[Register]) -> String {
    if all.is_empty() {
        return "还没有名册。督查室可发:走访 名册 编号 企业、企业".to_owned();
    }
    let lines: Vec<String> = all.iter().map(register).collect();
    lines.join("\n")
}

fn register(one: &Register) -> String {
    let visited = one.all - one.left.len();
    let left: Vec<&str> = one.left.iter().map(String::as_str).collect();
    let rest = if left.is_empty() {
        ",走访全覆盖 ✓".to_owned()
    } else {
        format!(",还剩{}家:{}", left.len(), names(&left, NAMES))
    };
    format!("#{} {}:名册{}家,已走访{visited}家{rest}", one.task, short(&one.title, 16), one.all)
}

/// Names were put onto a register.
pub fn registered(new: u64, all: &[Register]) -> String {
    format!("已录 ✓ 新增{new}家\n{}", registers(all))
}

/// A visit was noted.
pub fn visited(name: &str, all: &[Register]) -> String {
    format!("已记 ✓ 走访{name}\n{}\n有困难要登记:企困 {name} 主办单位 什么困难", registers(all))
}

/// Only units visit.
pub fn visits_are_the_units() -> String {
    "走访由各单位报;录名册发:走访 名册 编号 企业、企业".to_owned()
}

/// A name that stands on no register.
pub fn not_on_the_register(name: &str) -> String {
    format!("名册里没有“{}”。发“走访”看还剩谁;要加进名册请找督查室。", short(name, 20))
}

/// One project as it stands.
pub fn package(one: &Package) -> String {
    format!("已登记 ✓ {}", package_line(one))
}

/// Every project, those that lack something first.
pub fn packages(all: &[Package]) -> String {
    if all.is_empty() {
        return "还没登记项目。发:包保 编号 项目 领导:岗位 专班:联络岗位".to_owned();
    }
    let lacking = all.iter().filter(|one| one.leader.is_none() || one.crew.is_none()).count();
    let mut text = format!("项目包保,共{}个,不齐的{lacking}个", all.len());
    for one in all.iter().take(LINES) {
        text.push_str(&format!("\n{}", package_line(one)));
    }
    text
}

fn package_line(one: &Package) -> String {
    let leader = one.leader.as_deref().map_or("缺包保领导".to_owned(), |post| format!("包保 {post}"));
    let crew = one.crew.as_deref().map_or("缺专班".to_owned(), |post| format!("专班 {post}"));
    format!("#{} {} · {leader} · {crew}", one.task, one.project)
}
