//! Big projects with the leader who answers for each and the crew's contact (一项目一领导一专班).

use serde_json::json;
use sqlx::Row as _;

use crate::domain::ids::TaskNo;
use crate::domain::origin::Package;
use crate::store::Connection;
use crate::store::history::{self, About, Cause};

fn package_of(row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<Package> {
    Ok(Package {
        task: TaskNo(row.try_get("task_id")?),
        project: row.try_get("project")?,
        leader: row.try_get("leader")?,
        crew: row.try_get("crew")?,
    })
}

/// Registers a project or names its posts; what is not said stays. Gives it as it stands now.
pub async fn put(conn: &mut Connection, package: &Package, cause: &Cause) -> sqlx::Result<Package> {
    let now = sqlx::query(
        "insert into package (task_id, project, leader, crew) values ($1, $2, $3, $4)
         on conflict (task_id, project) do update set leader = coalesce(excluded.leader, leader), crew = coalesce(excluded.crew, crew)
         returning task_id, project, leader, crew",
    )
    .bind(package.task.0)
    .bind(&package.project)
    .bind(&package.leader)
    .bind(&package.crew)
    .try_map(|row| package_of(&row))
    .fetch_one(&mut *conn)
    .await?;
    let about = About { task: Some(package.task), filing: None };
    let detail = json!({ "project": now.project, "leader": now.leader, "crew": now.crew });
    history::add(conn, cause, about, "package_set", &detail).await?;
    Ok(now)
}

/// Every project, those that lack something first.
pub async fn all(conn: &mut Connection) -> sqlx::Result<Vec<Package>> {
    sqlx::query(
        "select p.task_id, p.project, p.leader, p.crew from package p join task t on t.task_id = p.task_id
         where t.confidential = 0 order by p.leader is not null and p.crew is not null, p.task_id, p.package_id",
    )
    .try_map(|row| package_of(&row))
    .fetch_all(conn)
    .await
}
