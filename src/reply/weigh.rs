//! Weighs the signs of an item's clauses against each other: one status, and the facts that go with it.

use chrono::NaiveDate;

use super::Status;
use super::intent::Signs;
use super::view::Claim;
use crate::domain::quantity::Quantity;

/// A clause as it was written, with its signs.
pub(super) struct Read {
    /// The writer's words.
    pub text: String,
    /// A sentence ends with it.
    pub closes: bool,
    /// What it says.
    pub signs: Signs,
}

/// What an item's clauses say together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Verdict {
    pub status: Status,
    pub percent: Option<u8>,
    pub quantity: Option<Quantity>,
    pub new_due: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub blocker: Option<String>,
    pub needs: Option<String>,
}

/// One verdict over all clauses of an item. Done gives way to anything said against it: a false "done" is the worst error.
pub(super) fn weigh(reads: &[Read]) -> Verdict {
    let status = status(reads);
    let last = |pick: fn(&Signs) -> Option<u8>| reads.iter().rev().find_map(|read| pick(&read.signs));
    let day = |pick: fn(&Signs) -> Option<NaiveDate>| reads.iter().find_map(|read| pick(&read.signs));
    let until = day(|signs| signs.until).or_else(|| day(|signs| signs.finish_by));
    Verdict {
        status,
        percent: last(|signs| signs.percent),
        quantity: reads.iter().rev().find_map(|read| read.signs.quantity.clone()),
        new_due: new_due(reads).filter(|_| status == Status::Extend),
        until: until.filter(|_| status == Status::Ack),
        blocker: blocker(reads, status),
        needs: blocked(reads)
            .find_map(|read| read.signs.obstruction.needs.clone())
            .filter(|_| status != Status::Done),
    }
}

/// The status by the order of precedence.
fn status(reads: &[Read]) -> Status {
    let any = |sign: fn(&Signs) -> bool| reads.iter().any(|read| sign(&read.signs));
    let undone = any(|signs| signs.undone || signs.extend || signs.not_started);
    let doubt = any(|signs| signs.doubt && signs.done.is_none());
    if claim(reads)
        .filter(|claim| *claim > Claim::Plain || !doubt)
        .is_some_and(|claim| !undone && !opposed(reads, claim))
    {
        return Status::Done;
    }
    let moved = reads.iter().any(|read| {
        !read.signs.no_step && read.signs.moved() && (read.signs.coming.is_none() || read.signs.already)
    });
    let ladder: [(bool, Status); 11] = [
        // 没问题,能在国庆前干完: a bare promise.
        (pledged(reads), Status::Ack),
        (any(|signs| signs.extend), Status::Extend),
        (blocked(reads).next().is_some(), Status::Blocked),
        (any(|signs| signs.not_started) || any(|signs| signs.no_step) && !moved, Status::NotStarted),
        (any(|signs| signs.on_track || signs.done.is_some()), Status::OnTrack),
        (any(|signs| signs.no_change), Status::NoChange),
        (any(|signs| signs.query), Status::Query),
        (any(|signs| signs.ack), Status::Ack),
        (any(|signs| signs.happened), Status::OnTrack),
        (any(|signs| signs.fine), Status::OnTrack),
        (true, Status::None),
    ];
    ladder.iter().find(|(holds, _)| *holds).map_or(Status::None, |(_, status)| *status)
}

/// Whether nothing is said but that it will be done in time, or that word of it has been heard.
fn pledged(reads: &[Read]) -> bool {
    let pledges = |signs: &Signs| signs.pledge || signs.in_time;
    let plain = |signs: &Signs| {
        !signs.extend && !signs.obstruction.any() && !signs.no_step && !signs.not_started && !signs.query
    };
    let idle = |signs: &Signs| signs.ack || signs.fine || signs.chat || !signs.moved();
    let agrees = reads.iter().any(|read| read.signs.pledge || read.signs.agrees);
    agrees
        && reads.iter().any(|read| pledges(&read.signs))
        && reads.iter().all(|read| plain(&read.signs) && (pledges(&read.signs) || idle(&read.signs)))
}

