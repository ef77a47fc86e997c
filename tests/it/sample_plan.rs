//! The sample plan is the notice: its counts, leads, dates and traps, in the file and in a database it was imported into.

use chrono::NaiveDateTime;
use duban::app::console::{self, Mode};
use duban::app::demo::{PLAN, ROSTER};
use duban::config;
use duban::domain::now::Now;
use duban::flow::tick;
use duban::notice::file::{self, Draft};
use duban::store::Store;
use sqlx::FromRow;
use sqlx::sqlite::SqliteRow;
use tempfile::TempDir;

use super::contents::contents;

/// A database of its own.
struct Office {
    store: Store,
    // Goes with its folder.
    _folder: TempDir,
}

impl Office {
    async fn new() -> Office {
        let folder = TempDir::new().expect("a folder");
        let store = Store::open(&folder.path().join("duban.db")).await.expect("a database");
        Office { store, _folder: folder }
    }

    /// With the sample plan, imported on the notice's day.
    async fn with_plan() -> Office {
        let office = Office::new().await;
        office.import(PLAN).await.expect("an import");
        office
    }

    async fn import(&self, plan: &str) -> anyhow::Result<String> {
        let (draft, text) = draft(plan);
        console::import(&self.store, &now("2022-05-18T09:00"), &draft, &text, Mode::Load).await
    }

    async fn rows<T>(&self, sql: &'static str) -> Vec<T>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        let mut conn = self.store.read().await.expect("a reader");
        sqlx::query_as(sql).fetch_all(&mut *conn).await.expect(sql)
    }

    async fn texts(&self, sql: &'static str) -> Vec<String> {
        self.rows(sql).await.into_iter().map(|(text,)| text).collect()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        let rows: Vec<(i64,)> = self.rows(sql).await;
        rows[0].0
    }
}

fn draft(plan: &str) -> (Draft, String) {
    let mut draft = file::read(plan).expect("a plan");
    draft.roster = file::read(ROSTER).expect("a roster").roster;
    (draft, format!("{plan}{ROSTER}"))
}

fn now(local: &str) -> Now {
    let zone = config::shipped().zone;
    let local: NaiveDateTime = format!("{local}:00").parse().expect("a time");
    Now::new(Now::new(chrono::DateTime::UNIX_EPOCH, zone).instant_of(local), zone)
}

#[tokio::test]
async fn the_27_measures_and_42_team_tasks_are_all_there() {
    let office = Office::with_plan().await;
    let parts: Vec<(String, i64)> = office
        .rows("select substr(code, 1, instr(code, '-') - 1) as part, count(*) from task group by part order by min(task_id)")
        .await;
    let parts: Vec<(&str, i64)> = parts.iter().map(|(part, count)| (part.as_str(), *count)).collect();
    let body = [("LH", 8), ("QH", 10), ("HH", 9)];
    let teams = [
        ("CS", 9),
        ("JK", 5),
        ("GY", 4),
        ("CJ", 5),
        ("MS", 5),
        ("SB", 5),
        ("YS", 3),
        ("NC", 2),
        ("SM", 1),
        ("XN", 3),
    ];
    let sum = |of: &[(&str, i64)]| of.iter().filter(|part| parts.contains(part)).map(|(_, n)| n).sum::<i64>();
    assert_eq!((sum(&body), sum(&teams), parts.len()), (27, 42, 13), "{parts:?}");
    assert_eq!(office.count("select count(*) from task").await, 69);
    assert_eq!(
        office.count("select count(*) from task where (team_id is null) = (code like '_H-%')").await,
        69
    );
    let duties = "select count(*) from duty d join task t on t.task_id = d.task_id where d.progress = 0 and t.team_id is null";
    assert_eq!(office.count(duties).await, 56);
}

