//! What must not be said here at all: identity numbers, what is marked secret, complaints about a person (DESIGN section 11).
//! Such a message is refused and not kept, however well it would read as a report.

/// Why a message is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sensitive {
    /// It holds the number of an identity card.
    Identity,
    /// It carries a marking of secrecy.
    Secret,
    /// It accuses a person.
    Complaint,
}

/// Markings of secret papers; 保密 alone is a task like any other.
const MARKS: [&str; 8] = ["绝密", "机密★", "秘密★", "机密级", "秘密级", "机密文件", "秘密文件", "密级:"];

/// Words by which somebody accuses a person; 投诉 and 举报线索 are the daily work of others.
const ACCUSES: [&str; 12] = [
    "我要举报",
    "我举报",
    "实名举报",
    "检举揭发",
    "我要检举",
    "我要控告",
    "贪污了",
    "受贿",
    "索贿",
    "收黑钱",
    "生活作风",
    "包养",
];

/// Digits of an identity number, the last of which may be an X.
const IDENTITY: usize = 18;

/// Whether a message must be refused, and why.
pub fn sensitive(text: &str) -> Option<Sensitive> {
    let folded = super::normalise::Folded::of(text);
    let text = folded.text();
    if text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_identity) {
        Some(Sensitive::Identity)
    } else if MARKS.iter().any(|mark| text.contains(mark)) {
        Some(Sensitive::Secret)
    } else if ACCUSES.iter().any(|word| text.contains(word)) {
        Some(Sensitive::Complaint)
    } else {
        None
    }
}

/// Eighteen digits with a day of birth that can be one; other long numbers are accounts and contracts.
fn is_identity(word: &str) -> bool {
    let bytes = word.as_bytes();
    let digits = bytes.len() == IDENTITY
        && bytes[..IDENTITY - 1].iter().all(u8::is_ascii_digit)
        && (bytes[IDENTITY - 1].is_ascii_digit() || bytes[IDENTITY - 1] == b'x');
    let born = || chrono::NaiveDate::parse_from_str(&word[6..14], "%Y%m%d").is_ok();
    digits && ["19", "20"].contains(&word.get(6..8).unwrap_or_default()) && born()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_not_be_said_is_told_from_daily_work() {
        for (text, why) in [
            ("#12 已发放,张某 身份证230521199001011234", Some(Sensitive::Identity)),
            ("身份证号23052119900101123Ⅹ", Some(Sensitive::Identity)),
            ("23052119900101123X 已办", Some(Sensitive::Identity)),
            ("附件是机密★的通知", Some(Sensitive::Secret)),
            ("我要举报某局长", Some(Sensitive::Complaint)),
            ("#12 保密自查已完成", None),
            ("#12 群众举报线索已核查3条,投诉回访完成60%", None),
            ("合同号202205181234567890,电话13800000000", None),
        ] {
            assert_eq!(sensitive(text), why, "{text}");
        }
    }
}
