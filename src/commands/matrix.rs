//! `matrix`: one item by unit — who has filed, who has not; for the office and for the lead unit, which has to know it.

use futures::future::BoxFuture;

use crate::commands::{Call, Command, EVERYBODY, Outcome, READERS, Trouble, args};
use crate::domain::filing::FilingState;
use crate::domain::ids::TaskNo;
use crate::domain::now::stamp;
use crate::domain::people::Role;
use crate::store::filings::{self, Owed};
use crate::store::tasks;
use crate::wording::matrix::{self as wording, Cell, Row};
use crate::wording::{Spoken, day_seen_from, refusal};

/// Shows who has filed.
pub struct Matrix;

impl Command for Matrix {
    fn name(&self) -> &'static str {
        "matrix"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["矩阵"]
    }
    fn usage(&self) -> &'static str {
        "矩阵 编号"
    }
    fn help(&self) -> &'static str {
        "看一项里哪些单位报了、哪些没报(督查室和牵头单位)"
    }
    fn example(&self) -> &'static str {
        "矩阵 9"
    }
    fn who(&self) -> &'static [Role] {
        EVERYBODY
    }
    fn takes(&self, rest: &str) -> bool {
        rest.is_ascii()
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let task = args::task_of(call, rest, self).await?;
            show(call, task).await
        })
    }
}

async fn show(call: &mut Call<'_>, no: TaskNo) -> Outcome {
    let missing = || Trouble::refused(refusal::no_such_task(&format!("#{no}")));
    let task = tasks::get(call.conn, no, &stamp(call.now.at())).await?.ok_or_else(missing)?;
    let reads_all = call.asker.roles.iter().any(|role| READERS.contains(role));
    let leads = tasks::is_led_by(call.conn, no, &call.asker.units).await?;
    if !call.may_tell(task.confidential) || !(reads_all || leads) {
        return Err(missing());
    }
    let all = filings::of_task(call.conn, no).await?;
    let rows: Vec<Row> = newest_by_duty(&all).iter().map(|filings| row(call, filings)).collect();
    Ok(Spoken::text(wording::matrix(no, &task.title, &rows)))
}

/// The filings of each duty in its newest period; the ask for progress is none of the matrix.
fn newest_by_duty(all: &[Owed]) -> Vec<Vec<&Owed>> {
    let mut duties: Vec<Vec<&Owed>> = Vec::new();
    for owed in all.iter().filter(|owed| !owed.filing.progress) {
        match duties.iter_mut().find(|duty| duty[0].duty == owed.duty) {
            Some(duty) => duty.push(owed),
            None => duties.push(vec![owed]),
        }
    }
    for duty in &mut duties {
        let newest = duty.iter().map(|owed| owed.filing.opened_at).max();
        let period =
            duty.iter().find(|owed| Some(owed.filing.opened_at) == newest).map(|owed| owed.filing.period);
        duty.retain(|owed| Some(owed.filing.period) == period);
    }
    duties.sort_by_key(|duty| duty[0].seq);
    duties
}

fn row(call: &Call<'_>, filings: &[&Owed]) -> Row {
    let first = filings[0];
    let due = first.filing.standing.due_on.map(|due| format!("{}前", day_seen_from(due, call.now.today())));
    let when = if first.filing.is_recurring() {
        first.filing.period.chinese()
    } else {
        due.unwrap_or_else(|| "没有时限".to_owned())
    };
    let cells = filings.iter().map(|owed| (cell(call, owed), owed.owner.clone())).collect();
    Row { duty: first.duty_text.clone(), when, cells }
}

fn cell(call: &Call<'_>, owed: &Owed) -> Cell {
    let standing = &owed.filing.standing;
    match standing.state {
        FilingState::Accepted => Cell::Filed,
        FilingState::Claimed => Cell::Claimed,
        FilingState::SentBack => Cell::SentBack,
        FilingState::Exempt | FilingState::Void => Cell::NotCounted,
        FilingState::Open if owed.filing.is_overdue(call.now.at()) => Cell::Overdue,
        FilingState::Open if standing.blocker.is_some() => Cell::Stuck,
        FilingState::Open if standing.reported_at.is_some() => Cell::UnderWay,
        FilingState::Open => Cell::Silent,
    }
}
