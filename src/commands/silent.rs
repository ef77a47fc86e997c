//! `silent`: who has not filed what was asked for. For the office only; it is no wall of shame.

use futures::future::BoxFuture;

use crate::commands::{Call, Command, Outcome, READERS, Trouble};
use crate::domain::ids::TaskNo;
use crate::domain::people::Role;
use crate::store::tasks;
use crate::wording::{Spoken, lists, refusal};

/// Lists who has not filed.
pub struct Silent;

impl Command for Silent {
    fn name(&self) -> &'static str {
        "silent"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["欠报", "未报"]
    }
    fn usage(&self) -> &'static str {
        "欠报"
    }
    fn help(&self) -> &'static str {
        "看问过还没报的单位"
    }
    fn example(&self) -> &'static str {
        "欠报"
    }
    fn who(&self) -> &'static [Role] {
        READERS
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, _rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            if call.chat.group && !call.chat.office {
                return Err(Trouble::refused(refusal::office_only_here()));
            }
            let mut by_owner: Vec<(String, Vec<TaskNo>)> = Vec::new();
            for owed in tasks::silent(call.conn).await? {
                match by_owner.iter_mut().find(|(owner, _)| *owner == owed.owner) {
                    Some((_, tasks)) if tasks.contains(&owed.task) => {}
                    Some((_, tasks)) => tasks.push(owed.task),
                    None => by_owner.push((owed.owner, vec![owed.task])),
                }
            }
            Ok(Spoken::text(lists::silent(&by_owner)))
        })
    }
}
