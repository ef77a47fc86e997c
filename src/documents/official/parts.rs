//! The pieces of a document in its faces.

use docx_rs::{
    AlignmentType, Docx, FieldCharType, Footer, Header, HeightRule, InstrPAGE, InstrText, LineSpacing,
    LineSpacingType, Paragraph, Run, SpecialIndentType, Table, TableAlignmentType, TableCell,
    TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::layout::{Face, Layout};
use super::markup::{Block, FormRow};
use super::page::Sheet;
use crate::wording::typeset;

/// The red of a mark that must not be missed.
const RED: &str = "C00000";
/// Characters that the signature stands in from the right, as the form asks (右空四字).
const SIGNATURE_IN: i32 = 4;
/// Room left and right of what stands in a cell, in twentieths of a point.
const CELL_SIDE: usize = 80;
/// The line between a table and what follows, in twentieths of a point.
const GAP: i32 = 200;
/// Room above and below.
const CELL_ABOVE: usize = 30;

/// Adds a piece.
pub fn add(docx: Docx, block: &Block, layout: &Layout, sheet: &Sheet) -> Docx {
    let (body, line) = (&layout.body, sheet.line());
    let run = |text: &str, face: &Face| run(text, face).character_spacing(sheet.spacing(face.size));
    match block {
        Block::Title(text) => docx.add_paragraph(
            exact(run(text, &layout.title), line * 5 / 4)
                .align(AlignmentType::Center)
                .snap_to_grid(false)
                .keep_next(true),
        ),
        Block::Banner(text, colour) => docx.add_paragraph(
            exact(run(&typeset(text), &layout.title).color(colour), line * 5 / 4)
                .align(AlignmentType::Center)
                .snap_to_grid(false)
                .keep_next(true),
        ),
        Block::Middle(text) => docx.add_paragraph(exact(run(text, body), line).align(AlignmentType::Center)),
        Block::Plain(text) => docx.add_paragraph(exact(run(text, body), line)),
        Block::Heading(text) => {
            let paragraph = indented(run(text, &layout.heading), &layout.heading, line).outline_lvl(0);
            docx.add_paragraph(paragraph.keep_next(true))
        }
        Block::Subheading(text) => {
            let paragraph = indented(run(text, &layout.subheading), &layout.subheading, line).outline_lvl(1);
            docx.add_paragraph(paragraph.keep_next(true))
        }
        Block::Body(text) => {
            docx.add_paragraph(indented(run(text, body), body, line).align(AlignmentType::Both))
        }
        Block::Signature(text) => {
            let end = SIGNATURE_IN * i32::from(body.size) * 20;
            let paragraph = exact(run(text, body), line).align(AlignmentType::Right);
            docx.add_paragraph(paragraph.indent(None, None, Some(end), None).keep_next(true))
        }
        Block::Table { widths, rows } => {
            docx.add_table(table(widths, rows, layout, sheet)).add_paragraph(gap())
        }
        Block::Form(rows) => docx.add_table(form(rows, layout, sheet)).add_paragraph(gap()),
        Block::Page => docx.add_paragraph(gap().page_break_before(true)),
    }
}

fn run(text: &str, face: &Face) -> Run {
    Run::new().add_text(text).fonts(face.fonts()).size(face.half_points())
}

/// A paragraph whose lines stand exactly so far apart.
fn exact(run: Run, line: i32) -> Paragraph {
    let spacing = LineSpacing::new().line_rule(LineSpacingType::Exact).line(line).before(0).after(0);
    Paragraph::new().add_run(run).line_spacing(spacing).widow_control(false)
}

/// The first line stands in by two characters.
fn indented(run: Run, face: &Face, line: i32) -> Paragraph {
    let two = 2 * i32::from(face.size) * 20;
    exact(run, line).indent(None, Some(SpecialIndentType::FirstLine(two)), None, None).first_line_chars(200)
}

/// What parts a table from what follows.
fn gap() -> Paragraph {
    exact(Run::new().size(8), GAP).snap_to_grid(false)
}

/// The columns of a table in twentieths of a point, together as wide as the text block.
fn columns(widths: &[usize], count: usize, sheet: &Sheet) -> Vec<usize> {
    let even = vec![1; count];
    let widths = if widths.len() == count { widths } else { &even };
    let all: usize = widths.iter().sum::<usize>().max(1);
    widths.iter().map(|width| sheet.width * width / all).collect()
}

fn table(widths: &[usize], rows: &[Vec<String>], layout: &Layout, sheet: &Sheet) -> Table {
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let columns = columns(widths, count, sheet);
    let head = Face { font: layout.heading.font.clone(), ..layout.table.clone() };
    let row = |(at, cells): (usize, &Vec<String>)| {
        let face = if at == 0 { &head } else { &layout.table };
        let cells = columns.iter().enumerate().map(|(column, width)| {
            let text = cells.get(column).map_or("", String::as_str);
            // Short things stand in the middle, sentences at the left.
            let short = at == 0 || text.chars().count() <= 6;
            cell(text, face, *width, if short { AlignmentType::Center } else { AlignmentType::Left })
        });
        TableRow::new(cells.collect()).cant_split()
    };
    framed(rows.iter().enumerate().map(row).collect(), columns.clone())
}

fn form(rows: &[FormRow], layout: &Layout, sheet: &Sheet) -> Table {
    let face = layout.table.clone();
    let label = Face { font: layout.heading.font.clone(), ..face.clone() };
    let grid = columns(&[3, 7, 3, 7], 4, sheet);
    let row = |row: &FormRow| {
        let last = row.cells.len().saturating_sub(1);
        let cells = row.cells.iter().enumerate().map(|(at, text)| {
            let is_label = at % 2 == 0;
            let span = if at == last { grid.len().saturating_sub(at).max(1) } else { 1 };
            let width: usize = grid.iter().skip(at).take(span).sum();
            let (face, side) =
                if is_label { (&label, AlignmentType::Center) } else { (&face, AlignmentType::Left) };
            cell(text, face, width, side).grid_span(span)
        });
        #[expect(clippy::cast_precision_loss, reason = "a few lines")]
        let height = (row.lines * sheet.line_pitch) as f32;
        TableRow::new(cells.collect()).row_height(height).height_rule(HeightRule::AtLeast).cant_split()
    };
    framed(rows.iter().map(row).collect(), grid.clone())
}

fn framed(rows: Vec<TableRow>, grid: Vec<usize>) -> Table {
    let width = grid.iter().sum();
    Table::new(rows)
        .set_grid(grid)
        .width(width, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .align(TableAlignmentType::Center)
        .margins(TableCellMargins::new().margin(CELL_ABOVE, CELL_SIDE, CELL_ABOVE, CELL_SIDE))
}

/// A cell; each line of its text is a paragraph.
fn cell(text: &str, face: &Face, width: usize, side: AlignmentType) -> TableCell {
    let line = i32::from(face.size) * 20 * 13 / 10;
    let empty = TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center);
    text.split('\n').fold(empty, |cell, text| {
        cell.add_paragraph(exact(run(text, face), line).align(side).snap_to_grid(false))
    })
}

/// Lets the first row of every table stand on every page that the table reaches.
pub fn with_repeated_heads(document: &str) -> String {
    const ROW: &str = "<w:trPr>";
    let mut tables = document.split("<w:tbl>");
    let mut whole = tables.next().unwrap_or_default().to_owned();
    for table in tables {
        whole.push_str("<w:tbl>");
        whole.push_str(&table.replacen(ROW, &format!("{ROW}<w:tblHeader />"), 1));
    }
    whole
}

/// — 1 —, at the outer side: right on odd pages, left on even ones, one character in.
pub fn page_number(layout: &Layout, even: bool) -> Footer {
    let face = &layout.number;
    let one = i32::from(face.size) * 20;
    let field = run("— ", face)
        .add_field_char(FieldCharType::Begin, false)
        .add_instr_text(InstrText::PAGE(InstrPAGE::new()))
        .add_field_char(FieldCharType::Separate, false)
        .add_text("1")
        .add_field_char(FieldCharType::End, false)
        .add_text(" —");
    let paragraph = Paragraph::new().add_run(field).snap_to_grid(false);
    let paragraph = if even {
        paragraph.align(AlignmentType::Left).indent(Some(one), None, None, None)
    } else {
        paragraph.align(AlignmentType::Right).indent(None, None, Some(one), None)
    };
    Footer::new().add_paragraph(paragraph)
}

/// The mark of an unsigned paper, on every page.
pub fn draft_header(mark: &str, layout: &Layout) -> Header {
    let face = Face { font: layout.heading.font.clone(), ..layout.number.clone() };
    let run = run(mark, &face).color(RED);
    Header::new().add_paragraph(Paragraph::new().add_run(run).align(AlignmentType::Center))
}

/// The same mark in the body, above the title.
pub fn draft_line(mark: &str, layout: &Layout, sheet: &Sheet) -> Paragraph {
    exact(run(mark, &layout.subheading).color(RED), sheet.line()).align(AlignmentType::Right)
}
