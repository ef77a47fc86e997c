//! Suggested terms for words of a notice that are no date (DOMAIN section 2.4, vague words). A suggestion only: the
//! office decides.

/// Words and what they usually come to.
const TERMS: &[(&[&str], &str)] = &[
    (&["第一时间", "立即", "马上", "立行立改", "即知即改"], "3个工作日内"),
    (&["及时", "尽快", "抓紧"], "5个工作日内"),
    (&["规定时限", "规定时间", "限时", "按时"], "上级文件写的日子;没写的10个工作日内"),
    (&["近期", "早日", "尽早"], "1个月内"),
    (&["定期", "不定期", "经常", "常态"], "每月一次"),
    (&["适时", "择机"], "本季度内"),
    (&["长期", "持续"], "每季度报一次进展"),
];

/// A usual term for a vague word; `None` for words that we do not know.
pub fn suggested(word: &str) -> Option<&'static str> {
    TERMS.iter().find(|(words, _)| words.iter().any(|known| word.contains(known))).map(|(_, term)| *term)
}

#[cfg(test)]
mod tests {
    use super::suggested;

    #[test]
    fn vague_words_get_a_usual_term_and_unknown_ones_none() {
        assert_eq!(suggested("第一时间"), Some("3个工作日内"));
        assert_eq!(suggested("定期"), Some("每月一次"));
        assert!(suggested("规定时限内").is_some_and(|term| term.contains("上级文件")));
        assert_eq!(suggested("春天"), None);
    }
}
