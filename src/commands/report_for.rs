//! `report-for`: the office enters what somebody said on the phone or on paper (代报). It counts the same and is marked.

use futures::future::BoxFuture;

use crate::commands::reporting::{self, Speaker, Words};
use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, args};
use crate::domain::filing::Owner;
use crate::domain::people::Role;
use crate::store::people;
use crate::wording::{Spoken, command, refusal};

/// Enters a report for somebody else.
pub struct ReportFor;

impl Command for ReportFor {
    fn name(&self) -> &'static str {
        "report_for"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["代报"]
    }
    fn usage(&self) -> &'static str {
        "代报 单位|工作组 编号 情况"
    }
    fn help(&self) -> &'static str {
        "录入电话或纸面报来的情况"
    }
    fn example(&self) -> &'static str {
        "代报 县财政局 12 完成60%"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let Some((name, text)) = rest.split_once(|c: char| c.is_whitespace() || ":,".contains(c)) else {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            };
            let (owners, shown) = owners_called(call, name).await?;
            let speaker = Speaker { owners, account: None, entered_by: Some(call.asker.account) };
            let words = words_of(text.trim());
            match reporting::hear(call, &speaker, &words).await? {
                Some(spoken) => Ok(Spoken { text: command::entered_for(&shown, &spoken.text), ..spoken }),
                None => Err(Trouble::refused(command::nothing_to_enter())),
            }
        })
    }
}

/// A unit speaks for itself and for the teams its posts belong to; a team for itself.
async fn owners_called(call: &mut Call<'_>, name: &str) -> Result<(Vec<Owner>, String), Trouble> {
    if let Some(unit) = people::unit_by_name(call.conn, name).await? {
        let teams = people::teams_of_unit(call.conn, unit.id).await?;
        let owners =
            std::iter::once(Owner::Unit(unit.id)).chain(teams.into_iter().map(Owner::Team)).collect();
        return Ok((owners, unit.short));
    }
    match people::team_by_name(call.conn, name).await? {
        Some((team, short)) => Ok((vec![Owner::Team(team)], short)),
        None => Err(Trouble::refused(command::nobody_called(name))),
    }
}

/// A single number at the start is the item's (`12`, or `12.2` for one of its duties): the clerk need not write the #.
fn words_of(text: &str) -> Words {
    let (items, rest) = args::items(text);
    match items.as_slice() {
        [item] => Words { text: rest.to_owned(), task: Some(item.task), seq: item.seq, ..Words::default() },
        _ => Words { text: text.to_owned(), ..Words::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::TaskNo;

    #[test]
    fn a_number_at_the_start_names_the_item_and_its_duty() {
        let words = words_of("12.2 完成60%");
        assert_eq!((words.task, words.seq, words.text.as_str()), (Some(TaskNo(12)), Some(2), "完成60%"));
        assert_eq!(words_of("完成60%"), Words { text: "完成60%".to_owned(), ..Words::default() });
        assert_eq!(words_of("12,13 无变化").task, None);
    }
}
