//! Several orders in one paragraph, as minutes have them: 会议要求,一是县水利局要…;二是县应急局要…. Each is a measure of its
//! own where each names who is to do it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::notice::measures::Leaf;
use crate::notice::prose;
use crate::notice::responsibility::Assigned;
use crate::notice::sections::is_heading;
use crate::notice::twin::Twin;

/// What a sentence of minutes opens with that only tells what was said.
static TELLS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^会议(?:还|同时|并)?(?:听取|指出|认为|强调|学习|传达|审议|通报|观看|研究)")
        .expect("a pattern")
});

/// What one opens with that decides.
static DECIDES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^会议(?:还|同时|并)?(?:要求|议定|明确|决定|同意|确定|原则)|^(?:责成|责令|由|请)")
        .expect("a pattern")
});

/// The mark of one of several points inside a paragraph.
static POINT: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[一二三四五六七八九十]是").expect("a pattern"));

/// A stretch of a paragraph.
struct Piece {
    range: Range<usize>,
    /// Whether it is one of several points that are counted.
    point: bool,
    /// Whether it names who is to do something.
    led: bool,
}

/// The measures of a paragraph: itself, or one for each of several orders. `minutes` is whether it stands in minutes, that do
/// not speak of the meeting in every paragraph.
pub(super) fn parted(leaf: Leaf, minutes: bool) -> Vec<Leaf> {
    if leaf.assigned.as_ref().is_some_and(Assigned::names_anybody) {
        return vec![leaf];
    }
    let norm = leaf.text.norm();
    let heading = norm.find('\n').filter(|end| is_heading(&norm[..*end]));
    let from = heading.map_or(0, |end| end + 1);
    let orders = orders(&leaf.text, from, minutes);
    if orders.is_empty() {
        return vec![leaf];
    }
    let mut path = leaf.path.clone();
    path.extend(heading.map(|end| leaf.text.kept_at(0..end).trim().to_owned()));
    let several = orders.len() > 1;
    let order = |(number, range): (u32, Range<usize>)| {
        let text = leaf.text.slice(range).trimmed();
        let assigned = said_of(&text);
        let mut numbers = leaf.numbers.clone();
        numbers.extend(several.then_some(number));
        Leaf { numbers, path: path.clone(), text, assigned, ..leaf.clone() }
    };
    (1..).zip(orders).map(order).collect()
}

/// Who is to do what an order says, be it everybody.
fn said_of(order: &Twin) -> Option<Assigned> {
    static PREFACE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("^会议[^,:。]{0,10}[,:]").expect("a pattern"));
    let text = order.trimmed().tight();
    let from = PREFACE.find(text.norm()).map_or(0, |found| found.end());
    prose::assigned(&text).or_else(|| prose::told(&text.slice(from..text.norm().len())))
}

/// Whether a paragraph of minutes decides something behind what it tells.
pub(super) fn decides(text: &Twin) -> bool {
    let sentences = text.norm().split('。').skip(1);
    sentences.into_iter().any(|sentence| DECIDES.is_match(sentence.trim()))
        && !orders(text, 0, false).is_empty()
}

/// Where the orders of a text stand, from a byte on; none where it is one measure.
fn orders(text: &Twin, from: usize, minutes: bool) -> Vec<Range<usize>> {
    let norm = text.norm();
    let minutes = minutes || norm.contains("会议") || gives_several(text, from);
    // One point is no list of them.
    if !minutes && !norm.contains("二是") {
        return Vec::new();
    }
    let mut found: Vec<Piece> = Vec::new();
    let (mut telling, mut told, mut broken) = (false, false, true);
    for (range, point) in pieces(text, from, minutes) {
        let said = norm[range.clone()].trim();
        telling = (telling || TELLS.is_match(said)) && !DECIDES.is_match(said);
        if telling {
            (told, broken) = (true, true);
            continue;
        }
        let led = said_of(&text.slice(range.clone())).is_some();
        match found.last_mut() {
            Some(last) if !broken && (!(led || point) || !(last.led || last.point)) => {
                last.range.end = range.end;
                (last.led, last.point) = (last.led || led, last.point || point);
            }
            _ => found.push(Piece { range, point, led }),
        }
        broken = false;
    }
    let led = found.iter().filter(|piece| piece.led).count();
    if led == 0 || led == 1 && !told {
        return Vec::new();
    }
    found.into_iter().filter(|piece| piece.led || piece.point).map(|piece| piece.range).collect()
}

