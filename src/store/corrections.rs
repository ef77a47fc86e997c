//! Applying a corrected document to the plan on record: numbers, reports, filings and history stay.

mod owed;
mod record;

use std::collections::BTreeSet;

use serde_json::json;

use crate::domain::ids::{DutyId, TaskNo};
use crate::domain::now::Now;
use crate::domain::period::Cadence;
use crate::domain::task::{self, Hold, TaskAct, TaskState, hold_for};
use crate::notice::diff::said::{SaidDuty, SaidTask};
use crate::notice::diff::{Applied, Diff, DutyChange, Field, Left, TaskChange, TaskDropped, Why};
use crate::notice::file::{Draft, Duty, Plan, Task};
use crate::store::history::{self, About, Cause};
use crate::store::life::{self, Move};
use crate::store::{Connection, letters, plans, rows};
use owed::Lapse;

pub use record::read;

/// The word of history for what a corrected document changed.
const WHAT: &str = "plan_changed";

/// A correction under way.
struct Correction<'a> {
    conn: &'a mut Connection,
    plan_id: i64,
    plan: &'a Plan,
    draft: &'a Draft,
    now: &'a Now,
    cause: &'a Cause,
    applied: Applied,
}

/// Applies what a draft changes, with a line of history for every task. To be called in one transaction with the reading of
/// the record that `diff` was made of.
pub async fn apply(
    conn: &mut Connection,
    (draft, diff): (&Draft, &Diff),
    source_hash: &str,
    (now, cause): (&Now, &Cause),
) -> sqlx::Result<Applied> {
    let Some(plan) = &draft.plan else {
        return Ok(Applied::default());
    };
    let plan_id = update_plan(conn, plan, source_hash).await?;
    let applied = Applied::default();
    let mut correction = Correction { conn, plan_id, plan, draft, now, cause, applied };
    correction.free_codes(diff).await?;
    for dropped in &diff.dropped {
        correction.drop_task(dropped).await?;
    }
    for change in &diff.changed {
        correction.change_task(change).await?;
    }
    for at in &diff.added {
        plans::write_imported(correction.conn, (plan_id, plan), &draft.tasks[*at], cause).await?;
    }
    for (no, at) in &diff.same {
        correction.sync_progress(*no, &draft.tasks[*at]).await?;
    }
    plans::write_links(correction.conn, plan_id, &draft.tasks).await?;
    correction.applied.opened = plans::open_single_filings(correction.conn, now).await?;
    owed::look_at_running_only(correction.conn, plan_id).await?;
    Ok(correction.applied)
}

async fn update_plan(conn: &mut Connection, plan: &Plan, hash: &str) -> sqlx::Result<i64> {
    let (id,): (i64,) = sqlx::query_as(
        "update plan set title = $2, doc_no = $3, issued = $4, ends = $5, default_cadence = $6, source_hash = $7,
                grace_head = $8, grace_office = $9 where code = $1 returning plan_id",
    )
    .bind(&plan.code)
    .bind(&plan.title)
    .bind(&plan.doc_no)
    .bind(plan.issued.to_string())
    .bind(plan.ends.to_string())
    .bind(plan.default_cadence.as_str())
    .bind(hash)
    .bind(plan.ladder.head)
    .bind(plan.ladder.office)
    .fetch_one(&mut *conn)
    .await?;
    // With an earlier day on the notice, what seemed to lie before it does no more.
    sqlx::query(
        "update duty set hold = null where hold = 'historic' and due >= $2
           and task_id in (select task_id from task where plan_id = $1)",
    )
    .bind(id)
    .bind(plan.issued.to_string())
    .execute(conn)
    .await?;
    Ok(id)
}

