//! What the words of a title are in a clause, whatever they mean elsewhere: its rate, its verb, its end.

use chrono::NaiveDate;

use super::{Kind, Token};
use crate::reply::lexicon::Class;

/// 水费收缴率: the rate of what the title is about; where the title counts something, it may be another one, unless the title
/// ends with it (支出率 of 专项债券支出进度).
pub(super) fn rate_of_title(found: &mut [Token], clause: &str, (unit, title): (Option<&str>, &str)) {
    for at in 1..found.len() {
        let rate = found[at].kind == Kind::Other && clause[found[at].start..].starts_with('率');
        let of = &clause[found[at - 1].start..found[at - 1].end];
        let own = ["", "进度", "工作", "见底"]
            .iter()
            .any(|end| title.strip_suffix(end).is_some_and(|title| title.ends_with(of)));
        if rate && found[at - 1].titled && (unit.is_none() || own) {
            for token in &mut found[at - 1..=at] {
                token.kind = Kind::Title;
                token.titled = true;
            }
        }
    }
}

/// 又压了430万, of 贷款压降: the title's own verb before its figure, whatever it means elsewhere.
pub(super) fn verb_of_title(found: &mut [Token], clause: &str, title: &str) {
    for at in 1..found.len() {
        let counted = matches!(found[at].kind, Kind::Amount(_) | Kind::Number(_));
        let verb = &clause[found[at - 1].start..found[at - 1].end];
        let own = verb.ends_with('了') && verb.chars().next().is_some_and(|first| title.contains(first));
        if counted && own && found[at - 1].is(Class::Obstacle) {
            found[at - 1].kind = Kind::Word(&[Class::Gain, Class::Already]);
        }
    }
}

/// 17个口子都堵死了, of 直排口封堵: what would be an obstacle elsewhere is the work itself.
pub(super) fn obstacle_of_title(found: &mut [Token], clause: &str, title: &str) {
    let verb: String = title.chars().rev().take(2).collect();
    for token in found.iter_mut().filter(|token| token.is(Class::Obstacle)) {
        let text = &clause[token.start..token.end];
        let own = text.chars().next().is_some_and(|first| verb.contains(first));
        let end = text.trim_end_matches('了').chars().next_back();
        // 堵了一半
        if own && text.trim_end_matches('了').chars().count() == 1 && text.ends_with('了') {
            token.kind = Kind::Word(&[Class::Gain, Class::Already]);
        } else if own && text.chars().count() > 1 && end.is_some_and(|end| "死住断完好了停净".contains(end))
        {
            token.kind = Kind::Word(&[Class::Finish]);
            token.titled = true;
        }
    }
}

/// 昨天收尾了: of a day that is over, it says that the work is finished.
pub(super) fn wrapped_up(found: &mut [Token], clause: &str, today: NaiveDate) {
    let over = found.iter().any(|token| matches!(&token.kind, Kind::Date(day) if day.date < today));
    if let [.., last, end] = found
        && over
        && &clause[last.start..last.end] == "收尾"
        && &clause[end.start..end.end] == "了"
    {
        last.kind = Kind::Word(&[Class::Finish]);
    }
}

/// Nouns that go on from a title and name the item itself: 表彰大会, 宣传活动.
const OWN_NOUNS: [&str; 8] = ["大会", "会", "仪式", "典礼", "活动", "一事", "事宜", "那事"];

/// Bytes of such a noun; zero if the text opens with none.
pub(super) fn own_noun(rest: &str) -> usize {
    OWN_NOUNS.iter().find(|noun| rest.starts_with(**noun)).map_or(0, |noun| noun.len())
}
