//! The list itself, and how texts are read as commands.

use std::collections::BTreeSet;

use super::*;
use crate::domain::ids::AccountId;

fn person(roles: &[Role]) -> Person {
    Person {
        account: AccountId(1),
        name: "某人".to_owned(),
        roles: roles.to_vec(),
        posts: Vec::new(),
        units: Vec::new(),
        teams: Vec::new(),
    }
}

fn read(text: &str, roles: &[Role]) -> String {
    match parse(text, &person(roles)) {
        Parsed::Command(command, rest) => format!("{}|{rest}", command.name()),
        Parsed::Unknown(word, near) => format!("?{word}~{near:?}"),
        Parsed::NotOne => "-".to_owned(),
    }
}

#[test]
fn names_are_unique_and_everything_is_documented() {
    let mut names = BTreeSet::new();
    for command in ALL {
        assert!(!command.chinese().is_empty() && !command.usage().is_empty() && !command.help().is_empty());
        for name in command.chinese().iter().copied().chain([command.name()]) {
            assert!(names.insert(name), "{name} stands there twice");
        }
        assert!(
            command.name().chars().all(|c| c.is_ascii_lowercase() || c == '_') && command.name().len() <= 32,
            "Telegram's menu takes {} only in small letters",
            command.name()
        );
    }
}

#[test]
fn every_example_is_read_as_its_own_command() {
    for command in ALL {
        let Parsed::Command(read, _) = parse(command.example(), &person(Role::ALL)) else {
            panic!("{} is no command", command.example());
        };
        assert_eq!(read.name(), command.name());
    }
}

#[test]
fn a_command_is_read_in_every_way_it_is_written() {
    for text in [
        "/close 12 材料齐全",
        "/CLOSE 12 材料齐全",
        "/销号 12 材料齐全",
        "/销号12 材料齐全",
        "销号 12 材料齐全",
        "销号12 材料齐全",
    ] {
        assert_eq!(read(text, &[Role::Staff]), "close|12 材料齐全", "{text}");
    }
    assert_eq!(read("/start ABCD2345", &[]), "bind|ABCD2345");
}

#[test]
fn what_a_leader_reports_is_not_taken_for_an_order_of_the_office() {
    assert_eq!(read("延期 到月底", &[Role::Leader]), "-");
    assert_eq!(read("销号 12", &[Role::Leader]), "-");
    assert_eq!(read("延期到月底", &[Role::Staff]), "-");
}

#[test]
fn a_misspelt_command_gets_a_hint() {
    assert_eq!(read("/clsoe 12", &[Role::Staff]), "?clsoe~Some(\"close\")");
    assert_eq!(read("/哈哈哈哈哈", &[Role::Staff]), "?哈哈哈哈哈~None");
}

/// The README lists every command with its Chinese name, who may, what it does and an example.
#[test]
fn the_readme_has_the_table_of_commands() {
    let readme = include_str!("../../README.md");
    for command in ALL {
        let row = table_row(*command);
        assert!(readme.contains(&row), "README.md lacks this row:\n{row}");
    }
}

/// The row of the README's table for a command.
fn table_row(command: &dyn Command) -> String {
    let who = match command.who() {
        [] => "所有人",
        [Role::Head] => "督查室负责人",
        who if who.contains(&Role::Leader) => "已绑定的人",
        who if who.contains(&Role::Observer) => "督查室、观察员",
        _ => "督查室",
    };
    format!(
        "| `/{}` | {} | {who} | {} | `{}` |",
        command.name(),
        command.chinese().join("、"),
        command.help(),
        command.example()
    )
}

/// The table of section 6.4 as it is meant, not as it happens to be: admin, head, staff, leader, liaison, observer, stranger.
const MEANT: &[(&str, &str)] = &[
    ("help", "xxxxxxx"),
    ("tasks", "xxxxxx-"),
    ("task", "xxxxxx-"),
    ("find", "xxxxxx-"),
    ("matrix", "xxxxxx-"),
    ("evidence", "xxxxxx-"),
    ("due", "xxxxxx-"),
    ("silent", "xxx--x-"),
    ("held", "xxx--x-"),
    ("preview", "xxx--x-"),
    ("burden", "xxx--x-"),
    ("remind", "xxxxx--"),
    ("pre_review", "xxxxxx-"),
    ("window", "xxx--x-"),
    ("close", "xxx----"),
    ("send_back", "xxx----"),
    ("extend", "xxx----"),
    ("assign", "xxx----"),
    ("set_due", "xxx----"),
    ("campaign", "xxx----"),
    ("exempt", "xxxxxx-"),
    ("ledger", "xxx----"),
    ("bulletin", "xxx----"),
    ("slip", "xxx----"),
    ("board", "xxx----"),
    ("rate", "xxx----"),
    ("papers", "xxx----"),
    ("release", "-x-----"),
    ("object", "xxxxxx-"),
    ("sign", "-x-----"),
    ("withdraw", "-x-----"),
    ("publish", "xxx----"),
    ("spoken", "xxx----"),
    ("talked", "-x-----"),
    ("verify", "xxx----"),
    ("confirm", "xxx----"),
    ("suspend", "xxx----"),
    ("resume", "xxx----"),
    ("void", "xxx----"),
    ("reopen", "xxx----"),
    ("undo", "xxx----"),
    ("report_for", "xxx----"),
    ("sum_up", "xxxxx--"),
    ("instruct", "xxx----"),
    ("decide", "xxx----"),
    ("add", "xxx----"),
    ("need", "xxxxx--"),
    ("inspect", "xxx----"),
    ("look_again", "xxx----"),
    ("problem", "xxxxx--"),
    ("visit", "xxxxx--"),
    ("suggest", "xxxxx--"),
    ("package", "xxx----"),
    ("sources", "xxx--x-"),
    ("systems", "xxx--x-"),
    ("erase", "xxx----"),
    ("topic", "xxxxxx-"),
    ("handover", "xxx----"),
    ("leave", "xxxxx--"),
    ("back", "xxxxx--"),
    ("nobody", "xxx--x-"),
    ("team", "xxxxxx-"),
    ("remit", "xxx----"),
    ("one_page", "xxx----"),
    ("bind", "xxxxxxx"),
    ("invite", "xxx----"),
    ("status", "xxx--x-"),
];

/// Every command by every role, a stranger among them.
#[test]
fn who_may_what_is_as_it_is_meant() {
    const COLUMNS: [Option<Role>; 7] = [
        Some(Role::Admin),
        Some(Role::Head),
        Some(Role::Staff),
        Some(Role::Leader),
        Some(Role::Liaison),
        Some(Role::Observer),
        None,
    ];
    let made: Vec<(&str, String)> = ALL
        .iter()
        .map(|command| {
            let may = |role: &Option<Role>| {
                let person = person(&role.map(|role| vec![role]).unwrap_or_default());
                if may(&person, *command) { 'x' } else { '-' }
            };
            (command.name(), COLUMNS.iter().map(may).collect())
        })
        .collect();
    let made: Vec<(&str, &str)> = made.iter().map(|(name, row)| (*name, row.as_str())).collect();
    assert_eq!(made, MEANT);
}
