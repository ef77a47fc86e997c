//! Rosters in workbooks that LibreOffice has written, through the real binary.

use duban::wording::typeset;

use super::binary::Folder;
use super::contents::contents;

/// A folder with a workbook of `tests/rosters`.
fn with(name: &str) -> Folder {
    let folder = Folder::new();
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rosters").join(name);
    std::fs::copy(from, folder.path(name)).expect("a workbook");
    folder
}

#[tokio::test]
async fn a_roster_is_shown_kept_without_names_and_the_same_again_changes_nothing() {
    let folder = with("名册.xlsx");
    let told = folder.run(&["import", "名册.xlsx", "--dry-run"]).well();
    for part in [
        "单位 5 家(新 5),岗位 8 个(新 8)",
        "县工信局副局长:空缺",
        "青石乡乡长:空缺",
        "乙一 一人兼2个岗位:县工信局局长、县统计局局长",
        "“联系电话”不读也不存",
        "+ gxj 县工信局(县工业和信息化局,政府部门",
        "工业专班 组长:县政府办主任 成员:县工信局局长、县工信局副局长",
        "没有导入",
    ] {
        assert!(told.out.contains(&typeset(part)), "{part} is not in:\n{}", told.out);
    }
    assert!(!folder.path("data").exists(), "something was kept");

    let told = folder.run(&["import", "名册.xlsx"]).well();
    assert!(told.out.contains("名册已导入"), "{}", told.out);
    let kept = contents(&folder.store().await).await;
    let all = format!("{kept:?}");
    for gone in ["甲一", "甲 一", "乙三", "0100-"] {
        assert!(!all.contains(gone), "{gone} was kept");
    }
    let told = folder.run(&["import", "名册.xlsx"]).well();
    assert!(told.out.contains(&typeset("没有新的单位和岗位")), "{}", told.out);
    assert_eq!(contents(&folder.store().await).await, kept);
}

#[tokio::test]
async fn a_notice_is_bound_to_the_roster_on_record_and_a_second_roster_adds_to_it() {
    let folder = with("名册.xlsx");
    folder.run(&["import", "名册.xlsx"]).well();
    folder.write(
        "通知.txt",
        "某县人民政府办公室关于印发《重点任务》的通知\n某政办发〔2026〕3号\n各乡镇人民政府:\n现印发给你们。\n\
         某县人民政府办公室\n2026年1月8日\n重点任务\n一、重点任务\n\
         (一)抓投产。6月底前投产3个项目。(牵头单位:县工信局;责任单位:各乡镇)\n\
         (二)抓统计。每季度通报一次。(县统计局负责)\n",
    );
    let told = folder.run(&["import", "通知.txt", "--at", "2026-01-09T09:00"]).well();
    assert!(told.out.contains(&typeset("已导入 2 项")), "{}", told.out);
    let kept = contents(&folder.store().await).await;
    assert_eq!(kept["task_unit"].len(), 3, "both townships and the statistics");

    let book = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rosters/通讯录.xls");
    let book = book.to_str().expect("a path");
    let told = folder.run(&["import", book]).well();
    for part in
        ["单位 3 家(新 3),岗位 6 个(新 6)", "县供电公司联络员:空缺", "企业,经督查室转", "又称营商局、优化办"]
    {
        assert!(told.out.contains(&typeset(part)), "{part} is not in:\n{}", told.out);
    }
    let more = contents(&folder.store().await).await;
    assert_eq!((kept["unit"].len(), more["unit"].len()), (5, 8), "nobody is lost");
    assert_eq!(more["task"], kept["task"]);
}

#[test]
fn a_roster_that_cannot_be_read_is_answered_in_words() {
    let folder = Folder::new();
    folder.write("空.xlsx", "");
    folder.write("坏.xlsx", "PK\u{3}\u{4}not a workbook");
    for (file, words) in [("空.xlsx", "文件是空的"), ("坏.xlsx", "文件损坏")] {
        let told = folder.run(&["import", file]).badly();
        assert!(told.err.contains(words), "{file}: {}", told.all());
    }
    assert!(!folder.path("data").exists(), "something was kept");
}
