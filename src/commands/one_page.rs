//! `one_page` (一页纸): what stands open for a leader, on a page to be printed. The old way counts too.

use std::io::ErrorKind;

use futures::future::BoxFuture;

use crate::channel::Enclosed;
use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, call, posts};
use crate::config::Settings;
use crate::documents::draft::Signature;
use crate::documents::official::{self, LAYOUT, Layout};
use crate::documents::one_page;
use crate::domain::brief::Pack;
use crate::domain::people::{Rank, Role};
use crate::rules::brief;
use crate::store::people::PostRow;
use crate::store::{brief as open, letters, people, posts as by_post};
use crate::wording::{Spoken, joining as wording, refusal};

/// Words for every leader whom nobody has bound.
const ALL: [&str; 3] = ["全部", "未绑定", "都打"];

/// Prints a page.
pub struct OnePage;

impl Command for OnePage {
    fn name(&self) -> &'static str {
        "one_page"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["一页纸"]
    }
    fn usage(&self) -> &'static str {
        "一页纸 岗位|全部"
    }
    fn help(&self) -> &'static str {
        "给不用群的领导打印一页:在办、时限、怎么答复;“全部”是没绑定的每人一页"
    }
    fn example(&self) -> &'static str {
        "一页纸 县发改局局长"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let wanted = match rest.trim() {
                "" => return Err(Trouble::refused(refusal::usage(self.usage(), self.example()))),
                name if ALL.contains(&name) => unbound(call).await?,
                name => vec![posts::named(call, name).await?],
            };
            let mut packs = Vec::new();
            for post in wanted {
                let pack = pack(call, post).await?;
                if pack.brief.items() > 0 {
                    packs.push(pack);
                }
            }
            if packs.is_empty() {
                return Ok(Spoken::text(wording::nothing_for_paper()));
            }
            let layout = layout(call.settings).await?;
            let blocks = one_page::pages(&packs, &layout.issuer, call.now);
            let bytes = official::docx(&blocks, &layout, &Signature::Working).map_err(anyhow::Error::from)?;
            let name = match packs.as_slice() {
                [one] => format!("一页纸-{}-{}.docx", one.title, call.now.today().format("%m%d")),
                several => format!("一页纸-{}人-{}.docx", several.len(), call.now.today().format("%m%d")),
            };
            enclose(call, (bytes, name), wording::paper_made(packs.len())).await
        })
    }
}

/// The heads of units that nobody is bound for.
async fn unbound(call: &mut Call<'_>) -> Result<Vec<PostRow>, Trouble> {
    let mut found = Vec::new();
    for post in people::posts(call.conn).await? {
        let leads = post.rank == Rank::Head && !post.vacant;
        if leads && by_post::bound_to(call.conn, post.id).await?.is_empty() {
            found.push(post);
        }
    }
    Ok(found)
}

async fn pack(call: &mut Call<'_>, post: PostRow) -> Result<Pack, Trouble> {
    let whose = open::whose(call.conn, post.id).await?;
    let items = open::items(call.conn, &whose, false).await?;
    let brief = brief::draw_up(&items, &call.settings.calendar, call.now);
    Ok(Pack { title: post.title, since: call.now.today(), before: None, until: None, brief })
}

/// Page and fonts as the office wants them.
pub(super) async fn layout(settings: &Settings) -> anyhow::Result<Layout> {
    let text = match tokio::fs::read_to_string(settings.papers.join("layout.toml")).await {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => LAYOUT.to_owned(),
        Err(error) => return Err(error.into()),
    };
    Ok(Layout::read(&text)?)
}

/// Hands a file over with a line.
pub(super) async fn enclose(call: &mut Call<'_>, (bytes, name): (Vec<u8>, String), text: String) -> Outcome {
    let sha256 = call.files.keep(bytes).await?;
    let mut speech = call::speech_of(&Spoken::text(text), None);
    speech.file = Some(Enclosed { sha256, name });
    let body = serde_json::to_string(&speech).map_err(anyhow::Error::from)?;
    letters::answer(call.conn, call.chat.id, call.cause.inbox, &body, call.now.at()).await?;
    Ok(Spoken::default())
}
