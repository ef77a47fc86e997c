//! The office erases what should never have been written here.

use crate::fake_telegram::FakeFile;
use crate::office::Office;

fn traces(office: &Office, words: &str) -> bool {
    let disk = office.bytes_on_disk();
    disk.windows(words.len()).any(|window| window == words.as_bytes())
}

#[tokio::test]
async fn an_erased_report_leaves_no_word_and_no_file_and_its_item_stands_as_before() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("县财政局局长", "财税组", "#28 完成40%").await;
    let file = FakeFile {
        name: "不该发的名册.xlsx".to_owned(),
        bytes: "名册里的内容".as_bytes().to_vec(),
        caption: "#28 完成60%,张某某的账户还没核".to_owned(),
        ..FakeFile::default()
    };
    office.sends("县财政局局长", "财税组", file).await;
    assert!(traces(&office, "张某某") && traces(&office, "名册里的内容"));

    office.says("督查室科员", "督查室", "事项 28").await;
    office.says("督查室科员", "督查室", "删报 28").await;
    assert!(office.last("督查室").contains("将彻底删除 县财政局局长"), "{}", office.last("督查室"));
    office.taps("督查室科员", "督查室", "确认删除").await;
    assert!(office.last("督查室").starts_with("已删除 #28 的这次填报"), "{}", office.last("督查室"));
    // The office had looked at it meanwhile, too.
    for words in ["张某某", "名册里的内容", "不该发的名册"] {
        assert!(!traces(&office, words), "{words}");
    }
    let percent = "select cast(percent as text) from filing f join duty d on d.duty_id = f.duty_id
                   where d.task_id = 28 and d.progress = 0";
    assert_eq!(office.texts(percent).await, ["40"]);
    office.says("督查室科员", "督查室", "事项 28").await;
    assert!(office.last("督查室").contains("删除了填报的原话"), "{}", office.last("督查室"));
}

#[tokio::test]
async fn words_go_even_where_something_came_after_them() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("县财政局局长", "财税组", "#28 李某某家的用地没批").await;
    office.says("县财政局局长", "财税组", "#28 无变化").await;
    office.says("督查室科员", "督查室", "通报 6月").await;
    assert_eq!(office.count("select count(*) from paper where instr(frozen, '李某某') > 0").await, 1);
    office.says("督查室科员", "督查室", "删报 28").await;
    office.taps("督查室科员", "督查室", "确认删除").await;
    // 无变化 was the newest; the words before it are the next to go.
    office.says("督查室科员", "督查室", "删报 28").await;
    office.taps("督查室科员", "督查室", "确认删除").await;
    assert!(!traces(&office, "李某某"));
}

#[tokio::test]
async fn a_leader_erases_nothing() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("县财政局局长", "财税组", "#28 完成40%").await;
    office.says("督查室科员", "督查室", "删报 28").await;
    let (message, data) = office.button_of("督查室", office.messages("督查室").len() - 1, "确认删除");
    office.forges("县财政局局长", "督查室", message, &data).await;
    let standing = "select count(*) from report where text <> '' and undone_at is null";
    assert!(office.count(standing).await > 0);
}
