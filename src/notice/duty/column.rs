//! What a column or bracket of deadlines adds to the duties of a measure.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::acts::own_act;
use super::group::{group, hits};
use super::{Duty, Turn, read, single};
use crate::notice::deadline::deadlines;
use crate::notice::twin::Twin;

/// A deadline belongs to every duty that has no date or cadence of its own; what the column wants reached by a day
/// (6月底前建成4处) is a duty besides.
pub(super) fn apply(deadline: &Twin, text: &Twin, found: &mut Vec<Duty>, issued: NaiveDate) {
    let mut said: Vec<Duty> = Vec::new();
    group(deadline, &hits(deadline.norm(), issued, true), &mut said);
    let going = goes_on(deadline.norm(), said.is_empty());
    if said.is_empty() && !going && single(deadline.norm()).is_some() {
        said.push(Duty { turn: Some(Turn::Once), ..Duty::of(deadline.kept().to_owned()) });
    }
    if going {
        said.push(Duty { turn: Some(Turn::Ongoing), ..Duty::of(deadline.kept().to_owned()) });
    }
    // Where every deadline has its share, the last one serves for the whole.
    let (shares, mut rest): (Vec<Duty>, Vec<Duty>) =
        said.into_iter().partition(|duty| duty.quantity.is_some());
    let whole = shares.last().filter(|_| rest.is_empty()).cloned();
    rest.extend(whole.map(|last| Duty { quantity: None, ..last }));
    let rest = by_name(rest, found);
    for (at, term) in rest.into_iter().enumerate() {
        if !serve(at, &term, deadline, found)
            && at == 0
            && let Some(act) = own_act(text, &term, found, issued)
        {
            // What the text sets beside its rhythms and dates is due by the column.
            found.insert(0, Duty { text: act, ..term });
        }
    }
    let new: Vec<Duty> =
        shares.into_iter().filter(|share| found.iter().all(|duty| duty.quantity != share.quantity)).collect();
    found.extend(new);
}

/// What the columns of a year want reached, each by the end of its stretch. What stands in all of them alike is done in
/// each and has no day.
pub(super) fn steps(steps: &[(Twin, Twin)], issued: NaiveDate) -> Vec<Duty> {
    let Some((_, first)) = steps.first() else { return Vec::new() };
    if steps.len() > 1 && steps.iter().all(|(_, said)| said.norm() == first.norm()) {
        return read(&first.tight(), issued, false);
    }
    let by = |title: &Twin| {
        deadlines(&title.tight().norm().replace('前', ""), issued, true).first().map(|by| by.day)
    };
    let step = |(title, said): &(Twin, Twin)| {
        let said = said.tight();
        let mut found = read(&said, issued, false);
        if found.is_empty() {
            found.push(Duty::of(said.kept().to_owned()));
        }
        let open = found
            .iter_mut()
            .filter(|duty| duty.due.is_none() && matches!(duty.turn, None | Some(Turn::Once)));
        open.for_each(|duty| (duty.turn, duty.due) = (Some(Turn::Once), by(title)));
        found
    };
    steps.iter().flat_map(step).collect()
}

/// Whether a deadline is none: 长期坚持, or 11月底前完成,并长期坚持.
fn goes_on(deadline: &str, only: bool) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| deadline.contains(word));
    only && says(&["长期", "持续", "常态", "常年", "全年", "贯穿"])
        || says(&["长期坚持", "持续坚持", "并长期", "并持续"])
}

/// Gives each of several deadlines to what it names (培训8月底前完成,会诊点年底前建成); left are those that name nothing.
fn by_name(terms: Vec<Duty>, found: &mut [Duty]) -> Vec<Duty> {
    if terms.len() < 2 {
        return terms;
    }
    let takes = |term: &Duty, duty: &Duty| {
        duty.turn.is_none()
            && duty.due.is_none()
            && names_of(&term.text).any(|name| duty.text.contains(&name))
    };
    let mut left = Vec::new();
    for term in terms {
        let mut named = false;
        for duty in found.iter_mut().filter(|duty| takes(&term, duty)) {
            (duty.turn, duty.due, named) = (term.turn, term.due, true);
        }
        left.extend((!named).then_some(term));
    }
    left
}

/// What a deadline names besides its day, in pairs of characters.
fn names_of(term: &str) -> impl Iterator<Item = String> {
    static OTHER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\d+|[年月日]|[上下]半|[一二三四]季度|[底末初内]?之?前|[底末]|完成|全部|建成|达到|投用|力争|完工|\P{Han}")
            .expect("a pattern")
    });
    let bare: Vec<char> = OTHER.replace_all(term, " ").chars().collect();
    let pairs: Vec<String> = bare.windows(2).map(|pair| pair.iter().collect()).collect();
    pairs.into_iter().filter(|pair| !pair.contains(' '))
}

/// The first of several deadlines serves what the text leaves open, the others stand for themselves.
/// Whether it did.
fn serve(at: usize, term: &Duty, deadline: &Twin, found: &mut Vec<Duty>) -> bool {
    let open = |duty: &&mut Duty| {
        // What goes on without an end in the text itself is no matter of a day.
        let dateless = duty.due.is_none() && matches!(duty.turn, Some(Turn::Once));
        duty.turn.is_none() || dateless && term.due.is_some()
    };
    let mut taken = false;
    for duty in found.iter_mut().filter(open) {
        (duty.turn, duty.due) = (term.turn, term.due);
        taken = true;
    }
    let known = |duty: &Duty| duty.turn == term.turn && duty.due == term.due;
    if !taken && (at > 0 || found.is_empty()) && !found.iter().any(known) {
        found.push(Duty { text: deadline.kept().to_owned(), ..term.clone() });
        return true;
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(columns: &[(&str, &str)]) -> String {
        let issued = NaiveDate::from_ymd_opt(2025, 2, 12).expect("a day");
        let columns: Vec<(Twin, Twin)> =
            columns.iter().map(|(title, said)| (Twin::new(title), Twin::new(said))).collect();
        let say = |duty: &Duty| {
            let due = duty.due.map(|day| day.format("%m-%d").to_string()).unwrap_or_default();
            let quantity = duty.quantity.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{due} {quantity}").trim().to_owned()
        };
        steps(&columns, issued).iter().map(say).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_columns_of_a_year_have_their_days() {
        assert_eq!(of(&[("一季度", "完成投资1.5亿元"), ("四季度", "建成通车")]), "03-31 1.5亿元, 12-31");
        assert_eq!(
            of(&[("上半年目标", "新增企业4户"), ("全年目标", "新增企业10户")]),
            "06-30 4户, 12-31 10户"
        );
        // One cell over all of them.
        assert_eq!(of(&[("一季度", "每月走访企业1次"), ("二季度", "每月走访企业1次")]), "");
    }
}
