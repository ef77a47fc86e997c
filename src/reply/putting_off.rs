//! Words that deny an act or put it off: of a meeting that a round asks for they say that it has not taken place.

/// Such words. Wider than a denied finish: they are only asked for where a false alarm means one more reminder.
const WORDS: [&str; 12] =
    ["没", "未", "下周", "下月", "明天", "后天", "本周五", "准备", "计划", "打算", "推迟", "改到"];

/// Whether a text leaves it doubtful that an act has taken place.
pub fn puts_off(text: &str) -> bool {
    WORDS.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_to_come_or_that_failed_is_put_off_and_one_that_was_held_is_not() {
        for text in ["例会没开成,下周补", "例会准备开", "大讲堂改到月底", "活动尚未举办"]
        {
            assert!(puts_off(text), "{text}");
        }
        for text in ["例会已开", "周例会开了,议了三件事", "大讲堂办完了"] {
            assert!(!puts_off(text), "{text}");
        }
    }
}
