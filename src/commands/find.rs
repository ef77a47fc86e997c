//! `find`: items by number, code, words, unit, team or post.

use futures::future::BoxFuture;

use crate::commands::tasks::{line_of, own};
use crate::commands::{Call, Command, EVERYBODY, Outcome, READERS, Trouble, args, many, task};
use crate::domain::now::stamp;
use crate::domain::people::Role;
use crate::store::{people, tasks};
use crate::wording::lists::{self, TaskLine};
use crate::wording::{Spoken, refusal};

/// Finds items.
pub struct Find;

impl Command for Find {
    fn name(&self) -> &'static str {
        "find"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["查", "搜"]
    }
    fn usage(&self) -> &'static str {
        "查 编号|代号|词|单位|岗位"
    }
    fn help(&self) -> &'static str {
        "按编号、代号、词、单位或岗位找事项"
    }
    fn example(&self) -> &'static str {
        "查 公路"
    }
    fn who(&self) -> &'static [Role] {
        EVERYBODY
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (words, page) = many::page_of(rest);
            if words.trim().is_empty() {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            }
            if let (items, "") = args::items(words)
                && let [item] = items.as_slice()
            {
                return task::show(call, item.task).await;
            }
            if let Some(no) = tasks::by_code(call.conn, words.trim()).await? {
                return task::show(call, no).await;
            }
            let found = find(call, words.trim()).await?;
            let lines: Vec<TaskLine> = found.iter().map(line_of).collect();
            if lines.is_empty() {
                return Err(Trouble::refused(lists::nothing_found(words.trim())));
            }
            let heading = format!("“{}”", words.trim());
            paged(call, self, (&heading, words), &lines, page).await
        })
    }
}

/// What the asker may see of what the words mean: a unit's or a post's items, a team's, or those whose text has all of the
/// words.
async fn find(call: &mut Call<'_>, words: &str) -> Result<Vec<tasks::Task>, Trouble> {
    let now = stamp(call.now.at());
    let reads_all = call.asker.roles.iter().any(|role| READERS.contains(role));
    let mut found = if let Some(unit) = people::unit_by_name(call.conn, words).await? {
        tasks::of_unit(call.conn, unit.id, &now).await?
    } else if let Some(unit) = people::unit_of_post(call.conn, words).await? {
        tasks::of_unit(call.conn, unit, &now).await?
    } else if let Some((team, _)) = people::team_by_name(call.conn, words).await? {
        tasks::of_team(call.conn, team, &now).await?
    } else {
        let words: Vec<&str> = words.split_whitespace().collect();
        tasks::with_words(call.conn, &words, &now).await?
    };
    if !reads_all {
        let mine: Vec<_> = own(call, &now).await?.into_iter().map(|task| task.no).collect();
        found.retain(|task| mine.contains(&task.no));
    }
    found.retain(|task| call.may_tell(task.confidential));
    Ok(found)
}

/// One page of a list of items, with a button to the next.
pub(super) async fn paged(
    call: &mut Call<'_>,
    command: &dyn Command,
    (heading, words): (&str, &str),
    lines: &[TaskLine],
    page: usize,
) -> Outcome {
    let text = lists::tasks(heading, lines, page);
    let choices = if lists::has_more(lines.len(), page) {
        many::next_page(call, command, words, page).await?
    } else {
        Vec::new()
    };
    Ok(Spoken { text, choices })
}
