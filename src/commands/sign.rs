//! `sign` and `withdraw`: the head signs a paper that somebody else drew up (签发), or takes one back with a reason (撤回签发).

use futures::future::BoxFuture;

use crate::commands::papers::{decided, names_paper, office_only, paper_of, reopened, send, told};
use crate::commands::press::forms;
use crate::commands::{Call, Command, Outcome, Trouble, call, follow};
use crate::domain::ids::{ChatId, PaperId};
use crate::domain::paper::{PaperAct, PaperKind, PaperState};
use crate::domain::people::Role;
use crate::store::signing::{self, Change, Paper};
use crate::store::{chats, letters};
use crate::wording::{Spoken, refusal, signing as wording};

/// Signs.
pub struct Sign;

impl Command for Sign {
    fn name(&self) -> &'static str {
        "sign"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["签发"]
    }
    fn usage(&self) -> &'static str {
        "签发 文件编号"
    }
    fn help(&self) -> &'static str {
        "负责人签发一份文件(拟稿人不能签自己的)"
    }
    fn example(&self) -> &'static str {
        "签发 3"
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
            sign(call, &paper).await
        })
    }
}

/// Signs by its button.
pub async fn sign_one(call: &mut Call<'_>, id: PaperId) -> Outcome {
    let paper = signing::get(call.conn, id).await?;
    let paper = paper.ok_or_else(|| Trouble::refused(refusal::stale_button()))?;
    sign(call, &paper).await
}

async fn sign(call: &mut Call<'_>, paper: &Paper) -> Outcome {
    decided(call, paper, PaperAct::Sign)?;
    signing::write(call.conn, paper, Change::Sign, call.cause).await?;
    let signed = signing::get(call.conn, paper.id).await?.unwrap_or_else(|| paper.clone());
    let by = call.asker.shown();
    if let Some(office) = chats::office(call.conn).await?.filter(|office| *office != call.chat.id) {
        call.tell(office, Spoken::text(wording::was_signed(&told(&signed), by))).await?;
    }
    // The signed original goes to whoever signed it; handing it out is an act of its own.
    let (order, drawn) = reopened(call, &signed).await?;
    send(call, (call.chat.id, &signed), &forms(&order, &drawn), true).await?;
    if signed.kind == PaperKind::Board {
        follow::propose(call, &signed, (&order, &drawn)).await?;
    }
    let groups = signing::groups(call.conn).await?;
    Ok(wording::signed(&told(&signed), by, &groups))
}

/// Takes back.
pub struct Withdraw;

impl Command for Withdraw {
    fn name(&self) -> &'static str {
        "withdraw"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["撤回签发"]
    }
    fn usage(&self) -> &'static str {
        "撤回签发 文件编号 原因"
    }
    fn help(&self) -> &'static str {
        "负责人撤回公示或签发的文件,并告知收到的群"
    }
    fn example(&self) -> &'static str {
        "撤回签发 3 数据有误"
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
            let (paper, why) = paper_of(call, rest).await?;
            if why.is_empty() {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            }
            withdraw(call, &paper, why).await
        })
    }
}

async fn withdraw(call: &mut Call<'_>, paper: &Paper, why: &str) -> Outcome {
    decided(call, paper, PaperAct::Withdraw)?;
    let mut told_to = had_it(call, paper).await?;
    told_to.retain(|chat| *chat != call.chat.id);
    signing::write(call.conn, paper, Change::Withdraw(why), call.cause).await?;
    for chat in &told_to {
        let body = call::body_of(&Spoken::text(wording::taken_back(&paper.title, why)), None);
        letters::answer(call.conn, *chat, call.cause.inbox, &body, call.now.at()).await?;
    }
    Ok(Spoken::text(wording::withdrawn(&told(paper), why, told_to.len())))
}

/// The chats that have seen anything of a paper: it was handed out to them, or they were shown their row.
async fn had_it(call: &mut Call<'_>, paper: &Paper) -> Result<Vec<ChatId>, Trouble> {
    let sent = signing::sent(call.conn, paper.id).await?;
    let mut chats: Vec<ChatId> =
        sent.into_iter().filter(|sent| sent.state != "dropped").map(|sent| sent.chat).collect();
    if paper.state == PaperState::Released {
        let (_, drawn) = reopened(call, paper).await?;
        for own in &drawn.rows {
            chats.extend(signing::ear_of_unit(call.conn, own.row.unit).await?);
        }
    }
    chats.sort_unstable();
    chats.dedup();
    Ok(chats)
}
