//! How shares and amounts are written: `60%`, `六成`, `三分之二`, `350人`, `3.8亿元`.

use crate::domain::chinese::number::{is_numeral, scale_at};
use crate::domain::chinese::number_at;
use crate::domain::quantity::Quantity;

/// A share as it was said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Percent {
    /// So many of a hundred; may be over a hundred.
    Value(f64),
    /// A share that cannot be put into figures: 一大半, 提高5个百分点.
    Vague,
}

/// Shares said in words, longest first.
const SHARES: [(&str, Option<f64>); 15] = [
    ("一半多", None),
    ("一大半", None),
    ("一多半", None),
    ("一小半", None),
    ("一少半", None),
    ("大半", None),
    ("多半", None),
    ("小半", None),
    ("少半", None),
    ("一半", Some(50.0)),
    ("半数", Some(50.0)),
    ("过半", Some(50.0)),
    ("百分百", Some(100.0)),
    ("百分之百", Some(100.0)),
    ("百分之一百", Some(100.0)),
];

/// Words that begin with 成 and make no share of the numeral before: 三成立.
const NOT_TENTHS: [char; 12] = ['立', '效', '为', '果', '功', '员', '本', '绩', '熟', '交', '长', '品'];

/// Units that count or measure, longest first where one opens another.
const UNITS: [&str; 63] = [
    "平米",
    "趟",
    "回",
    "遍",
    "平",
    "平方公里",
    "平方米",
    "立方米",
    "人次",
    "场次",
    "万元",
    "亿元",
    "公里",
    "千米",
    "公顷",
    "公斤",
    "千瓦",
    "个企业",
    "家企业",
    "户企业",
    "个项目",
    "户次",
    "人",
    "户",
    "家",
    "名",
    "位",
    "个",
    "次",
    "项",
    "件",
    "亩",
    "米",
    "元",
    "吨",
    "篇",
    "份",
    "场",
    "处",
    "台",
    "套",
    "条",
    "例",
    "宗",
    "座",
    "栋",
    "间",
    "辆",
    "眼",
    "株",
    "块",
    "km",
    "m2",
    "垧",
    "斤",
    "期",
    "村",
    "屯",
    "所",
    "批",
    "对",
    "单",
    "笔",
];

/// The percentage that the text opens with, and its bytes.
pub(super) fn percent_at(text: &str) -> Option<(Percent, usize)> {
    if let Some((word, share)) = SHARES.iter().find(|(word, _)| text.starts_with(word)) {
        return Some((share.map_or(Percent::Vague, Percent::Value), word.len()));
    }
    if let Some(rest) = text.strip_prefix("百分之") {
        let number = number_at(rest)?;
        return Some((Percent::Value(number.value), text.len() - rest.len() + number.len));
    }
    let number = number_at(text)?;
    let rest = &text[number.len..];
    if let Some(rest) = rest.strip_prefix("分之") {
        let part = number_at(rest)?;
        let len = text.len() - rest.len() + part.len;
        return (number.value > 0.0)
            .then_some((Percent::Value((part.value * 100.0 / number.value).round()), len));
    }
    tenths(text, number.value, number.len).or_else(|| signed(text, number.value, number.len))
}

/// `13万8千`: figures at two scales, as they are spoken; the value and its bytes.
fn stepped(text: &str) -> Option<(f64, usize)> {
    let step = |text: &str| {
        let number = number_at(text).filter(|number| number.figures)?;
        let (scale, len) = scale_at(&text[number.len..])?;
        Some((number.value * scale, scale, number.len + len))
    };
    let (mut value, mut scale, mut at) = step(text)?;
    let first = at;
    while let Some((more, smaller, len)) = step(&text[at..]).filter(|(_, smaller, _)| *smaller < scale) {
        value += more;
        scale = smaller;
        at += len;
    }
    // 3亿5: half as much as the scale below.
    let tail = number_at(&text[at..]).filter(|number| number.figures && number.len == 1 && scale >= 1e4);
    if let Some(tail) = tail.filter(|tail| !text[at + tail.len..].starts_with(char::is_alphanumeric)) {
        return Some((value + tail.value * scale / 10.0, at + tail.len));
    }
    (at > first).then_some((value, at))
}

/// What is counted in millions is money, or what the target counts.
const MILLION: f64 = 1e6;

/// `0.45` behind 进度: a share of one; `55` there, and 算60: of a hundred.
pub(super) fn fraction_at(text: &str, before: &str) -> Option<(Percent, usize)> {
    let led = |words: &[&str]| words.iter().any(|word| before.trim_end().ends_with(word));
    let told = led(&["进度", "完成率", "进度是", "进度为", "进度到", "就算", "算", "取"]);
    let number = number_at(text).filter(|number| told && number.figures)?;
    let rest = text[number.len..].trim_start_matches('吧');
    let bare = !rest.starts_with(|c: char| c.is_alphanumeric() || "%.:/-".contains(c));
    if number.value > 0.0 && number.value < 1.0 {
        return Some((Percent::Value((number.value * 100.0).round()), number.len));
    }
    (bare && (number.value == 0.0 || (5.0..=100.0).contains(&number.value)))
        .then_some((Percent::Value(number.value), number.len))
}

