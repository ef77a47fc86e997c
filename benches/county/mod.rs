//! A made-up county of any size, written straight into a database.

use duban::config::{self, Settings};
use duban::domain::now::{Now, stamp};
use duban::store::{Connection, Store};
use sqlx::AssertSqlSafe;

/// How large the county is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Tasks, each with one dated duty.
    pub tasks: i64,
    /// Units, each with a head who is bound, and a group of its own; every task binds all of them.
    pub units: i64,
    /// Whether every task has a monthly duty too.
    pub monthly: bool,
}

/// The morning on which the measurements begin: a Tuesday on which no round opens.
pub const MORNING: &str = "2022-06-14T09:00:00";

/// The settings this build was shipped with.
pub fn settings() -> Settings {
    config::shipped()
}

/// That morning.
pub fn morning(settings: &Settings) -> Now {
    let local = MORNING.parse().expect("a time");
    let zone = Now::new(chrono::DateTime::UNIX_EPOCH, settings.zone);
    Now::new(zone.instant_of(local), settings.zone)
}

async fn run(conn: &mut Connection, sql: String) {
    let shown = sql.clone();
    sqlx::query(AssertSqlSafe(sql)).execute(conn).await.unwrap_or_else(|error| panic!("{error}: {shown}"));
}

/// Numbers 1 to `n` as a table `n(i)`.
fn numbers(n: i64) -> String {
    format!("with recursive n(i) as (select 1 union all select i + 1 from n where i < {n})")
}

/// Writes units, posts, people, groups, a plan and its tasks.
pub async fn found(store: &Store, size: Size, now: &Now) {
    let at = stamp(now.at() - chrono::Duration::days(30));
    let (units, tasks) = (numbers(size.units), numbers(size.tasks));
    let every = if size.monthly { "month" } else { "event" };
    let mut tx = store.write().await.expect("a write");
    for sql in [
        format!(
            "{units} insert into unit (unit_id, code, name, short, kind, chase) select i, 'u' || i, '单位' || i, '单位' || i, 'department', 'direct' from n"
        ),
        format!(
            "{units} insert into post (post_id, code, unit_id, title, rank) select i, 'p' || i, i, '单位' || i || '局长', 'head' from n"
        ),
        format!(
            "{units} insert into chat (chat_id, channel, external_id, kind, title) select i, 'telegram', 'g' || i, 'group', '单位' || i from n"
        ),
        format!(
            "{units} insert into chat (chat_id, channel, external_id, kind, title) select {0} + i, 'telegram', 'c' || i, 'private', '局长' || i from n",
            size.units
        ),
        format!(
            "{units} insert into account (account_id, channel, external_id, name, private_chat_id) select i, 'telegram', 'a' || i, '局长' || i, {0} + i from n",
            size.units
        ),
        format!("{units} insert into tenure (post_id, account_id, starts) select i, i, '2022-01-01' from n"),
        format!("{units} insert into chat_unit (chat_id, unit_id) select i, i from n"),
        format!(
            "insert into plan (plan_id, code, title, doc_no, issued, ends, default_cadence, source_hash, imported_at) values (1, 'bench', '方案', '1号', '2022-05-01', '2023-12-31', 'none', 'x', '{at}')"
        ),
        format!(
            "{tasks} insert into task (task_id, plan_id, code, section, title, state) select i, 1, 'T-' || i, '一', '事项' || i, 'running' from n"
        ),
        "insert into task_unit (task_id, unit_id) select task_id, unit_id from task, unit".to_owned(),
        format!(
            "{tasks} insert into duty (duty_id, task_id, seq, text, schedule, reviewed) select i, i, 1, '报进展', '{every}', 0 from n"
        ),
        format!(
            "{tasks} insert into duty (duty_id, task_id, seq, text, schedule, due, reviewed) select {0} + i, i, 2, '办完', 'due', '2022-12-15', 1 from n",
            size.tasks
        ),
    ] {
        run(&mut tx, sql).await;
    }
    tx.commit().await.expect("written");
}
