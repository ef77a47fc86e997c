//! What a document says: its head, its measures with duties, its work groups. The draft of a plan and the findings for the
//! office are made of it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use crate::notice::amounts::with_units;
use crate::notice::cards::unfold;
use crate::notice::container::{Block, Document, Place, Refusal};
use crate::notice::duty::{Besides, Duty, duties};
use crate::notice::flat::unflatten;
use crate::notice::groups::{Group, groups};
use crate::notice::header::{Header, header};
use crate::notice::lines::clean;
use crate::notice::measures::{Leaf, leaves};
use crate::notice::outline::{Outline, outline};
use crate::notice::prose;
use crate::notice::responsibility::Assigned;
use crate::notice::rules;
use crate::notice::twin::Twin;

/// Lines at the head where a marking of secrecy stands.
const HEAD_LINES: usize = 20;

/// A document, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Title, number, dates.
    pub header: Header,
    /// The day that dates without a year go by.
    pub issued: NaiveDate,
    /// The leaf measures, in order.
    pub measures: Vec<Measure>,
    /// The work groups.
    pub groups: Vec<Group>,
}

/// A leaf measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Stable code within the document, made of the numbers above it.
    pub code: String,
    /// The headings above it.
    pub path: Vec<String>,
    /// Its whole text as it was written, without number and bracket.
    pub text: String,
    /// Units that lead, as the document writes them.
    pub lead: Vec<String>,
    /// Units that answer.
    pub responsible: Vec<String>,
    /// Units that help.
    pub supporting: Vec<String>,
    /// Persons and posts with their role.
    pub persons: Vec<(String, String)>,
    /// The work group whose task it is.
    pub group: Option<String>,
    /// What can be checked.
    pub duties: Vec<Duty>,
    /// Where it stands.
    pub place: Place,
}

/// Reads a document. `today` serves where it has no date at all.
pub fn read(document: &Document, today: NaiveDate) -> Result<(Reading, Outline), Refusal> {
    if is_secret(document) {
        return Err(Refusal::Secret);
    }
    let header = header(document);
    let issued = header.signed.or(header.published).or(header.year).unwrap_or(today);
    let pieces = with_units(unfold(unflatten(&clean(document))));
    let first_leads = rules::first_leads(&pieces);
    let tree = outline(&pieces);
    let mut codes = BTreeSet::new();
    let annexes: Vec<usize> = (0..tree.parts.len()).filter(|part| tree.parts[*part].annex).collect();
    let measures: Vec<Measure> = leaves(&tree)
        .into_iter()
        .map(|leaf| {
            let annex = annexes.iter().position(|part| *part == leaf.part).map(|at| at + 1);
            let code = code(&leaf, annex, &mut codes);
            measure(leaf, code, issued, first_leads)
        })
        .collect();
    if measures.is_empty() {
        return Err(Refusal::NoTasks);
    }
    let groups = groups(&tree);
    Ok((Reading { header, issued, measures, groups }, tree))
}

/// Whether a marking of secrecy (密级) stands at the head of the document.
fn is_secret(document: &Document) -> bool {
    static MARK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:密级[: ]*)?(?:绝密|机密|秘密) *(?:[★☆*].*)?$").expect("a pattern"));
    let lines = document.blocks.iter().filter_map(|block| match block {
        Block::Line(line) => Some(line),
        Block::Table(_) => None,
    });
    lines.take(HEAD_LINES).any(|line| MARK.is_match(Twin::new(&line.text).norm().trim()))
}

/// The numbers above a measure and its own, `F1-` in front for the first annex; a repeated code gets a tail.
fn code(leaf: &Leaf, annex: Option<usize>, taken: &mut BTreeSet<String>) -> String {
    let numbers: Vec<String> = leaf.numbers.iter().map(ToString::to_string).collect();
    let prefix = annex.map(|at| format!("F{at}-")).unwrap_or_default();
    let plain =
        if numbers.is_empty() { format!("{prefix}T") } else { format!("{prefix}{}", numbers.join(".")) };
    let mut code = plain.clone();
    let mut tail = 2;
    while !taken.insert(code.clone()) {
        code = format!("{plain}-{tail}");
        tail += 1;
    }
    code
}

/// Who answers for a measure by its own sentences.
fn said_in(leaf: &Leaf) -> Option<Assigned> {
    let text = leaf.text.tight();
    prose::assigned(&text).or_else(|| prose::doing(&text).filter(|_| leaf.group.is_none()))
}

fn measure(leaf: Leaf, code: String, issued: NaiveDate, first_leads: bool) -> Measure {
    let mut assigned = leaf.assigned.clone().unwrap_or_default();
    if !assigned.names_anybody()
        && let Some(said) = said_in(&leaf)
    {
        assigned.inherit(&said);
    }
    assigned.settle();
    if first_leads {
        rules::let_first_lead(&mut assigned);
    }
    if let Some(group) = leaf.group.as_ref().filter(|_| !assigned.names_anybody()) {
        assigned.lead.push(group.clone());
    }
    let besides = Besides {
        deadline: assigned.deadline.as_ref(),
        target: assigned.target.as_ref(),
        steps: &assigned.steps,
    };
    let duties = duties(&leaf.text, besides, issued);
    Measure {
        code,
        path: leaf.path,
        text: leaf.text.kept().to_owned(),
        lead: assigned.lead,
        responsible: assigned.responsible,
        supporting: assigned.supporting,
        persons: assigned.persons,
        group: leaf.group,
        duties,
        place: leaf.place,
    }
}
