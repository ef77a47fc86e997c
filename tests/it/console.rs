//! The command line, with the real binary in a folder of its own.

use duban::wording::{refusal, typeset};

use super::binary::Folder;
use super::contents::contents;
use super::fake_telegram::{FakeChat, FakeKind, FakePerson, FakeTelegram};

/// A folder with more in its settings.
fn with_settings(settings: &str) -> Folder {
    let folder = Folder::new();
    folder.write("config/duban.toml", settings);
    folder
}

#[tokio::test]
async fn a_dry_import_prints_the_sheet_and_keeps_nothing() {
    let folder = Folder::new();
    let told = folder.run(&["import", "config/sanhang/plan.toml", "--dry-run"]).well();
    for part in ["核对单", "事项 69 项", "早于成文日", "没有导入"] {
        assert!(told.out.contains(part), "{part} is not in:\n{}", told.out);
    }
    let kept = contents(&folder.store().await).await;
    assert!(kept.contains_key("task"), "the tables were not read");
    assert!(kept.values().all(Vec::is_empty), "something was kept: {kept:?}");
}

#[tokio::test]
async fn an_import_counts_what_it_did_and_a_second_one_does_nothing() {
    let folder = Folder::new();
    let first = folder.run(&["import", "config/sanhang/plan.toml", "--at", "2022-05-18T09:00"]).well();
    assert!(first.out.contains("已导入 69 项"), "{}", first.out);
    let before = contents(&folder.store().await).await;
    let second = folder.run(&["import", "config/sanhang/plan.toml", "--at", "2022-06-18T09:00"]).well();
    assert!(second.out.contains("没有改动"), "{}", second.out);
    assert_eq!(contents(&folder.store().await).await, before);
}

/// A notice in the words of the sample roster.
const NOTICE: &str = "某县人民政府办公室关于印发《全县2022年重点任务分解》的通知
某政办发〔2022〕30号
各乡镇人民政府:
现印发给你们。
某县人民政府办公室
2022年6月1日
全县2022年重点任务分解
一、重点任务
(一)抓项目。9月底前开工项目12个。(牵头单位:县发改局;责任单位:县财政局、各乡(镇)政府)
(二)抓监管。每季度通报一次。(县发展和改革局负责)
(三)抓服务。定期走访。(责任单位:县直有关部门)
";

#[tokio::test]
async fn an_official_document_is_shown_as_a_sheet_or_for_machines_and_loads_unconfirmed() {
    let folder = Folder::new();
    folder.write("notice/通知.txt", NOTICE);
    let told = folder.run(&["import", "notice/通知.txt", "--dry-run"]).well();
    for part in ["核对单", "事项 3 项", "只写了“定期”", "没有点名", "没有导入"] {
        assert!(told.out.contains(part), "{part} is not in:\n{}", told.out);
    }
    let told = folder.run(&["import", "notice/通知.txt", "--dry-run", "--json"]).well();
    let read: serde_json::Value = serde_json::from_str(&told.out).expect("JSON");
    assert_eq!(read["issued"], "2022-06-01");
    assert_eq!(read["tasks"][0]["duties"][0]["quantity"], serde_json::json!({ "value": 12.0, "unit": "个" }));
    let told = folder.run(&["import", "notice/通知.txt"]).badly();
    assert!(told.err.contains("roster.toml"), "{}", told.err);
    folder.write("notice/roster.toml", &folder.read("config/sanhang/roster.toml"));
    let told = folder.run(&["import", "notice/通知.txt", "--at", "2022-06-02T09:00"]).well();
    assert!(told.out.contains("已导入 3 项"), "{}", told.out);
    let kept = contents(&folder.store().await).await;
    let told = folder.run(&["import", "notice/通知.txt", "--at", "2022-07-02T09:00"]).well();
    assert!(told.out.contains("没有改动"), "{}", told.out);
    assert_eq!(contents(&folder.store().await).await, kept);
    let told = folder.run(&["doctor"]);
    assert!(told.all().contains("在办0、待确认3"), "{}", told.all());
}

#[tokio::test]
async fn a_corrected_document_is_shown_first_and_applied_on_demand() {
    let folder = Folder::new();
    folder.write("notice/roster.toml", &folder.read("config/sanhang/roster.toml"));
    folder.write("notice/通知.txt", NOTICE);
    folder.run(&["import", "notice/通知.txt", "--at", "2022-06-02T09:00"]).well();
    let before = contents(&folder.store().await).await;
    let corrected = NOTICE
        .replace("(一)抓项目。9月底前", "(一)抓安全。10月底前排查隐患。(县应急局负责)\n(二)抓项目。11月底前")
        .replace("(三)抓服务", "(四)抓服务")
        .replace("(二)抓监管", "(三)抓监管");
    folder.write("notice/通知更正.txt", &corrected);
    let shown = folder.run(&["import", "notice/通知更正.txt"]).well();
    for part in ["新增1项,改动3项,删去0项", "时限:2022-09-30前 → 2022-11-30前", "加 --apply"]
    {
        assert!(shown.out.contains(&typeset(part)), "{part} is not in:\n{}", shown.out);
    }
    assert_eq!(contents(&folder.store().await).await, before, "only shown");
    let told = folder.run(&["import", "notice/通知更正.txt", "--apply"]).well();
    assert!(told.out.contains("已更正"), "{}", told.out);
    let again = folder.run(&["import", "notice/通知更正.txt", "--apply"]).well();
    assert!(again.out.contains("没有改动"), "{}", again.out);
}

