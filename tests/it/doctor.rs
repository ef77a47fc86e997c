//! `duban doctor` finds each thing that keeps the bot from working well.

use duban::clock::{Clock as _, SystemClock};
use duban::wording::typeset;

use super::binary::{Folder, Told};
use super::fake_telegram::FakeTelegram;

/// Whether the check-up says this.
fn says(told: &Told, parts: &[&str]) {
    for part in parts {
        assert!(told.out.contains(&typeset(part)), "{part} is not in:\n{}", told.all());
    }
}

fn with_token(folder: &Folder, fake: &FakeTelegram, token: &str) -> Told {
    let mut command = folder.duban(&["doctor"]);
    command.env("DUBAN_TELEGRAM_TOKEN", token).env("DUBAN_TELEGRAM_API_URL", fake.url().as_str());
    command.output().expect("it runs").into()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn doctor_asks_the_platform_about_token_privacy_and_time() {
    let (fake, folder) = (FakeTelegram::start().await, Folder::new());
    fake.set_now(SystemClock.now());
    let told = with_token(&folder, &fake, "1:wrong").badly();
    says(&told, &["不行  Telegram:令牌不对"]);
    let told = with_token(&folder, &fake, fake.token()).well();
    says(&told, &["令牌有效,机器人是 @duban_bot", "注意  Telegram:隐私模式开着"]);
    assert!(!told.out.contains("时钟"), "{}", told.out);
    fake.set_now(SystemClock.now() - chrono::TimeDelta::minutes(30));
    says(&with_token(&folder, &fake, fake.token()).well(), &["注意  时钟:本机比平台快"]);
    let mut command = folder.duban(&["doctor"]);
    command.env("DUBAN_TELEGRAM_TOKEN", "1:a").env("DUBAN_TELEGRAM_API_URL", "http://127.0.0.1:9");
    says(&Told::from(command.output().expect("it runs")).well(), &["注意  Telegram:有令牌,但连不上平台"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn doctor_knows_a_taken_port_from_the_bot_that_runs() {
    let (fake, folder) = (FakeTelegram::start().await, Folder::new());
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let listen = taken.local_addr().expect("an address").to_string();
    folder.write("config/duban.toml", &format!("[web]\nlisten = \"{listen}\"\n"));
    folder.import();
    says(&folder.run(&["doctor"]).badly(), &["不行  网页:", "可能已被别的程序占用"]);
    drop(taken);
    says(&folder.run(&["doctor"]).well(), &["可用"]);
    let bot = folder.serve(&fake, "info");
    fake.called("getupdates", 1).await;
    says(&folder.run(&["doctor"]).well(), &["已由正在运行的机器人使用"]);
    assert!(bot.stop().await.success());
}

#[tokio::test]
async fn doctor_misses_the_head_of_the_office_and_sees_a_clock_that_was_set_back() {
    let folder = Folder::new();
    folder.import();
    says(&folder.run(&["doctor"]).well(), &["还没有督查室的人"]);
    let store = folder.store().await;
    let mut tx = store.write().await.expect("a write");
    for row in [
        "insert into account (channel, external_id, name, role) values ('room', 'a', '甲', 'staff')",
        "insert into history (at, actor, what, detail) values ('2099-01-01T00:00:00.000Z', 'clock', 'x', '{}')",
    ] {
        sqlx::query(row).execute(&mut *tx).await.expect(row);
    }
    tx.commit().await.expect("a commit");
    let told = folder.run(&["doctor"]).well();
    says(&told, &["duban invite head", "时钟像是被往回拨过", "未绑定的岗位", "时区 Asia/Shanghai"]);
}

#[tokio::test]
async fn doctor_names_a_database_of_a_newer_version_and_one_that_is_none() {
    let folder = Folder::new();
    folder.import();
    let store = folder.store().await;
    let mut tx = store.write().await.expect("a write");
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                 values (9999, 'later', 1, x'00', 0)";
    sqlx::query(newer).execute(&mut *tx).await.expect("a row");
    tx.commit().await.expect("a commit");
    store.close().await;
    let told = folder.run(&["doctor"]).badly();
    says(&told, &["不行  数据库:"]);
    assert!(told.out.contains("a newer duban has written it"), "{}", told.out);
    let told = folder.run(&["serve"]).badly();
    assert!(told.err.contains("a newer duban has written it"), "{}", told.err);
    folder.write(
        "data/duban.db",
        "this is no database, but long enough to look like something else entirely, as it seems",
    );
    says(&folder.run(&["doctor"]).badly(), &["不行  数据库:"]);
}

#[tokio::test]
async fn doctor_sees_what_others_on_the_machine_may_read() {
    let folder = Folder::new();
    folder.import();
    folder.write("data/files/ab/x", "");
    let told = folder.run(&["doctor"]).well();
    says(&told, &["注意  权限:", "chmod go-rwx"]);
}

#[tokio::test]
async fn doctor_leaves_a_database_of_an_earlier_version_as_it_is() {
    let folder = Folder::new();
    folder.import();
    let store = folder.store().await;
    let mut tx = store.write().await.expect("a write");
    // As if this version had taken two steps more than the one that wrote it.
    let back = "delete from _sqlx_migrations where version in (select version from _sqlx_migrations order by version desc limit 2)";
    sqlx::query(back).execute(&mut *tx).await.expect("rows");
    tx.commit().await.expect("a commit");
    store.close().await;
    let file = || std::fs::read(folder.path("data/duban.db")).expect("the database");
    let before = file();
    says(&folder.run(&["doctor"]).well(), &["注意  数据库:", "还差2步升级"]);
    assert!(file() == before, "the check-up has changed the database");
}

#[test]
fn doctor_says_which_chinese_font_pictures_get_and_misses_one() {
    let folder = Folder::new();
    let font = match duban::documents::picture::chinese_font() {
        Some(font) => format!("中文字体用 {font}"),
        None => "没有找到中文字体".to_owned(),
    };
    says(&folder.run(&["doctor"]).well(), &[&font]);
    // Where the machine's fonts are out of sight.
    let hidden = ["/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts"]
        .map(|folder| format!("[ ! -d {folder} ] || mount -t tmpfs none {folder}"));
    let mut command = std::process::Command::new("unshare");
    command.args([
        "-rm",
        "sh",
        "-c",
        &format!("{} && exec {} doctor", hidden.join(" && "), env!("CARGO_BIN_EXE_duban")),
    ]);
    command.current_dir(folder.path(".")).env("HOME", folder.path("."));
    match command.output().map(Told::from) {
        Ok(told) if !told.out.is_empty() => says(&told, &["没有找到中文字体"]),
        _ => println!(
            "NOT CHECKED: no folder can be hidden here (unshare -rm), so a machine without fonts was not tried"
        ),
    }
}
