//! The life of an item as a whole: confirmed, put aside, taken up again, dropped, set to work again.

use chrono::NaiveDate;
use futures::future::BoxFuture;
use serde_json::json;

use crate::commands::close::{Decision, decide};
use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, args};
use crate::domain::filing::FilingState;
use crate::domain::ids::TaskNo;
use crate::domain::now::stamp;
use crate::domain::people::Role;
use crate::domain::review::{self, NewDue};
use crate::domain::task::{self, TaskAct, TaskState};
use crate::store::filings::{self, Owed};
use crate::store::life::{self, Move};
use crate::store::{findings, letters, plans, tasks};
use crate::wording::{Spoken, life as wording, refusal};

/// One act on an item as a whole.
pub struct Life {
    act: TaskAct,
    name: &'static str,
    chinese: &'static [&'static str],
    usage: &'static str,
    help: &'static str,
    example: &'static str,
}

/// A draft is confirmed: from now on its owners are asked.
pub const CONFIRM: Life = Life {
    act: TaskAct::Confirm,
    name: "confirm",
    chinese: &["启用"],
    usage: "启用 编号|全部",
    help: "核对无误的事项开始督办",
    example: "启用 12",
};

/// Put aside: nobody is asked until it is taken up again.
pub const SUSPEND: Life = Life {
    act: TaskAct::Suspend,
    name: "suspend",
    chinese: &["暂停"],
    usage: "暂停 编号 原因",
    help: "先放一放,恢复前不再催",
    example: "暂停 12 等省里政策",
};

/// Taken up again.
pub const RESUME: Life = Life {
    act: TaskAct::Resume,
    name: "resume",
    chinese: &["恢复"],
    usage: "恢复 编号 [新时限]",
    help: "暂停的事项接着办",
    example: "恢复 12 7月15日",
};

/// Dropped by decision.
pub const VOID: Life = Life {
    act: TaskAct::Void,
    name: "void",
    chinese: &["作废"],
    usage: "作废 编号 原因",
    help: "不再办,留档不计",
    example: "作废 12 与#33合并",
};

/// What has ended goes on.
pub const REOPEN: Life = Life {
    act: TaskAct::Reopen,
    name: "reopen",
    chinese: &["重开"],
    usage: "重开 编号 原因",
    help: "已销号或作废的重新办",
    example: "重开 12 验收没通过",
};

impl Command for Life {
    fn name(&self) -> &'static str {
        self.name
    }
    fn chinese(&self) -> &'static [&'static str] {
        self.chinese
    }
    fn usage(&self) -> &'static str {
        self.usage
    }
    fn help(&self) -> &'static str {
        self.help
    }
    fn example(&self) -> &'static str {
        self.example
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn touches(&self, owed: &Owed) -> bool {
        !owed.filing.standing.state.is_settled() && !owed.filing.progress
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (tasks, rest) = self.tasks(call, rest).await?;
            if tasks.is_empty() {
                return Err(Trouble::refused(refusal::usage(self.usage, self.example)));
            }
            if matches!(self.act, TaskAct::Suspend | TaskAct::Void | TaskAct::Reopen) && rest.is_empty() {
                return Err(Trouble::refused(wording::why(self.chinese[0], tasks[0])));
            }
            let mut lines = Vec::new();
            for task in &tasks {
                lines.push(self.act_on(call, *task, rest).await?);
            }
            Ok(Spoken::text(wording::all_done(self.act, &lines)))
        })
    }
}