impl Correction<'_> {
    /// Codes may change places: whoever gets another one gives up the old one first, and what is no longer in the document
    /// gives way to what is.
    async fn free_codes(&mut self, diff: &Diff) -> sqlx::Result<()> {
        let taken: BTreeSet<&str> = self.draft.tasks.iter().map(|task| task.code.as_str()).collect();
        let kept: BTreeSet<TaskNo> = diff.same.iter().map(|(no, _)| *no).collect();
        let all: Vec<(i64, String)> = sqlx::query_as("select task_id, code from task where plan_id = $1")
            .bind(self.plan_id)
            .fetch_all(&mut *self.conn)
            .await?;
        let moves: BTreeSet<TaskNo> = diff
            .changed
            .iter()
            .filter(|change| change.returns || change.fields.iter().any(|one| one.field == Field::Code))
            .map(|change| change.no)
            .collect();
        for (id, code) in all {
            let gives_way = !kept.contains(&TaskNo(id)) && taken.contains(code.as_str());
            if gives_way || moves.contains(&TaskNo(id)) {
                sqlx::query("update task set code = $2 where task_id = $1")
                    .bind(id)
                    .bind(format!("{code}(原#{id})"))
                    .execute(&mut *self.conn)
                    .await?;
            }
        }
        Ok(())
    }

    /// What the document no longer has is never deleted: without any report it is void, with reports the office decides.
    async fn drop_task(&mut self, dropped: &TaskDropped) -> sqlx::Result<()> {
        sqlx::query("update task set absent = 1 where task_id = $1")
            .bind(dropped.no.0)
            .execute(&mut *self.conn)
            .await?;
        let detail = json!({ "dropped": true });
        if let Some(to) = task::after(dropped.state, TaskAct::Void).ok().filter(|_| !dropped.reported) {
            let (task, from) = (dropped.no, dropped.state);
            let change = Move { task, from, to, what: WHAT, detail };
            let voided = life::set(self.conn, &change, self.cause).await?;
            self.applied.voided += voided.len();
            for filing in voided {
                letters::edit_cards_with(self.conn, filing, self.now.at()).await?;
            }
            return Ok(());
        }
        self.note(dropped.no, &detail).await?;
        if dropped.reported && !matches!(dropped.state, TaskState::Closed | TaskState::Void) {
            self.leave(dropped.no, dropped.title.clone(), Why::TaskReported);
        }
        Ok(())
    }

    async fn change_task(&mut self, change: &TaskChange) -> sqlx::Result<()> {
        let task = &self.draft.tasks[change.at];
        let before = record::said(self.conn, change.no).await?;
        self.update_task(change.no, task).await?;
        let has = |field| change.fields.iter().any(|one| one.field == field);
        if has(Field::Responsible) {
            self.rebind((change.no, task), &before).await?;
        }
        if has(Field::Unsettled) {
            sqlx::query("delete from task_unsettled where task_id = $1")
                .bind(change.no.0)
                .execute(&mut *self.conn)
                .await?;
            plans::write_unsettled(self.conn, change.no, &task.unsettled).await?;
        }
        self.note(change.no, &json!({ "fields": change.fields, "duties": particulars(&change.duties) }))
            .await?;
        for duty in &change.duties {
            self.change_duty(change.no, task, duty).await?;
        }
        if has(Field::Responsible) || has(Field::Lead) || has(Field::Team) {
            owed::lapse(self, change.no, Lapse::NotBound).await?;
        }
        if change.confirms {
            let detail = json!({});
            let (from, to) = (change.state, TaskState::Running);
            let confirmed = Move { task: change.no, from, to, what: "task_confirmed", detail };
            life::set(self.conn, &confirmed, self.cause).await?;
        }
        if change.returns && change.state == TaskState::Void {
            self.leave(change.no, task.title.clone(), Why::StillVoid);
        }
        Ok(())
    }

    async fn update_task(&mut self, no: TaskNo, task: &Task) -> sqlx::Result<()> {
        sqlx::query(
            "update task set code = $2, section = $3, title = $4, lead_unit_id = (select unit_id from unit where code = $5),
                    team_id = (select team_id from team where code = $6), confidential = $7, note = $8, said = $9, absent = 0
             where task_id = $1",
        )
        .bind(no.0)
        .bind(&task.code)
        .bind(&task.section)
        .bind(&task.title)
        .bind(&task.lead)
        .bind(&task.team)
        .bind(task.confidential)
        .bind(&task.note)
        .bind(rows::to_json(&SaidTask::of(task)))
        .execute(&mut *self.conn)
        .await?;
        Ok(())
    }

    /// Binds the units that the document names now, and lets go those that it named before; what the office has assigned
    /// besides stays.
    async fn rebind(&mut self, (no, task): (TaskNo, &Task), before: &SaidTask) -> sqlx::Result<()> {
        let (roster, after) = (self.draft.roster.as_ref(), SaidTask::of(task));
        for code in before.units(roster).difference(&after.units(roster)) {
            sqlx::query(
                "delete from task_unit where task_id = $1 and unit_id in (select unit_id from unit where code = $2)",
            )
            .bind(no.0)
            .bind(*code)
            .execute(&mut *self.conn)
            .await?;
        }
        plans::bind_units(self.conn, no, task.responsible.iter().map(String::as_str)).await
    }

    async fn change_duty(&mut self, no: TaskNo, task: &Task, change: &DutyChange) -> sqlx::Result<()> {
        match change {
            DutyChange::Added(at) => {
                let (seq,): (i64,) =
                    sqlx::query_as("select coalesce(max(seq), 0) + 1 from duty where task_id = $1")
                        .bind(no.0)
                        .fetch_one(&mut *self.conn)
                        .await?;
                plans::write_duty(self.conn, no, seq, &task.duties[*at], self.plan.issued).await
            }
            DutyChange::Changed { id, at, fields, .. } => {
                let duty = &task.duties[*at];
                self.update_duty(*id, duty).await?;
                if fields.iter().any(|one| one.field == Field::When) {
                    self.reschedule(no, *id, duty).await?;
                }
                if fields.iter().any(|one| one.field == Field::Starts) {
                    sqlx::query("update duty set starts = $2 where duty_id = $1")
                        .bind(id.0)
                        .bind(duty.starts.map(|day| day.to_string()))
                        .execute(&mut *self.conn)
                        .await?;
                }
                Ok(())
            }
            DutyChange::Dropped { id, .. } => {
                // Only registered from now on, as after a decision of the office not to ask for it.
                sqlx::query("update duty set absent = 1, schedule = 'event', due = null, hold = null where duty_id = $1")
                    .bind(id.0)
                    .execute(&mut *self.conn)
                    .await?;
                owed::lapse(self, no, Lapse::Duty(*id)).await
            }
        }
    }

    async fn update_duty(&mut self, id: DutyId, duty: &Duty) -> sqlx::Result<()> {
        sqlx::query(
            "update duty set text = $2, target_value = $3, target_unit = $4, reviewed = $5, each = $6, said = $7
             where duty_id = $1",
        )
        .bind(id.0)
        .bind(&duty.text)
        .bind(duty.target.as_ref().map(|target| target.value))
        .bind(duty.target.as_ref().map(|target| target.unit.clone()))
        .bind(duty.reviewed())
        .bind(duty.each.map(crate::domain::quota::Grade::as_str))
        .bind(rows::to_json(&SaidDuty::of(duty)))
        .execute(&mut *self.conn)
        .await?;
        Ok(())
    }

    /// Another cadence or day: what is owed once moves to its new day, everything else lapses and is opened anew.
    async fn reschedule(&mut self, no: TaskNo, id: DutyId, duty: &Duty) -> sqlx::Result<()> {
        let schedule = duty.schedule();
        let hold = hold_for(schedule, duty.vague.is_some(), self.plan.issued);
        sqlx::query("update duty set schedule = $2, due = $3, vague = $4, hold = $5 where duty_id = $1")
            .bind(id.0)
            .bind(schedule.as_str())
            .bind(schedule.due().map(|day| day.to_string()))
            .bind(&duty.vague)
            .bind(hold.map(Hold::as_str))
            .execute(&mut *self.conn)
            .await?;
        match schedule.single_period().filter(|_| hold.is_none()) {
            Some(period) => {
                owed::lapse(self, no, Lapse::Rounds(id)).await?;
                owed::redate(self, (no, id), (period, schedule.due())).await
            }
            None => owed::lapse(self, no, Lapse::Duty(id)).await,
        }
    }

    /// An item that nothing brings round is asked for progress; one that something does, no more.
    async fn sync_progress(&mut self, no: TaskNo, task: &Task) -> sqlx::Result<()> {
        let wanted = plans::progress_cadence(task, self.plan).map(Cadence::as_str);
        let found: Option<(i64, String)> =
            sqlx::query_as("select duty_id, schedule from duty where task_id = $1 and progress = 1")
                .bind(no.0)
                .fetch_optional(&mut *self.conn)
                .await?;
        match (found, plans::progress_cadence(task, self.plan)) {
            (None, Some(cadence)) => plans::write_progress_duty(self.conn, no, cadence).await,
            (Some((id, schedule)), _) if schedule != wanted.unwrap_or("event") => {
                sqlx::query("update duty set schedule = $2 where duty_id = $1")
                    .bind(id)
                    .bind(wanted.unwrap_or("event"))
                    .execute(&mut *self.conn)
                    .await?;
                owed::lapse(self, no, Lapse::Duty(DutyId(id))).await
            }
            _ => Ok(()),
        }
    }

    async fn note(&mut self, task: TaskNo, detail: &serde_json::Value) -> sqlx::Result<()> {
        let about = About { task: Some(task), filing: None };
        history::add(self.conn, self.cause, about, WHAT, detail).await
    }

    fn leave(&mut self, task: TaskNo, what: String, why: Why) {
        self.applied.left.push(Left { task, what, why });
    }
}

/// Changes of duties, as history keeps them.
fn particulars(duties: &[DutyChange]) -> Vec<serde_json::Value> {
    let one = |duty: &DutyChange| match duty {
        DutyChange::Added(at) => json!({ "added": at + 1 }),
        DutyChange::Changed { seq, fields, .. } => json!({ "seq": seq, "fields": fields }),
        DutyChange::Dropped { seq, text, .. } => json!({ "seq": seq, "dropped": text }),
    };
    duties.iter().map(one).collect()
}
