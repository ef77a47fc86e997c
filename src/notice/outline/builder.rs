//! Puts paragraphs into the outline one after another: each opens a part, an item or a label, or goes on with what is open.

mod problems;

use std::sync::LazyLock;

use regex::Regex;

use super::{DATE_LINE, Kind, Node, Outline, Part};
use crate::notice::container::{Place, Table};
use crate::notice::groups::is_task_label;
use crate::notice::header::DOC_NO;
use crate::notice::lines::Piece;
use crate::notice::marker::{Form, inside, marker_at};
use crate::notice::rules::{is_deadline_for_all, is_stretch};
use crate::notice::sections::{Section, of};
use crate::notice::twin::Twin;
use crate::notice::units::are_units;

static ANNEX_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^附 ?(?:件|表) ?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?[: ]?$").expect("a pattern")
});

static ANNEX_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^附 ?(?:件|表) ?(?:\d{1,2}|[一二三四五六七八九十]{1,2}) ?[: ] ?").expect("a pattern")
});

static TITLE_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:方案|清单|表|名单|职责|任务|要点|办法|细则|意见|台账|安排|计划|规划|措施|分工|机构|标准|通知)(?:\(.{1,12}\))?$").expect("a pattern")
});

/// A line that heads what is asked of everybody at the end of a document.
static CLOSES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^(?:有关|工作|几点|相关|具体|报送)要求:$").expect("a pattern"));

/// Most lines of a title.
const TITLE_LINES: usize = 5;

static ANNEX_LIST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^附 ?(?:件|表)? ?\d{0,2} ?[:.] ?.").expect("a pattern"));

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:[•·] ?)?((?:常务|执行|第一)?副? ?组 *长|(?:办公室|常务|执行)?副? ?主 *任|副? ?召 *集 *人|总 ?召 ?集 ?人|总指挥|副总指挥|指挥长|副指挥长|成 *员(?:单位)?|联 ?络 ?员|(?:主要|工作|部门)?职 *责(?:任务|分工)?|(?:工作|主要|重点|具体)(?:任务|工作|事项|举措|措施)(?:清单)?|任务(?:清单)?) *: *",
    )
    .expect("a pattern")
});

/// The outline as far as it was read.
#[derive(Default)]
pub(super) struct Builder {
    out: Outline,
    /// The open nodes, outermost first.
    stack: Vec<usize>,
    /// How many lines of the part's title were read, while it is being read.
    title: Option<usize>,
    /// Whether a line of the title ended like one.
    title_ends: bool,
    /// The number that the next line of a list of annexes has.
    annexes: Option<u32>,
    /// Whether items of this part have the outermost number.
    numbered: bool,
    /// The problem whose measures are being read.
    problem: Option<usize>,
}