impl Life {
    /// The items that are meant; with 全部 every draft.
    async fn tasks<'t>(&self, call: &mut Call<'_>, rest: &'t str) -> Result<(Vec<TaskNo>, &'t str), Trouble> {
        if let (TaskAct::Confirm, Some(rest)) = (self.act, rest.strip_prefix("全部")) {
            let all = tasks::all(call.conn, &stamp(call.now.at())).await?;
            // What is in doubt stays until it is decided.
            let blocked = findings::blocked(call.conn).await?;
            let clear = |task: &tasks::Task| task.state == TaskState::Draft && !blocked.contains(&task.no);
            let drafts: Vec<TaskNo> = all.into_iter().filter(clear).map(|task| task.no).collect();
            if drafts.is_empty() {
                return Err(Trouble::refused(wording::nothing_to_confirm(blocked.len())));
            }
            return Ok((drafts, rest.trim()));
        }
        let (items, rest) = args::items_of(call, rest).await?;
        let mut tasks: Vec<TaskNo> = items.into_iter().map(|item| item.task).collect();
        tasks.dedup();
        Ok((tasks, rest))
    }

    async fn act_on(&self, call: &mut Call<'_>, no: TaskNo, reason: &str) -> Result<String, Trouble> {
        let missing = || Trouble::refused(refusal::no_such_task(&format!("#{no}")));
        let task = tasks::get(call.conn, no, &stamp(call.now.at())).await?.ok_or_else(missing)?;
        let refuse = |why| Trouble::refused(wording::refused(no, why));
        let to = task::after(task.state, self.act).map_err(refuse)?;
        let new_term = match self.act {
            TaskAct::Resume => self.new_term(call, no, reason).await?,
            _ => None,
        };
        let what = format!("task_{}", self.past());
        let change =
            Move { task: no, from: task.state, to, what: &what, detail: json!({ "reason": reason }) };
        for filing in life::set(call.conn, &change, call.cause).await? {
            letters::edit_cards_with(call.conn, filing, call.now.at()).await?;
        }
        if self.act == TaskAct::Confirm {
            plans::open_single_filings(call.conn, call.now).await?;
        }
        self.tell_owners(call, no, reason).await?;
        let title = if call.may_tell(task.confidential) { task.title } else { refusal::INTERNAL.to_owned() };
        Ok(wording::done(self.act, no, &title, reason, new_term.map(|day| (day, call.now.today()))))
    }

    /// The word of history.
    fn past(&self) -> &'static str {
        match self.act {
            TaskAct::Confirm => "confirmed",
            TaskAct::Suspend => "suspended",
            TaskAct::Resume => "resumed",
            TaskAct::Close => "closed",
            TaskAct::Void => "voided",
            TaskAct::Reopen => "reopened",
        }
    }

    /// What was put aside beyond its term gets a new one; without one it would be red at once, through nobody's fault.
    async fn new_term(
        &self,
        call: &mut Call<'_>,
        no: TaskNo,
        rest: &str,
    ) -> Result<Option<NaiveDate>, Trouble> {
        let mut lapsed = filings::of_task(call.conn, no).await?;
        lapsed.retain(|owed| owed.filing.is_overdue(call.now.at()) && !owed.filing.is_recurring());
        if lapsed.is_empty() {
            return Ok(None);
        }
        let Some((on, _)) = args::take_date(rest, call.now.today()) else {
            return Err(Trouble::refused(wording::resume_when(no)));
        };
        let new = NewDue { on, at: call.now.end_of(on), granted_at: call.now.at(), today: call.now.today() };
        for owed in &lapsed {
            let refuse = |why| Trouble::refused(refusal::refused(no, why));
            let after = review::resume(&owed.filing, new).map_err(refuse)?;
            let decision = Decision { act: "extend", what: "resumed", reason: "", new_due: Some(on) };
            decide(call, owed, &after, decision).await?;
        }
        Ok(Some(on))
    }

    /// Whoever owed something of it hears once that it is put aside, dropped, or goes on. A draft's first card tells of it.
    async fn tell_owners(&self, call: &mut Call<'_>, no: TaskNo, reason: &str) -> Result<(), Trouble> {
        if self.act == TaskAct::Confirm {
            return Ok(());
        }
        let mut told = Vec::new();
        for owed in filings::of_task(call.conn, no).await? {
            let concerned =
                !matches!(owed.filing.standing.state, FilingState::Accepted | FilingState::Exempt);
            if concerned && !told.contains(&owed.filing.owner) {
                told.push(owed.filing.owner);
                call.tell_owner(&owed, wording::told(self.act, no, &owed.title, reason)).await?;
            }
        }
        Ok(())
    }
}
