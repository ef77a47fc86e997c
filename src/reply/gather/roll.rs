//! Whom 全部, 其余 and words without a subject mean, once the whole message is known.

use std::collections::HashSet;

use super::{Draft, Target};
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
    pub fn of(drafts: &[Draft], context: &Context) -> Self {
        let mut named = HashSet::new();
        let mut excepted = HashSet::new();
        for draft in drafts {
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
            all_meant: drafts.iter().any(|draft| draft.target == Target::All),
        }
    }

    /// The items of a draft, and whether they were named; None for one that says nothing.
    pub fn call(&self, draft: &Draft, only: &Which) -> Option<(Vec<Which>, bool)> {
        match &draft.target {
            Target::These(which) => Some((unique(which), true)),
            Target::All => Some((self.all.clone(), true)),
            Target::Rest if draft.clauses.is_empty() => None,
            Target::Rest if self.names => Some((self.rest.clone(), true)),
            // 没完,都没完: who speaks of all has spoken of all before.
            Target::Open if self.all_meant && !self.names => Some((self.all.clone(), true)),
            Target::Rest | Target::Open => Some((vec![only.clone()], false)),
            Target::Excepted(_) => None,
        }
    }
}

fn unique(which: &[Which]) -> Vec<Which> {
    let mut seen = HashSet::new();
    which.iter().filter(|which| seen.insert(*which)).cloned().collect()
}
