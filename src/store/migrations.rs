//! The schema, step by step. A step that has landed is never edited; SQLx keeps a checksum of each and refuses.

use std::borrow::Cow;

use sqlx::SqlitePool;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Number, name and text of every step.
const STEPS: &[(i64, &str, &str)] = &[
    (1, "people and plan", include_str!("../../migrations/0001_people_and_plan.sql")),
    (2, "work", include_str!("../../migrations/0002_work.sql")),
    (3, "talk", include_str!("../../migrations/0003_talk.sql")),
    (4, "room", include_str!("../../migrations/0004_room.sql")),
    (5, "rooms somebody sits in", include_str!("../../migrations/0005_rooms_somebody_sits_in.sql")),
    (6, "when it speaks", include_str!("../../migrations/0006_when_it_speaks.sql")),
    (7, "quotas", include_str!("../../migrations/0007_quotas.sql")),
    (8, "lines", include_str!("../../migrations/0008_lines.sql")),
    (9, "evidence", include_str!("../../migrations/0009_evidence.sql")),
    (10, "erase", include_str!("../../migrations/0010_erase.sql")),
    (11, "life", include_str!("../../migrations/0011_life.sql")),
    (12, "documents", include_str!("../../migrations/0012_documents.sql")),
    (13, "corrections", include_str!("../../migrations/0013_corrections.sql")),
    (14, "fronts", include_str!("../../migrations/0014_fronts.sql")),
    (20, "papers", include_str!("../../migrations/0020_papers.sql")),
    (21, "figures", include_str!("../../migrations/0021_figures.sql")),
    (22, "counted by person", include_str!("../../migrations/0022_counted_by_person.sql")),
    (23, "follow-ups", include_str!("../../migrations/0023_follow_ups.sql")),
    (30, "holding", include_str!("../../migrations/0030_holding.sql")),
    (31, "briefs", include_str!("../../migrations/0031_briefs.sql")),
    (32, "claims", include_str!("../../migrations/0032_claims.sql")),
    (33, "endings", include_str!("../../migrations/0033_endings.sql")),
    (34, "phones", include_str!("../../migrations/0034_phones.sql")),
    (40, "sources", include_str!("../../migrations/0040_sources.sql")),
    (41, "answers", include_str!("../../migrations/0041_answers.sql")),
    (50, "pages", include_str!("../../migrations/0050_pages.sql")),
    (51, "tokens", include_str!("../../migrations/0051_tokens.sql")),
    (52, "held", include_str!("../../migrations/0052_held.sql")),
    (60, "operation", include_str!("../../migrations/0060_operation.sql")),
    (61, "fate", include_str!("../../migrations/0061_fate.sql")),
];

/// Brings a database of any earlier version up to date. Refuses one that a later version has changed.
pub(super) async fn run(pool: &SqlitePool) -> anyhow::Result<()> {
    behind(pool).await?;
    Ok(run_up_to(pool, i64::MAX).await?)
}

/// How many steps a database is behind. Refuses one that a later version has changed.
pub(super) async fn behind(pool: &SqlitePool) -> anyhow::Result<usize> {
    let known = STEPS.iter().map(|(number, ..)| *number).max().unwrap_or_default();
    let (begun,): (i64,) =
        sqlx::query_as("select count(*) from sqlite_schema where name = '_sqlx_migrations'")
            .fetch_one(pool)
            .await?;
    if begun == 0 {
        return Ok(STEPS.len());
    }
    let taken: Vec<(i64,)> = sqlx::query_as("select version from _sqlx_migrations").fetch_all(pool).await?;
    let last = taken.iter().map(|(number,)| *number).max().unwrap_or_default();
    anyhow::ensure!(
        last <= known,
        "a newer duban has written it (step {last}, and this one knows {known}): run that version, or restore a backup from before"
    );
    Ok(STEPS.iter().filter(|(number, ..)| !taken.contains(&(*number,))).count())
}