/// `60%`, `60%-70%` (the lower one), `60个点`.
fn signed(text: &str, value: f64, len: usize) -> Option<(Percent, usize)> {
    let rest = text[len..].trim_start_matches(' ');
    let at = text.len() - rest.len();
    if let Some(more) = rest.strip_prefix('%') {
        let upper = more.strip_prefix(['-', '~', '至']).unwrap_or("");
        let end = number_at(upper).filter(|number| upper[number.len..].starts_with('%'));
        return Some((
            Percent::Value(value),
            at + 1 + end.map_or(0, |number| more.len() - upper.len() + number.len + 1),
        ));
    }
    if rest.starts_with("个百分点") {
        return Some((Percent::Vague, at + "个百分点".len()));
    }
    // 15个点位: places, and no points.
    let places =
        |after: &str| after.starts_with(['位', '全', '都', '均', '已', '安', '装', '建', '设', '布']);
    if rest.strip_prefix("个点").is_some_and(|after| !places(after)) {
        return Some((Percent::Value(value), at + "个点".len()));
    }
    // `60-70%`: the lower end is what is certain.
    let upper = rest.strip_prefix(['-', '~', '至', '到'])?;
    let number = number_at(upper).filter(|number| number.figures)?;
    let end = text.len() - upper.len() + number.len;
    text[end..].starts_with('%').then_some((Percent::Value(value), end + 1))
}

/// `六成`, `7成`, `六成半`, `六七成` (the lower one).
fn tenths(text: &str, value: f64, len: usize) -> Option<(Percent, usize)> {
    let rest = text[len..].strip_prefix('成')?;
    if rest.starts_with(NOT_TENTHS) {
        return None;
    }
    let first = text.chars().next().filter(|c| is_numeral(*c));
    let low = match first {
        Some(c) if value > 10.0 => number_at(&text[..c.len_utf8()])?.value,
        _ => value,
    };
    let (more, tail) = match rest.chars().next() {
        Some('半') => (5.0, '半'.len_utf8()),
        Some('整') => (0.0, '整'.len_utf8()),
        // 八成五
        Some(c) if is_numeral(c) && first.is_some() => number_at(&rest[..c.len_utf8()])
            .filter(|n| n.value < 10.0)
            .map_or((0.0, 0), |n| (n.value, c.len_utf8())),
        _ => (0.0, 0),
    };
    let value = low * 10.0 + more;
    let len = len + '成'.len_utf8() + tail;
    (low <= 10.0).then_some((Percent::Value(value), len))
}

/// The amount that the text opens with, and its bytes; figures keep their scale word in the unit (`3.8亿元`).
///
/// `own` is the unit of the item's target, which counts whatever stands in the lists here.
pub(super) fn amount_at(text: &str, own: Option<&str>) -> Option<(Quantity, usize)> {
    if let Some((value, len)) = stepped(text) {
        let measured = amount_at(&format!("1{}", &text[len..]), own);
        // 13亿8千万, without a unit: a target tells of what.
        return match measured {
            Some((amount, tail)) => Some((Quantity::new(value, amount.unit), len + tail - 1)),
            None => (value >= MILLION || own.is_some()).then(|| (Quantity::new(value / 1e4, "万"), len)),
        };
    }
    let number = number_at(text)?;
    let rest = text[number.len..].trim_start_matches([' ', '多', '余', '来', '几']);
    // 3.27个亿
    let scaled = rest.strip_prefix('个').filter(|rest| rest.starts_with(['亿', '万']));
    // 三百来号人
    let rest =
        scaled.or_else(|| rest.strip_prefix('号').filter(|rest| rest.starts_with('人'))).unwrap_or(rest);
    let scale = scale_at(rest).map_or(0, |(_, len)| len);
    let after = rest[scale..].trim_start_matches(['多', '余']);
    let own =
        own.map(|unit| &unit[scale_at(unit).map_or(0, |(_, len)| len)..]).filter(|unit| !unit.is_empty());
    let unit = own.into_iter().chain(UNITS).find(|unit| after.starts_with(*unit));
    let Some(unit) = unit else {
        // 3.8亿 and 1800万 without a unit: a target tells of what; without one it is money.
        let bare = !after.starts_with(|c: char| {
            c.is_alphanumeric() && !"了的都均到,已完发付拨不还没在就全也才里".contains(c)
        });
        // 两亿一
        if bare && !number.figures && number.value >= MILLION {
            return Some((Quantity::new(number.value / 1e4, "万"), text.len() - rest.len()));
        }
        let large = rest[..scale].ends_with(['亿', '万']) && (number.figures || scaled.is_some());
        return (large && (bare || rest.starts_with('亿')))
            .then(|| (Quantity::new(number.value, &rest[..scale]), text.len() - rest.len() + scale));
    };
    if unit == "个"
        && own != Some("个")
        && after["个".len()..].starts_with(|c: char| c.is_alphanumeric() && !"已的都均了全".contains(c))
    {
        return None;
    }
    let end = text.len() - after.len() + unit.len();
    let unit = format!("{}{unit}", &rest[..scale]);
    // 十九公里半
    let half = text[end..].starts_with('半');
    let (more, tail) = if half { (0.5, '半'.len_utf8()) } else { (0.0, 0) };
    Some((Quantity::new(number.value + more, unit), end + tail))
}