#[tokio::test]
async fn the_leads_are_those_of_the_brackets_and_team_tasks_have_none() {
    let office = Office::with_plan().await;
    let leads: Vec<(String, i64)> = office
        .rows("select u.short, count(*) as n from task t join unit u on u.unit_id = t.lead_unit_id group by u.short order by n desc")
        .await;
    let leads: Vec<(&str, i64)> = leads.iter().map(|(unit, count)| (unit.as_str(), *count)).collect();
    assert_eq!(leads, [("县政府办公室", 18), ("县营商环境局", 8), ("县发改局", 1)]);
    assert_eq!(
        office
            .count("select count(*) from task where team_id is not null and lead_unit_id is not null")
            .await,
        0
    );
}

#[tokio::test]
async fn one_item_may_have_several_cadences_and_dates() {
    let office = Office::with_plan().await;
    let recurring = office
        .texts(
            "select t.code || ' ' || group_concat(d.schedule, '+') from (select * from duty order by seq) d
             join task t on t.task_id = d.task_id
             where d.progress = 0 and d.schedule not in ('due', 'undated', 'event') group by t.task_id order by t.task_id",
        )
        .await;
    assert_eq!(
        recurring,
        [
            "LH-2.1 quarter",
            "LH-2.3 month+quarter",
            "LH-3.2 week+month+quarter",
            "QH-1.1 month+quarter",
            "QH-1.2 year+year",
            "QH-3.1 quarter",
            "QH-3.4 quarter+year",
        ]
    );
    let dated = office
        .texts(
            "select t.code || ' ' || d.due || coalesce(' ' || d.hold, '') from duty d join task t on t.task_id = d.task_id
             where d.due is not null order by t.task_id, d.seq",
        )
        .await;
    assert_eq!(
        dated,
        [
            "QH-3.2 2022-04-30 historic",
            "QH-3.2 2022-05-31",
            "JK-3 2022-12-31",
            "GY-2 2022-12-31",
            "GY-3 2022-12-31",
        ]
    );
}

#[tokio::test]
async fn posts_that_the_notice_leaves_blank_are_vacant_and_hold_no_name() {
    let office = Office::with_plan().await;
    let vacant = office.texts("select code from post where vacant = 1 order by code").await;
    let suffixes: Vec<&str> =
        vacant.iter().filter_map(|code| code.rsplit_once('-').map(|(_, of)| of)).collect();
    // Five times 县委常委、副县长 without a name, which may or may not be one person, and one 主管副县长.
    assert_eq!(suffixes, ["bgs", "cs", "ldz", "sb", "xn", "gy"]);
    assert_eq!(office.count("select count(*) from tenure").await, 0);
}

#[tokio::test]
async fn sensitive_items_are_confidential_and_near_duplicates_know_each_other() {
    let office = Office::with_plan().await;
    assert_eq!(
        office.texts("select code from task where confidential = 1 order by code").await,
        ["HH-1.2", "HH-1.3"]
    );
    let linked = office
        .texts(
            "select a.code || ' ' || b.code from task_link l join task a on a.task_id = l.task_id
             join task b on b.task_id = l.other_task_id order by 1",
        )
        .await;
    assert_eq!(
        linked,
        ["CS-6 JK-2", "HH-2.1 XN-2", "JK-2 CS-6", "QH-2.2 XN-1", "XN-1 QH-2.2", "XN-2 HH-2.1"]
    );
}

