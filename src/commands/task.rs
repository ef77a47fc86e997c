//! `task`: one item with its whole history.

use futures::future::BoxFuture;

use crate::commands::{Call, Command, EVERYBODY, Outcome, READERS, Trouble, args, evidence};
use crate::domain::ids::TaskNo;
use crate::domain::light::light;
use crate::domain::now::stamp;
use crate::domain::people::Role;
use crate::domain::task::TaskState;
use crate::store::filings::{self, Owed};
use crate::store::{history, origins, tasks};
use crate::wording::course::{self, Event, FilingLine, Head};
use crate::wording::files::{self, FileLine};
use crate::wording::{Spoken, day_seen_from, refusal, without_number};

/// Filings of one duty that get a line each.
const FEW: usize = 3;

/// Shows one item.
pub struct Task;

impl Command for Task {
    fn name(&self) -> &'static str {
        "task"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["事项", "全程"]
    }
    fn usage(&self) -> &'static str {
        "事项 编号"
    }
    fn help(&self) -> &'static str {
        "看一项的情况和全部经过"
    }
    fn example(&self) -> &'static str {
        "事项 12"
    }
    fn who(&self) -> &'static [Role] {
        EVERYBODY
    }
    fn takes(&self, rest: &str) -> bool {
        // 事项12已办结 is a report.
        rest.is_ascii()
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let task = args::task_of(call, rest, self).await?;
            show(call, task).await
        })
    }
}

/// The course of a task, as far as the asker may see it.
pub async fn show(call: &mut Call<'_>, no: TaskNo) -> Outcome {
    let missing = || Trouble::refused(refusal::no_such_task(&format!("#{no}")));
    let task = tasks::get(call.conn, no, &stamp(call.now.at())).await?.ok_or_else(missing)?;
    let reads_all = call.asker.roles.iter().any(|role| READERS.contains(role));
    let all = filings::of_task(call.conn, no).await?;
    let mine: Vec<&Owed> =
        all.iter().filter(|owed| reads_all || call.asker.answers_for(owed.filing.owner)).collect();
    // Where a confidential item may not be told, it does not exist.
    let hidden = !call.may_tell(task.confidential);
    if hidden || (mine.is_empty() && !reads_all) {
        return Err(missing());
    }
    let lines = filing_lines(call, &mine);
    let events = if reads_all { events(call, no).await? } else { Vec::new() };
    Ok(Spoken::text(course::course(&head(call, &task).await?, &lines, &events)))
}

async fn head(call: &mut Call<'_>, task: &tasks::Task) -> Result<Head, Trouble> {
    // What came with no notice has its source where others have their place in one.
    let origin = origins::of(call.conn, task.no).await?;
    let place = origin.map(|origin| format!("{}({})", origin.source.chinese(), origin.by_whom));
    let mut facts = vec![state_word(task.state).to_owned(), place.unwrap_or_else(|| task.section.clone())];
    facts.extend(task.lead.as_ref().map(|lead| format!("牵头 {lead}")));
    facts.extend(task.team.as_ref().map(|team| format!("{team}(未分工)")));
    let links = tasks::links(call.conn, task.no).await?;
    if !links.is_empty() {
        let labels: Vec<String> = links.iter().map(|no| format!("#{no}")).collect();
        facts.push(format!("相近 {}", labels.join("、")));
    }
    let note = task.note.clone().filter(|_| call.asker.is_office());
    let files: Vec<FileLine> = evidence::seen(call, task.no)
        .await?
        .into_iter()
        .map(|file| FileLine { owner: file.owner, name: file.name })
        .collect();
    let files = files::in_course(task.no, &files);
    Ok(Head {
        files,
        label: format!("#{} {} {}", task.no, task.code, task.title),
        facts: facts.join(" · "),
        note,
    })
}

fn state_word(state: TaskState) -> &'static str {
    match state {
        TaskState::Draft => "待确认",
        TaskState::Running => "在办",
        TaskState::Suspended => "已暂停",
        TaskState::Closed => "已销号",
        TaskState::Void => "已作废",
    }
}

/// One line a filing; where many units owe the same, one line for all of them.
fn filing_lines(call: &Call<'_>, owed: &[&Owed]) -> Vec<FilingLine> {
    let mut groups: Vec<Vec<FilingLine>> = Vec::new();
    for one in owed {
        let line = filing_line(call, one);
        match groups.iter_mut().find(|group| group[0].duty == line.duty && group[0].when == line.when) {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups
        .into_iter()
        .flat_map(|group| if group.len() > FEW { vec![course::summed(&group)] } else { group })
        .collect()
}

fn filing_line(call: &Call<'_>, owed: &Owed) -> FilingLine {
    let standing = &owed.filing.standing;
    let today = call.now.today();
    let due = standing.due_on.map(|due| format!("{}前", day_seen_from(due, today)));
    let when = if owed.filing.is_recurring() {
        owed.filing.period.chinese()
    } else {
        due.unwrap_or_else(|| "没有时限".to_owned())
    };
    let mut last = Vec::new();
    last.extend(standing.percent.map(|percent| format!("{percent}%")));
    last.extend(standing.last_text.as_deref().map(|text| without_number(text, owed.task).to_owned()));
    let red = owed.filing.is_overdue(call.now.at());
    FilingLine {
        owner: owed.owner.clone(),
        duty: owed.duty_text.clone(),
        when,
        light: light(&owed.filing, call.now, &call.settings.calendar),
        last: (!last.is_empty()).then(|| last.join(" ")),
        was_overdue: owed.filing.was_overdue && !red,
    }
}

async fn events(call: &mut Call<'_>, no: TaskNo) -> Result<Vec<Event>, Trouble> {
    let limit = i64::try_from(course::LINES).unwrap_or(i64::MAX);
    let lines = history::of_task(call.conn, no, limit).await?;
    Ok(lines
        .into_iter()
        .map(|line| Event {
            at: call.now.local_of(line.at),
            actor: line.actor,
            owner: line.owner,
            what: line.what,
            detail: line.detail,
        })
        .collect())
}
