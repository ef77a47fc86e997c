//! People on whom the work depends: they will not, they have left, or there are none.

use crate::reply::lexicon::{Class, word_at};
use crate::reply::tokens::{Kind, Token};

/// What says of people that they have left.
const GONE: [&str; 8] = ["撤", "跑", "散了", "走了", "溜", "不见", "没影", "歇"];

/// What says that they are against it, or wait and see.
const AGAINST: [&str; 22] = [
    "嫌",
    "观望",
    "犹豫",
    "顾虑",
    "有顾虑",
    "抵触",
    "反悔",
    "变卦",
    "堵",
    "拦",
    "要价",
    "漫天",
    "坐地",
    "意见大",
    "不松口",
    "拒",
    "怕",
    "担心",
    "舍不得",
    "死活",
    "讨说法",
    "狮子",
];

/// Whether people outside hold the work up: 企业不来, 施工队撤了, 没有懂这个的人.
pub(super) fn hold_up(tokens: &[Token], clause: &str) -> bool {
    let fine = tokens.iter().any(|token| token.is(Class::Fine));
    let held = |at: usize| {
        refuse(tokens, at, clause)
            || have_not(tokens, at, clause)
            || have_left(tokens, at, clause)
            || lack(tokens, at, clause)
    };
    !fine && (0..tokens.len()).any(held)
}

/// 老百姓不肯签, 有两户不签字: they will not.
fn refuse(tokens: &[Token], at: usize, clause: &str) -> bool {
    let people = match &tokens[at].kind {
        Kind::Amount(some) => ["户", "家", "人"].contains(&some.unit.as_str()),
        _ => tokens[at].is(Class::Party),
    };
    let between = |next: &&Token| {
        next.is_any(&[Class::Filler, Class::Party, Class::Not]) || matches!(next.kind, Kind::Space)
    };
    people
        && tokens[at + 1..]
            .iter()
            .take(4)
            .take_while(between)
            .any(|next| next.is(Class::Not) && clause[next.start..].starts_with('不'))
}

/// 厂家没发货, 设计院一直没给: they have not done their part.
fn have_not(tokens: &[Token], at: usize, clause: &str) -> bool {
    if !tokens[at].is(Class::Party) {
        return false;
    }
    let between = |next: &&Token| next.is_any(&[Class::Filler, Class::Party]) || next.kind == Kind::Space;
    let Some(not) = tokens[at + 1..].iter().take(4).find(|next| !between(next)) else { return false };
    let after = clause[not.end..].trim_start_matches(['一', '直', '再', '给', '把', '来', '往']);
    let due = after.starts_with(DUE) || clause[..not.end].ends_with(DUE);
    not.is(Class::Not) && clause[not.start..not.end].contains(['没', '未']) && due
}

/// Verbs of what people are waited for to do.
const DUE: [char; 20] = [
    '发', '供', '到', '给', '交', '送', '出', '拿', '回', '答', '签', '退', '腾', '搬', '派', '运', '装',
    '调', '配', '办',
];

/// 施工队撤了, 包工头跑了: they have left.
fn have_left(tokens: &[Token], at: usize, clause: &str) -> bool {
    let after = clause[tokens[at].end..].trim_start_matches(['又', '都', '也', '全', '早', '已', '经', '人']);
    let words = GONE.iter().chain(&AGAINST);
    // 监理也撤场了: they go when the work is done.
    let overseers = clause[tokens[at].start..].starts_with("监理");
    tokens[at].is(Class::Party) && !overseers && words.into_iter().any(|word| after.starts_with(word))
}

/// Bytes behind a denial in which it tells who is willing, and the words for that.
const NEAR: usize = 36;
const WILLING: [&str; 10] = ["肯接", "肯干", "肯来", "肯要", "肯收", "愿意", "敢接", "愿接", "愿来", "愿干"];

/// 没有够格的企业, 没有懂这个的人: there are none.
fn lack(tokens: &[Token], at: usize, clause: &str) -> bool {
    let none = |token: &Token| ["没有", "没", "无"].contains(&&clause[token.start..token.end]);
    let people = clause.trim_end().ends_with("的人") && at + 1 < tokens.len() && none(&tokens[at]);
    // 没物业公司肯接
    let after = &clause[tokens[at].end..];
    let near = &after[..after.floor_char_boundary(NEAR)];
    let willing = none(&tokens[at]) && WILLING.iter().any(|word| near.contains(word)) && !near.contains('不');
    let last = at + 1 == tokens.len() && tokens[at].is(Class::Party);
    people || willing || last && tokens[..at].iter().rev().take(4).any(none)
}

/// Whether a clause names people outside on whom the work depends: 老百姓都不签.
pub(in crate::reply) fn names_party(clause: &str) -> bool {
    clause
        .char_indices()
        .any(|(at, _)| word_at(&clause[at..]).is_some_and(|(classes, _)| classes.contains(&Class::Party)))
}
