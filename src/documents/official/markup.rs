//! The few marks by which a template says what a line is.
//!
//! | a line that opens with | is |
//! |---|---|
//! | `# ` | the title |
//! | `@ ` | a line in the middle below it: number, date |
//! | `! ` | a line without indent: to whom it goes |
//! | `## ` | a heading of the first level, 一、 |
//! | `### ` | one of the second, (一) |
//! | `> ` | the signature, at the right |
//! | `\|= 2 \| 5` | the widths of the table below |
//! | `\| a \| b \|` | a row of a table; the first is its header |
//! | `[2] a \| b \| c \| d` | a row of a form, two lines high: label and content by turns |
//! | `~` | an empty line |
//! | `---` | a new page |
//! | anything else | a paragraph |

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The title.
    Title(String),
    /// A title in a colour, `C00000`.
    Banner(String, String),
    /// A line in the middle.
    Middle(String),
    /// A line without indent.
    Plain(String),
    /// A heading of the first level.
    Heading(String),
    /// A heading of the second level.
    Subheading(String),
    /// A paragraph.
    Body(String),
    /// The signature.
    Signature(String),
    /// A table.
    Table {
        /// How wide its columns are, against one another.
        widths: Vec<usize>,
        /// Its rows, the header first.
        rows: Vec<Vec<String>>,
    },
    /// A form to be filled in: rows of label and content of a certain height.
    Form(Vec<FormRow>),
    /// A new page.
    Page,
}

/// A row of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRow {
    /// Label and content, by turns.
    pub cells: Vec<String>,
    /// How many lines high it is at least.
    pub lines: usize,
}

/// Reads a text with marks.
pub fn read(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(widths) = line.strip_prefix("|=") {
            let widths = cells(widths).iter().filter_map(|width| width.parse().ok()).collect();
            blocks.push(Block::Table { widths, rows: Vec::new() });
        } else if let Some(row) = line.strip_prefix('|') {
            let row = cells(row.strip_suffix('|').unwrap_or(row));
            match blocks.last_mut() {
                Some(Block::Table { rows, .. }) => rows.push(row),
                _ => blocks.push(Block::Table { widths: Vec::new(), rows: vec![row] }),
            }
        } else if let Some(row) = form_row(line) {
            match blocks.last_mut() {
                Some(Block::Form(rows)) => rows.push(row),
                _ => blocks.push(Block::Form(vec![row])),
            }
        } else {
            blocks.push(marked(line));
        }
    }
    blocks
}

/// `[2] label | content`.
fn form_row(line: &str) -> Option<FormRow> {
    let (lines, row) = line.strip_prefix('[')?.split_once(']')?;
    Some(FormRow { cells: cells(row), lines: lines.parse().ok()? })
}

fn cells(row: &str) -> Vec<String> {
    row.split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn marked(line: &str) -> Block {
    type Make = fn(String) -> Block;
    let marks: [(&str, Make); 6] = [
        ("### ", Block::Subheading),
        ("## ", Block::Heading),
        ("# ", Block::Title),
        ("@ ", Block::Middle),
        ("! ", Block::Plain),
        ("> ", Block::Signature),
    ];
    if line.chars().all(|c| c == '-') && line.len() >= 3 {
        return Block::Page;
    }
    if line == "~" {
        return Block::Plain(String::new());
    }
    let found = marks.iter().find_map(|(mark, make)| Some(make(line.strip_prefix(mark)?.trim().to_owned())));
    found.unwrap_or_else(|| Block::Body(line.to_owned()))
}

/// A text as it is read aloud or sent: without marks, tables with 、.
pub fn plain(blocks: &[Block]) -> String {
    let line = |block: &Block| match block {
        Block::Title(text)
        | Block::Banner(text, _)
        | Block::Middle(text)
        | Block::Plain(text)
        | Block::Heading(text)
        | Block::Subheading(text)
        | Block::Body(text)
        | Block::Signature(text) => text.clone(),
        Block::Table { rows, .. } => rows.iter().map(|row| row.join(" ")).collect::<Vec<_>>().join("\n"),
        Block::Form(rows) => rows.iter().map(|row| row.cells.join(" ")).collect::<Vec<_>>().join("\n"),
        Block::Page => String::new(),
    };
    blocks.iter().map(line).collect::<Vec<_>>().join("\n")
}
