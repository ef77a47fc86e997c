//! The sheet of invitations (邀请表): every code with its link as a QR picture, three in a row, to be printed, cut and handed
//! out.

use docx_rs::{
    AlignmentType, Docx, HeightRule, PageMargin, Paragraph, Pic, Run, Table, TableCell, TableLayoutType,
    TableRow, VAlignType, WidthType,
};
use fast_qr::qr::QRBuilder;
use resvg::tiny_skia::{Color, Paint, Pixmap, Rect, Transform};

use crate::documents::official::{Layout, Unwritten};
use crate::wording::typeset;

/// A4, in twentieths of a point.
const PAPER: (u32, u32) = (11_906, 16_838);
/// The edge around.
const EDGE: i32 = 850;
/// Invitations in a row.
const COLUMNS: usize = 3;
/// Height of a row: five on a page.
const HEIGHT: f32 = 2_900.0;
/// The side of a QR picture on paper, in EMU: 28 mm.
const QR_SIDE: u32 = 1_008_000;
/// Pixels of a module of the code.
const MODULE: u32 = 6;
/// Modules left white around it.
const QUIET: u32 = 4;

/// One invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// For whom: 县发改局局长, 县发改局的群.
    pub label: String,
    /// The code.
    pub code: String,
    /// What the picture opens; where there is no address, the words to say.
    pub opens: String,
    /// How it is used.
    pub how: String,
}

/// The sheet as .docx.
pub fn docx(heading: &str, all: &[Invitation], layout: &Layout) -> Result<Vec<u8>, Unwritten> {
    let face = &layout.table;
    let line = |text: &str, size: usize, bold: bool| {
        let run = Run::new().add_text(typeset(text)).fonts(face.fonts()).size(size);
        Paragraph::new().add_run(if bold { run.bold() } else { run }).align(AlignmentType::Center)
    };
    let width = usize::try_from(PAPER.0).unwrap_or_default().saturating_sub(2 * EDGE.unsigned_abs() as usize);
    let column = width / COLUMNS;
    let mut rows = Vec::new();
    for chunk in all.chunks(COLUMNS) {
        let mut cells = Vec::new();
        for one in chunk {
            let picture = qr(&one.opens)?;
            let pic = Pic::new_with_dimensions(picture, 1, 1).size(QR_SIDE, QR_SIDE);
            cells.push(
                TableCell::new()
                    .width(column, WidthType::Dxa)
                    .vertical_align(VAlignType::Center)
                    .add_paragraph(line(&one.label, 22, true))
                    .add_paragraph(
                        Paragraph::new().add_run(Run::new().add_image(pic)).align(AlignmentType::Center),
                    )
                    .add_paragraph(line(&one.code, 24, true))
                    .add_paragraph(line(&one.how, 16, false)),
            );
        }
        cells.resize_with(COLUMNS, || {
            TableCell::new().width(column, WidthType::Dxa).add_paragraph(Paragraph::new())
        });
        rows.push(TableRow::new(cells).row_height(HEIGHT).height_rule(HeightRule::Exact).cant_split());
    }
    let table = Table::new(rows)
        .set_grid(vec![column; COLUMNS])
        .width(width, WidthType::Dxa)
        .layout(TableLayoutType::Fixed);
    let margin = PageMargin {
        top: EDGE,
        bottom: EDGE,
        left: EDGE,
        right: EDGE,
        header: EDGE / 2,
        footer: EDGE / 2,
        gutter: 0,
    };
    let docx = Docx::new()
        .page_size(PAPER.0, PAPER.1)
        .page_margin(margin)
        .add_paragraph(line(heading, 24, false))
        .add_table(table);
    let mut written = std::io::Cursor::new(Vec::new());
    docx.build().pack(&mut written).map_err(|error| Unwritten::because(&error))?;
    Ok(written.into_inner())
}

/// A QR code as PNG, black on white.
fn qr(text: &str) -> Result<Vec<u8>, Unwritten> {
    let code = QRBuilder::new(text).build().map_err(|error| Unwritten::because(&format!("{error:?}")))?;
    let side = (u32::try_from(code.size).unwrap_or_default() + 2 * QUIET) * MODULE;
    let mut pixels = Pixmap::new(side, side).ok_or_else(|| Unwritten::because(&"the code is too large"))?;
    pixels.fill(Color::WHITE);
    let paint = Paint { anti_alias: false, ..Paint::default() };
    for row in 0..code.size {
        for column in (0..code.size).filter(|column| code[row][*column].value()) {
            #[expect(clippy::cast_precision_loss, reason = "some thousand pixels at most")]
            let at = |place: usize| (place as f32 + QUIET as f32) * MODULE as f32;
            #[expect(clippy::cast_precision_loss, reason = "a handful of pixels")]
            let square = Rect::from_xywh(at(column), at(row), MODULE as f32, MODULE as f32);
            if let Some(square) = square {
                pixels.fill_rect(square, &paint, Transform::identity(), None);
            }
        }
    }
    pixels.encode_png().map_err(|error| Unwritten::because(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::official::LAYOUT;

    #[test]
    fn every_invitation_stands_on_the_sheet_with_a_picture_of_its_own() {
        let one = |n: usize| Invitation {
            label: format!("岗位{n}"),
            code: format!("CODE{n}"),
            opens: format!("https://t.me/duban_bot?start=CODE{n}"),
            how: "扫码或私聊".to_owned(),
        };
        let all: Vec<Invitation> = (0..7).map(one).collect();
        let layout = Layout::read(LAYOUT).expect("the shipped layout");
        let bytes = docx("邀请表", &all, &layout).expect("a sheet");
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a docx");
        let names: Vec<String> = zip.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
        let pictures =
            names.iter().filter(|name| name.starts_with("word/media/") && !name.ends_with('/')).count();
        assert_eq!(pictures, 7);
        let mut text = String::new();
        std::io::Read::read_to_string(&mut zip.by_name("word/document.xml").expect("a body"), &mut text)
            .expect("text");
        for one in &all {
            assert!(text.contains(&one.label) && text.contains(&one.code), "{}", one.label);
        }
    }
}
