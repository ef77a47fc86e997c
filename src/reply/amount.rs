//! Which amounts of a clause tell the result of the item so far.

mod growth;

use chrono::Datelike as _;

use super::figures::Percent;
use super::lexicon::Class;
use super::tokens::{Kind, Token};
use crate::domain::chinese::number::scale_at;
use crate::domain::chinese::number_at;
use crate::domain::quantity::Quantity;
pub(super) use growth::{Growth, growth, total};

/// How much an amount says of the whole result; where several are told, the weightiest counts, and of these the last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Reckoned from what is left: 还差350人.
    #[default]
    Left,
    /// The target's own figure, with no word that it was reached: 全年12次.
    Target,
    /// Counted with something that no list knows as a result: 中止2件.
    Bare,
    /// What was done: 搞了4次.
    Result,
    /// Counted from the start: 一共712人.
    Total,
}

/// Units that tell nothing without a target: stages, villages, batches.
const VAGUE: [&str; 9] = ["期", "村", "屯", "所", "批", "对", "单", "笔", "块"];

/// Words beside which an amount is not a result so far.
const NO_RESULT: [Class; 8] = [
    Class::Future,
    Class::Past,
    Class::Aside,
    Class::Need,
    Class::If,
    Class::Hearsay,
    Class::Extend,
    Class::Under,
];

/// 其余82套配完: all the rest, and it is finished.
fn is_finished(tokens: &[Token], at: usize, today: chrono::NaiveDate) -> bool {
    let word = |class: Class| tokens.iter().any(|token| token.is(class) && !token.titled);
    tokens[at + 1..].iter().any(|token| token.is_any(&[Class::Finish, Class::Close]))
        && !word(Class::Not)
        && !word(Class::Future)
        && super::when::coming_day(tokens, today).is_none()
}

/// The amount reached so far that a clause states, in the target's unit.
pub(super) fn quantity(
    tokens: &[Token],
    clause: &str,
    target: Option<&Quantity>,
    today: chrono::NaiveDate,
) -> Option<(Quantity, Weight)> {
    // 一个没建: none so far.
    let none =
        |token: &Token| token.is(Class::Idle) && clause[token.start..].starts_with('一') && !token.titled;
    if let Some(target) = target.filter(|_| tokens.iter().any(none)) {
        let counted = tokens.iter().any(|token| none(token) && !clause[token.start..].starts_with("一直"));
        return counted.then(|| (Quantity::new(0.0, target.unit.clone()), Weight::Result));
    }
    told(tokens, clause, target, today)
}

