//! `ledger` (台账): the workbook with everything, as it stands.

use futures::future::BoxFuture;

use crate::commands::papers::{office_only, record, send, told};
use crate::commands::press::wish;
use crate::commands::{Call, Command, OFFICE, Outcome};
use crate::domain::paper::{Form, PaperKind};
use crate::domain::people::Role;
use crate::wording::{Spoken, signing as wording};

/// Sends the ledger.
pub struct Ledger;

impl Command for Ledger {
    fn name(&self) -> &'static str {
        "ledger"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["台账"]
    }
    fn usage(&self) -> &'static str {
        "台账 [期] [工作组]"
    }
    fn help(&self) -> &'static str {
        "发一份台账表格(三张清单、应报件、问题、容错、经过)"
    }
    fn example(&self) -> &'static str {
        "台账 二季度"
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
            let order = wish::read(call, PaperKind::Ledger, rest, &office).await?;
            let paper = record(call, &office, &order, None).await?;
            // Printed when it is sent: it may be large, and nobody waits for it.
            send(call, (call.chat.id, &paper), &[Form::Xlsx], false).await?;
            Ok(Spoken::text(wording::ledger(told(&paper).title)))
        })
    }
}
