//! Which shares of a clause tell the progress of the whole item.

use super::figures::Percent;
use super::lexicon::Class;
use super::tokens::{Kind, Token};

/// A percentage as it was told, to the second decimal; more than all is all.
fn told(value: f64) -> Option<f64> {
    let told = (value * 100.0).round().min(10_000.0) / 100.0;
    (told >= 0.0).then_some(told)
}

/// A percentage as the ledger keeps it, in whole points: 99.6 is not yet a hundred.
pub fn whole_points(percent: f64) -> u8 {
    let whole = if (99.0..100.0).contains(&percent) { 99.0 } else { percent.round().clamp(0.0, 100.0) };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
    let whole = whole as u8;
    whole
}

/// Words beside which a percentage is the whole item's.
const PLAIN: [Class; 14] = [
    Class::Chat,
    Class::Filler,
    Class::Body,
    Class::Already,
    Class::Finish,
    Class::Close,
    Class::Approx,
    Class::Follow,
    Class::Ongoing,
    Class::Nearly,
    Class::Left,
    Class::Total,
    Class::Gain,
    Class::Ack,
];

/// The percentage of the whole item that a clause states; None if it belongs to a part, to a plan or to another time.
pub(super) fn whole_percent(tokens: &[Token], clause: &str, today: chrono::NaiveDate) -> Option<f64> {
    let at = tokens.iter().rposition(|token| matches!(token.kind, Kind::Percent(Percent::Value(_))))?;
    let Kind::Percent(Percent::Value(value)) = tokens[at].kind else {
        return None;
    };
    let first = tokens.iter().position(|token| matches!(token.kind, Kind::Percent(_)));
    // In a long breath without marks only what stands near the figure says what it is of.
    let near = at.saturating_sub(NEAR);
    // 房顶还没上呢大概得有个六成: a particle ends what was said before.
    let ends = |token: &Token| {
        ["呢", "然后", "吧", "哈", "嘛", "啊", "呀", ":"].contains(&&clause[token.start..token.end])
    };
    let among = tokens[..at].iter().any(|token| clause[token.start..token.end] == *"其中");
    let near = tokens[near..at].iter().rposition(ends).filter(|_| !among).map_or(near, |place| near + place);
    let of_plan =
        at > 0 && tokens[at - 1].is(Class::Body) && clause[tokens[at - 1].start..].starts_with('占');
    let plain = tokens[near..at].iter().enumerate().all(|(place, token)| match &token.kind {
        // 由50%提高到70%
        Kind::Word(_) if token.is(Class::Aside) && !token.titled => {
            first.is_some_and(|first| near + place > first)
        }
        // 从上次的33%提高到47%
        Kind::Word(_) if token.is(Class::Past) => first.is_some_and(|first| first < at),
        // 完成投资占年计划41%: of the plan, whatever was counted.
        Kind::Word(_) if of_plan => true,
        // 算70吧
        Kind::Other if ["算", "取"].contains(&&clause[token.start..token.end]) => true,
        // 才干一半
        Kind::Word(_) if ["干", "搞", "弄", "做"].contains(&&clause[token.start..token.end]) => true,
        // 文化墙画了七成: a verb that no list knows.
        Kind::Other => acts_on_it(tokens, near + place, at, clause),
        Kind::Word(_) => token.titled || token.is_any(&PLAIN) && !token.is(Class::Part),
        Kind::Date(found) => found.date <= today || found.day_only,
        Kind::Space | Kind::Title | Kind::Percent(Percent::Value(_)) | Kind::Amount(_) => true,
        _ => false,
    });
    // 80%的拆迁: a share of something else.
    let of_part = tokens[at + 1..]
        .iter()
        .take_while(|token| !token.is_any(&[Class::Chat, Class::Talk, Class::Already]))
        .any(|token| {
            // 一半都不到: not even that.
            matches!(token.kind, Kind::Other) || token.is_any(&[Class::Part, Class::Under]) && !token.titled
        });
    // 三分之二的小区都装上了: a share of all of them, and what was done with it.
    let opens = tokens[..at].iter().all(|token| token.is(Class::Filler) || token.kind == Kind::Space);
    let rest = &clause[tokens[at].end..];
    let of_them = opens && rest.starts_with('的') && rest.contains(['都', '均', '已', '了']);
    let of_part = of_part && !of_them;
    let left = tokens[..at].iter().any(|token| token.is(Class::Left));
    // 还剩20%的尾巴: whatever is left.
    ((plain || follows_title(tokens, at, clause)) && (!of_part || left))
        .then(|| told(if left { 100.0 - value } else { value }))
        .flatten()
}

/// Whether an unknown character is the verb of a share, alone between the item and it.
fn acts_on_it(tokens: &[Token], place: usize, at: usize, clause: &str) -> bool {
    let token = &tokens[place];
    // 欠费收回七成五: a verb and where it leads.
    let leads = |first: usize| {
        let two =
            clause.get(tokens[first].start..tokens[at].start).unwrap_or("").trim_end_matches(['了', '到']);
        let known = first > 0 && (tokens[first - 1].titled || tokens[first - 1].is(Class::Filler));
        known && two.chars().count() == 2 && two.ends_with(['回', '上', '出', '来', '下', '掉', '走', '起'])
    };
    if place + 2 <= at && leads(place)
        || place > 0 && tokens[place - 1].kind == Kind::Other && leads(place - 1)
    {
        return true;
    }
    let verb = token.end - token.start == '画'.len_utf8() && clause[token.end..].starts_with(['了', '到']);
    let known = place == 0 || tokens[place - 1].titled || tokens[place - 1].is(Class::Filler);
    verb && place + 2 == at && known
}

/// Most characters of a verb or a rate between the item and its share.
const RATE: usize = 3;

/// 疫苗接种率91%, 档案数字化扫了四分之三: right behind the item, with no more between than what is done with it.
fn follows_title(tokens: &[Token], at: usize, clause: &str) -> bool {
    let Some(named) = tokens[..at].iter().rposition(|token| token.titled || token.kind == Kind::Title) else {
        return false;
    };
    let between = &clause[tokens[named].end..tokens[at].start];
    let verb = between.trim_end_matches(['了', '到', '有', '约']).trim();
    let plain = tokens[named + 1..at].iter().all(|token| {
        matches!(token.kind, Kind::Other | Kind::Space)
            || token.is_any(&[Class::Already, Class::Approx, Class::Arrive, Class::Step, Class::Gain])
    });
    plain && (1..=RATE).contains(&verb.chars().count()) && !verb.contains(['的', '降', '升', '比'])
}

/// How many words before a figure say what it is of.
const NEAR: usize = 6;
