//! The form of papers, read off the files: geometry, fonts, marks; and what an office may change.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::process::Command;

use calamine::{Reader as _, Xlsx};
use duban::app::demo::{Demo, START};
use duban::app::export::{Office, Paper, of_store};
use duban::documents::bulletin::Templates;

use super::played::order;
use super::read::xlsx;

/// A4, the margins of GB/T 9704 in twentieths of a point, 22 lines of 28 characters, page numbers, named fonts, the mark.
pub fn is_official(parts: &BTreeMap<String, String>) {
    let document = &parts["word/document.xml"];
    for geometry in [
        r#"<w:pgSz w:w="11906" w:h="16838" />"#,
        // 37 mm above, 28 mm at the binding side, 156 x 225 mm of text.
        r#"<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" "#,
        r#"<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="0" />"#,
    ] {
        assert!(document.contains(geometry), "{geometry} is not in {}", &document[document.len() - 900..]);
    }
    let (height, width) = (16838 - 2098 - 1984, 11906 - 1474 - 1587);
    assert_eq!(height / 579, 22, "lines a page");
    // A body character of 3号 (16 points), set closer by five twentieths.
    assert_eq!(width / (16 * 20 - 5), 28, "characters a line");
    let footers: Vec<&String> =
        parts.iter().filter(|(name, _)| name.starts_with("word/footer")).map(|(_, xml)| xml).collect();
    assert_eq!(footers.len(), 2, "odd and even pages");
    for footer in footers {
        assert!(footer.contains("— ") && footer.contains("PAGE") && footer.contains(" —"), "{footer}");
    }
    assert!(parts["word/settings.xml"].contains("evenAndOddHeaders"));
    let fonts = &parts["word/fontTable.xml"];
    for (font, instead) in [
        ("方正小标宋简体", "华文中宋"),
        ("仿宋_GB2312", "FangSong"),
        ("黑体", "SimHei"),
        ("楷体_GB2312", "KaiTi"),
    ] {
        assert!(fonts.contains(&format!(r#"w:name="{font}""#)) && fonts.contains(instead), "{fonts}");
    }
    let headers = parts.iter().filter(|(name, _)| name.starts_with("word/header"));
    assert_eq!(headers.filter(|(_, xml)| xml.contains("草稿")).count(), 2, "the mark on odd and even pages");
    assert!(document.contains("草稿"), "the mark in the body");
}

#[tokio::test]
async fn words_that_look_like_formulas_stay_words_and_the_header_stays_in_sight() {
    let demo = Demo::open(START.parse().expect("a time"), 0).await.expect("a demo");
    let mut tx = demo.store().write().await.expect("a write");
    sqlx::query(
        "update task set title = '=HYPERLINK(\"http://x\",\"看\")', note = '@SUM(A1)' where task_id = 1",
    )
    .execute(&mut *tx)
    .await
    .expect("a title");
    tx.commit().await.expect("written");
    let folder = tempfile::tempdir().expect("a folder");
    let wanted = duban::app::export::Order {
        out: folder.path().join("台账.xlsx"),
        ..order(Paper::Ledger, "2022-05", "x.xlsx")
    };
    of_store(demo.store(), demo.settings(), &demo.now(), &wanted).await.expect("a ledger");
    let bytes = std::fs::read(folder.path().join("台账-草稿.xlsx")).expect("the mark is in the file's name");
    let book = xlsx(&bytes);
    assert_eq!(book[0].1[2][4], "=HYPERLINK(\"http://x\",\"看\")");
    assert_eq!(book[0].1[2][16], "@SUM(A1)");
    let workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).expect("a workbook");
    assert_eq!(workbook.sheet_names().len(), 9);
    let parts = super::read::docx(&bytes);
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    for look in [
        r#"state="frozen""#,
        "<autoFilter ",
        r#"paperSize="9""#,
        r#"orientation="landscape""#,
        r#"fitToHeight="0""#,
    ] {
        assert!(sheet.contains(look), "{look}");
    }
    assert!(sheet.contains("草稿"), "the mark in the header of every page");
    assert!(
        parts["xl/workbook.xml"].contains("Print_Titles") && parts["xl/workbook.xml"].contains("Print_Area")
    );
    demo.close().await;
}

#[test]
fn a_broken_template_is_named_with_file_and_line() {
    let broken = Templates::new([("week.txt".to_owned(), "# 周小结\n{% if paper.all %}\n没完".to_owned())]);
    let error = broken.expect_err("an unclosed block");
    assert_eq!((error.file.as_str(), error.line), ("week.txt", 2), "{error}");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("half.txt"), "{{ paper.all }\n").expect("written");
    let error = Office::read(folder.path()).expect_err("a broken template");
    assert!(format!("{error:#}").contains("half.txt:1: "), "{error:#}");
    std::fs::remove_file(folder.path().join("half.txt")).expect("removed");
    std::fs::write(folder.path().join("assess.toml"), "[score]\nresult = 70\nlate = 50\nquick = 9\n")
        .expect("written");
    let error = format!("{:#}", Office::read(folder.path()).expect_err("an unknown weight"));
    assert!(error.contains("assess.toml") && error.contains("line 4") && error.contains("quick"), "{error}");
}

#[tokio::test]
async fn a_template_that_names_what_is_not_there_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("month.txt"), "# 月调度\n\n{{ paper.speed_of_answers }}\n")
        .expect("written");
    let demo = Demo::open(START.parse().expect("a time"), 0).await.expect("a demo");
    let settings = duban::config::Settings { papers: folder.path().to_owned(), ..demo.settings().clone() };
    let wanted = duban::app::export::Order {
        out: folder.path().join("通报.docx"),
        ..order(Paper::Bulletin, "2022-05", "x.docx")
    };
    let error = of_store(demo.store(), &settings, &demo.now(), &wanted).await.expect_err("an unknown name");
    assert!(format!("{error:#}").contains("month.txt:3: undefined value"), "{error:#}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing was written");
    demo.close().await;
}

