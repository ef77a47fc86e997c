//! Whether what is said of an item is to be heard at all, and whether it says no more than that it goes on.

use super::signs::Signs;
use super::weigh::Read;

/// 我家装修总算完工了: where a message talks of other things and no word is of the work, none of it is heard.
pub(super) fn is_talk(reads: &[Read]) -> bool {
    let of_work = |read: &Read| {
        let signs = &read.signs;
        signs.of_work
            || signs.on_track && read.copy.contains('已')
            || signs.quantity.is_some()
            || signs.obstruction.calls
            || signs.ack
            || signs.short && signs.unknown == 0
            || signs.new_due.is_some()
    };
    reads.iter().any(|read| read.signs.talk) && !reads.iter().any(of_work)
}

/// 我们这边主体刚封顶: it comes back to the writer's own work.
fn is_ours(read: &Read) -> bool {
    let signs = &read.signs;
    let ours = ["我们", "我这", "咱", "俺"].iter().any(|word| read.copy.contains(word));
    ours && !signs.disowns && !signs.talk && (signs.moved() || signs.not_started)
}

/// 这事不归我们: nothing is said of how it stands.
pub(super) fn disowned(reads: &[Read]) -> bool {
    let tells = |read: &Read| {
        let signs = &read.signs;
        // 隔壁镇的早验收了,我们这边主体刚封顶
        if is_ours(read) {
            return true;
        }
        signs.on_track && signs.undone && !signs.disowns
            || signs.done.is_some()
            || signs.percent.is_some()
            || signs.quantity.is_some()
    };
    reads.iter().any(|read| read.signs.disowns) && !reads.iter().any(tells)
}

/// 这两项的联系人换成小李了,以后找他: talk and nothing else, whatever item it names.
pub(super) fn is_all_talk(reads: &[Read]) -> bool {
    let idle = |signs: &Signs| !signs.moved() && !signs.of_work && signs.quantity.is_none();
    reads.iter().all(|read| read.signs.talk && idle(&read.signs) || read.signs.chat)
        && reads.iter().any(|read| read.signs.talk)
}

/// Whether an item of which nothing plainer is said goes on: what is denied (36号还有两个合作社没查到), and of a named one what
/// no list knows (十五五纲要改到第七稿).
pub(super) fn is_under_way(reads: &[Read], named: bool) -> bool {
    let talks = reads.iter().any(|read| read.signs.talk);
    let of_work = |read: &Read| read.signs.of_work || read.signs.short && !read.signs.query && !talks;
    let of_it = named || reads.iter().any(of_work);
    let denies = reads.iter().any(|read| read.signs.undone || read.signs.doubt);
    let tells = |signs: &Signs| signs.unknown > 0 && !signs.talk && !signs.chat && !signs.disowns;
    of_it && denies || named && reads.iter().any(|read| tells(&read.signs))
}
