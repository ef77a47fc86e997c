//! Suggestions (金点子) in words.

use crate::domain::origin::Suggestion;
use crate::wording::short;

/// Lines of a list.
const LINES: usize = 20;

/// A suggestion was registered.
pub fn suggested(number: i64) -> String {
    format!("已记 ✓ 金点子{number}号,督查室研究后告诉您采纳不采纳。")
}

/// The suggestions.
pub fn suggestions(all: &[Suggestion]) -> String {
    if all.is_empty() {
        return "还没有金点子。发:金点子 内容".to_owned();
    }
    let undecided = all.iter().filter(|one| !one.decided).count();
    let mut text = format!("金点子,共{}条,待研究{undecided}条", all.len());
    for one in all.iter().take(LINES) {
        let state = match (one.decided, &one.reason) {
            (false, _) => "待研究".to_owned(),
            (true, Some(reason)) => format!("不采纳:{}", short(reason, 20)),
            (true, None) => "已采纳".to_owned(),
        };
        text.push_str(&format!("\n{}号 {} · {} · {state}", one.id, short(&one.text, 24), one.by_whom));
    }
    text
}

/// No such suggestion.
pub fn no_suggestion(number: i64) -> String {
    format!("没有金点子{number}号。发“金点子”看清单。")
}

/// It was decided before.
pub fn decided_already(number: i64) -> String {
    format!("金点子{number}号已经定过了。")
}

/// A suggestion is not declined without a reason.
pub fn why_declined(number: i64) -> String {
    format!("请写上理由,好答复人家:金点子 {number} 不采纳 理由")
}

/// It was declined.
pub fn declined(number: i64, reason: &str) -> String {
    format!("已答复 ✓ 金点子{number}号不采纳({})。", short(reason, 40))
}

/// It was adopted.
pub fn adopted(number: i64) -> String {
    format!("金点子{number}号采纳,转成事项:")
}

/// To whoever made it.
pub fn your_suggestion_was_declined(text: &str, reason: &str) -> String {
    format!("您提的金点子“{}”这次没有采纳:{reason}。谢谢您的建议。", short(text, 24))
}

/// To whoever made it.
pub fn your_suggestion_was_adopted(text: &str) -> String {
    format!("您提的金点子“{}”已采纳,转成事项去办了。谢谢!", short(text, 24))
}
