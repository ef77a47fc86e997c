//! A corrected document against the plan on record: what was added, changed and dropped, per field. Pure: two values in, the
//! difference out. Compared is what the documents say; what the office has decided since is no difference.

mod pair;
pub mod said;
mod shape;

use std::collections::BTreeSet;

use crate::domain::task::TaskState;
use crate::notice::file::{self, Draft, Roster};
use pair::{Side, pairs};
use said::{SaidDuty, SaidPlan, SaidTask};

pub use shape::{
    Applied, Change, Diff, DutyChange, Field, Left, OnRecord, RecordedDuty, RecordedTask, TaskChange,
    TaskDropped, Value, Why,
};

/// Likeness from which two texts are the same task.
const SAME_TASK: f64 = 0.55;

/// Likeness from which two duties of one task are the same.
const SAME_DUTY: f64 = 0.4;

/// What a draft changes of the plan on record.
pub fn diff(record: &OnRecord, draft: &Draft) -> Diff {
    let Some(plan) = &draft.plan else {
        return Diff::default();
    };
    let mut diff = Diff { plan: record.plan.changes(&SaidPlan::of(plan)), ..Diff::default() };
    let paired = tasks(&record.tasks, &draft.tasks);
    for (at, (new, old)) in draft.tasks.iter().zip(&paired).enumerate() {
        let Some(old) = old.map(|old| &record.tasks[old]) else {
            diff.added.push(at);
            continue;
        };
        diff.same.push((old.no, at));
        diff.changed.extend(change(old, (at, new), draft.roster.as_ref()));
    }
    let kept: BTreeSet<usize> = paired.into_iter().flatten().collect();
    let gone = record.tasks.iter().enumerate().filter(|(at, task)| !kept.contains(at) && !task.absent);
    diff.dropped.extend(gone.map(|(_, task)| TaskDropped {
        no: task.no,
        code: task.said.code.clone(),
        title: task.said.title.clone(),
        state: task.state,
        reported: task.reported,
    }));
    diff
}

/// For every new task the old one that it is: first among those of the last version, then among those dropped before.
fn tasks(old: &[RecordedTask], new: &[file::Task]) -> Vec<Option<usize>> {
    let new: Vec<Side> = new
        .iter()
        .map(|task| side(&SaidTask::of(task), task.duties.iter().map(|duty| duty.text.as_str())))
        .collect();
    let mut found = vec![None; new.len()];
    for absent in [false, true] {
        let among: Vec<usize> = (0..old.len()).filter(|at| old[*at].absent == absent).collect();
        let sides: Vec<Side> = among
            .iter()
            .map(|at| side(&old[*at].said, old[*at].duties.iter().map(|duty| duty.said.text.as_str())))
            .collect();
        let open: Vec<usize> = (0..new.len()).filter(|at| found[*at].is_none()).collect();
        let wanted: Vec<Side> = open.iter().map(|at| new[*at].clone()).collect();
        for (at, one) in open.iter().zip(pairs(&sides, &wanted, SAME_TASK)) {
            found[*at] = one.map(|one| among[one]);
        }
    }
    found
}

fn side<'a>(said: &'a SaidTask, duties: impl Iterator<Item = &'a str>) -> Side {
    let own = [said.title.as_str(), said.note.as_deref().unwrap_or_default()];
    Side::new(&said.code, own.into_iter().chain(duties))
}

/// What differs of a task; `None` where nothing does.
fn change(
    old: &RecordedTask,
    (at, new): (usize, &file::Task),
    roster: Option<&Roster>,
) -> Option<TaskChange> {
    let change = TaskChange {
        no: old.no,
        at,
        state: old.state,
        title: old.said.title.clone(),
        returns: old.absent,
        confirms: old.state == TaskState::Draft && new.confirmed,
        fields: old.said.changes(&SaidTask::of(new), roster),
        duties: duties(&old.duties, &new.duties),
    };
    let differs = change.returns || change.confirms || !change.fields.is_empty() || !change.duties.is_empty();
    differs.then_some(change)
}

/// What differs of a task's duties.
fn duties(old: &[RecordedDuty], new: &[file::Duty]) -> Vec<DutyChange> {
    let new: Vec<SaidDuty> = new.iter().map(SaidDuty::of).collect();
    let mut paired = paired_duties(old, &new);
    let gone = |paired: &[Option<usize>]| -> Vec<usize> {
        (0..old.len()).filter(|at| !paired.contains(&Some(*at))).collect()
    };
    // The only one that is left on both sides is the same, however it is put now.
    let open: Vec<usize> = (0..new.len()).filter(|at| paired[*at].is_none()).collect();
    if let ([one], [other]) = (open.as_slice(), gone(&paired).as_slice()) {
        paired[*one] = Some(*other);
    }
    let mut changes = Vec::new();
    for (at, (said, pair)) in new.iter().zip(&paired).enumerate() {
        let Some(known) = pair.map(|pair| &old[pair]) else {
            changes.push(DutyChange::Added(at));
            continue;
        };
        let fields = known.said.changes(said);
        if !fields.is_empty() {
            changes.push(DutyChange::Changed { id: known.id, seq: known.seq, at, fields });
        }
    }
    changes.extend(gone(&paired).into_iter().map(|at| DutyChange::Dropped {
        id: old[at].id,
        seq: old[at].seq,
        text: old[at].said.text.clone(),
        reported: old[at].reported,
    }));
    changes
}

/// For every new duty the old one that it is: one that says just the same before one that is only alike, whatever order
/// they stand in.
fn paired_duties(old: &[RecordedDuty], new: &[SaidDuty]) -> Vec<Option<usize>> {
    let mut paired: Vec<Option<usize>> = vec![None; new.len()];
    for (at, said) in new.iter().enumerate() {
        paired[at] = (0..old.len()).find(|one| old[*one].said == *said && !paired.contains(&Some(*one)));
    }
    let side = |said: &SaidDuty| Side::new(&format!("{:?}", said.when), [said.text.as_str()]);
    let free: Vec<usize> = (0..old.len()).filter(|one| !paired.contains(&Some(*one))).collect();
    let open: Vec<usize> = (0..new.len()).filter(|at| paired[*at].is_none()).collect();
    let before: Vec<Side> = free.iter().map(|one| side(&old[*one].said)).collect();
    let after: Vec<Side> = open.iter().map(|at| side(&new[*at])).collect();
    for (at, one) in open.into_iter().zip(pairs(&before, &after, SAME_DUTY)) {
        paired[at] = one.map(|one| free[one]);
    }
    paired
}

#[cfg(test)]
mod tests;
