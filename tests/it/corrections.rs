//! Corrected plans through the real database: whatever a version becomes, applying it once is enough.

use duban::app::console::{self, Mode};
use duban::config;
use duban::domain::now::Now;
use duban::notice::diff::diff;
use duban::notice::file::{self, Draft};
use duban::store::{Store, corrections};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::contents::contents;

const HEAD: &str = "office = \"a\"
unit = [
  { code = \"a\", name = \"甲局\", short = \"甲局\", kind = \"department\" },
  { code = \"b\", name = \"乙局\", short = \"乙局\", kind = \"department\" },
  { code = \"c\", name = \"丙局\", short = \"丙局\", kind = \"department\" },
]
group = [{ name = \"各局\", units = [\"a\", \"b\"] }]
[plan]
code = \"P\"
title = \"重点任务\"
doc_no = \"1号\"
issued = 2026-01-05
ends = 2026-12-31
";
const TOPICS: [&str; 5] =
    ["开工建设过境公路", "完成污水处理厂改造", "新增规上企业", "举办群众文化节", "清理拖欠账款"];
const OWNERS: [&str; 4] = ["\"a\"", "\"各局\"", "\"b\", \"c\"", "\"c\""];
const WHENS: [&str; 7] = [
    "",
    "due = 2026-06-30",
    "due = 2026-07-31",
    "every = \"month\"",
    "vague = \"定期\"",
    "due = 2025-12-31",
    "target = { value = 3, unit = \"户\" }",
];

/// Topic, owners, whether confirmed, and when its duties are owed.
type Item = (usize, usize, bool, Vec<usize>);

fn plan(items: &[Item]) -> String {
    let mut text = HEAD.to_owned();
    for (code, (topic, owners, confirmed, whens)) in (1..).zip(items) {
        let (title, owners) = (TOPICS[*topic], OWNERS[*owners]);
        text.push_str(&format!(
            "[[task]]\ncode = \"A-{code}\"\nsection = \"一\"\ntitle = \"{title}\"\nresponsible = [{owners}]\nconfirmed = {confirmed}\n"
        ));
        for when in whens {
            text.push_str(&format!("[[task.duty]]\ntext = \"{title}\"\n{}\n", WHENS[*when]));
        }
    }
    text
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let whens = proptest::collection::vec(0..WHENS.len(), 1..4);
    proptest::collection::vec((0..TOPICS.len(), 0..OWNERS.len(), any::<bool>(), whens), 1..6)
}

async fn import(store: &Store, text: &str, mode: Mode) -> (Draft, String) {
    let draft = file::read(text).expect("a plan");
    let at = "2026-02-02T01:00:00Z".parse().expect("a moment");
    let now = Now::new(at, config::shipped().zone);
    let said = console::import(store, &now, &draft, text, mode).await.expect("an import");
    (draft, said)
}

/// Every version after the other; after each nothing differs any more, and a second time nothing changes.
async fn becomes(versions: &[String]) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("plan.db")).await.expect("a database");
    for text in versions {
        let (draft, _) = import(&store, text, Mode::Apply).await;
        let mut conn = store.read().await.expect("a connection");
        let record = corrections::read(&mut conn, "P").await.expect("a look").expect("a plan");
        drop(conn);
        let left = diff(&record, &draft);
        assert!(left.is_empty(), "something still differs: {left:?}");
        let before = contents(&store).await;
        let (_, said) = import(&store, text, Mode::Apply).await;
        assert!(said.contains("以前导入过同一份"), "{said}");
        assert_eq!(contents(&store).await, before);
    }
    store.close().await;
}

#[test]
fn after_a_correction_nothing_differs_any_more() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut runner = TestRunner::new(Config { cases: 10, failure_persistence: None, ..Config::default() });
    let cases = (items(), items(), items());
    let checked = runner.run(&cases, |(first, second, third)| {
        runtime.block_on(becomes(&[plan(&first), plan(&second), plan(&third), plan(&first)]));
        Ok(())
    });
    checked.expect("every version becomes the next");
}

#[tokio::test]
async fn with_an_earlier_day_on_the_notice_what_seemed_to_lie_before_it_is_owed() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("plan.db")).await.expect("a database");
    let late = plan(&[(0, 0, true, vec![5])]);
    import(&store, &late, Mode::Load).await;
    let kept = contents(&store).await;
    assert!(kept["filing"].is_empty(), "nobody is asked before the office has decided");
    let (_, said) = import(&store, &late.replace("2026-01-05", "2025-11-05"), Mode::Apply).await;
    assert!(said.contains("成文日期:2026-01-05 → 2025-11-05") && said.contains("新开1件"), "{said}");
}
