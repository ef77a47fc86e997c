//! Marks are read, a signed paper carries no mark, and mistakes in a layout are named.

use chrono::NaiveDate;

use super::*;

const PAPER: &str = "# 题目\n@ 2022年6月\n! 各单位:\n~\n## 一、情况\n### (一)小节\n#28 不是标题\n|= 2 | 5\n| 甲 | 乙 |\n| 1 | 2 |\n[2] 单位 | 县财政局\n[1] 签字 | | 日期 |\n---\n> 督查室\n";

#[test]
fn a_line_is_what_its_mark_says() {
    let text = |text: &str| text.to_owned();
    let cells = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        read(PAPER),
        [
            Block::Title(text("题目")),
            Block::Middle(text("2022年6月")),
            Block::Plain(text("各单位:")),
            Block::Plain(String::new()),
            Block::Heading(text("一、情况")),
            Block::Subheading(text("(一)小节")),
            Block::Body(text("#28 不是标题")),
            Block::Table { widths: vec![2, 5], rows: vec![cells(&["甲", "乙"]), cells(&["1", "2"])] },
            Block::Form(vec![
                FormRow { cells: cells(&["单位", "县财政局"]), lines: 2 },
                FormRow { cells: cells(&["签字", "", "日期", ""]), lines: 1 },
            ]),
            Block::Page,
            Block::Signature(text("督查室")),
        ]
    );
}

#[test]
fn only_an_unsigned_paper_carries_the_mark() {
    let layout = Layout::read(LAYOUT).expect("the shipped layout");
    let has_mark = |signature: &Signature| {
        let bytes = docx(&read(PAPER), &layout, signature).expect("a paper");
        // The parts are stored as they are, so that the mark would be seen.
        let mark = crate::documents::draft::DRAFT.as_bytes();
        bytes.windows(mark.len()).filter(|part| *part == mark).count()
    };
    // Two headers, and the body of each of two pages.
    assert_eq!(has_mark(&Signature::Draft), 4);
    let signed = Signature::Signed { by: "督查室负责人".to_owned(), on: NaiveDate::default() };
    assert_eq!(has_mark(&signed), 0);
}

#[test]
fn a_mistake_in_a_layout_is_named_with_its_line() {
    let error = Layout::read(&LAYOUT.replacen("lines = 22", "lines = \"many\"", 1)).expect_err("no number");
    let line = LAYOUT.lines().position(|line| line.starts_with("lines =")).expect("is there") + 1;
    assert!(error.to_string().contains(&format!("line {line}")), "{error}");
}
