//! What the columns of a roster hold: their titles go by many names.

use crate::notice::twin::Twin;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Title {
    /// 单位, 部门.
    Unit,
    /// 简称.
    Short,
    /// 别名, 曾用名.
    Alias,
    /// 性质, 类别.
    Kind,
    /// 岗位, 职务.
    Post,
    /// 姓名, 负责人, 现任: only whether there is anybody.
    Person,
    /// 联络员 as a column of its own.
    Liaison,
    /// 工作组, 专班.
    Team,
    /// 角色: 负责人, 分管, 联络员.
    Role,
    /// Telephone numbers: not even looked at.
    Phone,
    /// Accounts on a platform: people are bound by codes, not by lists.
    Account,
    /// 序号, 备注 and all else.
    Other,
}

/// Words that tell what a column holds, the first row that fits counts.
const WORDS: [(Title, &[&str]); 11] = [
    (Title::Phone, &["电话", "手机", "号码", "传真", "联系方式", "邮箱"]),
    (Title::Account, &["账号", "帐号", "微信", "钉钉", "飞书", "工号"]),
    (Title::Short, &["简称"]),
    (Title::Alias, &["别名", "曾用", "又称", "俗称", "旧称", "其他名称"]),
    (Title::Role, &["角色", "分工", "身份"]),
    (Title::Team, &["工作组", "专班", "推进组", "工作专班", "组别", "战线"]),
    (Title::Kind, &["性质", "类别", "类型", "分类"]),
    (Title::Liaison, &["联络员", "联系人", "联络人", "经办人"]),
    (Title::Post, &["岗位", "职务", "职位", "职称"]),
    (Title::Person, &["姓名", "负责人", "现任", "人员", "领导", "名字", "任职人"]),
    (Title::Unit, &["单位", "部门", "机构", "乡镇"]),
];

/// Words of tables of tasks.
const TASKS: [&str; 9] = ["任务", "事项", "措施", "举措", "时限", "目标", "项目", "内容", "进展"];

/// Longest title of a column.
const TITLE_MAX: usize = 14;

/// What the title of a column says.
pub(super) fn title(cell: &str) -> Title {
    let cell: String = Twin::new(cell).norm().chars().filter(|c| !c.is_whitespace()).collect();
    // 单位负责人 and 单位职务 are about persons and posts, 单位简称 about units.
    let found = WORDS.iter().find(|(_, words)| words.iter().any(|word| cell.contains(word)));
    found.map_or(Title::Other, |(title, _)| *title)
}

/// The columns of a row of titles of a roster; `None` if it is none.
pub(super) fn titles(cells: &[String]) -> Option<Vec<Title>> {
    let told: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let long = |cell: &&&str| cell.chars().filter(|c| !c.is_whitespace()).count() > TITLE_MAX;
    if told.iter().any(|cell| TASKS.iter().any(|word| cell.contains(word)))
        || told.iter().find(long).is_some()
        || told.iter().any(|cell| cell.contains(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    let titles: Vec<Title> = cells.iter().map(|cell| title(cell)).collect();
    let known = titles.iter().filter(|title| **title != Title::Other).count();
    let has = |wanted: Title| titles.contains(&wanted);
    let people = [Title::Post, Title::Person, Title::Liaison, Title::Role, Title::Short];
    (has(Title::Unit) && people.into_iter().any(has) && known * 2 >= told.len()).then_some(titles)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[&str]) -> Option<Vec<Title>> {
        titles(&cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn columns_of_many_names_and_orders_are_understood() {
        use Title::{Kind, Liaison, Other, Person, Phone, Post, Role, Short, Team, Unit};
        assert_eq!(
            of(&["序号", "姓 名", "职务", "部门", "手机号码"]),
            Some(vec![Other, Person, Post, Unit, Phone])
        );
        assert_eq!(
            of(&["单位名称", "简称", "单位性质", "主要负责人", "联络员", "联系电话"]),
            Some(vec![Unit, Short, Kind, Person, Liaison, Phone])
        );
        assert_eq!(of(&["工作专班", "单位", "岗位", "角色"]), Some(vec![Team, Unit, Post, Role]));
    }

    #[test]
    fn a_table_of_tasks_is_none() {
        assert_eq!(of(&["序号", "工作任务", "责任单位", "责任人", "完成时限"]), None);
        assert_eq!(of(&["姓名", "电话"]), None);
    }
}
