//! The numbers that items open with: 一、 (一) 1. 1.1 (1) 1) ① and bullets, at the start of a line and inside a paragraph.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::chinese::number_at;

/// The form of a number, from the outermost level to the innermost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// 第一部分, 第一章.
    Chapter,
    /// 第一节.
    Section,
    /// 第一条.
    Clause,
    /// 一、
    Han,
    /// (一)
    HanParen,
    /// 任务一: and 行动1:
    Named,
    /// 1. and 1、
    Arabic,
    /// 1.1 and deeper, by how many numbers.
    Decimal(u8),
    /// (1)
    ArabicParen,
    /// 1)
    HalfParen,
    /// ①
    Circled,
    /// • and other signs.
    Bullet,
}

/// A number at the start of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// Its form.
    pub form: Form,
    /// Its number; 0 for bullets.
    pub number: u32,
    /// Bytes it covers.
    pub len: usize,
}

/// Signs that open items of lists without numbers.
const BULLETS: &str = "·•●◆■▲★☆○◇□►▶√✓➢※";

static PATTERNS: LazyLock<Vec<(Form, Regex)>> = LazyLock::new(|| {
    let han = "[一二三四五六七八九十百]{1,4}";
    [
        (Form::Chapter, format!(r"^第({han}|\d{{1,2}})(?:部分|章|篇|编)[、:. ]?")),
        (Form::Section, format!(r"^第({han}|\d{{1,2}})节[、:. ]?")),
        (Form::Clause, format!(r"^第({han}|\d{{1,3}})条[、:. ]?\s*")),
        (Form::Clause, r"^第(\d{1,3})号(?:建议|提案)?[:、 ]\s*".to_owned()),
        (Form::Han, format!(r"^({han})(?:[、.]|, ?)\s*")),
        (Form::HanParen, format!(r"^\( ?({han}) ?\)\s*[、.]?\s*")),
        (
            Form::Named,
            format!(r"^(?:重点|反馈|具体)?(?:任务|行动|措施|举措|专题|事项|工程|问题)({han}|\d{{1,2}})(?:[:、.]| )\s*"),
        ),
        (Form::Decimal(2), r"^\d{1,2}\.(\d{1,2})[.、 ]?\s*".to_owned()),
        (Form::Decimal(3), r"^\d{1,2}\.\d{1,2}\.(\d{1,2})[.、 ]?\s*".to_owned()),
        (Form::Arabic, r"^(\d{1,3}) ?(?:[.、]|, ?)\s*".to_owned()),
        (Form::ArabicParen, r"^\( ?(\d{1,3}) ?\)\s*[、.]?\s*".to_owned()),
        (Form::HalfParen, r"^(\d{1,2})\)\s*[、.]?\s*".to_owned()),
    ]
    .into_iter()
    .map(|(form, pattern)| (form, Regex::new(&pattern).expect("a pattern")))
    .collect()
});

/// A date behind the number of an item: `3.4月底前` is item 3.
static DATE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?:\d{1,2}月|\d{4}年)").expect("a pattern"));

/// The number that a text (half width) opens with.
pub fn marker_at(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    if let Some(number) = circled(first) {
        let len =
            first.len_utf8() + text[first.len_utf8()..].len() - text[first.len_utf8()..].trim_start().len();
        return Some(Marker { form: Form::Circled, number, len });
    }
    if let Some(rest) = text.strip_prefix("——").map(str::trim_start).filter(|rest| !rest.is_empty()) {
        return Some(Marker { form: Form::Bullet, number: 0, len: text.len() - rest.len() });
    }
    if BULLETS.contains(first) || ("-—*".contains(first) && text[first.len_utf8()..].starts_with(' ')) {
        let rest = text[first.len_utf8()..].trim_start();
        return (!rest.is_empty()).then(|| Marker {
            form: Form::Bullet,
            number: 0,
            len: text.len() - rest.len(),
        });
    }
    if !(first.is_ascii_digit() || "(第一二三四五六七八九十百重任行措举专事工问反具".contains(first))
    {
        return None;
    }
    PATTERNS.iter().rev().find_map(|(form, pattern)| {
        let found = pattern.captures(text)?;
        let number = number_at(found.get(1)?.as_str())?.whole()?;
        let len = found.get(0)?.end();
        let marker = Marker { form: *form, number: u32::try_from(number).ok()?, len };
        opens_words(&marker, text).then_some(marker)
    })
}

