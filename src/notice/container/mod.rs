//! Out of a file's bytes come lines and tables with their places. What a file is shows in its content, not in its name;
//! a library reads each container.

mod beside;
mod bomb;
mod sheet;
mod text;
mod word;

/// Largest file that is read.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;

/// Most characters that are read out of a file; a notice of a hundred pages has a tenth of that.
pub const MAX_CHARS: usize = 2_000_000;

/// Most cells of a table that are looked at: a month of filings of a large county.
const MAX_CELLS: usize = 1_000_000;

/// Where something stands in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// Name of the sheet, in a workbook of several.
    pub sheet: Option<String>,
    /// The line, paragraph or row, from 1.
    pub line: usize,
}

/// One line or paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// As it was written, with the blanks it opens with.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// A table: every row has a cell for every column, and what is merged stands in each of its cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Its rows with their places.
    pub rows: Vec<(Place, Vec<String>)>,
    /// Whether the file tells which cells are merged: elsewhere an empty cell may belong to the one above.
    pub merged: bool,
}

/// What follows one another in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A line.
    Line(Line),
    /// A table.
    Table(Table),
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Lines and tables in their order.
    pub blocks: Vec<Block>,
}

/// Why a file cannot be read. The words for people are in `wording::intake`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_BYTES`], or unpacks to more than is sensible.
    #[error("the file is too large")]
    TooLarge,
    /// A password is needed.
    #[error("the file is encrypted")]
    Encrypted,
    /// A picture, a PDF or another kind that holds no text for us.
    #[error("the file is no text, Word or Excel document")]
    Foreign(&'static str),
    /// It says what it is, but is damaged.
    #[error("the file is damaged")]
    Damaged,
    /// It was read, and holds no task.
    #[error("no tasks were found")]
    NoTasks,
    /// Marked secret (密级): it must not be here at all.
    #[error("the document is marked secret")]
    Secret,
}

/// Kinds of file that are often sent and cannot be read, by their first bytes.
const FOREIGN: [(&[u8], &str); 7] = [
    (b"%PDF", "PDF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"{\\rtf", "RTF"),
];

/// Opens a file by its content.
pub fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::Empty);
    }
    if let Some((_, kind)) = FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Refusal::Foreign(kind));
    }
    let document = if is_office(bytes) { office(bytes)? } else { text::lines(bytes)? };
    if document.blocks.is_empty() { Err(Refusal::Empty) } else { Ok(document) }
}

/// Whether a file opens like a document of Office, old or new.
pub fn is_office(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// A zip or compound file: a workbook or a Word document.
fn office(bytes: &[u8]) -> Result<Document, Refusal> {
    bomb::refuse(bytes)?;
    match undoc::detect::detect_format_from_bytes(bytes) {
        Ok(undoc::FormatType::Docx | undoc::FormatType::Doc) => word::blocks(bytes),
        Ok(undoc::FormatType::Xlsx | undoc::FormatType::Xls) => sheet::tables(bytes),
        Ok(_) => Err(Refusal::Foreign("演示文稿")),
        Err(error) if error.kind() == undoc::ErrorKind::Encrypted => Err(Refusal::Encrypted),
        Err(_) => sheet::tables(bytes).map_err(|refusal| match refusal {
            Refusal::Empty => Refusal::Damaged,
            other => other,
        }),
    }
}

impl Document {
    /// Adds a table, or goes on with the one before where the file does not tell that they are two.
    fn add(&mut self, mut table: Table) {
        match self.blocks.last_mut() {
            Some(Block::Table(last)) if !last.merged && !table.merged => last.rows.append(&mut table.rows),
            _ => self.blocks.push(Block::Table(table)),
        }
        if let Some(Block::Table(last)) = self.blocks.last_mut() {
            let width = last.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
            for (_, cells) in last.rows.iter_mut().filter(|(_, cells)| cells.len() < width) {
                cells.resize(width, String::new());
            }
        }
    }

    /// Adds a line, if it says something.
    fn line(&mut self, text: &str, line: usize) {
        let text = text.trim_end();
        if !text.trim().is_empty() {
            let place = Place { sheet: None, line };
            self.blocks.push(Block::Line(Line { text: text.to_owned(), place }));
        }
    }
}
