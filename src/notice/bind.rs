//! From a reading to the draft of a plan: the same that a plan file gives. Nothing is confirmed by it.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use crate::notice::duty::{Duty, Turn};
use crate::notice::file::{self, DefaultCadence, Draft, Ladder, Plan, Roster};
use crate::notice::findings::{Finding, Kind};
use crate::notice::reading::{Measure, Reading};
use crate::notice::roll::{Named, Roll};
use crate::notice::twin::Twin;

/// Longest title of a task, in characters.
const TITLE_MAX: usize = 28;

/// Makes the draft. Units that the roster does not know, and names of nobody in particular, stay words for the office.
pub fn draft(reading: &Reading, findings: &[Finding], roster: Option<&Roster>) -> Draft {
    let roll = roster.map(Roll::new);
    let mut by_task: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_task.entry(finding.task.as_deref().unwrap_or_default()).or_default().push(finding);
    }
    let about = |measure: &Measure| by_task.get(measure.code.as_str()).map(Vec::as_slice).unwrap_or_default();
    let tasks = reading.measures.iter().map(|measure| task(measure, about(measure), roll.as_ref())).collect();
    Draft { plan: Some(plan(reading)), tasks, roster: roster.cloned() }
}

fn plan(reading: &Reading) -> Plan {
    let last = reading.measures.iter().flat_map(|measure| &measure.duties).filter_map(|duty| duty.due).max();
    let year = last.map_or(reading.issued.year(), |day| day.year().max(reading.issued.year()));
    let named = if reading.header.doc_no.is_empty() { &reading.header.title } else { &reading.header.doc_no };
    Plan {
        code: named.chars().filter(|c| c.is_alphanumeric()).collect(),
        title: reading.header.title.clone(),
        doc_no: reading.header.doc_no.clone(),
        issued: reading.issued,
        ends: NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(reading.issued),
        default_cadence: DefaultCadence(Some(crate::domain::period::Cadence::Month)),
        ladder: Ladder::default(),
    }
}

fn task(measure: &Measure, findings: &[&Finding], roll: Option<&Roll<'_>>) -> file::Task {
    let own = |kind| findings.iter().filter(move |one| one.kind == kind);
    let vague = own(Kind::Vague).next().map(|one| one.words.clone());
    let mut task = file::Task {
        code: measure.code.clone(),
        section: measure.path.join("·"),
        title: title(&measure.text),
        lead: None,
        team: roll.zip(measure.group.as_ref()).and_then(|(roll, group)| roll.team(group)).map(str::to_owned),
        responsible: Vec::new(),
        unsettled: Vec::new(),
        confirmed: false,
        confidential: false,
        links: own(Kind::Duplicate).map(|one| one.other.clone()).collect(),
        note: Some(measure.text.clone()),
        duties: measure.duties.iter().map(|one| duty(one, vague.as_ref())).collect(),
    };
    name(&mut task, measure, roll);
    task
}

/// Puts the names of a measure into the task, as far as the roster knows them.
fn name(task: &mut file::Task, measure: &Measure, roll: Option<&Roll<'_>>) {
    let find = |name: &str| roll.and_then(|roll| roll.find(name));
    for lead in &measure.lead {
        match find(lead) {
            Some(Named::Unit(code)) if task.lead.is_none() => task.lead = Some(code.to_owned()),
            // A second lead answers beside the first.
            Some(Named::Unit(code)) => task.responsible.push(code.to_owned()),
            Some(Named::Group(group)) => task.responsible.push(group.to_owned()),
            None if measure.group.as_ref() == Some(lead) && task.team.is_some() => {}
            None => task.unsettled.push(lead.clone()),
        }
    }
    for one in measure.responsible.iter().chain(&measure.supporting) {
        match find(one) {
            Some(Named::Unit(code) | Named::Group(code)) => task.responsible.push(code.to_owned()),
            None => task.unsettled.push(one.clone()),
        }
    }
    task.responsible.dedup();
    // Who leads alone answers as well.
    if task.responsible.is_empty() && task.team.is_none() && task.unsettled.is_empty() {
        task.responsible.extend(task.lead.clone());
    }
    if task.responsible.is_empty() && task.team.is_none() && task.unsettled.is_empty() {
        task.unsettled.push("(没有写责任单位)".to_owned());
    }
}

fn duty(duty: &Duty, vague: Option<&String>) -> file::Duty {
    let every = match duty.turn {
        Some(Turn::Every(cadence)) => Some(cadence),
        _ => None,
    };
    let open = every.is_none() && duty.due.is_none() && duty.turn.is_none();
    file::Duty {
        text: duty.text.clone(),
        every,
        due: duty.due.filter(|_| every.is_none()),
        starts: None,
        vague: vague.filter(|_| open).cloned(),
        on_event: false,
        target: duty.quantity.clone().filter(|quantity| quantity.value > 0.0),
        each: None,
        review: None,
    }
}

/// The first sentence of a text, or its start.
fn title(text: &str) -> String {
    let norm = Twin::new(text);
    let end = norm.norm().find(['。', ';', '\n']).unwrap_or(norm.norm().len());
    let first = norm.kept_at(0..end);
    if first.chars().count() <= TITLE_MAX {
        return first.to_owned();
    }
    let mut cut: String = first.chars().take(TITLE_MAX - 1).collect();
    cut.push('…');
    cut
}
