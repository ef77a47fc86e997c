//! The sheet of a roster that was read from a workbook: what will be on record, and what the office has to look at.

use crate::domain::people::{Rank, UnitKind};
use crate::notice::file::{Roster, Unit};
use crate::notice::roster::{Finding, Read};

/// Posts shown of a unit.
const POSTS: usize = 6;

/// The sheet.
pub fn sheet(read: &Read) -> String {
    let roster = &read.roster;
    let new = |codes: &[String]| codes.iter().filter(|code| read.new.contains(code)).count();
    let mut text = format!(
        "名册核对单\n单位 {} 家(新 {}),岗位 {} 个(新 {})。只记岗位,不记姓名和电话。",
        read.units.len(),
        new(&read.units),
        read.posts.len(),
        new(&read.posts),
    );
    text.push_str(&format!("\n\n请办公室看 {} 处:", read.findings.len()));
    for (number, one) in (1..).zip(&read.findings) {
        text.push_str(&format!("\n{number}. {}", finding(one)));
    }
    text.push_str("\n\n单位:");
    for unit in roster.units.iter().filter(|unit| read.units.contains(&unit.code)) {
        text.push_str(&line(unit, roster, read));
    }
    for team in roster
        .teams
        .iter()
        .filter(|team| team.head.iter().chain(&team.deputies).any(|post| read.posts.contains(post)))
    {
        let title = |code: &String| {
            roster
                .posts
                .iter()
                .find(|post| post.code == *code)
                .map(|post| post.title.as_str())
                .unwrap_or_default()
        };
        let head = team.head.as_ref().map_or("没有写", title);
        let deputies: Vec<&str> = team.deputies.iter().map(title).collect();
        text.push_str(&format!("\n  {} 组长:{head} 成员:{}", team.name, deputies.join("、")));
    }
    text
}

/// The roster was written.
pub fn written(read: &Read) -> String {
    if read.new.is_empty() {
        "名册已更新,没有新的单位和岗位。".to_owned()
    } else {
        "名册已导入。下一步:在督查室群里发“邀请”,把岗位和群绑定起来。".to_owned()
    }
}

/// Nothing was written.
pub fn only_shown() -> String {
    "(只核对,没有导入)".to_owned()
}

/// A workbook with the titles of a roster, and nothing below them.
pub fn no_units() -> String {
    "名册里没有读出单位:请核对“单位”一列下面有没有内容。".to_owned()
}

fn line(unit: &Unit, roster: &Roster, read: &Read) -> String {
    let mark = if read.new.contains(&unit.code) { "+" } else { " " };
    let posts: Vec<String> = roster
        .posts
        .iter()
        .filter(|post| post.unit == unit.code && read.posts.contains(&post.code))
        .map(|post| {
            let vacant = if post.vacant { "(空缺)" } else { "" };
            format!("{}[{}]{vacant}", post.title, rank(post.rank))
        })
        .collect();
    let more = if posts.len() > POSTS { format!("……共{}个岗位", posts.len()) } else { String::new() };
    let posts = posts.into_iter().take(POSTS).collect::<Vec<_>>().join("、");
    let aliases =
        if unit.aliases.is_empty() { String::new() } else { format!(",又称{}", unit.aliases.join("、")) };
    format!(
        "\n{mark} {} {}({},{}{aliases})\n    {posts}{more}",
        unit.code,
        unit.short,
        unit.name,
        kind(unit.kind)
    )
}

fn finding(finding: &Finding) -> String {
    match finding {
        Finding::Vacant { post } => format!("{post}:空缺,有人接任后再绑定"),
        Finding::Doubled { name, posts } => {
            format!("{name} 一人兼{}个岗位:{}", posts.len(), posts.join("、"))
        }
        Finding::Shared { post, persons } => format!("{post}:有{persons}人,记作一个岗位,可分别绑定"),
        Finding::NewTeam { team } => format!("工作组“{team}”原来没有,将新建;是不是写法不同,请核对"),
        Finding::LooksLike { unit, other } => {
            format!("“{unit}”和“{other}”像是同一个单位:是的话,改成一个,另一个写进“别名”")
        }
        Finding::AliasTaken { unit, alias } => format!("{unit}:别名“{alias}”已经是另一个单位的,没有记"),
        Finding::NoOffice => "没有看出哪个单位是督查办公室:请在“性质”一列写“办公室”".to_owned(),
        Finding::NoPost { unit } => format!("{unit}:没有写岗位,没有人可绑定"),
        Finding::NoUnit { place } => format!("第{}行:没有写单位,没有导入这一行", place.line),
        Finding::UnknownKind { unit, words } => {
            format!("{unit}:性质“{words}”看不懂,按名称定;可写政府部门、乡镇、党群、垂管、企业、办公室")
        }
        Finding::NotKept { columns } => format!("“{}”不读也不存;人用邀请码绑定", columns.join("、")),
    }
}

fn kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Office => "办公室",
        UnitKind::Township => "乡镇",
        UnitKind::Department => "政府部门",
        UnitKind::Party => "党群,经督查室转",
        UnitKind::Vertical => "垂管,经督查室转",
        UnitKind::Company => "企业,经督查室转",
    }
}

fn rank(rank: Rank) -> &'static str {
    match rank {
        Rank::Head => "负责人",
        Rank::Deputy => "分管",
        Rank::Liaison => "联络员",
        Rank::County => "县领导",
    }
}
