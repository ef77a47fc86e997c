//! What one sentence of a document says about all of its tasks: who leads where only units are listed, and by when.

use std::sync::LazyLock;

use regex::Regex;

use crate::notice::lines::Piece;
use crate::notice::responsibility::Assigned;
use crate::notice::twin::Twin;

/// Longest line that gives a deadline for a whole list, in characters.
const LINE_MAX: usize = 50;

/// Longest line that only names a stretch of the year, in bytes.
const STRETCH_MAX: usize = 60;

static FIRST_LEADS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:第一个|第一家|第1个|首个|首位|排(?:名|列)?在?(?:第一|最前|首位)|列(?:第一|在第一|首|在首)位?)[^。;]{0,10}?(?:为|是|即|作为|系)[^。;]{0,6}?(?:牵头|主办|主责|主要责任|第一责任)")
        .expect("a pattern")
});

static FOR_ALL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[(〔【]?(?:(?:以[下上]|上述|表中|本表|下列|各项)[^。:]{0,12}均(?:须|应|需|要)?|(?:完成|办结|答复|办理|整改)?(?:时限|期限|时间)(?:均|统一)?(?:为|:))[^。]{0,6}(?:20\d\d年|\d{1,2}月|年底|年内)")
        .expect("a pattern")
});

/// Whether the first of the units behind a task leads, as the covering note has it.
pub(super) fn first_leads(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Para(text, _) => says_first_leads(text.tight().norm()),
        Piece::Table(_) => false,
    })
}

/// Whether a sentence says that the first of several units leads.
pub(super) fn says_first_leads(text: &str) -> bool {
    // 注明“牵头”的: the list marks who leads, and the first of one without the mark does not.
    FIRST_LEADS
        .find(text)
        .is_some_and(|said| !["注明", "标注", "标明"].iter().any(|word| said.as_str().contains(word)))
}

/// Whether a line under the title of a list gives a deadline for all of it.
pub(super) fn is_deadline_for_all(line: &Twin) -> bool {
    line.chars() <= LINE_MAX && FOR_ALL.is_match(line.norm().trim())
}

/// Whether a line only names a stretch of the year, for what is listed below it (10月份:).
pub(super) fn is_stretch(line: &str) -> bool {
    static STRETCH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:20\d\d年)?(?:\d{1,2}月份?(?:[-—~至到]+\d{1,2}月份?)?|第?[一二三四]季度|[上下]半年)(?:重点)?(?:工作|任务|工作任务|重点工作)?:?$")
            .expect("a pattern")
    });
    line.len() <= STRETCH_MAX && STRETCH.is_match(line)
}

/// Makes the first of several units the one that leads, where nothing else tells them apart.
pub(super) fn let_first_lead(assigned: &mut Assigned) {
    if assigned.lead.is_empty() && assigned.supporting.is_empty() && !assigned.responsible.is_empty() {
        assigned.lead.push(assigned.responsible.remove(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_may_say_that_the_first_leads() {
        for (text, wanted) in [
            ("各项任务第一个单位为牵头单位。", true),
            ("括注的单位,列第一位的为牵头单位,其余为配合单位。", true),
            ("排在首位的单位是牵头单位。", true),
            ("由牵头单位负责,第一个月完成摸底。", false),
            ("排在责任单位首位并注明“牵头”的为牵头单位。", false),
        ] {
            assert_eq!(says_first_leads(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_stretch_of_the_year_may_head_a_list() {
        for (line, wanted) in
            [("10月份:", true), ("11月-12月:", true), ("一季度重点工作", true), ("10月底前", false)]
        {
            assert_eq!(is_stretch(line), wanted, "{line}");
        }
    }

    #[test]
    fn a_line_may_give_a_deadline_for_the_whole_list() {
        for (text, wanted) in [
            ("(以下提案均须于2023年7月15日前答复提案人)", true),
            ("(完成时限:2025年12月20日)", true),
            ("以上各项工作均由县水利局牵头", false),
            ("7月15日前答复", false),
        ] {
            assert_eq!(is_deadline_for_all(&Twin::new(text)), wanted, "{text}");
        }
    }
}
