//! The amount in one token, in the target's unit, and when a bare number tells one.

use super::same;
use crate::domain::chinese::number::scale_at;
use crate::domain::chinese::number_at;
use crate::domain::quantity::Quantity;
use crate::reply::figures::Percent;
use crate::reply::lexicon::Class;
use crate::reply::tokens::{Kind, Token};

/// The amount in a token, in the target's unit; a bare number beside `/1000` counts, too.
pub(super) fn amount_of(
    tokens: &[Token],
    at: usize,
    clause: &str,
    target: Option<&Quantity>,
) -> Option<Quantity> {
    let token = &tokens[at];
    match (&token.kind, target) {
        (Kind::Amount(amount), Some(target)) => {
            amount.of_kind(&target.unit).to_unit(&target.unit).or_else(|| alike(amount, target))
        }
        (Kind::Percent(Percent::Value(value)), Some(target)) if target.unit == "%" => {
            Some(Quantity::new(*value, "%"))
        }
        (Kind::Amount(amount), None) => Some(amount.of_kind("元")),
        (Kind::Number(value), Some(target)) if target.unit == "%" => Some(Quantity::new(*value, "%")),
        (Kind::Number(value), Some(target)) => {
            let value = &in_scale(*value, target);
            let now = ends(tokens, at) && clause.contains("目前");
            let told = is_entry(tokens, at)
                || is_terse(tokens, at)
                || is_told(tokens, at, clause)
                || (now || done(tokens, at, clause)) && *value <= target.value * 2.0;
            (told || is_of_target(tokens, at, target)).then(|| Quantity::new(*value, target.unit.clone()))
        }
        // 结了俩
        (Kind::Other, Some(target)) if done(tokens, at, clause) => {
            let few = number_at(&clause[token.start..token.end]).filter(|few| few.value < 4.0);
            few.map(|few| Quantity::new(few.value, target.unit.clone()))
        }
        _ => None,
    }
}

/// 差八千, of 2.3万辆: a bare number that is far too large for the target's scale was told without it.
pub(super) fn in_scale(value: f64, target: &Quantity) -> f64 {
    let scale = scale_at(&target.unit).map_or(1.0, |(scale, _)| scale);
    if value > target.value * 20.0 { value / scale } else { value }
}

/// `650/1000`: a bare number before the target's own.
fn is_of_target(tokens: &[Token], at: usize, target: &Quantity) -> bool {
    tokens.get(at + 2).is_some_and(|goal| match &goal.kind {
        Kind::Number(goal) => same(*goal, target.value),
        Kind::Amount(goal) => same(goal.value, target.value),
        _ => false,
    })
}

/// 累计650, 还差350, 还是410: a bare number behind a word for the whole or the rest.
fn is_told(tokens: &[Token], at: usize, clause: &str) -> bool {
    let led = tokens[..at]
        .iter()
        .rev()
        .find(|before| !(before.is(Class::Filler) && !before.is(Class::Total) || before.kind == Kind::Space))
        .is_some_and(|before| before.is_any(&[Class::Total, Class::Left]));
    // 过半了,一百七: the figure and nothing else.
    let alone = |(place, token): (usize, &Token)| {
        place == at
            || token.is_any(&[Class::Filler, Class::Already, Class::Future])
            || token.kind == Kind::Space
    };
    let bare = tokens.len() <= FEW
        && matches!(tokens[at].kind, Kind::Number(value) if value >= ALONE)
        && tokens.iter().enumerate().all(alone);
    let same = [
        "里有",
        "还是",
        "现在是",
        "现在",
        "今年",
        "目前",
        "至今",
        "眼下",
        "到今天",
        "里的",
        "中的",
        "标准算",
        "真正的",
        "实际",
    ]
    .iter()
    .any(|word| clause[..tokens[at].start].ends_with(word));
    led || bare || same && ends(tokens, at)
}

/// Tokens of a clause that is a figure and nothing else.
const FEW: usize = 6;

/// The least figure that tells a result all alone; smaller ones count lines.
const ALONE: f64 = 10.0;

/// 新增就业 812: the item by its name, and the figure.
fn is_entry(tokens: &[Token], at: usize) -> bool {
    let named = |token: &Token| token.titled || matches!(token.kind, Kind::Title | Kind::Space);
    let name = tokens[..at].iter().any(|token| token.titled || token.kind == Kind::Title);
    let after = |token: &Token| {
        token.is_any(&[Class::Filler, Class::Already, Class::Follow]) || token.kind == Kind::Space
    };
    name && tokens[..at].iter().all(named) && tokens[at + 1..].iter().all(after)
}

/// 破5: a verb of one letter, the figure, and nothing else.
fn is_terse(tokens: &[Token], at: usize) -> bool {
    let mut rest = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| !(token.is_any(&[Class::Filler, Class::Already]) || token.kind == Kind::Space));
    let verb = rest.next().is_some_and(|(place, token)| {
        place < at
            && token.end - token.start == '破'.len_utf8()
            && (token.kind == Kind::Other || token.titled)
    });
    verb && rest.next().is_some_and(|(place, _)| place == at) && rest.next().is_none()
}

/// 1200亩征了950: at the end, behind what was done with them.
fn done(tokens: &[Token], at: usize, clause: &str) -> bool {
    let verbs = [Class::Already, Class::Finish, Class::Gain];
    // 建到九百四
    let leads =
        |token: &Token| ["到", "至", "过", "出", "满", "够", "的"].contains(&&clause[token.start..token.end]);
    let before = at
        .checked_sub(1)
        .map(|before| if before > 0 && leads(&tokens[before]) { before - 1 } else { before });
    before.is_some_and(|before| tokens[before].is_any(&verbs) || acted(&tokens[before], clause))
        && ends(tokens, at)
}

/// 签了, 装了: a step that has been taken.
fn acted(token: &Token, clause: &str) -> bool {
    token.is(Class::Step) && clause[token.start..token.end].ends_with('了')
}

/// Whether nothing is said behind a token.
fn ends(tokens: &[Token], at: usize) -> bool {
    tokens[at + 1..]
        .iter()
        .all(|after| after.is_any(&[Class::Filler, Class::Already]) || after.kind == Kind::Space)
}

/// 招了412个, 去了一趟: the same in another word for its unit.
fn alike(amount: &Quantity, target: &Quantity) -> Option<Quantity> {
    let times = ["趟", "回", "遍"].contains(&amount.unit.as_str()) && target.unit == "次";
    let counted =
        amount.unit == "个" && (COUNTED.contains(&target.unit.as_str()) || target.unit.starts_with('个'));
    (times || counted).then(|| Quantity::new(amount.value, target.unit.clone()))
}

/// Units that 个 may stand for.
const COUNTED: [&str; 12] = ["人", "名", "家", "户", "处", "座", "台", "套", "部", "口", "眼", "间"];
