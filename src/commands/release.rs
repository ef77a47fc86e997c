//! `release` (公示): the head puts a board before the units. Each is shown its own row and what it rests on, and nobody else's.

use futures::future::BoxFuture;

use crate::assess::board::Own;
use crate::commands::papers::{decided, names_paper, office_only, paper_of, reopened, told};
use crate::commands::press::wish;
use crate::commands::{Call, Command, Outcome, Trouble};
use crate::domain::ids::PaperId;
use crate::domain::paper::PaperAct;
use crate::domain::people::Role;
use crate::store::signing::{self, Change, Paper};
use crate::wording::{Spoken, refusal, signing as wording};

/// Puts a board before the units.
pub struct Release;

impl Command for Release {
    fn name(&self) -> &'static str {
        "release"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["公示"]
    }
    fn usage(&self) -> &'static str {
        "公示 文件编号"
    }
    fn help(&self) -> &'static str {
        "负责人把榜送各单位核对自己的一行,期内可申诉"
    }
    fn example(&self) -> &'static str {
        "公示 4"
    }
    fn who(&self) -> &'static [Role] {
        &[Role::Head]
    }
    fn takes(&self, rest: &str) -> bool {
        names_paper(rest)
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            office_only(call)?;
            let (paper, _) = paper_of(call, rest).await?;
            release(call, &paper).await
        })
    }
}

/// Puts a board before the units by its button.
pub async fn release_one(call: &mut Call<'_>, id: PaperId) -> Outcome {
    let paper = signing::get(call.conn, id).await?;
    let paper = paper.ok_or_else(|| Trouble::refused(refusal::stale_button()))?;
    release(call, &paper).await
}

async fn release(call: &mut Call<'_>, paper: &Paper) -> Outcome {
    decided(call, paper, PaperAct::Release)?;
    let (order, drawn) = reopened(call, paper).await?;
    let office = wish::office(call)?;
    let rule = office.rules.board.iter().find(|rule| Some(&rule.name) == order.board.as_ref());
    let (days, measure) = rule.map_or((2, ""), |rule| (rule.objection, rule.measure.as_str()));
    let until = call.settings.calendar.add(call.now.today(), days);
    signing::write(call.conn, paper, Change::Release(until), call.cause).await?;
    let mut unreached = Vec::new();
    for own in &drawn.rows {
        if !show(call, paper, own, wording::own_row(&told(paper), own, measure, until)).await? {
            unreached.push(own.row.name.clone());
        }
    }
    let shown = drawn.rows.len() - unreached.len();
    Ok(Spoken::text(wording::released(&told(paper), until, shown, &unreached)))
}

/// Shows a unit its row where nobody else reads it. False where there is no such place.
async fn show(call: &mut Call<'_>, paper: &Paper, own: &Own, text: String) -> Result<bool, Trouble> {
    let Some(chat) = signing::ear_of_unit(call.conn, own.row.unit).await? else {
        return Ok(false);
    };
    tracing::debug!(paper = paper.id.0, unit = own.row.unit.0, "a unit is shown its row");
    call.tell(chat, Spoken::text(text)).await?;
    Ok(true)
}
