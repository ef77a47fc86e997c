//! What kind of body a unit is, and what standing a post has, by the words that a roster uses.

use crate::domain::people::{Rank, UnitKind};

/// The kind that a row says.
pub(super) fn kind(words: &str) -> Option<UnitKind> {
    let has = |all: &[&str]| all.iter().any(|word| words.contains(word));
    [
        (UnitKind::Township, ["乡", "镇", "街道"].as_slice()),
        (UnitKind::Vertical, &["垂", "双管", "驻"]),
        (UnitKind::Company, &["企业", "公司", "国企"]),
        (UnitKind::Party, &["党", "群团", "人大", "政协", "纪委", "司法"]),
        (UnitKind::Office, &["督查", "办公室", "牵头办"]),
        (UnitKind::Department, &["部门", "政府", "行政", "事业", "直属", "县直"]),
    ]
    .into_iter()
    .find(|(_, words)| has(words))
    .map(|(kind, _)| kind)
}

/// The kind that a name shows.
pub(super) fn by_name(name: &str) -> UnitKind {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let ends = |words: &[&str]| words.iter().any(|word| name.ends_with(word));
    if ends(&["乡", "镇", "街道", "乡政府", "镇政府", "乡人民政府", "镇人民政府", "街道办事处", "街道办"])
    {
        UnitKind::Township
    } else if has(&["政府办", "督查室", "县府办"]) {
        UnitKind::Office
    } else if has(&["公司", "集团", "银行", "支行", "移动", "联通", "电信", "铁塔"]) {
        UnitKind::Company
    } else if has(&["税务", "气象", "供电", "烟草", "邮政", "消防", "海事", "生态环境", "分局"])
    {
        UnitKind::Vertical
    } else if has(&[
        "县委",
        "纪委",
        "监委",
        "组织部",
        "宣传部",
        "统战部",
        "政法委",
        "人大",
        "政协",
        "法院",
        "检察院",
        "总工会",
        "团委",
        "妇联",
    ]) {
        UnitKind::Party
    } else {
        UnitKind::Department
    }
}

/// The rank that a role says.
pub(super) fn by_role(role: &str) -> Option<Rank> {
    let has = |words: &[&str]| words.iter().any(|word| role.contains(word));
    if has(&["联络", "联系", "经办"]) {
        Some(Rank::Liaison)
    } else if has(&["县领导", "县级"]) {
        Some(Rank::County)
    } else if has(&["分管", "副"]) && !role.contains("组长") {
        Some(Rank::Deputy)
    } else if has(&["负责人", "主要", "一把手"]) {
        Some(Rank::Head)
    } else {
        None
    }
}

/// The rank that a title shows. Who only stands in the column of those in charge is in charge.
pub(super) fn by_title(title: &str, no_post: bool) -> Rank {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(&["联络", "联系人"]) {
        Rank::Liaison
    } else if has(&["县长", "县委常委", "县委书记", "县委副书记"]) {
        Rank::County
    } else if title.contains('副') || has(&["委员", "成员"]) {
        Rank::Deputy
    } else if no_post
        || has(&[
            "局长",
            "主任",
            "乡长",
            "镇长",
            "书记",
            "部长",
            "院长",
            "经理",
            "董事长",
            "行长",
            "站长",
            "负责人",
        ])
    {
        Rank::Head
    } else {
        Rank::Liaison
    }
}

/// The title of a post that has none of its own.
pub(super) fn default_title(role: &str) -> &'static str {
    match by_role(role) {
        Some(Rank::Liaison) => "联络员",
        Some(Rank::Deputy) => "分管负责人",
        Some(Rank::County) => "县领导",
        Some(Rank::Head) | None => "主要负责人",
    }
}