#[tokio::test]
async fn what_is_vague_or_historic_waits_for_the_office_and_nobody_is_asked_all_year() {
    let office = Office::with_plan().await;
    let held = office
        .texts(
            "select t.code || '.' || d.seq || ' ' || d.hold || ' ' || coalesce(d.vague, d.due) from duty d
             join task t on t.task_id = d.task_id where d.hold is not null order by t.task_id",
        )
        .await;
    assert_eq!(
        held,
        [
            "LH-3.1.1 vague 第一时间",
            "LH-3.3.1 vague 第一时间",
            "QH-2.3.1 vague 定期",
            "QH-3.2.1 historic 2022-04-30",
            "HH-3.2.1 vague 定期",
            "CJ-3.1 vague 规定时限内",
            "CJ-4.1 vague 规定时限内",
        ]
    );
    let settings = config::shipped();
    for moment in
        ["2022-05-18T09:00", "2022-06-01T09:00", "2022-06-30T17:30", "2022-09-28T09:00", "2022-12-30T16:00"]
    {
        let mut tx = office.store.write().await.expect("a write");
        while tick::decide(&mut tx, &settings, &now(moment)).await.expect("a tick") {}
        tx.commit().await.expect("a commit");
    }
    let asked = "select count(*) from filing f join duty d on d.duty_id = f.duty_id join task t on t.task_id = d.task_id
                 where d.hold is not null or d.schedule = 'event' or t.state <> 'running'";
    assert_eq!(office.count(asked).await, 0);
    let others = office.count("select count(distinct duty_id) from filing").await;
    let expected = office
        .count(
            "select count(*) from duty d join task t on t.task_id = d.task_id
             where d.hold is null and d.schedule <> 'event' and d.each is null and t.state = 'running'",
        )
        .await;
    assert_eq!(others, expected, "everything else is owed by somebody, but for what is counted by person");
}

#[tokio::test]
async fn importing_the_same_file_twice_changes_nothing() {
    let office = Office::with_plan().await;
    let before = contents(&office.store).await;
    assert!(before["task"].len() == 69 && before["unit"].len() > 30, "the database was not read");
    let said = office.import(PLAN).await.expect("a second import");
    assert!(said.contains("没有改动"), "{said}");
    assert_eq!(contents(&office.store).await, before);
}

#[tokio::test]
async fn a_changed_file_is_only_compared_and_changes_nothing() {
    let office = Office::with_plan().await;
    let before = contents(&office.store).await;
    let changed = PLAN.replace("补齐经开区基础设施短板", "补齐经开区短板");
    assert_ne!(changed, PLAN);
    let said = office.import(&changed).await.expect("a comparison");
    assert!(said.contains("标题:补齐经开区基础设施短板 → 补齐经开区短板"), "{said}");
    assert!(said.contains("没有改动;核对无误后加 --apply"), "{said}");
    assert_eq!(contents(&office.store).await, before);
}

#[tokio::test]
async fn a_file_with_several_mistakes_names_them_all_and_imports_nothing() {
    let office = Office::new().await;
    let before = contents(&office.store).await;
    let wrong = PLAN
        .replacen("lead = \"fgj\"", "lead = \"nobody\"", 1)
        .replacen("team = \"JK\"", "team = \"KJ\"", 1)
        .replacen("links = [\"CS-6\"]", "links = [\"CS-66\"]", 1)
        .replacen("code = \"LH-1.2\"", "code = \"LH-1.1\"", 1)
        .replacen("vague = \"第一时间\"", "vague = \"第一时间\"\nevery = \"week\"", 1);
    let error = office.import(&wrong).await.expect_err("a refusal").to_string();
    assert!(error.starts_with("the file has 5 mistake(s), nothing was imported:"), "{error}");
    for named in [
        "task LH-2.3: lead `nobody`",
        "task JK-1: team `KJ`",
        "task JK-2: links to `CS-66`",
        "task LH-1.1: stands there twice",
        "task LH-3.1: duty",
    ] {
        assert!(error.contains(named), "{named} is not in: {error}");
    }
    assert_eq!(contents(&office.store).await, before);
}

#[tokio::test]
async fn a_plan_may_bring_its_own_graces_and_the_start_of_a_duty() {
    let plan = PLAN
        .replacen("# ======== 领航", "[plan.ladder]\nhead = 5\noffice = 3\n\n# ======== 领航", 1)
        .replacen(
            "text = \"开一次反思会\"",
            "text = \"开一次反思会\"\nstarts = 2022-05-18\ndue = 2022-08-25",
            1,
        );
    let office = Office::new().await;
    office.import(&plan).await.expect("an import");
    let graces: Vec<(i64, i64)> = office.rows("select grace_head, grace_office from plan").await;
    assert_eq!(graces, [(5, 3)]);
    let starts = office.texts("select starts || ' ' || due from duty where starts is not null").await;
    assert_eq!(starts, ["2022-05-18 2022-08-25"]);
}
