//! `board` (榜): draws up a board of a period. Nobody but the office sees it before the head has released it.

use futures::future::BoxFuture;

use crate::commands::papers::{draw_up, office_only};
use crate::commands::press::wish;
use crate::commands::{Call, Command, OFFICE, Outcome, Trouble};
use crate::domain::paper::PaperKind;
use crate::domain::people::Role;
use crate::wording::signing as wording;

/// Draws up a board.
pub struct Board;

impl Command for Board {
    fn name(&self) -> &'static str {
        "board"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["榜"]
    }
    fn usage(&self) -> &'static str {
        "榜 榜名 [期]"
    }
    fn help(&self) -> &'static str {
        "拟一张榜(只算核定的结果)"
    }
    fn example(&self) -> &'static str {
        "榜 乡镇排序榜 二季度"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn takes(&self, rest: &str) -> bool {
        wish::could_be(rest)
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            office_only(call)?;
            let office = wish::office(call)?;
            let order = wish::read(call, PaperKind::Board, rest, &office).await?;
            if order.board.is_none() {
                let names: Vec<&str> = office.rules.board.iter().map(|rule| rule.name.as_str()).collect();
                return Err(Trouble::refused(wording::which_board(&names)));
            }
            draw_up(call, &office, &order).await
        })
    }
}
