//! `bulletin` (通报): draws up the bulletin of a period.

use futures::future::BoxFuture;

use crate::commands::papers::{draw_up, office_only};
use crate::commands::press::wish;
use crate::commands::{Call, Command, OFFICE, Outcome};
use crate::domain::paper::PaperKind;
use crate::domain::people::Role;

/// Draws up a bulletin.
pub struct Bulletin;

impl Command for Bulletin {
    fn name(&self) -> &'static str {
        "bulletin"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["通报"]
    }
    fn usage(&self) -> &'static str {
        "通报 [期] [工作组|分管领导] [半页|口头]"
    }
    fn help(&self) -> &'static str {
        "拟周小结、月调度、季通报、年底通报"
    }
    fn example(&self) -> &'static str {
        "通报 二季度"
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
            let order = wish::read(call, PaperKind::Bulletin, rest, &office).await?;
            draw_up(call, &office, &order).await
        })
    }
}
