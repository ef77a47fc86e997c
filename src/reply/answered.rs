//! Questions that the writer answers or that are meant for somebody else: 能不能按时交?能!; @王科 你那个回没回?

use super::signs::Signs;
use super::weigh::Read;

/// Answers that promise it.
const YES: [&str; 16] = [
    "能",
    "行",
    "可以",
    "必须",
    "必须的",
    "必须能",
    "没问题",
    "当然",
    "当然能",
    "肯定能",
    "肯定",
    "能行",
    "保证能",
    "妥妥的",
    "肯定行",
    "会",
];

/// Openings that speak to somebody who was mentioned.
const YOURS: [&str; 5] = ["你那", "你们那", "你的", "你们的", "您那"];

/// Takes such questions out of what a message says of an item.
pub(super) fn left_out(reads: &mut [Read]) {
    for at in 0..reads.len() {
        if reads[at].signs.query && asks_colleague(&reads[at].copy) {
            reads[at].signs = Signs { chat: true, ..Signs::default() };
            continue;
        }
        let answer = reads.get(at + 1).is_some_and(|next| YES.contains(&next.copy.trim()));
        if reads[at].signs.query && reads[at].closes && answer {
            reads[at].signs = Signs { chat: true, ..Signs::default() };
            reads[at + 1].signs = Signs { ack: true, agrees: true, pledge: true, ..Signs::default() };
        }
    }
}

/// Whether a question is put to a colleague by name.
fn asks_colleague(copy: &str) -> bool {
    let Some(rest) = copy.trim_start().strip_prefix('@') else { return false };
    let said = rest.split_once(' ').map_or("", |(_, said)| said);
    YOURS.iter().any(|word| said.trim_start().starts_with(word))
}