#[test]
fn the_command_line_writes_drafts_of_the_sample_plan_where_nothing_was_imported() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_duban")).args(args).current_dir(folder.path()).output();
        let out = out.expect("the program");
        (
            out.status.success(),
            format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr)),
        )
    };
    let (fine, said) = run(&["export", "bulletin", "--period", "2022-W21", "--out", "小结.docx"]);
    assert!(
        fine && said.contains("小结-草稿.docx") && folder.path().join("小结-草稿.docx").exists(),
        "{said}"
    );
    let (fine, said) =
        run(&["export", "ledger", "--from", "2022-05-18", "--to", "2022-05-27", "--out", "l.xlsx"]);
    assert!(fine && folder.path().join("l-草稿.xlsx").exists(), "{said}");
    let week = ["--from", "2022-05-18", "--to", "2022-05-27", "--out", "c.ics"];
    let (fine, said) = run(&[["export", "calendar"].as_slice(), &week].concat());
    let calendar = std::fs::read_to_string(folder.path().join("c.ics")).unwrap_or_default();
    assert!(fine && calendar.starts_with("BEGIN:VCALENDAR"), "{said}");
    let by_preview = [["preview"].as_slice(), &week[..4], &["--ics", "p.ics"]].concat();
    let (fine, said) = run(&by_preview);
    assert!(fine, "{said}");
    assert_eq!(calendar, std::fs::read_to_string(folder.path().join("p.ics")).expect("a calendar"));
    let (fine, said) = run(&["export", "board", "--period", "2022-05", "--out", "b.svg"]);
    assert!(!fine && said.contains("部门红黑榜"), "{said}");
    let (fine, said) = run(&["export", "ledger", "--out", "l.xlsx"]);
    assert!(!fine && said.contains("--period"), "{said}");
}
