//! `due`: what is overdue or due soon.

use std::collections::BTreeMap;

use chrono::Duration;
use futures::future::BoxFuture;

use crate::commands::{Call, Command, EVERYBODY, Outcome, READERS};
use crate::domain::light::light;
use crate::domain::people::Role;
use crate::store::filings;
use crate::wording::Spoken;
use crate::wording::lists::{self, DueLine};

/// Days looked ahead where nothing else is asked (the weekly meeting's agenda looks as far).
const DAYS: i64 = 14;
/// The furthest look ahead.
const DAYS_MAX: i64 = 400;

/// Lists what is due.
pub struct Due;

impl Command for Due {
    fn name(&self) -> &'static str {
        "due"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["到期"]
    }
    fn usage(&self) -> &'static str {
        "到期 [天数]"
    }
    fn help(&self) -> &'static str {
        "看逾期和快到期的"
    }
    fn example(&self) -> &'static str {
        "到期 14"
    }
    fn who(&self) -> &'static [Role] {
        EVERYBODY
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let days = rest.trim().trim_end_matches('天').parse().unwrap_or(DAYS).clamp(0, DAYS_MAX);
            let until = call.now.today() + Duration::days(days);
            let reads_all = call.asker.roles.iter().any(|role| READERS.contains(role));
            let mut lines: BTreeMap<_, DueLine> = BTreeMap::new();
            for owed in filings::due_until(call.conn, until).await? {
                let mine = call.asker.answers_for(owed.filing.owner);
                let Some(due) = owed.filing.standing.due_on.filter(|_| reads_all || mine) else {
                    continue;
                };
                if owed.confidential || owed.filing.progress {
                    continue;
                }
                let light = light(&owed.filing, call.now, &call.settings.calendar);
                // What is due of one item on one day is one line, whatever its duties are.
                let line = lines.entry((due, owed.task)).or_insert_with(|| DueLine {
                    task: owed.task,
                    title: owed.title.clone(),
                    owners: Vec::new(),
                    due,
                    light,
                });
                line.light = line.light.max(light);
                if !line.owners.contains(&owed.owner) {
                    line.owners.push(owed.owner);
                }
            }
            let lines: Vec<DueLine> = lines.into_values().collect();
            Ok(Spoken::text(lists::due(&lines, days, call.now.today())))
        })
    }
}
