//! Takes a pasted-back card out of a message: what the bot wrote is no answer.

use std::ops::Range;

/// Openings of lines that only a card or an answer of the bot has.
const CARD_LINES: [&str; 8] = ["为何收到", "回复本条就行", "已记 ", "已记✓", "> ", "- - -", "-----", "--"];

/// Lights and marks that open an item line of a card, always with ` #` behind.
const LIGHTS: [&str; 6] = ["红", "黄", "绿", "蓝", "灰", "报"];

/// What is left of a message, and which items the card lines named.
pub(super) struct Unquoted {
    /// Lines that the person wrote, as bytes of the copy.
    pub lines: Vec<Range<usize>>,
    /// Item numbers of the card lines taken out.
    pub quoted: Vec<i64>,
}

/// Sorts the lines of a message into written and quoted.
pub(super) fn strip(text: &str) -> Unquoted {
    let whole_card = text.contains("提醒】") || text.contains("为何收到");
    let mut left = Unquoted { lines: Vec::new(), quoted: Vec::new() };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // A circled number of the list has become `;1.` in the copy.
        let trimmed = line.trim().trim_start_matches(';');
        if let Some(no) = item_line(trimmed, whole_card) {
            left.quoted.push(no);
        } else if !trimmed.is_empty() && !is_card_line(trimmed) {
            left.lines.push(at..at + line.trim_end_matches('\n').len());
        }
        at += line.len();
    }
    left
}

/// The number of a card's item line: `红 #31 过境公路开工 逾期1个工作日`.
fn item_line(line: &str, whole_card: bool) -> Option<i64> {
    let (light, rest) = LIGHTS.iter().find_map(|light| Some((*light, line.strip_prefix(light)?)))?;
    let rest = rest.strip_prefix(' ')?.trim_start().strip_prefix('#')?;
    // People also write `报 #12 完成60%`; a card line of that kind says when it is due.
    if light == "报" && !whole_card && !rest.contains("前报") {
        return None;
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest[..digits].parse().ok()
}

/// Headings, buttons, the line that says why, and quotation lines of other chat programs.
fn is_card_line(line: &str) -> bool {
    let heading = line.starts_with("【督办")
        || line.starts_with("【催办")
        || line.starts_with('【') && line.contains("提醒】");
    let buttons = line.starts_with('[') && line.ends_with(']');
    let notice = ["系统消息", "系统提醒", "系统通知", "自动提醒"].iter().any(|word| line.contains(word))
        && line.starts_with(['[', '【', '(']);
    let citation = line.starts_with('「') && line.ends_with('」');
    // 17. 粮食收储企业引进(截止6月30日): nobody answers with a term and a request.
    let line = ["您好", "你好", ",", "!", " "].iter().fold(line, |line, word| line.trim_start_matches(word));
    if ["【转发", "[转发", "转发:", "【转】", "(转发"].iter().any(|open| line.starts_with(open)) {
        return true;
    }
    let asks = ["截止", "待反馈", "即将到期", "已逾期,请", "请回复", "请尽快反馈", "请反馈", "请尽快回复"]
        .iter()
        .any(|word| line.contains(word));
    let opened = line.starts_with(|c: char| "【「\"*".contains(c) || c.is_ascii_digit())
        || [
            "尊敬的负责人",
            "温馨提示",
            "系统提示",
            "您有",
            "您单位",
            "请回复",
            "请反馈",
            "请尽快",
            "你单位",
            "任务:",
        ]
        .iter()
        .any(|word| line.starts_with(word));
    // 【督办提醒】还没完成: an answer behind the heading.
    let answered = ['没', '未', '不'].iter().any(|no| line.contains(*no));
    heading && !answered
        || notice
        || buttons
        || citation
        || asks && opened
        || CARD_LINES.iter().any(|open| line.starts_with(open))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_card_is_taken_out_line_by_line() {
        let text = "【督办提醒】县发改局 · 6月27日\n红 #31 过境公路开工 逾期1个工作日\n[#31…] [其余无变化]\n为何收到:周一例行\n完成60%";
        let left = strip(text);
        assert_eq!(left.quoted, [31]);
        let lines: Vec<_> = left.lines.iter().map(|line| &text[line.clone()]).collect();
        assert_eq!(lines, ["完成60%"]);
    }

    #[test]
    fn a_written_line_that_opens_like_a_card_stays() {
        assert_eq!(strip("报 #12 完成60%").lines.len(), 1);
        assert_eq!(strip("红兴隆经开区已对接").lines.len(), 1);
    }
}
