//! The page on paper for one leader (一页纸): what is open, by when, how to answer, and room to write the answer. For those who
//! use no group, it counts as much as a card.

use crate::documents::official::{Block, FormRow};
use crate::domain::agenda::AgendaLine;
use crate::domain::brief::Pack;
use crate::domain::now::Now;
use crate::wording::{day, day_seen_from, short, typeset};

/// Items in the table; a page holds no more.
const ROWS: usize = 8;
/// Rows to write in: with them all of it fits the 22 lines of a page.
const ANSWERS: usize = 3;
/// Numbers in a line.
const NUMBERS: usize = 9;

/// The pages of some posts, each on one of its own.
pub fn pages(packs: &[Pack], issuer: &str, now: &Now) -> Vec<Block> {
    let mut blocks = Vec::new();
    for pack in packs {
        if !blocks.is_empty() {
            blocks.push(Block::Page);
        }
        blocks.extend(page(pack, issuer, now));
    }
    blocks
}

fn page(pack: &Pack, issuer: &str, now: &Now) -> Vec<Block> {
    let brief = &pack.brief;
    let today = now.today();
    let urgent: Vec<(&AgendaLine, &str)> = [
        (&brief.overdue, "逾期"),
        (&brief.soon, "快到期"),
        (&brief.stuck, "受阻"),
        (&brief.waiting, "待核验"),
        (&brief.others, "在办"),
    ]
    .into_iter()
    .flat_map(|(lines, word)| lines.iter().map(move |line| (line, word)))
    .collect();
    let counted = [
        ("逾期", &brief.overdue),
        ("两周内到期", &brief.soon),
        ("受阻", &brief.stuck),
        ("待核验", &brief.waiting),
    ];
    let counts: Vec<String> = counted
        .iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(word, lines)| format!("{word}{}项", lines.len()))
        .chain((!brief.others.is_empty()).then(|| format!("其余{}项", brief.others.len())))
        .collect();
    let mut rows = vec![["编号", "事项", "时限", "情况"].map(str::to_owned).to_vec()];
    rows.extend(urgent.iter().take(ROWS).map(|(line, word)| {
        let due = line.due.map(|due| day_seen_from(due, today)).unwrap_or_default();
        let note = line.note.as_deref().map(|note| format!(":{}", short(note, 10))).unwrap_or_default();
        let title = short(line.title.as_deref().unwrap_or("内部事项"), 16);
        vec![format!("#{}", line.task), typeset(&title), due, typeset(&format!("{word}{note}"))]
    }));
    let mut blocks = vec![
        Block::Title("督办事项一页纸".to_owned()),
        Block::Middle(typeset(&format!("{} · {}年{}", pack.title, today.format("%Y"), day(today)))),
        Block::Plain(typeset(&format!("在办{}项:{}。", brief.items(), counts.join(",")))),
        Block::Table { widths: vec![2, 10, 3, 5], rows },
    ];
    if urgent.len() > ROWS {
        let rest = &urgent[ROWS..];
        let shown: Vec<String> =
            rest.iter().take(NUMBERS).map(|(line, _)| format!("#{}", line.task)).collect();
        let more = if rest.len() > NUMBERS { format!("等{}项", rest.len()) } else { String::new() };
        blocks.push(Block::Plain(typeset(&format!("其余在办:{}{more}", shown.join(" ")))));
    }
    blocks.push(Block::Plain(typeset(&format!(
        "答复写在下面交回,或打电话、让联络员转告,{issuer}代为录入,与线上填报同样算数。"
    ))));
    let mut form = vec![answer("编号", "完成到哪一步、卡在哪、哪天能办完", 1)];
    form.extend((0..ANSWERS).map(|_| answer("#", "", 1)));
    let signed = ["签字", "", "日期", "   年  月  日"].map(str::to_owned).to_vec();
    form.push(FormRow { cells: signed, lines: 1 });
    blocks.push(Block::Form(form));
    blocks
}

fn answer(label: &str, content: &str, lines: usize) -> FormRow {
    FormRow { cells: vec![label.to_owned(), content.to_owned()], lines }
}
