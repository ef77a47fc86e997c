//! The brackets of a text, and for how many measures one says that it goes.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::chinese::number_at;
use crate::notice::twin::Twin;

/// Most brackets that are open at once.
const OPEN_MAX: usize = 16;

/// The outermost brackets of a text, in order.
pub(super) fn brackets(text: &str) -> Vec<Range<usize>> {
    const PAIRS: [(char, char); 5] = [('〔', '〕'), ('(', ')'), ('【', '】'), ('[', ']'), ('〖', '〗')];
    let mut found = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices() {
        if let Some((_, close)) = PAIRS.iter().find(|(open, _)| *open == c) {
            open.push((at, *close));
        } else if let Some(level) = open.iter().rposition(|(_, close)| *close == c) {
            let (start, _) = open[level];
            open.truncate(level);
            found.push(start..at + c.len_utf8());
        } else if c == '。' && open.len() > 3 || open.len() > OPEN_MAX {
            // Brackets that are never closed.
            open.clear();
        }
    }
    // Outer ones stand before those inside them.
    found.sort_by_key(|range: &Range<usize>| (range.start, std::cmp::Reverse(range.end)));
    found
}

/// The bytes of the bracket at a place.
pub(super) fn open_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

/// For how many measures a bracket goes that says so (第8至10项…, 以上3项由…), and what else it says.
pub(super) fn reach(inner: &Twin) -> Option<(usize, Twin)> {
    static REACH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:第?(?P<from>\d{1,3})(?:至|到|-|—|~)第?(?P<to>\d{1,3})[项条]|(?:以上|上述|前)(?P<count>\d{1,2}|[两二三四五六七八九十])[项条个])(?:任务|工作|措施|事项)?(?:均|都)?由?[:,]? *")
            .expect("a pattern")
    });
    let found = REACH.captures(inner.norm())?;
    let number = |name: &str| number_at(found.name(name)?.as_str())?.whole();
    let count = number("count").or_else(|| Some(number("to")? - number("from")? + 1))?;
    let rest = inner.slice(found[0].len()..inner.norm().len());
    Some((usize::try_from(count).ok().filter(|count| *count > 0)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_may_say_for_how_many_measures_it_goes() {
        for (text, count, rest) in [
            ("第8至10项责任单位:市水利局", 3, "责任单位:市水利局"),
            ("以上3项由市生态环境局牵头", 3, "市生态环境局牵头"),
            ("以上两项:县水利局", 2, "县水利局"),
        ] {
            let said = reach(&Twin::new(text)).map(|(count, rest)| (count, rest.norm().to_owned()));
            assert_eq!(said, Some((count, rest.to_owned())), "{text}");
        }
        assert_eq!(reach(&Twin::new("责任单位:市水利局")), None);
    }
}
