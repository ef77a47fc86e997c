//! Registers that an item must cover whole (走访全覆盖).

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::ids::{TaskNo, UnitId};
use crate::domain::origin::Register;
use crate::store::Connection;
use crate::store::history::{self, About, Cause};

/// A visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit<'a> {
    /// Whom.
    pub name: &'a str,
    /// Which unit went.
    pub unit: UnitId,
    /// When.
    pub on: NaiveDate,
    /// What was found.
    pub note: &'a str,
}

/// Puts names onto the register of an item; gives how many are new.
pub async fn add(conn: &mut Connection, task: TaskNo, names: &[&str], cause: &Cause) -> sqlx::Result<u64> {
    let mut new = 0;
    for name in names {
        new += sqlx::query("insert into register (task_id, name) values ($1, $2) on conflict do nothing")
            .bind(task.0)
            .bind(name)
            .execute(&mut *conn)
            .await?
            .rows_affected();
    }
    let about = About { task: Some(task), filing: None };
    history::add(conn, cause, about, "registered", &json!({ "names": new })).await?;
    Ok(new)
}

/// Notes a visit on every register the name stands on, of items that bind the unit; gives these items. A second visit is noted in place of the first.
pub async fn visit(conn: &mut Connection, visit: &Visit<'_>, cause: &Cause) -> sqlx::Result<Vec<TaskNo>> {
    let tasks: Vec<(i64,)> = sqlx::query_as(
        "update register set unit_id = $2, visited_on = $3, note = $4
         where name = $1 and task_id in (select task_id from task_unit where unit_id = $2) returning task_id",
    )
    .bind(visit.name)
    .bind(visit.unit.0)
    .bind(visit.on.to_string())
    .bind(visit.note)
    .fetch_all(&mut *conn)
    .await?;
    let tasks: Vec<TaskNo> = tasks.into_iter().map(|(task,)| TaskNo(task)).collect();
    for task in &tasks {
        let about = About { task: Some(*task), filing: None };
        history::add(conn, cause, about, "visited", &json!({ "name": visit.name })).await?;
    }
    Ok(tasks)
}

/// Every register.
pub async fn all(conn: &mut Connection) -> sqlx::Result<Vec<Register>> {
    let rows: Vec<(i64, String, String, bool)> = sqlx::query_as(
        "select r.task_id, t.title, r.name, r.visited_on is not null from register r join task t on t.task_id = r.task_id
         where t.confidential = 0 order by r.task_id, r.entry_id",
    )
    .fetch_all(conn)
    .await?;
    let mut all: Vec<Register> = Vec::new();
    for (task, title, name, visited) in rows {
        if all.last().is_none_or(|last| last.task != TaskNo(task)) {
            all.push(Register { task: TaskNo(task), title, all: 0, left: Vec::new() });
        }
        if let Some(last) = all.last_mut() {
            last.all += 1;
            last.left.extend((!visited).then_some(name));
        }
    }
    Ok(all)
}