/// Whether two sentences or more each give somebody something to do, as minutes have it (由甲负责…。由乙牵头…).
fn gives_several(text: &Twin, from: usize) -> bool {
    let norm = text.norm();
    let mut given = 0;
    let mut start = from;
    for end in norm[from..].match_indices(['。', '\n']).map(|(at, _)| at + from) {
        let by = norm[start..end].trim_start().starts_with(['由', '请', '责']);
        given += usize::from(by && prose::assigned(&text.slice(start..end).trimmed()).is_some());
        start = end + norm[end..].chars().next().map_or(0, char::len_utf8);
    }
    given >= 2
}

/// The points of a text and, in minutes, its sentences and the clauses that give one more body its share.
fn pieces(text: &Twin, from: usize, minutes: bool) -> Vec<(Range<usize>, bool)> {
    let norm = text.norm();
    let mut starts: Vec<(usize, bool)> = vec![(from, false)];
    let mut shares = false;
    for (at, c) in norm.char_indices().filter(|(at, _)| *at >= from) {
        let next = at + c.len_utf8();
        let sentence = matches!(c, '。' | ';' | '\n');
        if !(sentence || matches!(c, ',' | ':')) || next == norm.len() {
            continue;
        }
        let rest = norm[next..].trim_start();
        let point = POINT.is_match(rest);
        let end = rest.find(['。', ';', ',', '\n']).unwrap_or(rest.len());
        let share = minutes && prose::takes_a_share(&Twin::new(&rest[..end]));
        if point || minutes && (sentence || share && shares) {
            starts.push((next, point));
        }
        shares = share || shares && !sentence;
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([norm.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|((start, point), end)| (start..end, point)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        in_minutes(text, false)
    }

    fn in_minutes(text: &str, minutes: bool) -> Vec<String> {
        let paragraph = Leaf { text: Twin::new(text), ..Leaf::default() };
        let lead = |leaf: &Leaf| leaf.assigned.as_ref().map(|said| said.lead.join("、")).unwrap_or_default();
        parted(paragraph, minutes).iter().map(|leaf| format!("{}|{}", lead(leaf), leaf.text.norm())).collect()
    }

    #[test]
    fn every_order_of_minutes_is_a_measure() {
        assert_eq!(
            of("会议要求,一是县水利局要检修闸门;二是县应急局要加强值守。三是各乡镇要备足物资。"),
            [
                "县水利局|会议要求,一是县水利局要检修闸门;",
                "县应急局|二是县应急局要加强值守。",
                "各乡镇|三是各乡镇要备足物资。"
            ]
        );
        assert_eq!(
            of(
                "会议指出,形势严峻。会议明确,由县住建局修改方案。总投资1亿元。县发改局负责立项,县财政局负责筹资,8月底前到位。"
            ),
            [
                "县住建局|会议明确,由县住建局修改方案。总投资1亿元。",
                "县发改局|县发改局负责立项,",
                "县财政局|县财政局负责筹资,8月底前到位。"
            ]
        );
    }

    #[test]
    fn sentences_that_each_name_somebody_are_orders_as_well() {
        assert_eq!(
            of(
                "关于供热。由供热公司负责热线值守。由县住建局牵头,每周测温。开设专栏,责任单位为县融媒体中心。"
            ),
            [
                "供热公司|关于供热。由供热公司负责热线值守。",
                "县住建局|由县住建局牵头,每周测温。",
                "|开设专栏,责任单位为县融媒体中心。"
            ]
        );
    }

    #[test]
    fn minutes_give_orders_without_speaking_of_the_meeting() {
        let text = "县财政局牵头,6月底前争取债券;县金融办每月组织1次对接。";
        assert_eq!(
            in_minutes(text, true),
            ["县财政局|县财政局牵头,6月底前争取债券;", "县金融办|县金融办每月组织1次对接。"]
        );
        assert_eq!(in_minutes(text, false).len(), 1);
    }

    #[test]
    fn one_order_stays_one_measure() {
        for text in [
            "会议决定,由县水利局牵头,县财政局配合,7月底前编制方案。",
            "规范采购。一是统一招标,二是公示价格,三是建立退出机制。",
            "由县住建局负责改造管网。县财政局负责筹资。",
            "由县住建局负责改造管网。力争年内完工。",
        ] {
            assert_eq!(of(text).len(), 1, "{text}");
        }
    }
}
