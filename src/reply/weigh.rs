//! Weighs the signs of an item's clauses against each other: one status, and the facts that go with it.

use chrono::NaiveDate;

use super::Status;
use super::amount::{self, Growth, Weight};
use super::hindered::{blocked, blocker};
use super::signs::Signs;
use super::view::{Claim, PAST_YEARS};
use crate::domain::quantity::Quantity;

/// A clause as it was written, with its signs.
pub(super) struct Read {
    /// The writer's words.
    pub text: String,
    /// The same in the matching copy.
    pub copy: String,
    /// A sentence ends with it.
    pub closes: bool,
    /// What it says.
    pub signs: Signs,
}

/// What an item's clauses say together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Verdict {
    pub status: Status,
    pub percent: Option<f64>,
    pub quantity: Option<Quantity>,
    pub new_due: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub blocker: Option<String>,
    pub needs: Option<String>,
}

/// One verdict over all clauses of an item. Done gives way to anything said against it: a false "done" is the worst error.
pub(super) fn weigh(reads: &[Read]) -> Verdict {
    let status = status(reads);
    let last = |pick: fn(&Signs) -> Option<f64>| reads.iter().rev().find_map(|read| pick(&read.signs));
    let day = |pick: fn(&Signs) -> Option<NaiveDate>| reads.iter().find_map(|read| pick(&read.signs));
    let until = day(|signs| signs.until).or_else(|| day(|signs| signs.finish_by));
    Verdict {
        status,
        percent: last(|signs| signs.percent),
        quantity: quantity(reads, status),
        new_due: new_due(reads).filter(|_| status == Status::Extend),
        until: until.filter(|_| status == Status::Ack),
        blocker: blocker(reads, status),
        needs: blocked(reads)
            .find_map(|read| read.signs.obstruction.needs.clone())
            .filter(|_| status != Status::Done),
    }
}

/// The amount reached: the weightiest that is told, or what was told before and what has come since.
fn quantity(reads: &[Read], status: Status) -> Option<Quantity> {
    // 法律援助站12个,全部完成选址: of how many, and not how many.
    let says = |read: &&Read| {
        read.signs.quantity.is_some() && (read.signs.weight != Weight::Target || status == Status::Done)
    };
    let told = reads.iter().filter(says).max_by_key(|read| read.signs.weight);
    let total = told.is_some_and(|read| read.signs.weight == Weight::Total);
    let told = told.and_then(|read| read.signs.quantity.clone());
    let growth: Vec<Growth> = reads.iter().map(|read| read.signs.growth.clone()).collect();
    let whole = || reads.iter().find_map(|read| read.signs.whole.clone()).filter(|_| status == Status::Done);
    amount::total(&growth, told.as_ref()).filter(|_| !total).or(told).or_else(whole)
}

/// The status by the order of precedence.
fn status(reads: &[Read]) -> Status {
    let any = |sign: fn(&Signs) -> bool| reads.iter().any(|read| sign(&read.signs));
    let undone = any(|signs| signs.undone || signs.extend || signs.not_started);
    let asked = claim(reads) == Some(Claim::Asked) && !any(Signs::denies_finish);
    if asked
        && !any(|signs| signs.obstruction.unable || signs.obstruction.holds && !signs.obstruction.of_means)
    {
        return Status::Done;
    }
    let doubt = any(|signs| signs.doubt && signs.done.is_none());
    if claim(reads)
        .filter(|claim| *claim > Claim::Plain || !doubt)
        .is_some_and(|claim| !undone && !opposed(reads, claim))
    {
        return Status::Done;
    }
    // 已完成招标,未进场: it has begun.
    let begun = reads.iter().any(|read| {
        let signs = &read.signs;
        !signs.not_started
            && signs.on_track
            && signs.already
            && read.copy.contains("完成")
            && !signs.earlier
            && signs.coming.is_none()
    });
    let moved = reads.iter().any(|read| {
        !read.signs.no_step
            && !read.signs.earlier
            && read.signs.moved()
            && (read.signs.already || !read.copy.trim_start().starts_with('先'))
            && (read.signs.coming.is_none() || read.signs.already)
    });
    let ladder: [(bool, Status); 15] = [
        // 没问题,能在国庆前干完: a bare promise.
        (pledged(reads) || received_to_begin(reads), Status::Ack),
        (any(|signs| signs.extend), Status::Extend),
        (any(|signs| signs.paper && signs.query) && !any(|signs| signs.of_work), Status::Query),
        // 验收过了没有?一直没见着函: what is asked about has not been seen, and nothing stands in the way.
        (any(|signs| signs.query) && only_unseen(reads), Status::Query),
        (blocked(reads).next().is_some(), Status::Blocked),
        (
            any(|signs| signs.not_started) && !begun || any(|signs| signs.no_step) && !moved,
            Status::NotStarted,
        ),
        (
            reads.iter().enumerate().any(|(at, read)| {
                let signs = &read.signs;
                signs.on_track && !is_last_year(reads, at) || signs.done.is_some() && !is_last_year(reads, at)
            }),
            Status::OnTrack,
        ),
        (any(|signs| signs.no_change), Status::NoChange),
        (any(|signs| signs.query), Status::Query),
        (any(|signs| signs.ack), Status::Ack),
        (any(|signs| signs.happened && signs.already), Status::OnTrack),
        (any(|signs| signs.will_do), Status::Ack),
        (any(|signs| signs.happened), Status::OnTrack),
        (any(|signs| signs.fine), Status::OnTrack),
        (true, Status::None),
    ];
    ladder.iter().find(|(holds, _)| *holds).map_or(Status::None, |(_, status)| *status)
}

