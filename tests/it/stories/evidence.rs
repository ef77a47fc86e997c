//! Photos and documents that come with reports: kept, shown, taken back, never required.

use crate::fake_telegram::{FakeFile, Fault};
use crate::office::Office;

async fn monday() -> Office {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    office
}

fn document(name: &str, content: &str, caption: &str) -> FakeFile {
    FakeFile {
        name: name.to_owned(),
        bytes: content.as_bytes().to_vec(),
        caption: caption.to_owned(),
        ..FakeFile::default()
    }
}

fn photo(content: &str, caption: &str) -> FakeFile {
    document("", content, caption)
}

const KEPT: &str = "select count(*) from evidence where state = 'kept'";

#[tokio::test]
async fn a_file_with_a_report_is_kept_and_the_office_can_see_it() {
    let office = monday().await;
    office.sends("县财政局局长", "财税组", document("验收单.pdf", "验收单的内容", "#28 已办结")).await;
    assert_eq!(office.last("财税组"), "已记 ✓ #28 报办结,已送督查室核验(附件1份)\n记错了改原消息就行");
    assert_eq!(office.kept_files(), ["验收单的内容".as_bytes()]);

    office.minutes_pass(31).await;
    assert!(office.card("督查室").text.contains("佐证1份"), "{}", office.card("督查室").text);
    office.says("督查室科员", "督查室", "事项 28").await;
    assert!(office.last("督查室").contains("佐证:验收单.pdf(看原件:佐证 28)"), "{}", office.last("督查室"));
    let handed = [("验收单.pdf".to_owned(), "验收单的内容".to_owned())];
    office.says("督查室科员", "督查室", "佐证 28").await;
    assert_eq!(office.handed_over("督查室"), handed);
    assert!(office.last("督查室").contains("#28 财税组 6月27日 验收单.pdf"), "{}", office.last("督查室"));
}

#[tokio::test]
async fn whoever_reviews_has_the_files_one_tap_away() {
    let office = monday().await;
    office.sends("县财政局局长", "财税组", document("验收单.pdf", "验收单的内容", "#28 已办结")).await;
    office.minutes_pass(31).await;
    office.taps("督查室科员", "督查室", "佐证1份").await;
    assert_eq!(office.handed_over("督查室"), [("验收单.pdf".to_owned(), "验收单的内容".to_owned())]);
    office.taps("陌生人", "督查室", "佐证1份").await;
    assert_eq!(office.handed_over("督查室").len(), 1, "a stranger gets nothing");
}

#[tokio::test]
async fn a_file_after_the_words_belongs_to_them_and_goes_with_them() {
    let office = monday().await;
    office.replies_to_card("县财政局局长", "财税组", "28完成60%").await;
    office.sends_to_card("县财政局局长", "财税组", photo("照片", "")).await;
    assert_eq!(office.last("财税组"), "已收 ✓ #28 附件1份,一并存档。");
    assert!(office.count(KEPT).await > 0);
    // Its own button takes back the file alone.
    office.taps("县财政局局长", "财税组", "撤回").await;
    assert_eq!(office.last("财税组"), "已撤回 #28 的附件。");
    assert_eq!(office.count(KEPT).await, 0);
    let standing = "select count(*) from report where percent = 60 and undone_at is null";
    assert!(office.count(standing).await > 0, "the words stand");
}

#[tokio::test]
async fn taking_a_report_back_takes_its_files_back() {
    let office = monday().await;
    office.sends("县财政局局长", "财税组", document("进度表.xlsx", "表", "#28 完成60%")).await;
    assert!(office.count(KEPT).await > 0);
    office.taps("县财政局局长", "财税组", "撤回").await;
    assert_eq!(office.count(KEPT).await, 0);
    office.says("督查室科员", "督查室", "佐证 28").await;
    assert_eq!(office.last("督查室"), "#28 还没有佐证材料。");
}

#[tokio::test]
async fn an_album_goes_where_its_first_picture_went_and_is_read_back_once() {
    let office = monday().await;
    let of_album = |content: &str, caption: &str| FakeFile {
        album: Some("相册1".to_owned()),
        ..photo(content, caption)
    };
    office.sends("县财政局局长", "财税组", of_album("一", "#28 完成60%")).await;
    let said = office.messages("财税组").len();
    // The others of it carry no words, no mention and no reply.
    office.sends("县财政局局长", "财税组", of_album("二", "")).await;
    office.sends("县财政局局长", "财税组", of_album("三", "")).await;
    assert_eq!(office.messages("财税组").len(), said);
    assert_eq!(office.kept_files().len(), 3);
}

