//! What is known of the four systems of every running item.

use sqlx::Row as _;

use crate::domain::ids::TaskNo;
use crate::domain::period::Cadence;
use crate::rules::systems::Systems;
use crate::store::Connection;

/// Every running item.
pub async fn all(conn: &mut Connection) -> sqlx::Result<Vec<Systems>> {
    sqlx::query(
        "select t.task_id, t.title, t.confidential,
                coalesce(
                    (select p.title from team g join post p on p.post_id = g.head_post_id where g.team_id = t.team_id and p.vacant = 0),
                    (select p.title from post p where p.unit_id = t.lead_unit_id and p.rank = 'head' and p.vacant = 0
                     order by p.post_id limit 1)) as leads,
                (select group_concat(distinct case when d.schedule = 'due' then d.due else d.schedule end) from duty d
                 where d.task_id = t.task_id and d.hold is null and d.schedule not in ('undated', 'event')) as pushed,
                (select group_concat(d.target_value || d.target_unit) from duty d
                 where d.task_id = t.task_id and d.target_value is not null) as targets,
                exists (select 1 from duty d where d.task_id = t.task_id and d.reviewed = 1 and d.hold is null) as verified,
                exists (select 1 from duty d where d.task_id = t.task_id and d.progress = 0 and d.hold is null
                        and d.schedule in ('week', 'month', 'quarter', 'half', 'year')) as counted,
                coalesce(
                    (select group_concat(p.title, '、') from (
                        select p.title from task_unit tu join post p on p.unit_id = tu.unit_id
                        where tu.task_id = t.task_id and p.rank = 'head' and p.vacant = 0 order by tu.unit_id limit 4) p),
                    (select group_concat(p.title, '、') from team_post tp join post p on p.post_id = tp.post_id
                     where tp.team_id = t.team_id and p.vacant = 0 and p.rank <> 'county')) as answers
         from task t where t.state = 'running' order by t.task_id",
    )
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        let list = |column: &str| row.try_get::<Option<String>, _>(column).map(Option::unwrap_or_default);
        let (verified, counted): (bool, bool) = (row.try_get("verified")?, row.try_get("counted")?);
        let targets = list("targets")?.replace(".0", "");
        let mut measured: Vec<String> = parts(&targets, ',').map(|target| format!("目标{target}")).collect();
        measured.extend(verified.then(|| "督查室核验".to_owned()));
        measured.extend(counted.then(|| "按期填报".to_owned()));
        Ok(Systems {
            task: TaskNo(row.try_get("task_id")?),
            title: row.try_get("title")?,
            confidential: row.try_get("confidential")?,
            leads: row.try_get("leads")?,
            pushed: parts(&list("pushed")?, ',').map(when).collect(),
            measured,
            answers: parts(&list("answers")?, '、').map(str::to_owned).collect(),
        })
    })
    .fetch_all(conn)
    .await
}

fn parts(list: &str, between: char) -> impl Iterator<Item = &str> {
    list.split(between).filter(|part| !part.is_empty())
}

/// `每月`, or the day it is due.
fn when(schedule: &str) -> String {
    schedule
        .parse::<Cadence>()
        .map_or_else(|_| format!("{schedule}前"), |cadence| cadence.chinese().to_owned())
}