#[test]
fn a_file_that_is_no_plan_is_refused_with_its_place() {
    let folder = Folder::new();
    folder.write("broken.toml", "[plan]\ncode = \"a\"\ntitel = \"x\"\n");
    let told = folder.run(&["import", "broken.toml"]).badly();
    assert!(told.err.contains("broken.toml") && told.err.contains("line 3"), "{}", told.err);
    let told = folder.run(&["import", "nowhere.toml"]).badly();
    assert!(told.err.contains("cannot read nowhere.toml"), "{}", told.err);
}

#[tokio::test]
async fn a_dry_tick_lists_cards_with_receiver_and_reasons_and_keeps_nothing() {
    let folder = Folder::new();
    let told = folder.run(&["tick", "--at", "2022-05-23T09:00", "--dry-run"]).well();
    assert!(told.out.contains("样例方案") && told.out.contains("上期也没报"), "{}", told.out);
    assert!(!folder.path("data").exists(), "the sample plan is played elsewhere");
    folder.import();
    let before = contents(&folder.store().await).await;
    let told = folder.run(&["tick", "--at", "2022-06-27T09:00", "--dry-run"]).well();
    let cards: Vec<&str> = told.out.split("\n→ ").collect();
    let finance = cards.iter().find(|card| card.contains("财税组工作群")).expect("the card of a team");
    for part in ["督办提醒", "6月27日 周一", "#28 ", "为何收到", "每月例行"] {
        assert!(finance.contains(part), "{part} is not in:\n{finance}");
    }
    let total = format!("共 {} 张卡", cards.len());
    assert!(told.out.contains(&total), "{total} is not in:\n{}", told.out);
    let night = folder.run(&["tick", "--at", "2022-06-26T09:00", "--dry-run"]).well();
    assert!(night.out.contains("共 0 张卡") && night.out.contains("不是可发时段"), "{}", night.out);
    assert_eq!(contents(&folder.store().await).await, before);
}

#[test]
fn a_tick_that_is_not_dry_is_left_to_serve() {
    let told = Folder::new().run(&["tick", "--at", "2022-06-27T09:00"]).badly();
    assert!(told.err.contains("--dry-run"), "{}", told.err);
    let told = Folder::new().run(&["tick", "--at", "tomorrow", "--dry-run"]).badly();
    assert!(told.err.contains("write 2022-06-27T09:00"), "{}", told.err);
}

#[test]
fn doctor_names_every_mistake_of_the_settings_with_its_line() {
    let settings = "zone = \"Mars\"\n\n[speak]\ncards_a_day = 0\n\n[[round]]\nevery = \"week\"\nopens = \"0 0 9 * * 1\"\ndue = \"0 0 17 * * Fri\"\n";
    let told = with_settings(settings).run(&["doctor"]).badly();
    for part in [
        "config/duban.toml:1: zone:",
        "config/duban.toml:4: speak.cards_a_day:",
        "config/duban.toml:8: round.opens/due:",
        "3 mistake(s)",
    ] {
        assert!(told.err.contains(part), "{part} is not in:\n{}", told.err);
    }
}

#[test]
fn doctor_points_at_what_is_no_toml_and_at_misspelt_keys() {
    for (settings, place, what) in [
        ("zone = \"Asia/Shanghai\n", ":1: ", "invalid"),
        ("\n[speak]\ncards_per_day = 1\n", ":3: ", "cards_per_day"),
        ("\n\n\n[web]\nlisten = 8420\n", ":5: ", "expected a string"),
        ("zoen = \"Asia/Shanghai\"\n", ":1: ", "zoen"),
        ("\nholidays = \"config/no.toml\"\n", ":2: holidays: ", "config/no.toml cannot be read"),
    ] {
        let told = with_settings(settings).run(&["doctor"]).badly();
        let line = told.err.lines().find(|line| line.contains("config/duban.toml")).unwrap_or_default();
        assert!(
            line.contains(&format!("config/duban.toml{place}")) && line.contains(what),
            "{settings}: {}",
            told.err
        );
    }
}

#[test]
fn settings_that_were_asked_for_by_name_must_be_there() {
    let told = Folder::new().run(&["--config", "config/dubna.toml", "doctor"]).badly();
    assert!(told.err.contains("config/dubna.toml") && told.err.contains("cannot be read"), "{}", told.err);
}

