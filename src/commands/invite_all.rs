//! `邀请 全部`: a code for everything and everybody that is not bound, on one sheet to be printed.

use chrono::{Duration, NaiveDate};
use serde_json::json;

use crate::commands::bind::new_code;
use crate::commands::one_page::{enclose, layout};
use crate::commands::{Call, Outcome, Trouble};
use crate::config::Settings;
use crate::documents::invitations::{self, Invitation};
use crate::store::history::{self, About};
use crate::store::invites::{self, Grant};
use crate::store::posts;
use crate::wording::{Spoken, joining as wording};

/// How long the codes of a sheet are good: it has to be printed and handed out.
const VALID_DAYS: i64 = 14;

/// Makes the sheet.
pub(super) async fn sheet(call: &mut Call<'_>) -> Outcome {
    let wanted = posts::to_invite(call.conn).await?;
    if wanted.is_empty() {
        return Ok(Spoken::text(wording::all_bound()));
    }
    let until = call.now.at() + Duration::days(VALID_DAYS);
    let day = call.now.date_of(until);
    let mut all = Vec::new();
    for (grant, label) in &wanted {
        let code = new_code()?;
        invites::add(call.conn, &code, *grant, (call.now.at(), until)).await?;
        all.push(invitation(call.settings, *grant, (label, code)));
    }
    let detail = json!({ "for": "全部", "codes": all.len() });
    history::add(call.conn, call.cause, About::default(), "invited", &detail).await?;
    let bytes = written(call, &all, day).await?;
    let name = format!("邀请表-{}.docx", call.now.today().format("%m%d"));
    enclose(call, (bytes, name), wording::sheet_made(all.len(), day)).await
}

async fn written(call: &Call<'_>, all: &[Invitation], day: NaiveDate) -> Result<Vec<u8>, Trouble> {
    let layout = layout(call.settings).await?;
    let heading = wording::sheet_heading(day);
    Ok(invitations::docx(&heading, all, &layout).map_err(anyhow::Error::from)?)
}

/// One invitation with what its picture opens.
fn invitation(settings: &Settings, grant: Grant, (label, code): (&str, String)) -> Invitation {
    let for_group = !matches!(grant, Grant::Post(_) | Grant::Role(_));
    let link = deep_link(settings, for_group, &code);
    let how = wording::how_to_use(for_group, link.is_some());
    let opens = link.unwrap_or_else(|| format!("绑定 {code}"));
    Invitation { label: label.to_owned(), code, opens, how }
}

/// The address that takes a code straight to the bot: Telegram's where its name is known, else the room's page.
pub(super) fn deep_link(settings: &Settings, for_group: bool, code: &str) -> Option<String> {
    match (&settings.telegram_name, &settings.address) {
        (Some(name), _) if for_group => Some(format!("https://t.me/{name}?startgroup={code}")),
        (Some(name), _) => Some(format!("https://t.me/{name}?start={code}")),
        // A chat of the room needs no code: it comes with the roster.
        (None, Some(address)) if !for_group => {
            Some(format!("{}/?code={code}", address.trim_end_matches('/')))
        }
        _ => None,
    }
}
