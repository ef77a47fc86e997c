//! The house rules, read off the files themselves: who may mention whom (DESIGN.md section 9), the laws, the habits.

mod rules;
mod source;

use self::rules::{RULES, breaches};
use self::source::{File, repository};

#[test]
fn the_repository_keeps_the_house_rules() {
    let files = repository();
    assert!(files.iter().any(|file| file.path == "src/lib.rs"), "the files were not found");
    let found = breaches(&files);
    assert!(found.is_empty(), "{} breach(es):\n{}", found.len(), found.join("\n"));
}

/// The breaches of one file that exists only here.
fn of(path: &str, text: &str) -> Vec<String> {
    breaches(&[File::of(path, text)])
}

/// The first breach, or "".
fn first(path: &str, text: &str) -> String {
    of(path, &format!("//! Words.\n{text}\n")).into_iter().next().unwrap_or_default()
}

#[test]
fn every_row_of_the_import_table_is_checked() {
    for (path, line) in [
        ("src/domain/task.rs", "use crate::store::tasks;"),
        ("src/domain/task.rs", "use crate::rules::policy::Policy;"),
        ("src/domain/task.rs", "use tokio::sync::Notify;"),
        ("src/domain/task.rs", "pub async fn ask() {}"),
        ("src/domain/task.rs", "fn f() { let _ = super::super::config::DEFAULTS; }"),
        ("src/rules/deal.rs", "use crate::{domain::now::Now, wording::Spoken};"),
        ("src/reply/mod.rs", "use crate::commands::Call;"),
        ("src/reply/mod.rs", "fn f() { super::wording::short(); }"),
        ("src/notice/file.rs", "async fn read() {}"),
        ("src/wording/card.rs", "use crate::store::Connection;"),
        ("src/store/tasks.rs", "use crate::wording::{self, typeset};"),
        ("src/channel/telegram/send.rs", "use crate::domain::task::TaskState;"),
        ("src/channel/mod.rs", "use crate::wording::short;"),
        ("src/commands/help.rs", "use crate::channel::room::Room;"),
        ("src/commands/help.rs", "use crate::channel::{Act, telegram::Telegram};"),
        ("src/flow/desk.rs", "use crate::web;"),
        ("src/flow/desk.rs", "fn f() { crate::channel::telegram::NAME; }"),
        ("src/web/mod.rs", "use crate::flow::Wheel;"),
        ("src/web/mod.rs", "use crate::channel::telegram::NAME;"),
        ("src/config.rs", "use crate::app::serve;"),
    ] {
        let found = first(path, line);
        assert!(found.starts_with(&format!("{path}:2: ")), "{path}: {line} was not found: {found:?}");
        assert!(found.contains("must not mention"), "{found}");
    }
}

#[test]
fn every_other_rule_can_be_broken() {
    let long = "\n".repeat(400);
    let broken = [
        ("src/commands/help.rs", "fn f() { sqlx::query(\"select 1\"); }", "SQL belongs into src/store"),
        ("src/web/mod.rs", "use sqlx::{query_as, Row};", "SQL belongs into src/store"),
        ("src/commands/help.rs", "fn f() {\n    room.send(\n        &to,\n        &act,\n    );\n}", "L1"),
        ("src/app.rs", "fn f() { Channel::send(&*room, &to, &act); }", "L1"),
        ("src/flow/tick.rs", "fn f() { let now = Utc::now(); }", "clock"),
        ("tests/it/a.rs", &long, "lines"),
        ("src/reply/mod.rs", "fn f() { todo!() }", "unfinished"),
        ("tests/it/a.rs", "fn f() { dbg!(1); }", "unfinished"),
        ("src/store/tasks.rs", "const A: &str = \"select datetime('now')\";", "time is a parameter"),
        ("src/store/tasks.rs", "const A: &str = \"select\n current_timestamp\";", "time is a parameter"),
    ];
    for (path, text, what) in broken {
        let found = first(path, text);
        assert!(found.contains(what), "{path}: {text:.60} was not found: {found:?}");
    }
    assert!(of("src/a.rs", "fn f() {}")[0].starts_with("src/a.rs:1: "), "the missing `//!` was not found");
    assert!(of("migrations/9.sql", "-- now\nx text default current_timestamp")[0].contains(":2: "));
    let keys = "top = 1\n[a] # said\nb = 1\n[c]\nd = 1 # said\ne = 2\n";
    let found = of("config/duban.toml", keys);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains(":1: `top`") && found[1].contains(":6: `e`"), "{found:?}");
    assert!(of("README.md", &format!("see {}home/me/x", '/'))[0].contains("README.md:1: "));
}

#[test]
fn what_only_looks_like_a_breach_is_none() {
    for (path, text) in [
        ("src/domain/task.rs", "// crate::store is below\nconst A: &str = \"crate::store and \\\" async\";"),
        ("src/domain/task.rs", "#[cfg(test)]\nmod tests {\n    use crate::config::shipped;\n}"),
        ("src/domain/task.rs", "use super::now::Now;\nuse crate::domain::{ids::TaskNo, people::words};"),
        ("src/web/room.rs", "use crate::channel::room::Room;"),
        ("src/web/tests.rs", "fn f() { room.send(&to, act); }"),
        ("src/channel/room/mod.rs", "fn f() { toasts.send(toast); request.send(); }"),
        ("src/flow/delivery.rs", "fn f() { channel.send(&address, &act); }"),
        ("src/clock.rs", "fn f() { Utc::now() }"),
        ("src/store/tasks.rs", "// datetime('now')\nfn f(now: Now) { now.at() }"),
        ("src/notice/a.rs", "const A: char = '\"'; // \" crate::store\nconst B: &str = r#\"\"crate::web\"#;"),
    ] {
        assert_eq!(first(path, text), "", "{path}: {text}");
    }
}

#[test]
fn a_module_that_only_tests_see_is_a_test() {
    let parent = File::of("src/domain/mod.rs", "//! Words.\n#[cfg(test)]\npub(crate) mod memory;\n");
    let memory = File::of("src/domain/memory.rs", "//! Words.\nuse crate::store::tasks;\n");
    assert!(breaches(&[parent, memory.clone()]).is_empty());
    assert_eq!(breaches(&[memory]).len(), 1);
}

#[test]
fn every_module_of_the_library_stands_in_the_table() {
    let lib = repository().into_iter().find(|file| file.path == "src/lib.rs").expect("the library");
    let modules = lib.text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    for module in modules.filter(|module| !["app", "cli"].contains(module)) {
        assert!(RULES.iter().any(|rule| rule.of.contains(&module)), "`{module}` has no row in the table");
    }
}
