//! What a message tells of other places: 隔壁县那个冷库,完成投资1.2亿. It says nothing of the items here.

use super::signs::Signs;
use super::weigh::Read;

/// Words for other places.
const OTHERS: [&str; 10] =
    ["隔壁", "隔壁县", "邻县", "外县", "邻市", "别的县", "兄弟县", "人家县", "隔壁镇", "隔壁乡"];

/// Words that compare with them, and so speak of us.
const COMPARES: [&str; 13] =
    ["因", "由于", "受", "等", "请", "需", "比", "像", "学", "跟", "和", "与", "不如"];

/// Words that come back to us.
const OURS: [&str; 8] = ["我", "咱", "俺", "本县", "本镇", "本乡", "这边", "咱们"];

/// Empties the signs of clauses about another place, up to the end of the sentence.
pub(super) fn left_out(reads: &mut [Read]) {
    let mut elsewhere = false;
    for read in reads {
        let names = OTHERS.iter().any(|word| read.copy.contains(word))
            && !COMPARES.iter().any(|word| read.copy.contains(word));
        let ours = OURS.iter().any(|word| read.copy.contains(word));
        elsewhere = (elsewhere || names) && !ours;
        if elsewhere {
            read.signs = Signs::default();
        }
        elsewhere &= !read.closes;
    }
}