impl Builder {
    /// Reads paragraphs and tables, in order.
    pub fn read(pieces: &[Piece]) -> Outline {
        let out = Outline { parts: vec![Part::default()], nodes: Vec::new() };
        let mut builder = Builder { out, ..Builder::default() };
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Table(table) => builder.table(table),
                Piece::Para(text, place)
                    if heads_its_tasks(text, pieces.get(at + 1)) || is_stretch(text.norm().trim()) =>
                {
                    builder.item(Form::Named, 0, text.trimmed(), place);
                }
                Piece::Para(text, place) => builder.paragraph(text, place),
            }
        }
        builder.out
    }

    fn paragraph(&mut self, text: &Twin, place: &Place) {
        let bare = text.trimmed();
        let line = bare.norm();
        if self.annex_heading(line, &bare) || self.annex_list(line) {
            return;
        }
        if self.current().roots.is_empty() && is_deadline_for_all(&bare) {
            self.current().deadline = Some(bare);
            return;
        }
        if self.gives_terms(&bare) {
            return;
        }
        if ANNEX_LINE.is_match(line) {
            self.part(true);
        } else if DATE_LINE.is_match(&bare.tight().norm().replace(' ', "")) && !self.out.nodes.is_empty() {
            if !self.part_is_annex() {
                self.current().signed = true;
                self.drop_signature();
            }
            self.part(false);
        } else if self.title.is_some() && self.title_line(&bare) || self.labelled(&bare, place) {
        } else if let Some(found) = LABEL.captures(line) {
            let (end, word) = (found.get(0).map_or(0, |all| all.end()), found[1].replace(' ', ""));
            let rest =
                text.slice(text.norm().len() - text.norm().trim_start().len() + end..text.norm().len());
            self.label(&word, &rest, place);
        } else if is_section(line) && (!self.numbered || CLOSES.is_match(line)) {
            self.item(Form::Han, 0, bare, place);
        } else {
            self.items(&bare, text, place);
        }
    }

    /// `附件2:任务清单` behind the signature opens an annex and names it.
    fn annex_heading(&mut self, line: &str, bare: &Twin) -> bool {
        let Some(found) = ANNEX_HEADING.find(line).filter(|_| self.out.parts.len() > 1) else { return false };
        if line.contains('。') || found.end() == line.len() {
            return false;
        }
        self.part(true);
        self.title_line(&bare.slice(found.end()..line.len()));
        true
    }

    fn current(&mut self) -> &mut Part {
        self.out.parts.last_mut().expect("there is always a part")
    }

    fn part_is_annex(&self) -> bool {
        self.out.parts.last().is_some_and(|part| part.annex)
    }

    fn part(&mut self, annex: bool) {
        self.out.parts.push(Part { annex, ..Part::default() });
        self.stack.clear();
        (self.title, self.title_ends, self.numbered) = (Some(0), false, false);
    }

    /// The list of annexes under a text names them and is none of its items.
    fn annex_list(&mut self, line: &str) -> bool {
        if ANNEX_LIST.is_match(line) && !line.contains('。') {
            self.annexes = Some(2);
            return true;
        }
        let Some(next) = self.annexes.take() else {
            return false;
        };
        let goes_on =
            marker_at(line).is_some_and(|marker| marker.form == Form::Arabic && marker.number == next);
        if goes_on && !line.ends_with('。') {
            self.annexes = Some(next + 1);
        }
        self.annexes.is_some()
    }

    /// The issuing body above the date belongs to the signature, not to the last item.
    fn drop_signature(&mut self) {
        let Some(last) = self.stack.last().map(|at| &mut self.out.nodes[*at]) else { return };
        let is_body = |text: &Twin| !text.norm().contains(['。', ';', ',']) && text.chars() <= 40;
        if last.texts.len() > 1 && last.texts.last().is_some_and(|(text, _)| is_body(text)) {
            last.texts.pop();
        }
    }

    /// Lines of the title at the head of a part.
    fn title_line(&mut self, line: &Twin) -> bool {
        let read = self.title.unwrap_or(0);
        let text = line.norm();
        let plain = !DOC_NO.is_match(text)
            && marker_at(text).is_none_or(|marker| marker.form == Form::ArabicParen)
            && !text.ends_with(['。', ';', ':'])
            && line.chars() <= 50
            && !LABEL.is_match(text)
            && (!self.title_ends || text.starts_with(['(', '—']))
            && read < TITLE_LINES;
        if plain {
            let words: String = line.kept().split_whitespace().collect();
            self.current().title.push_str(&words);
            self.title = Some(read + 1);
            self.title_ends |= TITLE_END.is_match(text);
        } else {
            self.title = None;
        }
        plain
    }

    fn table(&mut self, table: &Table) {
        self.title = None;
        let node = self.node(Kind::Table, u32::MAX - 1);
        self.out.nodes[node].table = Some(table.clone());
        self.stack.pop();
    }

    fn label(&mut self, word: &str, rest: &Twin, place: &Place) {
        self.title = None;
        let at = self.stack.iter().position(|at| self.out.nodes[*at].kind == Kind::Label);
        if let Some(at) = at {
            self.stack.truncate(at);
        }
        let depth = self.stack.last().map_or(1, |at| self.out.nodes[*at].depth + 1);
        let node = self.node(Kind::Label, depth);
        word.clone_into(&mut self.out.nodes[node].label);
        let listed = rest.trimmed();
        if marker_at(listed.norm()).is_some() {
            return self.items(&listed, rest, place);
        }
        for (part, text) in parts_of(rest, 0) {
            match part {
                Some((form, number)) => self.item(form, number, text, place),
                None if !text.is_blank() || word.contains("长") || word.contains("主任") => {
                    self.out.nodes[node].texts.push((text, place.clone()));
                }
                None => {}
            }
        }
    }

    fn items(&mut self, line: &Twin, whole: &Twin, place: &Place) {
        let own = marker_at(line.norm());
        let parts = parts_of(line, own.map_or(0, |own| own.len));
        for (at, (marker, text)) in parts.into_iter().enumerate() {
            match (marker, own) {
                (Some((form, number)), _) => self.item(form, number, text, place),
                (None, Some(own)) if at == 0 => self.item(own.form, own.number, text, place),
                (None, _) => self.text(
                    if own.is_none() && at == 0 && text.norm() == line.norm() { whole.clone() } else { text },
                    place,
                ),
            }
        }
    }

    fn item(&mut self, form: Form, number: u32, text: Twin, place: &Place) {
        let depth = depth_of(form);
        let people = self.stack.first().is_some_and(|at| {
            let node = &self.out.nodes[*at];
            node.kind == Kind::Label && !is_task_label(&node.label)
        });
        if people {
            // A list of people at the head of a part holds no items.
            self.stack.clear();
        }
        self.numbered |= form == Form::Han && number > 0;
        let same = |at: &usize| matches!(self.out.nodes[*at].kind, Kind::Item(f, _) if f == form);
        if let Some(at) = self.stack.iter().position(same) {
            self.stack.truncate(at);
        }
        let node = self.node(Kind::Item(form, number), depth);
        if !text.is_blank() {
            self.out.nodes[node].texts.push((text, place.clone()));
        }
    }

    /// A paragraph without a number goes on with the item that is open.
    fn text(&mut self, text: Twin, place: &Place) {
        let at = match self.stack.last() {
            Some(at) => *at,
            None => self.node(Kind::Opening, 0),
        };
        self.out.nodes[at].texts.push((text, place.clone()));
    }

    fn node(&mut self, kind: Kind, depth: u32) -> usize {
        while self
            .stack
            .last()
            .is_some_and(|at| self.out.nodes[*at].depth >= depth || self.out.nodes[*at].kind == Kind::Opening)
        {
            self.stack.pop();
        }
        let (part, parent) = (self.out.parts.len() - 1, self.stack.last().copied());
        let at = self.out.nodes.len();
        self.out.nodes.push(Node {
            kind,
            part,
            parent,
            children: Vec::new(),
            texts: Vec::new(),
            label: String::new(),
            table: None,
            terms: None,
            depth,
        });
        match parent {
            Some(parent) => self.out.nodes[parent].children.push(at),
            None => self.current().roots.push(at),
        }
        self.stack.push(at);
        self.title = None;
        at
    }
}

