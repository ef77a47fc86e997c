//! A document that was read, for machines: JSON, one object a measure.

use serde::Serialize;

use crate::domain::period::Cadence;
use crate::notice::duty::{Duty, Turn};
use crate::notice::findings::Finding;
use crate::notice::reading::{Measure, Reading};
use crate::notice::responsibility::LEADER;
use crate::wording::{intake, typeset};

#[derive(Debug, Serialize)]
struct Plan<'a> {
    title: &'a str,
    doc_no: &'a str,
    issued: Option<String>,
    tasks: Vec<Task<'a>>,
    findings: Vec<Found>,
}

#[derive(Debug, Serialize)]
struct Task<'a> {
    code: &'a str,
    path: &'a [String],
    text: &'a str,
    /// A county leader who leads (牵头领导), where a column names one, and the units that lead.
    lead: Vec<&'a str>,
    responsible: &'a [String],
    supporting: &'a [String],
    duties: Vec<Owed<'a>>,
}

#[derive(Debug, Serialize)]
struct Owed<'a> {
    text: &'a str,
    /// `once`, `weekly`, `monthly`, `quarterly`, `half_yearly`, `yearly`, `ongoing`, or null.
    cadence: Option<&'static str>,
    /// `2022-06-30`, or null.
    due: Option<String>,
    quantity: Option<Amount<'a>>,
}

#[derive(Debug, Serialize)]
struct Amount<'a> {
    value: f64,
    unit: &'a str,
}

#[derive(Debug, Serialize)]
struct Found {
    kind: &'static str,
    #[serde(rename = "where")]
    place: String,
    message: String,
}

/// Writes a reading as JSON.
pub fn json(reading: &Reading, findings: &[Finding]) -> String {
    let plan = Plan {
        title: &reading.header.title,
        doc_no: &reading.header.doc_no,
        issued: reading.header.signed.map(|day| day.to_string()),
        tasks: reading.measures.iter().map(task).collect(),
        findings: findings.iter().map(found).collect(),
    };
    serde_json::to_string_pretty(&plan).expect("string keys only")
}

fn found(finding: &Finding) -> Found {
    Found {
        kind: finding.kind.as_str(),
        place: typeset(&intake::place(finding)),
        message: typeset(&format!("{}。建议:{}", intake::finding(finding), intake::answer(finding))),
    }
}

fn task(measure: &Measure) -> Task<'_> {
    let leaders = measure.persons.iter().filter(|(role, _)| role == LEADER).map(|(_, who)| who.as_str());
    Task {
        code: &measure.code,
        path: &measure.path,
        text: &measure.text,
        lead: leaders.chain(measure.lead.iter().map(String::as_str)).collect(),
        responsible: &measure.responsible,
        supporting: &measure.supporting,
        duties: measure.duties.iter().map(owed).collect(),
    }
}

fn owed(duty: &Duty) -> Owed<'_> {
    Owed {
        text: &duty.text,
        cadence: duty.turn.map(turn),
        due: duty.due.map(|day| day.to_string()),
        quantity: duty.quantity.as_ref().map(|amount| Amount { value: amount.value, unit: &amount.unit }),
    }
}

fn turn(turn: Turn) -> &'static str {
    match turn {
        Turn::Once => "once",
        Turn::Ongoing => "ongoing",
        Turn::Every(Cadence::Week) => "weekly",
        Turn::Every(Cadence::Month) => "monthly",
        Turn::Every(Cadence::Quarter) => "quarterly",
        Turn::Every(Cadence::Half) => "half_yearly",
        Turn::Every(Cadence::Year) => "yearly",
    }
}
