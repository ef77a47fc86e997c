//! `evidence`: hands over the files that came with the reports of an item.

use futures::future::BoxFuture;

use crate::channel::Enclosed;
use crate::commands::sight::sight;
use crate::commands::{Call, Command, EVERYBODY, Outcome, Trouble, args, call};
use crate::domain::ids::TaskNo;
use crate::domain::people::Role;
use crate::domain::sight::Sight;
use crate::store::evidence::{self, Shown};
use crate::store::{Connection, filings, letters};
use crate::wording::files::{self as wording, FileLine};
use crate::wording::{Spoken, day, refusal};

/// Files that are handed over at once; a chat takes about one a second.
const AT_ONCE: usize = 10;

/// Hands over files.
pub struct Evidence;

impl Command for Evidence {
    fn name(&self) -> &'static str {
        "evidence"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["佐证"]
    }
    fn usage(&self) -> &'static str {
        "佐证 编号"
    }
    fn help(&self) -> &'static str {
        "看随填报发来的照片和文件"
    }
    fn example(&self) -> &'static str {
        "佐证 12"
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
            hand_over(call, task).await
        })
    }
}

/// Hands over the files of an item, the answer first.
pub async fn hand_over(call: &mut Call<'_>, task: TaskNo) -> Outcome {
    let files = seen(call, task).await?;
    let (here, waiting): (Vec<Shown>, Vec<Shown>) = files.into_iter().partition(|file| file.sha256.is_some());
    if here.is_empty() && waiting.is_empty() {
        return Ok(Spoken::text(wording::none(task)));
    }
    let count = here.len().min(AT_ONCE);
    // The answer goes first: letters of one chat keep their order.
    let intro = Spoken::text(wording::follow(task, count, waiting.len()));
    call.tell(call.chat.id, intro).await?;
    for file in here.into_iter().rev().take(AT_ONCE) {
        let added = day(call.now.date_of(file.added_at));
        let line = FileLine { owner: file.owner, name: file.name.clone() };
        let mut speech = call::speech_of(&Spoken::text(wording::caption(task, &line, &added)), None);
        speech.file = file.sha256.map(|sha256| Enclosed { sha256, name: file.name });
        let body = serde_json::to_string(&speech).map_err(anyhow::Error::from)?;
        letters::answer(call.conn, call.chat.id, call.cause.inbox, &body, call.now.at()).await?;
    }
    Ok(Spoken::default())
}

/// The files of an item that the asker may see here: the office's readers all, others those of their own units and teams.
pub async fn seen(call: &mut Call<'_>, task: TaskNo) -> Result<Vec<Shown>, Trouble> {
    let sight = sight(call.asker);
    let owed = filings::of_task(call.conn, task).await?;
    let hidden = owed.iter().any(|owed| !call.may_tell(owed.confidential));
    let mine = owed.iter().any(|owed| sight.sees(owed.filing.owner));
    if hidden || !(mine || sight.is_all()) {
        return Err(Trouble::refused(refusal::no_such_task(&format!("#{task}"))));
    }
    Ok(of_sight(call.conn, task, &sight).await?)
}

/// The files of an item that belong to what somebody sees.
pub async fn of_sight(conn: &mut Connection, task: TaskNo, sight: &Sight) -> sqlx::Result<Vec<Shown>> {
    let owed = filings::of_task(conn, task).await?;
    let seen: Vec<_> =
        owed.iter().filter(|owed| sight.sees(owed.filing.owner)).map(|owed| owed.filing.id).collect();
    let mut files = evidence::of_task(conn, task).await?;
    files.retain(|file| seen.contains(&file.filing));
    Ok(files)
}
