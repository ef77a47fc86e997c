//! Files that hold no notice, and texts that nobody wrote: each is refused in clear words, and nothing is changed.

use std::io::{Cursor, Write as _};

use chrono::NaiveDate;
use duban::app::import::{self, Intake};
use duban::notice::container::{MAX_BYTES, Refusal};
use duban::wording::intake;
use proptest::prelude::*;

fn read(bytes: &[u8]) -> Result<Intake, Refusal> {
    import::of(bytes, None, NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day"))
}

fn refusal(bytes: &[u8]) -> Refusal {
    match read(bytes) {
        Ok(intake) => panic!("it was read: {} tasks", intake.reading.measures.len()),
        Err(refusal) => refusal,
    }
}

/// A zip with one part.
fn zip(name: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
    archive.write_all(content).expect("its content");
    archive.finish().expect("an archive").into_inner()
}

/// The container that Office makes of a file with a password.
fn encrypted() -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    for stream in ["/EncryptionInfo", "/EncryptedPackage"] {
        file.create_stream(stream).expect("a stream").write_all(&[4; 64]).expect("its content");
    }
    file.into_inner().into_inner()
}

/// The smallest Word document with this text.
fn word(text: &str) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let paragraph = docx_rs::Paragraph::new().add_run(docx_rs::Run::new().add_text(text));
    docx_rs::Docx::new().add_paragraph(paragraph).build().pack(&mut bytes).expect("a document");
    bytes.into_inner()
}

#[test]
fn what_holds_no_notice_is_refused_with_its_reason() {
    let bomb = zip("[Content_Types].xml", &vec![b'a'; 140 * 1024 * 1024]);
    assert!(bomb.len() < 1024 * 1024, "{}", bomb.len());
    let noise: Vec<u8> = (0..4096_u32).map(|n| u8::try_from(n * 7919 % 251).expect("a byte")).collect();
    for (what, bytes, wanted) in [
        ("nothing", Vec::new(), Refusal::Empty),
        ("blanks", b"  \r\n\t ".to_vec(), Refusal::Empty),
        ("bytes without a meaning", noise, Refusal::Foreign("二进制文件")),
        ("a picture", b"\x89PNG\r\n\x1a\n0000".to_vec(), Refusal::Foreign("图片")),
        ("a PDF", b"%PDF-1.7\n1 0 obj".to_vec(), Refusal::Foreign("PDF")),
        ("an archive of something else", zip("a.txt", b"a"), Refusal::Foreign("压缩包")),
        ("an encrypted document", encrypted(), Refusal::Encrypted),
        ("half a document", word("一、抓项目").split_at(600).0.to_vec(), Refusal::Damaged),
        ("a bomb", bomb, Refusal::TooLarge),
        ("51 MB", vec![b'a'; MAX_BYTES + 1], Refusal::TooLarge),
        ("a letter", "今天下午三点开会,请准时参加。".into(), Refusal::NoTasks),
        ("a Word letter", word("今天下午三点开会,请准时参加。"), Refusal::NoTasks),
        ("a secret paper", "机密★1年\n某县文件\n一、抓项目。(牵头单位:县发改局)".into(), Refusal::Secret),
    ] {
        let found = refusal(&bytes);
        assert_eq!(found, wanted, "{what}");
        assert!(intake::refusal(found).chars().count() >= 8, "{what}");
    }
}

#[test]
fn a_file_is_what_it_holds_and_not_what_it_is_called() {
    let text = "一、抓项目。6月底前开工。(牵头单位:县发改局)";
    let (gb, ..) = encoding_rs::GB18030.encode(text);
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [text.as_bytes(), &[b"\xef\xbb\xbf", text.as_bytes()].concat(), &gb, &utf16, &word(text)] {
        let intake = read(bytes).expect("a notice");
        assert_eq!(intake.reading.measures[0].lead, ["县发改局"]);
    }
}

#[test]
fn two_sheets_are_two_tables_and_a_place_names_its_sheet() {
    let path = format!("{}/tests/notices/05-gongye-fenjiebiao.xlsx", env!("CARGO_MANIFEST_DIR"));
    let intake = read(&std::fs::read(path).expect("a workbook")).expect("a notice");
    assert_eq!(intake.reading.measures.len(), 24);
    assert_eq!(intake.reading.measures[0].place.sheet.as_deref(), Some("任务分解表"));
}

/// What notices are made of, in any order.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "一、",
        "(一)",
        "1.",
        "(1)",
        "①",
        "——",
        "•",
        "重点任务",
        "组长:",
        "职责:",
        "附件",
        "牵头单位:",
        "责任单位",
        "完成时限:",
        "县发改局",
        "各乡(镇)政府",
        "〔",
        "〕",
        "(",
        ")",
        "【",
        "】",
        "《",
        "》",
        "\u{201c}",
        "\u{201d}",
        "6月底前",
        "每月",
        "一季一通报",
        "新增3户",
        "98%",
        "12亿元",
        "全年",
        "2022年5月18日",
        "友政发〔2022〕1号",
        "序号",
        "工作任务",
        "\t",
        "|",
        "\n",
        "\r\n",
        "  ",
        "\u{3000}",
        "。",
        ";",
        "、",
        "以上",
        "持续",
        "第一时间",
        "𠀀",
        "\u{a0}",
        "1O月",
        "9.",
    ]);
    prop::collection::vec(scrap, 0..120).prop_map(|scraps| scraps.concat())
}

proptest! {
    #[test]
    fn no_text_brings_the_reader_down(text in scraps()) {
        if let Ok(intake) = read(text.as_bytes()) {
            prop_assert!(intake.reading.measures.iter().all(|measure| !measure.duties.is_empty()));
            let mut codes: Vec<_> = intake.reading.measures.iter().map(|measure| &measure.code).collect();
            codes.sort();
            codes.dedup();
            prop_assert_eq!(codes.len(), intake.reading.measures.len());
            prop_assert!(!intake.sheet().is_empty() && !intake.json().is_empty());
        }
    }

    #[test]
    fn no_bytes_bring_the_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..600), magic in 0..3_usize) {
        let magic: &[u8] = [&b""[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"][magic];
        let _ = read(&[magic, &bytes].concat());
    }
}
