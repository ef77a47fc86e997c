//! A notice that the office sends to the chat becomes a plan, and is chased once it was confirmed.

use crate::fake_telegram::FakeFile;
use crate::office::Office;

const NOTICE: &str = "友谊县人民政府办公室关于印发《冬春水利攻坚行动方案》的通知
友政办发〔2022〕31号
各乡(镇)人民政府,县直各部门:
现将《冬春水利攻坚行动方案》印发给你们,请认真落实。
友谊县人民政府办公室
2022年6月20日
冬春水利攻坚行动方案
一、重点任务(4项)
1. 灌区渠系清淤。清淤干渠120公里,9月底前完成。(牵头单位:县水务局;责任单位:县财政局)
2. 机电井维修。维修机电井300眼,每月报进展。(牵头单位:县水务局;责任单位:县财政局)
3. 资金保障。及时拨付配套资金。(责任单位:县财政局)
二、工作要求
加强组织领导,压实责任。
";

fn notice(text: &str) -> FakeFile {
    FakeFile {
        name: "水利攻坚方案.txt".to_owned(), bytes: text.as_bytes().to_vec(), ..FakeFile::default()
    }
}

/// A query about the items of that notice; `u` is the one unit that its money comes from.
macro_rules! of_plan {
    ($what:literal, $tail:literal) => {
        concat!(
            "select ",
            $what,
            " from task t join plan p on p.plan_id = t.plan_id, unit u where u.code = 'czj' and p.doc_no like '%31号' ",
            $tail
        )
    };
}