/// The amount that a figure of a clause states.
fn told(
    tokens: &[Token],
    clause: &str,
    target: Option<&Quantity>,
    today: chrono::NaiveDate,
) -> Option<(Quantity, Weight)> {
    let word = |class: Class| {
        tokens.iter().position(|token| token.is(class) && !(token.titled && class != Class::Left))
    };
    let growth = target.is_some_and(|target| target.unit == "%");
    if is_no_result(tokens, clause, growth, today) {
        return None;
    }
    let lately = word(Class::Lately).is_some() || tokens.iter().any(|token| is_period(token, clause));
    let result = word(Class::Total).or_else(|| {
        tokens.iter().position(|token| token.is_any(&[Class::Gain, Class::Finish, Class::Already]))
    });
    let read = |at: usize| {
        let token = &tokens[at];
        let amount = amount_of(tokens, at, clause, target)?;
        // 最后一户
        // 2600亩里的两千; 不是45个是44个
        let after = &clause[token.end..];
        let of_it = after.starts_with(['的', '中'])
            || after.starts_with('里') && !after.starts_with("里程")
            || clause[token.start..token.end].contains('几')
            || ["最后", "不是", "不到"].iter().any(|word| clause[..token.start].ends_with(word));
        // 差7400万到2亿: the goal of what is left.
        let goal = target.is_some_and(|target| same(amount.value, target.value))
            && clause[..token.start].ends_with(['到', '至'])
            && tokens[..at].iter().any(|before| before.is(Class::Left));
        let of_it = of_it || goal;
        // 260万 spent on 18公里, and 一共52条 of 52: not what was reached.
        let plain = target.is_none_or(|target| {
            let whole = same(amount.value, target.value) && clause[..token.start].ends_with(['共', '总']);
            amount.value <= target.value * 20.0 && !whole
        });
        (!of_it && plain && !is_goal(&tokens[..at]) && (growth || !is_surplus(&tokens[..at])))
            .then_some((at, amount))
    };
    // 开工498户、竣工376户、入住211户, of 危房改造竣工: the figure behind the title's own verb.
    let own = |at: usize| {
        at > 0 && tokens[at - 1].titled && tokens[at - 1].is_any(&[Class::Finish, Class::Gain, Class::Step])
    };
    // 加装完成13部、在建6部、前期协商3部
    let finished = |at: usize| at > 0 && tokens[at - 1].is_any(&[Class::Finish, Class::Close]);
    let (at, amount) = (0..tokens.len())
        .filter(|at| own(*at))
        .find_map(read)
        .or_else(|| (0..tokens.len()).filter(|at| finished(*at)).find_map(read))
        // 征收126户签了123, of 126: how many there are, and not how many were done.
        .filter(|(at, amount)| {
            let whole = target.is_some_and(|target| same(amount.value, target.value));
            !whole || !(at + 1..tokens.len()).any(|after| read(after).is_some())
        })
        .or_else(|| (0..tokens.len()).rev().find_map(read))?;
    let rest_done = clause.trim_start().starts_with("其余") && is_finished(tokens, at, today);
    let left = word(Class::Left).is_some_and(|left| left < at && !rest_done)
        || is_other(&tokens[..at], clause) && target.is_none_or(|target| amount.value < target.value);
    let weight = weight(tokens, target, &amount, result.is_some());
    match target {
        Some(target) if left => {
            Some(Quantity::new(rounded(target.value - amount.value), target.unit.clone()))
                .filter(|rest| rest.value >= 0.0)
                .map(|rest| (rest, Weight::Left))
        }
        _ if left || word(Class::Not).is_some() => None,
        // 有两件当事人找不到: what is stuck.
        _ if result.is_none() && (word(Class::Obstacle).is_some() || word(Class::Unable).is_some()) => None,
        // 昨天全划走了, of the whole: all of it.
        Some(target) if lately && word(Class::Total).is_none() && amount.value < target.value => None,
        None if lately && word(Class::Total).is_none() => None,
        None => result.map(|_| (amount, weight)).filter(|(amount, _)| !VAGUE.contains(&amount.unit.as_str())),
        // Of the target's kind, the bare figure is enough.
        Some(_) => Some((amount, weight)),
    }
}

/// Whether the figures of a clause are those of a plan, of another time, of somebody else, or of what is only needed.
fn is_no_result(tokens: &[Token], clause: &str, growth: bool, today: chrono::NaiveDate) -> bool {
    let left = tokens.iter().any(|token| token.is(Class::Left));
    let has = |class: Class| tokens.iter().any(|token| token.is(class) && !token.titled);
    // 其余五处9月底前完工: a plan.
    let to_come = super::when::coming_day(tokens, today).is_some() && !has(Class::Already);
    // 去年完成了1500户
    let past_year =
        |token: &Token| matches!(&token.kind, Kind::Date(found) if found.date.year() < today.year());
    // 建了八十四个了吧: a guess at what was done.
    let planned = tokens
        .iter()
        .any(|token| token.is(Class::Future) && !token.titled && &clause[token.start..token.end] != "吧");
    let none = |class: &Class| {
        // 还有20公里要砍: what is left is still to be done; 增长7.2%, where growth is the target.
        let meant = matches!(class, Class::Need | Class::Future) && left || *class == Class::Aside && growth;
        !meant && has(*class) && (*class != Class::Future || planned)
    };
    to_come && !left
        || tokens.iter().any(past_year)
        || NO_RESULT.iter().any(none) && !has(Class::Total)
        || of_others(clause)
}

