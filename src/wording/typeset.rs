//! Punctuation as Chinese is printed. Our sentences are written with plain ASCII marks; where such a mark stands beside
//! Chinese it becomes full width, and one between figures or Latin words stays (`09:00`, `12,15-18`).

/// Sets a text for people to read.
pub fn typeset(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut set = String::with_capacity(text.len());
    // For every bracket that is open, whether it became full width: its partner follows it.
    let mut open: Vec<bool> = Vec::new();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        let beside_chinese = before.is_some_and(is_chinese) || after.is_some_and(is_chinese);
        let wide = match c {
            '(' => {
                open.push(beside_chinese);
                beside_chinese
            }
            ')' => open.pop().unwrap_or(beside_chinese),
            ':' | ',' | ';' | '?' | '!' => beside_chinese || closes_chinese(&set) || before == Some('%'),
            _ => false,
        };
        set.push(if wide { full_width(c) } else { c });
    }
    set
}

/// Whether what was set so far ends in a full-width bracket, as after a remark in Chinese.
fn closes_chinese(set: &str) -> bool {
    set.ends_with('\u{ff09}')
}

/// The full-width form of an ASCII mark.
fn full_width(c: char) -> char {
    char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c)
}

/// Chinese characters and the marks that only stand among them.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
        || matches!(c, '\u{201c}' | '\u{201d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_beside_chinese_become_full_width() {
        assert_eq!(
            typeset("上次6月10日:40%,卡在用地;28办结"),
            "上次6月10日\u{ff1a}40%\u{ff0c}卡在用地\u{ff1b}28办结"
        );
        assert_eq!(
            typeset("逾期1个工作日(应6月24日(周五)) · 待报"),
            "逾期1个工作日\u{ff08}应6月24日\u{ff08}周五\u{ff09}\u{ff09} · 待报"
        );
        assert_eq!(typeset("完成了?"), "完成了\u{ff1f}");
        assert_eq!(typeset("已催办 #30:财税组"), "已催办 #30\u{ff1a}财税组");
        assert_eq!(typeset("28完成60%;29办结"), "28完成60%\u{ff1b}29办结");
    }

    #[test]
    fn marks_among_figures_and_latin_stay() {
        for text in ["5 09:00", "12,15-18", "http://127.0.0.1:8420/", "QH-3.2 (a, b)"] {
            assert_eq!(typeset(text), text);
        }
    }

    #[test]
    fn a_closing_bracket_follows_its_opening_one() {
        assert_eq!(typeset("60%(上次40%)"), "60%\u{ff08}上次40%\u{ff09}");
        assert_eq!(typeset("a (b 中) c"), "a (b 中) c");
    }
}