#[tokio::test]
async fn a_notice_sent_to_the_chat_becomes_a_plan_that_is_chased_once_confirmed() {
    let office = Office::open("2022-06-27 08:00").await;
    office.sends("督查室科员", "督查室", notice(NOTICE)).await;
    let chat = office.chat("督查室");
    assert!(chat.contains("收到《水利攻坚方案.txt》"), "{chat}");
    assert!(chat.contains("【核对单】") && chat.contains("事项3项"), "{chat}");
    let (name, sheet) = office.handed_over("督查室").remove(0);
    assert_eq!(name, "核对单-水利攻坚方案.txt");
    assert!(sheet.contains("与实列3项不符"), "{sheet}");
    let tasks = of_plan!("count(*)", "");
    assert_eq!(office.count(tasks).await, 0, "nothing is loaded before somebody says so");

    office.taps("督查室科员", "督查室", "导入(全部待启用)").await;
    assert!(office.last("督查室").starts_with("已导入3项,全部待启用"), "{}", office.last("督查室"));
    assert_eq!(office.texts(of_plan!("distinct t.state", "")).await, ["draft"]);

    office.says("督查室科员", "督查室", "核对").await;
    assert!(office.last("督查室").starts_with("待核对"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "核对 全部 同意").await;
    assert!(office.last("督查室").starts_with("已定 ✓"), "{}", office.last("督查室"));
    office.says("督查室科员", "督查室", "启用 全部").await;
    let running = of_plan!("count(*)", "and t.state = 'running'");
    assert!(office.count(running).await >= 1, "{}", office.chat("督查室"));

    // The same document again changes nothing.
    office.sends("督查室科员", "督查室", notice(NOTICE)).await;
    office.taps("督查室科员", "督查室", "导入(全部待启用)").await;
    assert!(office.last("督查室").contains("没有变化"), "{}", office.last("督查室"));
    assert_eq!(office.count(tasks).await, 3);
}

#[tokio::test]
async fn what_is_in_doubt_waits_for_an_answer_and_the_rest_does_not_wait_for_it() {
    let office = Office::open("2022-06-27 08:00").await;
    let doubtful = NOTICE.replace("县财政局)\n二、", "县直有关部门)\n二、");
    office.sends("督查室科员", "督查室", notice(&doubtful)).await;
    office.taps("督查室科员", "督查室", "导入(全部待启用)").await;
    office.says("督查室科员", "督查室", "启用 全部").await;
    let waiting = office.texts(of_plan!("t.title", "and t.state = 'draft' order by t.task_id")).await;
    assert!(waiting.iter().any(|title| title.contains("资金保障")), "{waiting:?}");
    let open = "select cast(f.finding_id as text) from finding f where f.kind = 'unclear_unit'";
    let id = office.texts(open).await.remove(0);
    office.says("督查室科员", "督查室", &format!("核对 {id} 县财政局")).await;
    assert!(office.last("督查室").starts_with("已定 ✓"), "{}", office.last("督查室"));
    let bound = of_plan!(
        "u.short",
        "and t.title like '资金保障%' and exists (select 1 from task_unit x where x.task_id = t.task_id and x.unit_id = u.unit_id)"
    );
    assert_eq!(office.texts(bound).await, ["县财政局"]);
}

#[tokio::test]
async fn a_file_that_is_no_notice_is_answered_in_words() {
    let office = Office::open("2022-06-27 08:00").await;
    for (name, content, answer) in [
        ("空.txt", "", "文件是空的"),
        ("随笔.txt", "今天天气不错,适合散步。", "没有读出任务"),
        ("密件.txt", "机密★1年\n关于某事的通知\n一、任务\n1. 做事。(责任单位:县财政局)", "密级"),
    ] {
        let file = FakeFile { name: name.to_owned(), bytes: content.into(), ..FakeFile::default() };
        office.sends("督查室科员", "督查室", file).await;
        assert!(office.chat("督查室").contains(answer), "{name}: {}", office.chat("督查室"));
    }
    assert_eq!(office.count("select count(*) from plan").await, 1);
}

#[tokio::test]
async fn the_sheet_goes_out_as_a_workbook_and_comes_back_with_decisions() {
    let office = Office::open("2022-06-27 08:00").await;
    let doubtful = NOTICE.replace("县财政局)\n二、", "县直有关部门)\n二、");
    office.sends("督查室科员", "督查室", notice(&doubtful)).await;
    office.taps("督查室科员", "督查室", "导入(全部待启用)").await;
    office.says("督查室科员", "督查室", "核对 表").await;
    let (name, _) = office.handed_over("督查室").pop().expect("a file");
    assert_eq!(name, "核对单.xlsx");

    let open = "select cast(finding_id as text) from finding where kind = 'unclear_unit'";
    let id = office.texts(open).await.remove(0);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in
        (0u32..).zip([["编号", "建议", "决定"], [id.as_str(), "请点名", "县财政局"], ["9999", "", "同意"]])
    {
        for (column, cell) in (0u16..).zip(cells) {
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let file = FakeFile { name: "核对单.xlsx".to_owned(), bytes, ..FakeFile::default() };
    office.sends("督查室科员", "督查室", file).await;
    assert_eq!(office.last("督查室"), "核对单收到,填了2处决定。按表定吗?");
    office.taps("督查室科员", "督查室", "按表定").await;
    let said = office.last("督查室");
    assert!(said.starts_with("按表定了1处") && said.contains("没有待定的[9999]"), "{said}");
    assert_eq!(office.count("select count(*) from finding where decision = '县财政局'").await, 1);
}

#[tokio::test]
async fn a_corrected_notice_shows_what_changes_and_keeps_what_was_reported() {
    let office = Office::open("2022-06-27 08:00").await;
    office.sends("督查室科员", "督查室", notice(NOTICE)).await;
    office.taps("督查室科员", "督查室", "导入(全部待启用)").await;
    office.says("督查室科员", "督查室", "核对 全部 同意").await;
    office.says("督查室科员", "督查室", "启用 全部").await;
    let corrected = NOTICE.replace("清淤干渠120公里,9月底前完成", "清淤干渠120公里,10月底前完成");
    office.sends("督查室科员", "督查室", notice(&corrected)).await;
    let chat = office.chat("督查室");
    assert!(chat.contains("2022-09-30") && chat.contains("2022-10-31"), "{chat}");
    office.taps("督查室科员", "督查室", "按新版改").await;
    let due = of_plan!("distinct d.due", "and t.title like '灌区%' and d.due is not null")
        .replace("from task t", "from duty d join task t on t.task_id = d.task_id");
    let due: &'static str = Box::leak(due.into_boxed_str());
    assert_eq!(office.texts(due).await, ["2022-10-31"], "{}", office.chat("督查室"));
}
