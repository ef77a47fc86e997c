//! What one clause tells of each of several items, in their order: 分别为92%、40%; 六成与三成五.

use std::ops::Range;

use super::drafts::{Target, add};
use super::place::Gathering;
use crate::domain::chinese::number_at;
use crate::reply::Which;
use crate::reply::figures::percent_at;
use crate::reply::split::Clause;

impl Gathering<'_> {
    /// Puts what is said of each of several items where it belongs (分别为92%、40%); whether it was so.
    pub(super) fn place_each(&mut self, target: &Target, inner: &Clause, clause: &Clause) -> bool {
        let Target::These(which) = target else { return false };
        let Some(each) = each_own(&self.text[inner.span.clone()], which.len()) else { return false };
        self.name(which);
        for (one, said) in which.iter().zip(each) {
            let span = inner.span.start + said.start..inner.span.start + said.end;
            let own = Clause { span, ..clause.clone() };
            add(&mut self.drafts, Target::These(vec![one.clone()]), own, clause.span.clone());
        }
        true
    }

    /// 两项均已着手,进度约为六成与三成五: as many shares as there are items, in their order; whether it was so.
    pub(super) fn place_in_order(&mut self, target: &Target, inner: &Clause, clause: &Clause) -> bool {
        let all = *target == Target::All
            || *target == Target::Open && self.drafts.last().is_some_and(|draft| draft.target == Target::All);
        let Some(shares) = all.then(|| shares_in_row(&self.text[inner.span.clone()])).flatten() else {
            return false;
        };
        if shares.len() != self.context.items.len() {
            return false;
        }
        for (item, said) in self.context.items.iter().zip(shares) {
            let span = inner.span.start + said.start..inner.span.start + said.end;
            let own = Clause { span, ..clause.clone() };
            let target = Target::These(vec![Which::Item(item.no)]);
            add(&mut self.drafts, target, own, clause.span.clone());
        }
        true
    }
}

/// `六成与三成五`: shares that stand side by side, at least two.
fn shares_in_row(words: &str) -> Option<Vec<Range<usize>>> {
    let mut at = words.char_indices().map(|(at, _)| at).find(|at| percent_at(&words[*at..]).is_some())?;
    let mut shares: Vec<Range<usize>> = Vec::new();
    while let Some((_, len)) = percent_at(&words[at..]) {
        shares.push(at..at + len);
        at += len;
        let joint = ["与", "和", "及", "、"].iter().find(|joint| words[at..].starts_with(**joint));
        at += joint.map_or(0, |joint| joint.len());
    }
    (shares.len() > 1).then_some(shares)
}

/// `分别为92%、40%`: what is said of each of several items, in their order.
fn each_own(words: &str, count: usize) -> Option<Vec<Range<usize>>> {
    let at = words.find("分别")? + "分别".len();
    let listed =
        words[at..].trim_start_matches(['为', '是', '到', '达', '至', '完', '成', '了', ':', ' ', '报']);
    let start = words.len() - listed.len();
    let mut each = Vec::new();
    let mut from = start;
    for (offset, mark) in listed.match_indices(['、', '和', '及', ',']) {
        each.push(from..start + offset);
        from = start + offset + mark.len();
    }
    each.push(from..words.len());
    let told = each.iter().all(|own| number_at(&words[own.clone()]).is_some());
    (count > 1 && each.len() == count && told).then_some(each)
}