/// 收到,本周部署: received, and to be begun.
fn received_to_begin(reads: &[Read]) -> bool {
    reads.iter().any(|read| read.signs.to_begin)
        && reads.iter().any(|read| read.signs.ack)
        && reads.iter().all(|read| {
            let signs = &read.signs;
            signs.to_begin || signs.chat || signs.ack && !signs.moved() && !signs.not_started
        })
}

/// Whether all that stands in the way is that somebody has not seen something.
fn only_unseen(reads: &[Read]) -> bool {
    let unseen = |read: &Read| {
        let obstruction = &read.signs.obstruction;
        let words = ["没见", "没收到", "没看到", "没接到", "没看见", "未收到"];
        words.iter().any(|word| read.copy.contains(word))
            && !(obstruction.unable || obstruction.waits || obstruction.calls)
    };
    blocked(reads).next().is_some() && blocked(reads).all(unseen)
}

/// Whether nothing is said but that it will be done in time, or that word of it has been heard.
fn pledged(reads: &[Read]) -> bool {
    let pledges = |signs: &Signs| signs.pledge || signs.in_time;
    let plain = |signs: &Signs| {
        !signs.extend && !signs.obstruction.any() && !signs.no_step && !signs.not_started && !signs.query
    };
    let idle = |signs: &Signs| signs.ack || signs.fine || signs.chat || !signs.moved();
    let agrees = reads.iter().any(|read| read.signs.pledge || read.signs.agrees || read.signs.vows);
    agrees
        && reads.iter().any(|read| pledges(&read.signs))
        && reads.iter().all(|read| plain(&read.signs) && (pledges(&read.signs) || idle(&read.signs)))
}

/// Clauses before a claim that may make it a condition.
const NEAR: usize = 4;

/// The strongest claim; one whose subject or year stood in the clause before (土地报批,都已完成) is none.
fn claim(reads: &[Read]) -> Option<Claim> {
    // 要是县长有空,28号就能开,开完就算完成
    let supposed = |at: usize| {
        reads[..at].iter().rev().take(NEAR).take_while(|read| !read.closes).any(|read| read.signs.supposed)
    };
    let carried = |at: usize| {
        supposed(at)
            || at > 0
                && !reads[at - 1].closes
                && (reads[at - 1].signs.nominal && !reads[at - 1].signs.query
                    || of_last_year(&reads[at - 1], &reads[at]))
    };
    let asked = |read: &Read| read.signs.done == Some(Claim::Asked);
    // 代表表示满意,现予办复
    let formal = |read: &Read| {
        ["现予", "予以", "请予", "申请"].iter().any(|word| read.copy.trim_start().starts_with(word))
    };
    let claims = reads.iter().enumerate().filter(|(at, read)| asked(read) || formal(read) || !carried(*at));
    // 超了!干了1926亩: the target is passed, in two breaths.
    let passed = reads.iter().any(|read| read.signs.reached) && reads.iter().any(|read| read.signs.over);
    // 采砂点全部取缔,一个不剩
    let cleared = reads.windows(2).any(|two| two[0].signs.of_all && two[1].signs.none_left && !two[0].closes);
    let passed = (passed || cleared).then_some(Claim::Plain);
    claims.filter_map(|(_, read)| read.signs.done).max().max(passed)
}

/// Whether a clause goes on about the year of the clause before it.
fn is_last_year(reads: &[Read], at: usize) -> bool {
    at > 0 && !reads[at - 1].closes && of_last_year(&reads[at - 1], &reads[at])
}

/// 去年我们全县第一,提前俩月就完了: the second clause is still about the year of the first, unless it comes back to now.
fn of_last_year(before: &Read, read: &Read) -> bool {
    let opens = PAST_YEARS.iter().any(|year| before.copy.trim_start().starts_with(year));
    let compares = ["同期", "这时候", "这会"].iter().any(|word| before.copy.contains(word));
    let is_now = ["今年", "现在", "目前", "如今", "眼下", "这次", "已", "今天"];
    opens && !compares && !is_now.iter().any(|word| read.copy.contains(word))
}

/// Whether an obstacle speaks against a claim. 已办结 stands beside a shortage; 已完成 does not.
fn opposed(reads: &[Read], claim: Claim) -> bool {
    reads.iter().any(|read| {
        let obstruction = &read.signs.obstruction;
        let weak = obstruction.holds || obstruction.calls;
        obstruction.unable || obstruction.waits || weak && (claim == Claim::Plain || !obstruction.of_means)
    })
}

/// Characters of a day that stands alone.
const BARE_DAY: usize = 8;

/// The day an extension asks for: the one it names, else a finish named in another clause.
fn new_due(reads: &[Read]) -> Option<NaiveDate> {
    // 申请延到9月10号,说错了,9月20号
    let bare = |read: &Read| read.signs.new_due.filter(|_| read.copy.chars().count() <= BARE_DAY);
    let asked = reads.iter().rev().find_map(|read| read.signs.asked_due.or(bare(read)));
    let named = asked.or_else(|| reads.iter().rev().find_map(|read| read.signs.new_due));
    named.or_else(|| reads.iter().rev().find_map(|read| read.signs.finish_by)).or_else(|| {
        // 6月30日肯定完不成 names the day that will not do.
        let mut open = reads.iter().rev().filter(|read| !read.signs.obstruction.any());
        open.find_map(|read| read.signs.coming)
    })
}
