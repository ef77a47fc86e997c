//! Official documents (GB/T 9704) as .docx: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm, 22 lines of 28 characters, title
//! 2号小标宋, body 3号仿宋, headings 黑体 and 楷体, page numbers — 1 —. What each is set in stands in a layout file.

mod layout;
mod markup;
mod page;
mod parts;

use std::io::Cursor;

use docx_rs::{Docx, Paragraph};

use crate::documents::draft::Signature;
use crate::wording::typeset;

pub use layout::Layout;
pub use markup::{Block, FormRow, plain, read};
use page::Sheet;

/// The built-in layout.
pub const LAYOUT: &str = include_str!("../../config/papers/layout.toml");

/// A paper that could not be put together; the message is the library's.
#[derive(Debug, thiserror::Error)]
#[error("the paper could not be written: {0}")]
pub struct Unwritten(String);

impl Unwritten {
    /// With the library's message.
    pub(super) fn because(error: &impl std::fmt::Display) -> Unwritten {
        Unwritten(error.to_string())
    }
}

/// Writes a document.
pub fn docx(blocks: &[Block], layout: &Layout, signature: &Signature) -> Result<Vec<u8>, Unwritten> {
    let sheet = Sheet::new(&layout.page);
    let mut docx = framed(layout, &sheet);
    if let Some(mark) = signature.mark().map(typeset) {
        docx =
            docx.header(parts::draft_header(&mark, layout)).even_header(parts::draft_header(&mark, layout));
    }
    let mark = || signature.mark().map(|mark| parts::draft_line(&typeset(mark), layout, &sheet));
    docx = with(docx, mark());
    for block in blocks {
        docx = parts::add(docx, block, layout, &sheet);
        if *block == Block::Page {
            docx = with(docx, mark());
        }
    }
    let mut parts = docx.build();
    // The library knows three Latin fonts only.
    parts.font_table = layout.font_table().into_bytes();
    // Nor does it know that the head of a table may stand on every page.
    let document = String::from_utf8_lossy(&parts.document).into_owned();
    parts.document = parts::with_repeated_heads(&document).into_bytes();
    let mut written = Cursor::new(Vec::new());
    parts.pack(&mut written).map_err(|error| Unwritten(error.to_string()))?;
    Ok(written.into_inner())
}

/// Adds a paragraph, if there is one.
fn with(docx: Docx, paragraph: Option<Paragraph>) -> Docx {
    match paragraph {
        Some(paragraph) => docx.add_paragraph(paragraph),
        None => docx,
    }
}

/// Page, grid, base font and page numbers.
fn framed(layout: &Layout, sheet: &Sheet) -> Docx {
    let body = &layout.body;
    let mut docx = Docx::new()
        .page_size(sheet.paper.0, sheet.paper.1)
        .page_margin(sheet.page_margin())
        .default_size(body.half_points())
        .default_fonts(body.fonts())
        .footer(parts::page_number(layout, false))
        .even_footer(parts::page_number(layout, true));
    docx.document = docx.document.doc_grid(sheet.grid());
    docx
}

#[cfg(test)]
mod tests;