/// What an amount that was not reckoned from a rest weighs.
fn weight(tokens: &[Token], target: Option<&Quantity>, amount: &Quantity, result: bool) -> Weight {
    let total = tokens.iter().any(|token| token.is(Class::Total));
    // 在办4件: not yet.
    if !total && tokens.iter().any(|token| token.is(Class::Ongoing) && !token.titled) {
        return Weight::Left;
    }
    let goal = target.is_some_and(|target| same(amount.value, target.value));
    let now = tokens
        .iter()
        .any(|token| token.is_any(&[Class::Filler, Class::Approx]) && token.end - token.start > 3);
    if !total
        && !goal
        && !result
        && !now
        && tokens
            .iter()
            .any(|token| matches!(token.kind, Kind::Other) || token.is_any(&[Class::Arrive, Class::Step]))
    {
        return Weight::Bare;
    }
    match (total, goal && !result) {
        (true, _) => Weight::Total,
        (_, true) => Weight::Target,
        _ => Weight::Result,
    }
}

/// 人家八千亩三个月: somebody else's.
fn of_others(clause: &str) -> bool {
    ["人家", "隔壁", "邻县"].iter().any(|word| clause.trim_start().starts_with(word))
        // 有十来根让人拔了
        || ["让人", "被人", "叫人"].iter().any(|word| clause.contains(word))
}

/// 另外4处同步施工: the rest of those counted before.
fn is_other(before: &[Token], clause: &str) -> bool {
    before
        .last()
        .is_some_and(|token| ["另外", "其他", "另", "余", "那"].contains(&&clause[token.start..token.end]))
        // 还是那九家: as many as before.
        && !clause.contains("还是那")
}

/// 本月, 昨天: a figure beside them counts that time only.
fn is_period(token: &Token, clause: &str) -> bool {
    let text = &clause[token.start..token.end];
    // 4月份入库9800万元
    if matches!(token.kind, Kind::Date(_))
        && text.ends_with("月份")
        && !clause[..token.start].ends_with(['至', '止', '到'])
    {
        return true;
    }
    // 截至今天 counts from the start.
    let until = clause[..token.start].ends_with(['至', '止', '到']);
    !until
        && matches!(token.kind, Kind::Date(_))
        && ["本", "这", "今天", "今儿", "昨天", "昨儿", "上", "当"].iter().any(|word| text.starts_with(word))
}

/// The amount in a token, in the target's unit; a bare number beside `/1000` counts, too.
fn amount_of(tokens: &[Token], at: usize, clause: &str, target: Option<&Quantity>) -> Option<Quantity> {
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
fn in_scale(value: f64, target: &Quantity) -> f64 {
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
    let bare = matches!(tokens[at].kind, Kind::Number(value) if value >= ALONE)
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

/// 1200亩征了950: at the end, behind what was done with them.
fn done(tokens: &[Token], at: usize, clause: &str) -> bool {
    let verbs = [Class::Already, Class::Finish, Class::Gain];
    // 建到九百四
    let leads =
        |token: &Token| ["到", "至", "过", "出", "满", "够"].contains(&&clause[token.start..token.end]);
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

/// A difference without the noise of its subtraction: 2.3 less 0.8 is 1.5.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// Whether two figures are the same number.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

/// Whether the words before a figure make it the goal: 目标是1000人, or the slash of 650/1000人.
fn is_goal(before: &[Token]) -> bool {
    let slash = before.last().is_some_and(|token| token.kind == Kind::Slash);
    let named = before
        .iter()
        .rev()
        .find(|token| !(token.is(Class::Filler) && !token.is(Class::Goal) || token.kind == Kind::Space))
        .is_some_and(|token| token.is(Class::Goal) && !token.titled);
    slash || named
}

/// Whether the word before a figure makes it what is beyond the target: 超额4人.
fn is_surplus(before: &[Token]) -> bool {
    before.last().is_some_and(|token| token.is(Class::Aside) && !token.titled)
}
