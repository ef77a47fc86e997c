//! The first days and the last: invitations on paper, who only reads, and groups that are needed no more.

use duban::config;
use duban::domain::people::Role;

use super::people::code_in;
use crate::contents::contents;
use crate::office::Office;

/// Text of the body of a .docx.
fn body(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a docx");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("word/document.xml").expect("a body"), &mut text)
        .expect("text");
    text
}

#[tokio::test]
async fn all_invitations_stand_on_one_sheet_with_their_links() {
    let mut settings = config::shipped();
    settings.telegram_name = Some("duban_bot".to_owned());
    let office = Office::with_everybody("2022-06-27 08:00", settings).await;
    office.says("督查室科员", "督查室", "邀请 县粮食局负责人").await;
    let said = office.last("督查室");
    assert!(said.contains(&format!("https://t.me/duban_bot?start={}", code_in(&said))), "{said}");
    office.says("督查室科员", "督查室", "邀请 全部").await;
    let files = office.kept_files();
    let sheet = body(files.last().expect("a sheet"));
    for label in ["县粮食局负责人", "县粮食局联络员", "县粮食局的群", "经开区组的群", "副县长（民生组组长）"]
    {
        assert!(sheet.contains(label), "{label}");
    }
    for bound in ["督查室的群", "财税组的群", "县发改局局长", "县发改局的群"] {
        assert!(!sheet.contains(&format!(">{bound}<")), "{bound} is bound already");
    }
    assert!(!sheet.contains("友谊生态环境局"), "goes through the office");
    let codes = office.count("select count(*) from invite where used_at is null").await;
    assert!(codes > 60, "{codes}");
}

/// DESIGN section 11: the old way counts too.
#[tokio::test]
async fn a_leader_without_a_phone_gets_a_page_and_the_answer_is_entered_for_him() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("县财政局局长", "县财政局局长", "#28 用地没批").await;
    office.says("督查室科员", "督查室", "一页纸 发改局局长").await;
    let page = body(office.kept_files().last().expect("a page"));
    for part in ["督办事项一页纸", "县发改局局长", "#16", "签字"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("草稿"), "nothing to sign");
    office.says("督查室科员", "督查室", "代报 县发改局 28 完成60%").await;
    assert!(office.last("督查室").starts_with("代县发改局录入。已记 ✓ #28 60%"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "一页纸 全部").await;
    let pages = body(office.kept_files().last().expect("pages"));
    assert!(pages.contains("县粮食局负责人") && !pages.contains("县财政局局长"));
}

/// An observer sees the office's lists and changes nothing, whatever is tried.
#[tokio::test]
async fn an_observer_reads_and_changes_nothing() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("督查室值班员", "督查室值班员", "邀请 观察员").await;
    let code = code_in(&office.last("督查室值班员"));
    office.says("陌生人", "陌生人", &format!("绑定 {code}")).await;
    office.wait_until("2022-06-27 12:00").await;
    let ledger = [
        "task",
        "duty",
        "filing",
        "report",
        "review",
        "history",
        "tenure",
        "leave",
        "handover",
        "remit",
        "invite",
        "quota_entry",
    ];
    let before = contents(&office.store).await;
    for command in duban::commands::ALL {
        office.says("陌生人", "陌生人", &format!("/{}", command.example())).await;
    }
    for text in ["#28 完成60%", "28已办结", "#16 延到7月30日", "我是县发改局局长", "请假 6月28日"]
    {
        office.says("陌生人", "陌生人", text).await;
    }
    let after = contents(&office.store).await;
    for table in ledger {
        assert_eq!(before[table], after[table], "{table}");
    }
    office.says("陌生人", "陌生人", "无人").await;
    assert!(office.last("陌生人").starts_with("无人清单"), "{}", office.last("陌生人"));
    // The other roles are told apart as the table says.
    for (who, command, may) in [
        ("县发改局局长", "欠报", false),
        ("县发改局联络员", "接任 县发改局局长 李四", false),
        ("督查室负责人", "自检", true),
    ] {
        office.says(who, who, &format!("/{command}")).await;
        assert_eq!(
            !office.last(who).contains("要督查室的人来办"),
            may,
            "{who} {command}: {}",
            office.last(who)
        );
    }
    assert_eq!(Role::ALL.len(), 6);
}

/// DOMAIN section 5, point 19: one matter opens no new group, and a group that has served is dissolved.
#[tokio::test]
async fn a_second_group_replaces_the_first_and_at_the_end_all_can_go() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("督查室科员", "督查室科员", "邀请 群 财税组").await;
    let code = code_in(&office.last("督查室科员"));
    office.says("县发改局局长", "闲聊", &format!("/bind {code}")).await;
    assert!(office.last("闲聊").contains("原来的“财税组”不再收提醒"), "{}", office.last("闲聊"));
    assert!(office.last("财税组").starts_with("本群的督办提醒改到“闲聊”。"), "{}", office.last("财税组"));
    office.sleep_until("2022-12-30 18:30").await;
    assert!(!office.chat("督查室").contains("行动结束"));
    office.sleep_until("2023-01-03 09:00").await;
    let said = office.chat("督查室");
    assert!(said.contains("【行动结束】《") && said.contains("duban export ledger --period 2022"), "{said}");
    assert!(said.contains("可以解散:县发改局、乡镇、闲聊"), "{said}");
    assert!(office.chat("县发改局").contains("本群可以解散"));
    office.sleep_until("2023-01-09 09:00").await;
    assert_eq!(office.chat("督查室").matches("【行动结束】").count(), 1, "once");
}
