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
];

/// Brings a database of any earlier version up to date.
pub(super) async fn run(pool: &SqlitePool) -> Result<(), sqlx::migrate::MigrateError> {
    run_up_to(pool, i64::MAX).await
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
            run(&pool).await.expect("an upgrade");
            run(&pool).await.expect("nothing more to do");
            let kept: (String,) =
                sqlx::query_as("select name from unit").fetch_one(&pool).await.expect("the row");
            assert_eq!(kept.0, "甲局", "after {name}");
        }
    }
}
