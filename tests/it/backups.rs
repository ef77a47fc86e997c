//! Promise R9: a backup taken while the bot runs restores to the same answers.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use duban::clock::{Clock as _, SystemClock};
use duban::store::files::Files;

use super::binary::Folder;
use super::contents::contents;
use super::load::{Load, law};

/// A folder with the same settings and nothing else.
fn empty_beside(folder: &Folder) -> Folder {
    let other = Folder::new();
    for file in ["config/duban.toml", "config/always.toml"] {
        other.write(file, &folder.read(file));
    }
    other
}

fn at(path: &Path) -> &str {
    path.to_str().expect("a name in UTF-8")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_taken_while_the_bot_works_restores_to_the_same_answers() {
    let mut load = Load::new(91).await;
    let files = Files::at(&load.folder.path("data/files"));
    let photo = files.keep(b"a photo".to_vec()).await.expect("kept");
    let bot = load.serve();
    load.push(200);
    load.fake.called("sendmessage", 20).await;
    // 1. Taken while it works: whole, and nothing half done.
    let told = load.folder.run(&["backup", "backups"]).well();
    assert!(told.out.contains("已做好并核对") && told.out.contains("新增1个"), "{}", told.out);
    load.push(50);
    let early = empty_beside(&load.folder);
    let backups = load.folder.path("backups");
    early.run(&["restore", at(&backups)]).well();
    let events = law::opens(&early.path("data/duban.db")).await;
    let kept = Files::at(&early.path("data/files")).get(&photo).await.expect("read");
    assert_eq!(kept.as_deref(), Some(b"a photo".as_slice()));
    // 2. Taken once it has stopped: the same to the last row, and the binary says the same.
    load.all_done().await;
    assert!(bot.stop().await.success());
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let told = load.folder.run(&["backup", "backups", "--keep", "1"]).well();
    assert!(told.out.contains("新增0个") && told.out.contains("已删去旧备份1份"), "{}", told.out);
    let late = empty_beside(&load.folder);
    late.run(&["restore", at(&backups)]).well();
    assert_eq!(contents(&late.store().await).await, contents(&load.store).await);
    let tomorrow = (SystemClock.now() + chrono::TimeDelta::days(1)).format("%Y-%m-%d").to_string();
    for question in [
        ["tick", "--at", &format!("{tomorrow}T09:00"), "--dry-run"].as_slice(),
        ["preview", "--from", &tomorrow, "--to", &tomorrow].as_slice(),
        ["understand", "1完成60%", "--unit", "县发改局"].as_slice(),
    ] {
        let (was, is) = (load.folder.run(question).well().out, late.run(question).well().out);
        assert_eq!(is, was, "{question:?}");
    }
    println!("a backup under load held {events} of 250 events; {}", law::all_told(&load).await);
}

#[tokio::test]
async fn restoring_overwrites_nothing_and_notices_damage() {
    let folder = Folder::new();
    folder.import();
    let files = Files::at(&folder.path("data/files"));
    let photo = files.keep(b"a photo".to_vec()).await.expect("kept");
    folder.run(&["backup", "backups"]).well();
    let told = folder.run(&["restore", "backups"]).badly();
    assert!(told.err.contains("data/duban.db is there already and is not overwritten"), "{}", told.err);
    let told = folder.run(&["restore", "backups", "--check"]).well();
    assert!(told.out.contains("逐一核对无误"), "{}", told.out);

    let other = Folder::new();
    let backups = folder.path("backups");
    other.write("data/files/ab/keep.txt", "");
    Files::at(&other.path("data/files")).keep(b"mine".to_vec()).await.expect("kept");
    let told = other.run(&["restore", at(&backups)]).badly();
    assert!(told.err.contains("has files already"), "{}", told.err);
    assert!(!other.path("data/duban.db").exists());

    let third = Folder::new();
    let copy = backups.join("files").join(&photo[..2]).join(&photo);
    std::fs::write(&copy, "something else").expect("damage");
    let told = third.run(&["restore", at(&backups)]).badly();
    assert!(told.err.contains("is damaged"), "{}", told.err);
    std::fs::remove_file(&copy).expect("removed");
    let told = third.run(&["restore", at(&backups), "--check"]).badly();
    assert!(told.err.contains("is missing"), "{}", told.err);
    let entries = std::fs::read_dir(&backups).expect("a folder").map(|entry| entry.expect("a file").path());
    let database = entries.into_iter().find(|path| path.extension().is_some_and(|end| end == "db"));
    let database = database.expect("a copy of the database");
    let mut bytes = std::fs::read(&database).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&database, bytes).expect("damage");
    let told = third.run(&["restore", at(&backups)]).badly();
    assert!(told.err.contains("was changed since it was made"), "{}", told.err);
    assert!(!third.path("data/duban.db").exists());
    let told = third.run(&["restore", at(&third.path("config"))]).badly();
    assert!(told.err.contains("has no finished backup"), "{}", told.err);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_on_disk_is_its_owners_alone() {
    let mut load = Load::new(92).await;
    Files::at(&load.folder.path("data/files")).keep(b"a photo".to_vec()).await.expect("kept");
    // What an earlier version left open is closed.
    let database = load.folder.path("data/duban.db");
    std::fs::set_permissions(&database, std::fs::Permissions::from_mode(0o644)).expect("a mode");
    let bot = load.serve();
    load.push(20);
    load.fake.called("sendmessage", 5).await;
    load.folder.run(&["backup", "backups"]).well();
    for folder in ["data", "backups"] {
        only_the_owner(&load.folder.path(folder));
    }
    load.all_done().await;
    assert!(bot.stop().await.success());
}

fn only_the_owner(path: &Path) {
    let found = std::fs::metadata(path).expect("it is there");
    let expected = if found.is_dir() { 0o700 } else { 0o600 };
    assert_eq!(found.permissions().mode() & 0o777, expected, "{}", path.display());
    if found.is_dir() {
        let entries = std::fs::read_dir(path).expect("a folder");
        entries.for_each(|entry| only_the_owner(&entry.expect("an entry").path()));
    }
}
