//! Waiting: for a unit, for money, for a permit, for somebody's word.

use super::unit;
use crate::reply::lexicon::Class;
use crate::reply::tokens::Token;

/// Offices by what they are called for short: 等文旅先给数.
const BUREAUS: [&str; 30] = [
    "财政",
    "文旅",
    "住建",
    "发改",
    "自规",
    "自然资源",
    "农业",
    "水利",
    "交通",
    "教育",
    "卫健",
    "民政",
    "人社",
    "公安",
    "审计",
    "统计",
    "市监",
    "环保",
    "生态",
    "应急",
    "林业",
    "林草",
    "医保",
    "税务",
    "工信",
    "商务",
    "司法",
    "编办",
    "组织部",
    "宣传部",
];

/// Those above whose word is needed, and how they give it.
const ABOVE: [&str; 10] = ["县长", "书记", "县里", "市里", "省里", "上级", "上面", "上头", "市局", "省厅"];
const WORD: [&str; 8] = ["点头", "拍板", "发话", "说了算", "松口", "表态", "定夺", "点个头"];

/// 这活得县长点头: nothing goes on before somebody above has said yes.
fn asks_leave(clause: &str) -> bool {
    ["得", "要", "须", "需", "等"].iter().any(|needs| {
        clause.find(needs).is_some_and(|at| {
            let after = &clause[at + needs.len()..];
            let above = ABOVE.iter().find_map(|name| after.strip_prefix(name));
            above.is_some_and(|rest| WORD.iter().any(|word| rest.starts_with(word)))
        })
    })
}

/// Waiting for a unit, for money, for a permit; waiting for an inspection is the normal course.
pub(super) fn waits(tokens: &[Token], clause: &str) -> bool {
    if asks_leave(clause) {
        return true;
    }
    let Some(at) = tokens.iter().position(|token| token.is(Class::Wait) && !token.titled) else {
        return false;
    };
    let after = &tokens[at + 1..];
    let due = after.iter().any(|token| token.is_any(&[Class::Arrive, Class::Means]))
        || BUREAUS.iter().any(|bureau| clause[tokens[at].end..].starts_with(bureau));
    // 待完成后: a condition, no obstacle.
    let later = after.iter().any(|token| token.is_any(&[Class::Finish, Class::Close]));
    // 等市里验收: the normal course, too.
    let inspected = [
        "验收", "检查", "评审", "核验", "复核", "审议", "上会", "会审", "审定", "公示", "汇总", "排期",
        "面试", "碰口", "终审", "复审",
    ]
    .iter()
    .any(|word| clause.contains(word))
        && !after.iter().any(|token| token.is(Class::Arrive));
    let checked = after.iter().any(|token| token.is(Class::Step)) && (!due || inspected);
    // 等领导看: the normal course of a draft.
    let looked_at = ["领导看", "领导审", "领导过目"].iter().any(|word| clause.contains(word)) && !due;
    // 搁分管领导桌上等签字: so is the signature of one's own.
    let signed = ["签字", "签批", "签发", "画圈", "领导批", "局长批", "主任批", "领导审"]
        .iter()
        .any(|word| clause.contains(word))
        && ["领导", "局长", "主任", "书记"].iter().any(|word| clause.contains(word))
        && !clause.contains(['县', '市', '省']);
    // 只等走拨款流程: the normal course as well.
    let course = ["走流程", "走程序"].iter().any(|word| clause.contains(word))
        || clause.contains('走') && clause.trim_end().ends_with(['程', '序']);
    !later
        && !course
        && !checked
        && !looked_at
        && !signed
        && (due || unit(&clause[tokens[at].end..]).is_some())
}