#[tokio::test]
async fn a_file_without_a_clue_is_asked_about_and_its_album_waits_with_it() {
    let office = monday().await;
    let of_album = |content: &str| FakeFile { album: Some("相册2".to_owned()), ..photo(content, "") };
    office.sends_to_card("县财政局局长", "财税组", of_album("一")).await;
    assert_eq!(office.last("财税组"), "这1份附件是哪一项的?");
    office.sends_to_card("县财政局局长", "财税组", of_album("二")).await;
    office.taps("县财政局局长", "财税组", "#28 华能分散式风电项目开工(4MW)").await;
    assert_eq!(office.last("财税组"), "已收 ✓ #28 附件2份,一并存档。");
    assert_eq!(office.kept_files().len(), 2);
}

#[tokio::test]
async fn pictures_that_are_nobodys_report_are_not_fetched() {
    let office = monday().await;
    office.sends("县财政局局长", "财税组", photo("食堂", "")).await;
    office.sends("县财政局局长", "财税组", photo("食堂", "今天食堂不错")).await;
    assert_eq!(office.count("select count(*) from evidence").await, 0);
    assert!(office.kept_files().is_empty());
}

#[tokio::test]
async fn what_is_too_large_or_of_another_kind_is_refused_with_a_reason_and_the_report_stands() {
    let office = monday().await;
    office.sends("县财政局局长", "财税组", document("安装.exe", "MZ", "#28 完成60%")).await;
    assert!(office.last("财税组").starts_with("附件“安装.exe”没收下:只收 jpg"), "{}", office.last("财税组"));
    let mut disguised = document("现场.jpg", "", "#28 完成61%");
    disguised.bytes = [b"MZ\x90\x00".as_slice(), &[0; 600]].concat();
    office.sends("县财政局局长", "财税组", disguised).await;
    assert!(office.last("财税组").contains("附件“现场.jpg”没收下"), "{}", office.last("财税组"));
    let mut large = document("录像.mp4", "", "#28 完成62%");
    large.bytes = vec![0; (20 << 20) + 1];
    office.sends("县财政局局长", "财税组", large).await;
    assert!(office.last("财税组").contains("没收下:超过20MB"), "{}", office.last("财税组"));
    assert!(office.kept_files().is_empty());
    let standing = "select count(*) from report where percent = 62 and undone_at is null";
    assert!(office.count(standing).await > 0);
}

#[tokio::test]
async fn a_platform_that_fails_is_asked_again() {
    let office = monday().await;
    office.fake.fail_next_call("getFile", Fault::Status(502));
    office.sends("县财政局局长", "财税组", document("验收单.pdf", "内容", "#28 已办结")).await;
    assert!(office.kept_files().is_empty());
    office.minutes_pass(1).await;
    assert_eq!(office.kept_files().len(), 1);
}

#[tokio::test]
async fn a_file_marked_secret_leaves_no_trace() {
    let office = monday().await;
    let name = "机密★1年 某某方案.pdf";
    office.sends("县财政局局长", "财税组", document(name, "不该留下的内容", "#28 完成60%")).await;
    assert_eq!(office.count("select count(*) from report").await, 0, "{}", office.last("财税组"));
    let disk = office.bytes_on_disk();
    for trace in ["某某方案", "不该留下的内容"] {
        let found = disk.windows(trace.len()).any(|window| window == trace.as_bytes());
        assert!(!found, "{trace}");
    }
}

#[tokio::test]
async fn another_unit_sees_nothing_of_it() {
    let office = monday().await;
    office.sends("县财政局局长", "财税组", document("验收单.pdf", "内容", "#28 完成60%")).await;
    office.says("成富乡乡长", "成富乡乡长", "佐证 28").await;
    assert!(office.last("成富乡乡长").contains("#28"), "{}", office.last("成富乡乡长"));
    assert!(office.handed_over("成富乡乡长").is_empty());
}

/// The office asks for proof, and it comes with the words that were said before.
#[tokio::test]
async fn a_file_below_the_same_words_again_is_kept_with_the_first_report() {
    let office = monday().await;
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    let reports = office.count("select count(*) from report where undone_at is null").await;
    office.sends("县财政局局长", "财税组", document("验收单.pdf", "验收单的内容", "#28 已办结")).await;
    assert_eq!(office.last("财税组"), "已收 ✓ #28 附件1份,一并存档。");
    assert_eq!(office.count("select count(*) from report").await, reports, "no second report");
    assert_eq!(office.kept_files().len(), 1);
    office.taps("县财政局局长", "财税组", "撤回").await;
    assert_eq!(office.count(KEPT).await, 0);
    assert_eq!(office.count("select count(*) from report where undone_at is null").await, reports);
}