/// `2.5亿元` and `3.1%` open with no number of an item, nor does `5.1前`.
fn opens_words(marker: &Marker, text: &str) -> bool {
    let rest = &text[marker.len..];
    let next = rest.chars().next();
    match marker.form {
        Form::Arabic => next.is_some_and(|c| !c.is_ascii_digit()) || DATE.is_match(rest),
        Form::Decimal(_) => {
            let unit = [
                "亿", "万", "元", "%", "公里", "千米", "米", "倍", "个", "平方", "吨", "户", "人", "亩",
                "前", "日", "月", "号", "年",
            ];
            let apart = text[..marker.len].ends_with(' ');
            next.is_some_and(|c| (apart || !c.is_ascii_digit()) && c != '.')
                && !unit.iter().any(|unit| rest.starts_with(unit))
        }
        _ => true,
    }
}

fn circled(c: char) -> Option<u32> {
    match c {
        '①'..='⑳' => Some(u32::from(c) - u32::from('①') + 1),
        '❶'..='❿' => Some(u32::from(c) - u32::from('❶') + 1),
        '➀'..='➉' => Some(u32::from(c) - u32::from('➀') + 1),
        _ => None,
    }
}

/// Items of one form that count on: the form, the last number, and where they open.
type Chain = (Form, u32, Vec<(Range<usize>, Marker)>);

/// Where items open inside a paragraph: ranges of their numbers, each one after the one before, from 1 or from the number
/// that the paragraph itself opens with.
pub fn inside(text: &str, own: Option<&Marker>) -> Vec<(Range<usize>, Marker)> {
    let mut found: Vec<(Range<usize>, Marker)> = Vec::new();
    let mut chains: Vec<Chain> = Vec::new();
    if let Some(own) = own {
        chains.push((own.form, own.number, Vec::new()));
    }
    let start = own.map_or(0, |own| own.len);
    let mut before = None;
    for (at, c) in text.char_indices() {
        let after_own = own.is_some() && at == start;
        let opens =
            at >= start && (after_own || before.is_some_and(|c| "。;:!?〕】)]》\u{201d}".contains(c)));
        if opens && let Some(marker) = marker_at(&text[at..]) {
            let chain =
                chains.iter_mut().find(|(form, last, _)| *form == marker.form && last + 1 == marker.number);
            if let Some((_, last, members)) = chain {
                *last = marker.number;
                members.push((at..at + marker.len, marker));
            } else if marker.number == 1 && marker.form != Form::Bullet {
                chains.push((marker.form, 1, vec![(at..at + marker.len, marker)]));
            }
        }
        if c != ' ' {
            before = Some(c);
        }
    }
    for (_, last, members) in chains {
        // A lone first item is no list.
        if last > 1 {
            found.extend(members);
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_known_by_its_marks() {
        for (text, form, number) in [
            ("一、重点任务", Form::Han, 1),
            ("十二、其他", Form::Han, 12),
            ("(三)提速", Form::HanParen, 3),
            ("1.抓项目", Form::Arabic, 1),
            ("12、抓项目", Form::Arabic, 12),
            ("1.2 抓项目", Form::Decimal(2), 2),
            ("2.1.3抓项目", Form::Decimal(3), 3),
            ("(1)抓项目", Form::ArabicParen, 1),
            ("3)抓项目", Form::HalfParen, 3),
            ("④抓项目", Form::Circled, 4),
            ("• 抓项目", Form::Bullet, 0),
            ("第三部分 保障", Form::Chapter, 3),
            ("第二节 产业配套", Form::Section, 2),
            ("( 三)规范采购", Form::HanParen, 3),
            ("2 .配齐人员", Form::Arabic, 2),
            ("3.4月底前检修", Form::Arabic, 3),
            ("2.3 2023年底前建成", Form::Decimal(2), 3),
        ] {
            let marker = marker_at(text).map(|marker| (marker.form, marker.number));
            assert_eq!(marker, Some((form, number)), "{text}");
        }
    }

    #[test]
    fn figures_of_a_sentence_are_no_numbers_of_items() {
        for text in [
            "2.5亿元投资",
            "3.1%的增长",
            "2022年",
            "一般事项",
            "第三方评估",
            "(牵头单位:甲)",
            "1000人",
            "5.1前",
        ] {
            assert_eq!(marker_at(text), None, "{text}");
        }
    }

    #[test]
    fn several_items_stand_in_one_paragraph() {
        let text = "1.抓项目。(1)储备项目;形成清单。(2)落地项目〔牵头:甲〕(3)收尾,完成(1)中的事项。";
        let own = marker_at(text);
        let numbers: Vec<u32> = inside(text, own.as_ref()).iter().map(|(_, marker)| marker.number).collect();
        assert_eq!(numbers, [1, 2, 3]);
        assert!(inside("包括(1)甲。", None).is_empty());
    }
}
