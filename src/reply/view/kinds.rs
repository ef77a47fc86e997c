//! Has the work ended as work of its kind ends? 批文拿到了 finishes 环评报批, 钱打到卡里了 finishes 津贴发放: what else the
//! clause tells is then of no account, as long as it limits nothing.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::View;
use crate::reply::words::kinds::{KINDS, KindOfWork};

/// Bytes between a noun and the verb behind it.
const NEAR: usize = 24;

/// One way in which work of a kind ends.
struct End {
    kind: &'static KindOfWork,
    nouns: &'static str,
    verb: &'static str,
}

/// The ends of all kinds, by the first character of their verbs: most characters of a clause open none.
static ENDS: LazyLock<HashMap<char, Vec<End>>> = LazyLock::new(|| {
    let mut ends: HashMap<char, Vec<End>> = HashMap::new();
    for kind in KINDS {
        for (nouns, verbs) in kind.ends {
            for verb in verbs.split_whitespace() {
                for first in verb.chars().take(1) {
                    ends.entry(first).or_default().push(End { kind, nouns, verb });
                }
            }
        }
    }
    ends
});

impl View<'_> {
    /// The end of the title's kind, and nothing that limits it.
    pub(super) fn ends_as_its_kind(&self) -> bool {
        let mut found = self.clause.char_indices().flat_map(|(at, c)| {
            let ends = ENDS.get(&c).into_iter().flatten();
            ends.filter(move |end| self.clause[at..].starts_with(end.verb)).map(move |end| (at, end))
        });
        found.any(|(at, end)| self.is_of_kind(end.kind) && self.stands_by(end, at))
            && !self.prepares()
            && !self.makes_ready()
            && !self.is_limited()
    }

    fn is_of_kind(&self, kind: &KindOfWork) -> bool {
        let title = self.facts.title.text();
        kind.titles.split_whitespace().any(|word| title.contains(word))
    }

    /// Whether one of the nouns stands close before a verb, or right behind it.
    fn stands_by(&self, end: &End, at: usize) -> bool {
        let before = &self.clause[self.clause.floor_char_boundary(at.saturating_sub(NEAR))..at];
        let after = self.clause[at + end.verb.len()..].trim_start_matches('了');
        end.nouns.is_empty()
            || end.nouns.split_whitespace().any(|noun| before.contains(noun) || after.starts_with(noun))
    }
}