async fn run_up_to(pool: &SqlitePool, last: i64) -> Result<(), sqlx::migrate::MigrateError> {
    let steps = STEPS.iter().filter(|(number, ..)| *number <= last).map(|(number, name, text)| {
        let text = sqlx::AssertSqlSafe(*text);
        Migration::new(
            *number,
            Cow::Borrowed(*name),
            MigrationType::Simple,
            sqlx::SqlSafeStr::into_sql_str(text),
            false,
        )
    });
    Migrator { migrations: steps.collect(), ..Migrator::DEFAULT }.run(pool).await
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pool(dir: &tempfile::TempDir) -> SqlitePool {
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(dir.path().join("old.db"))
            .create_if_missing(true);
        SqlitePool::connect_with(options).await.expect("a database")
    }

    /// Every version there ever was, with a row in it, comes up to date and keeps the row.
    #[tokio::test]
    async fn a_database_of_any_earlier_version_upgrades() {
        for (number, name, _) in STEPS {
            let dir = tempfile::tempdir().expect("a folder");
            let pool = pool(&dir).await;
            run_up_to(&pool, *number).await.expect(name);
            sqlx::query("insert into unit (code, name, short, kind, chase) values ('a', '甲局', '甲局', 'office', 'direct')")
                .execute(&pool)
                .await
                .expect("a row");
            let later = STEPS.iter().filter(|(other, ..)| other > number).count();
            assert_eq!(behind(&pool).await.expect("a look"), later, "after {name}");
            run(&pool).await.expect("an upgrade");
            run(&pool).await.expect("nothing more to do");
            assert_eq!(behind(&pool).await.expect("a look"), 0);
            let kept: (String,) =
                sqlx::query_as("select name from unit").fetch_one(&pool).await.expect("the row");
            assert_eq!(kept.0, "甲局", "after {name}");
        }
    }

    /// What was imported before corrections were known is compared with as it stands.
    #[tokio::test]
    async fn a_plan_of_an_earlier_version_says_what_its_rows_say() {
        let dir = tempfile::tempdir().expect("a folder");
        let pool = pool(&dir).await;
        run_up_to(&pool, 11).await.expect("the earlier version");
        for row in [
            "insert into unit (code, name, short, kind, chase) values ('a', '甲局', '甲局', 'office', 'direct')",
            "insert into plan (code, title, doc_no, issued, ends, default_cadence, source_hash, imported_at)
             values ('P', '任务', '1号', '2026-01-05', '2026-12-31', 'month', '', '')",
            "insert into task (plan_id, code, section, title, lead_unit_id, state) values (1, 'A', '一', '修路', 1, 'running')",
            "insert into task_unit (task_id, unit_id) values (1, 1)",
            "insert into duty (task_id, seq, text, schedule, due, target_value, target_unit, reviewed)
             values (1, 1, '开工', 'due', '2026-06-30', 3, '户', 1)",
            "insert into duty (task_id, seq, text, schedule, reviewed) values (1, 2, '通报', 'quarter', 0)",
        ] {
            sqlx::query(row).execute(&pool).await.expect(row);
        }
        run(&pool).await.expect("an upgrade");
        let mut conn = pool.acquire().await.expect("a connection");
        let record =
            crate::store::corrections::read(&mut conn, "P").await.expect("a look").expect("the plan");
        let plan = "office = 'a'
            unit = [{ code = 'a', name = '甲局', short = '甲局', kind = 'office' }]
            plan = { code = 'P', title = '任务', doc_no = '1号', issued = 2026-01-05, ends = 2026-12-31, default_cadence = 'month' }
            [[task]]
            code = 'A'
            section = '一'
            title = '修路'
            lead = 'a'
            responsible = ['a']
            duty = [{ text = '开工', due = 2026-06-30, target = { value = 3, unit = '户' } }, { text = '通报', every = 'quarter' }]";
        let draft = crate::notice::file::read(plan).expect("a plan");
        assert_eq!(
            crate::notice::diff::diff(&record, &draft),
            crate::notice::diff::Diff {
                same: vec![(crate::domain::ids::TaskNo(1), 0)],
                ..crate::notice::diff::Diff::default()
            }
        );
    }
}
