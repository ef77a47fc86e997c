//! Whom 全部, 其余 and words without a subject mean, once the whole message is known.

use std::collections::HashSet;

use super::drafts::{Draft, Target};
use crate::reply::{Context, Which};

/// Who is meant by 全部 and by 其余 in this message.
pub(super) struct Roll {
    /// All but those that are excepted: the exception may come behind (全部完成,除8号).
    all: Vec<Which>,
    /// All that the message does not name.
    rest: Vec<Which>,
    /// The message names somebody.
    names: bool,
    /// The message speaks of all.
    all_meant: bool,
}

impl Roll {
    /// Calls the roll; what was said before `void` is dropped of items that come up again behind it. `of_all` tells that
    /// some clause speaks of all items.
    pub fn of(drafts: &mut [Draft], void: usize, of_all: bool, context: &Context) -> Self {
        take_back(drafts, void);
        let mut named = HashSet::new();
        let mut excepted = HashSet::new();
        for draft in &*drafts {
            match &draft.target {
                Target::These(which) => named.extend(which),
                Target::Excepted(which) => excepted.extend(which),
                _ => {}
            }
        }
        let every = || context.items.iter().map(|item| Which::Item(item.no));
        Self {
            all: every().filter(|which| !excepted.contains(which)).collect(),
            rest: every().filter(|which| !named.contains(which) && !excepted.contains(which)).collect(),
            names: !named.is_empty() || !excepted.is_empty(),
            all_meant: of_all || drafts.iter().any(|draft| draft.target == Target::All),
        }
    }

    /// The items of a draft, and whether they were named; None for one that says nothing. `before` are those of the part
    /// before it.
    pub fn call(&self, draft: &Draft, only: &Which, before: Option<&[Which]>) -> Option<(Vec<Which>, bool)> {
        match &draft.target {
            Target::These(which) => Some((unique(which), true)),
            Target::All => Some((self.all.clone(), true)),
            Target::Rest if draft.clauses.is_empty() => None,
            // 剩下的那个找不到人, once every item has been named: the rest of its work.
            Target::Rest if self.names && self.rest.is_empty() => Some(self.carried(only, before)),
            Target::Rest if self.names => Some((self.rest.clone(), true)),
            // 没完,都没完: who speaks of all has spoken of all before.
            Target::Open if self.all_meant && !self.names => Some((self.all.clone(), true)),
            Target::Topic if self.names && self.rest.len() == 1 => Some((self.rest.clone(), true)),
            Target::OneOf(shared) => {
                let open: Vec<Which> = shared.iter().filter(|one| self.rest.contains(one)).cloned().collect();
                let called = if open.len() == 1 { (open, true) } else { self.carried(only, before) };
                Some(called)
            }
            Target::Some(count) if self.counts_rest(*count) => Some((self.rest.clone(), true)),
            Target::Topic | Target::Open | Target::Some(_) => Some(self.carried(only, before)),
            Target::Rest => Some((vec![only.clone()], false)),
            Target::Excepted(_) => None,
        }
    }

    /// Whether so many are exactly those that the message does not name.
    pub fn counts_rest(&self, count: usize) -> bool {
        self.names && self.rest.len() == count
    }

    /// Whom a clause means that names nobody: those spoken of before.
    fn carried(&self, only: &Which, before: Option<&[Which]>) -> (Vec<Which>, bool) {
        match before {
            Some(which) => (which.to_vec(), self.names),
            None => (vec![only.clone()], false),
        }
    }
}

/// Drops what was taken back: 21号完成了,说反了,是22号完成了,21号还在上课.
fn take_back(drafts: &mut [Draft], void: usize) {
    let (before, after) = drafts.split_at_mut(void);
    let again: HashSet<&Which> = after
        .iter()
        .filter_map(|draft| match &draft.target {
            Target::These(which) => Some(which),
            _ => None,
        })
        .flatten()
        .collect();
    for draft in before {
        if let Target::These(which) = &mut draft.target {
            which.retain(|one| !again.contains(one));
            if which.is_empty() {
                draft.target = Target::Rest;
                draft.clauses.clear();
            }
        }
    }
}

fn unique(which: &[Which]) -> Vec<Which> {
    let mut seen = HashSet::new();
    which.iter().filter(|which| seen.insert(*which)).cloned().collect()
}
