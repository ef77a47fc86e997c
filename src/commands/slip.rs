//! `slip` (督办单): draws up the slips of one unit, for one item or for all that call for one.

use futures::future::BoxFuture;

use crate::commands::papers::{draw, keep, office_only};
use crate::commands::press::{Order, wish};
use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, args};
use crate::domain::paper::PaperKind;
use crate::domain::people::Role;
use crate::store::people;
use crate::wording::{refusal, signing as wording};

/// Draws up slips.
pub struct Slip;

impl Command for Slip {
    fn name(&self) -> &'static str {
        "slip"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["督办单"]
    }
    fn usage(&self) -> &'static str {
        "督办单 [编号] [单位]|督办单 回访 编号 单位 看到的情况"
    }
    fn help(&self) -> &'static str {
        "拟督办单(蓝临期、黄滞后、红逾期)和回访单"
    }
    fn example(&self) -> &'static str {
        "督办单 12 县财政局"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            office_only(call)?;
            let office = wish::office(call)?;
            let (rest, visit) = match rest.trim().strip_prefix("回访") {
                Some(rest) => visited(call, rest).await?,
                None => (rest.to_owned(), None),
            };
            let mut order = wish::read(call, PaperKind::Slip, &rest, &office).await?;
            order.visit = visit;
            if order.task.is_none() && order.unit.is_none() {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            }
            let drawn = draw(call, &office, &order).await?;
            // `#16.4 成富乡`
            let mut owners: Vec<&str> =
                drawn.figures.iter().filter_map(|(name, _)| Some(name.split_once(' ')?.1)).collect();
            owners.sort_unstable();
            owners.dedup();
            match owners.as_slice() {
                [] => return Err(Trouble::refused(wording::no_slip())),
                [owner] => name_owner(call, &mut order, owner).await?,
                several => {
                    let example = format!("督办单 {} {}", rest.trim(), several[0]);
                    return Err(Trouble::refused(wording::whose_slip(&example, several)));
                }
            }
            keep(call, &office, &order, &drawn).await
        })
    }
}

/// Parts what a visit found from the item and the unit it is about.
async fn visited(call: &mut Call<'_>, rest: &str) -> Result<(String, Option<String>), Trouble> {
    let (items, after) = args::items_of(call, rest).await?;
    let (unit, words) = args::take_unit(call, after).await?;
    let item = items.first().map(|item| format!("#{}", item.task)).unwrap_or_default();
    let unit = unit.map(|unit| unit.short).unwrap_or_default();
    Ok((format!("{item} {unit}"), Some(words.to_owned())))
}

/// Names whose slip it is: that is where it goes once it is signed.
async fn name_owner(call: &mut Call<'_>, order: &mut Order, owner: &str) -> Result<(), Trouble> {
    match people::unit_by_name(call.conn, owner).await? {
        Some(unit) => order.unit = Some(unit.short),
        None => order.team = Some(owner.to_owned()),
    }
    Ok(())
}