/// The strongest claim; one whose subject stood in the clause before (土地报批,都已完成) is none.
fn claim(reads: &[Read]) -> Option<Claim> {
    let carried = |at: usize| at > 0 && reads[at - 1].signs.nominal && !reads[at - 1].closes;
    let claims = reads.iter().enumerate().filter(|(at, _)| !carried(*at));
    // 超了!干了1926亩: the target is passed, in two breaths.
    let passed = reads.iter().any(|read| read.signs.reached) && reads.iter().any(|read| read.signs.over);
    let passed = passed.then_some(Claim::Plain);
    claims.filter_map(|(_, read)| read.signs.done).max().max(passed)
}

/// Whether an obstacle speaks against a claim. 已办结 stands beside a shortage; 已完成 does not.
fn opposed(reads: &[Read], claim: Claim) -> bool {
    reads.iter().any(|read| {
        let obstruction = &read.signs.obstruction;
        let weak = obstruction.holds || obstruction.calls;
        obstruction.unable || obstruction.waits || weak && (claim == Claim::Plain || !obstruction.of_means)
    })
}

/// The clauses that name an obstacle which no later clause calls solved.
fn blocked(reads: &[Read]) -> impl Iterator<Item = &Read> {
    let solved = reads.iter().rposition(|read| read.signs.obstruction.solved).unwrap_or(0);
    reads.iter().skip(solved).filter(|read| read.signs.obstruction.any())
}

/// The obstacles in the writer's words; a mere call for help only where no obstacle is named.
fn blocker(reads: &[Read], status: Status) -> Option<String> {
    if status == Status::Done {
        return None;
    }
    let words = |wanted: fn(&Read) -> bool| {
        let found: Vec<&str> =
            blocked(reads).filter(|read| wanted(read)).map(|read| read.text.as_str()).collect();
        (!found.is_empty()).then(|| found.join(","))
    };
    // 因变压器未送电,暂无法调试: the cause belongs to it.
    let holds = |read: &Read| read.signs.obstruction.holds || read.signs.obstruction.waits;
    let named =
        if matches!(status, Status::Blocked | Status::Extend) && reads.iter().any(|read| read.signs.cause) {
            let found: Vec<&str> = reads
                .iter()
                .filter(|read| read.signs.cause || holds(read) && read.signs.obstruction.any())
                .map(|read| read.text.as_str())
                .collect();
            (!found.is_empty()).then(|| found.join(","))
        } else {
            words(holds)
        };
    named.or_else(|| reason(reads, status)).or_else(|| words(|read| read.signs.obstruction.calls))
}

/// Why it cannot be done, or more time is asked for: the clauses beside it that say something no list knows
/// (灯杆厂家放假了,得拖到1月20日).
fn reason(reads: &[Read], status: Status) -> Option<String> {
    if !matches!(status, Status::Extend | Status::Blocked) {
        return None;
    }
    let tells = |read: &&Read| {
        let signs = &read.signs;
        let other =
            signs.extend || signs.ack || signs.query || signs.chat || signs.fine || signs.coming.is_some();
        let goes_on =
            status == Status::Blocked && (signs.on_track || signs.happened) || read.text.contains('在');
        let empty = ["行的话", "具体", "理由", "可以的话", "感谢", "麻烦"]
            .iter()
            .any(|word| read.text.starts_with(word));
        signs.unknown >= 3
            && !other
            && !goes_on
            && !empty
            && !signs.obstruction.any()
            && signs.percent.is_none()
            && signs.quantity.is_none()
            && signs.done.is_none()
    };
    let found: Vec<&str> = reads.iter().filter(tells).map(|read| read.text.as_str()).collect();
    (!found.is_empty()).then(|| found.join(","))
}

/// The day an extension asks for: the one it names, else a finish named in another clause.
fn new_due(reads: &[Read]) -> Option<NaiveDate> {
    let named = reads.iter().rev().find_map(|read| read.signs.new_due);
    named
        .or_else(|| reads.iter().rev().find_map(|read| read.signs.finish_by))
        .or_else(|| reads.iter().rev().find_map(|read| read.signs.coming))
}