/// Whether a line alone is the heading of a section, in documents that do not number them.
fn is_section(line: &str) -> bool {
    let line = line.trim_end_matches(':');
    let plain =
        line.chars().count() <= 10 && line.chars().all(|c| !c.is_ascii_digit() && c.is_alphanumeric());
    plain && of(line) != Section::Maybe
}

/// Whether a line only names units, and the list of what they are to do opens below.
fn heads_its_tasks(line: &Twin, next: Option<&Piece>) -> bool {
    let Some(Piece::Para(next, _)) = next else { return false };
    let first =
        marker_at(next.norm().trim()).is_some_and(|marker| marker.number == 1 && marker.form == Form::Arabic);
    first && are_units(line)
}

/// The items inside a text from a byte on, the first without a number.
fn parts_of(text: &Twin, from: usize) -> Vec<(Option<(Form, u32)>, Twin)> {
    let own = marker_at(text.norm()).filter(|own| own.len == from);
    let mut parts = Vec::new();
    let (mut start, mut marker) = (from, None);
    for (range, next) in inside(text.norm(), own.as_ref()) {
        parts.push((marker, text.slice(start..range.start).trimmed()));
        (start, marker) = (range.end, Some((next.form, next.number)));
    }
    let rest = text.slice(start..text.norm().len());
    parts.push((marker, if parts.is_empty() && from == 0 { rest } else { rest.trimmed() }));
    parts
}

/// Depths leave room between two forms for the labels that stand there.
fn depth_of(form: Form) -> u32 {
    match form {
        Form::Chapter => 10,
        Form::Section => 12,
        Form::Clause => 15,
        Form::Han => 20,
        Form::HanParen => 30,
        Form::Named => 35,
        Form::Arabic => 40,
        Form::Decimal(numbers) => 40 + u32::from(numbers),
        Form::ArabicParen => 60,
        Form::HalfParen => 70,
        Form::Circled => 80,
        Form::Bullet => 90,
    }
}