#[test]
fn doctor_misses_token_database_people_and_holidays() {
    let folder = with_settings("holidays = \"old.toml\"\n[telegram]\nenabled = true\n");
    let years = folder.read("config/holidays.toml");
    let old = years.split("\n\n").take_while(|part| !part.contains("2025")).collect::<Vec<_>>().join("\n\n");
    folder.write("old.toml", &old);
    let told = folder.run(&["doctor"]).badly();
    for part in ["不行  Telegram", "DUBAN_TELEGRAM_TOKEN", "data/duban.db 还没有", "注意  放假表", "年的安排"]
    {
        assert!(told.out.contains(part), "{part} is not in:\n{}", told.all());
    }
    folder.write("config/duban.toml", "[telegram]\nenabled = false\n");
    folder.import();
    let told = folder.run(&["doctor"]).well();
    for part in ["69项", "duban invite admin", "未绑定的岗位", "未启用"] {
        assert!(told.out.contains(&*typeset(part)), "{part} is not in:\n{}", told.all());
    }
    let serve = with_settings("[telegram]\nenabled = true\n").run(&["serve"]).badly();
    assert!(serve.err.contains("there is no token"), "{}", serve.err);
}

#[test]
fn leaders_are_not_invited_at_the_console() {
    let told = Folder::new().run(&["invite", "leader"]).badly();
    assert!(told.err.contains("invited in chat"), "{}", told.err);
}

#[test]
fn the_demo_tells_its_story_and_ends() {
    let told = Folder::new().run(&["demo", "--script"]).well();
    for part in
        ["督办提醒", "已记", "督查室核验", "已退回", "缺现场记录", "升级到本单位负责人", "已销号", "自检"]
    {
        assert!(told.out.contains(part), "{part} is not in:\n{}", told.out);
    }
    assert!(!told.all().contains("panicked") && !told.err.contains("ERROR"), "{}", told.err);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_bot_on_the_same_database_is_refused() {
    let (fake, folder) = (FakeTelegram::start().await, Folder::new());
    let first = folder.serve(&fake, "info");
    fake.called("getupdates", 1).await;
    let told = folder.run(&["serve"]).badly();
    assert!(told.err.contains("another duban works on data/duban.db"), "{}", told.err);
    first.kill();
    // The lock went with its holder.
    let next = folder.serve(&fake, "info");
    fake.called("getupdates", 2).await;
    assert!(next.stop().await.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_learns_nothing_an_admin_gets_help_and_the_token_stays_secret() {
    let (fake, folder) = (FakeTelegram::start().await, Folder::new());
    folder.import();
    let invited = folder.run(&["invite", "admin"]).well();
    let code = invited.out.lines().next().expect("a code").to_owned();
    let private = |id: i64, name: &str| {
        let chat = FakeChat { id, kind: FakeKind::Private, title: name.to_owned(), topic: None };
        (chat, FakePerson { id, name: name.to_owned() })
    };
    let (stranger, admin) = (private(11, "生人"), private(12, "管理"));
    let bot = folder.serve(&fake, "trace");
    fake.person_says(&stranger.0, &stranger.1, "/start");
    fake.person_says(&admin.0, &admin.1, &format!("绑定 {code}"));
    fake.person_says(&admin.0, &admin.1, "帮助");
    fake.called("sendmessage", 3).await;
    // A poll after the answers: the stop finds everything confirmed.
    fake.all_confirmed().await;
    assert!(bot.stop().await.success(), "{}", folder.read("serve.log"));

    let said = |chat: &FakeChat| fake.messages(chat).into_iter().map(|said| said.text).collect::<Vec<_>>();
    assert_eq!(said(&stranger.0), [typeset(&refusal::stranger())]);
    let [bound, help] = &said(&admin.0)[..] else { panic!("{:?}", said(&admin.0)) };
    assert!(bound.contains("管理员"), "{bound}");
    assert!(help.contains("邀请") && help.contains("销号"), "{help}");

    let mut conn = folder.store().await.read().await.expect("a reader");
    // What the clock had decided to say by then waits for the next start; answers and whatever is under way do not.
    let left = "select (select count(*) from letter where state <> 'sent' and (kind <> 'card' or state <> 'pending'))
                     + (select count(*) from inbox where state = 'new')";
    let (left,): (i64,) = sqlx::query_as(left).fetch_one(&mut *conn).await.expect("a count");
    assert_eq!(left, 0, "letters and events under way after the stop");

    let log = folder.read("serve.log");
    assert!(log.contains("TRACE") && log.contains("duban has stopped"), "the log is not at trace");
    let token = fake.token();
    let key = token.split_once(':').expect("number and key").1;
    let doctor =
        folder.duban(&["doctor"]).env("DUBAN_TELEGRAM_TOKEN", token).env("RUST_LOG", "trace").output();
    let doctor = doctor.expect("it runs");
    for text in
        [log, String::from_utf8_lossy(&doctor.stdout).into(), String::from_utf8_lossy(&doctor.stderr).into()]
    {
        let found = text.lines().find(|line| line.contains(key));
        assert_eq!(found, None, "the token is in the log");
    }
}
