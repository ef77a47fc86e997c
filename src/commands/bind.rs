//! `bind` and `invite`: one-time codes join people to posts and chats to units.

use futures::future::BoxFuture;
use serde_json::json;

use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, invite_all, posts};
use crate::domain::ids::AccountId;
use crate::domain::people::Role;
use crate::store::Connection;
use crate::store::chats::{self, Serves};
use crate::store::history::{self, About, Cause};
use crate::store::invites::{self, Grant};
use crate::store::{endings, handovers, people};
use crate::wording::people as wording_people;
use crate::wording::{Spoken, command, joining, refusal};

/// The word for everything and everybody that is not bound.
const ALL: &str = "全部";
/// Characters of a code that nobody mistakes for another.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Characters of a code: 32^10 codes.
const LENGTH: usize = 10;

/// Redeems a code.
pub struct Bind;

impl Command for Bind {
    fn name(&self) -> &'static str {
        "bind"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["绑定"]
    }
    fn usage(&self) -> &'static str {
        "绑定 绑定码"
    }
    fn help(&self) -> &'static str {
        "用督查室给的码绑定岗位或本群"
    }
    fn example(&self) -> &'static str {
        "绑定 K7M2PQ9XTB"
    }
    fn who(&self) -> &'static [Role] {
        &[]
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(bind(call, rest))
    }
}

async fn bind(call: &mut Call<'_>, rest: &str) -> Outcome {
    let code = rest.split_whitespace().next().unwrap_or_default().to_uppercase();
    let bad = || Trouble::refused(refusal::bad_code());
    let grant = invites::peek(call.conn, &code, call.now.at()).await?.ok_or_else(bad)?;
    let for_group = !matches!(grant, Grant::Post(_) | Grant::Role(_));
    if for_group != call.chat.group {
        return Err(Trouble::refused(refusal::code_elsewhere(for_group)));
    }
    if !invites::consume(call.conn, &code, call.asker.account, call.now.at()).await? {
        return Err(bad());
    }
    let answer = apply(call, grant).await?;
    if !call.chat.group {
        people::set_private_chat(call.conn, call.asker.account, call.chat.id).await?;
    }
    Ok(Spoken::text(answer))
}

/// Gives a person what a code grants; `None` where it is a chat's and not a person's.
pub async fn grant_to_person(
    conn: &mut Connection,
    account: AccountId,
    grant: Grant,
    cause: &Cause,
) -> sqlx::Result<Option<String>> {
    match grant {
        Grant::Post(post) => {
            if let Some(handover) = handovers::awaiting(conn, post).await? {
                handovers::welcome(conn, &handover, account, cause).await?;
                return Ok(Some(wording_people::welcome(&handover)));
            }
            people::appoint(conn, account, post, cause).await?;
            Ok(Some(command::bound_to_post(&people::title_of_post(conn, post).await?)))
        }
        Grant::Role(role) => {
            // A code for less than somebody has already takes nothing away.
            let held = people::get(conn, account).await?.map(|person| person.roles).unwrap_or_default();
            let kept = held.into_iter().filter(|held| held.is_office()).min().unwrap_or(role).min(role);
            people::set_role(conn, account, kept, cause).await?;
            Ok(Some(command::bound_to_role(role_word(kept))))
        }
        Grant::UnitChat(_) | Grant::TeamChat(_) | Grant::OfficeChat => Ok(None),
    }
}

async fn apply(call: &mut Call<'_>, grant: Grant) -> Result<String, Trouble> {
    if let Some(answer) = grant_to_person(call.conn, call.asker.account, grant, call.cause).await? {
        return Ok(answer);
    }
    let serves = match grant {
        Grant::UnitChat(unit) => Serves::Unit(unit),
        Grant::TeamChat(team) => Serves::Team(team),
        _ => Serves::Office,
    };
    let replaced = endings::replaced_by(call.conn, call.chat.id, serves).await?;
    chats::bind(call.conn, call.chat.id, serves, call.cause).await?;
    let mut said = command::bound_chat(match serves {
        Serves::Unit(_) => "本单位的事项",
        Serves::Team(_) => "本工作组的事项",
        Serves::Office => "督查室",
    });
    // One matter opens no second group: the old one is told that it has served.
    for (old, title) in replaced {
        call.tell(old, Spoken::text(joining::group_replaced(&call.chat.title))).await?;
        said.push_str(&joining::replaces_group(&title));
    }
    Ok(said)
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Admin => "管理员",
        Role::Head => "督查室负责人",
        Role::Staff => "督查室",
        Role::Leader => "责任领导",
        Role::Liaison => "联络员",
        Role::Observer => "观察员",
    }
}

/// Makes a code.
pub struct Invite;

impl Command for Invite {
    fn name(&self) -> &'static str {
        "invite"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["邀请"]
    }
    fn usage(&self) -> &'static str {
        "邀请 全部|岗位|群 单位|群 工作组|督查室群|督查室|观察员|负责人"
    }
    fn help(&self) -> &'static str {
        "发一次性绑定码;“全部”出一张带二维码的邀请表"
    }
    fn example(&self) -> &'static str {
        "邀请 县发改局局长"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let name = rest.trim();
            if name.is_empty() {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            }
            if name == ALL {
                return invite_all::sheet(call).await;
            }
            let (grant, label) = grant_for(call, name).await?;
            if matches!(grant, Grant::Role(_)) && !call.asker.roles.contains(&Role::Admin) {
                return Err(Trouble::refused(command::invite_above_role()));
            }
            let (code, until) = posts::code(call, grant).await?;
            let detail = json!({ "for": label });
            history::add(call.conn, call.cause, About::default(), "invited", &detail).await?;
            let in_group = !matches!(grant, Grant::Post(_) | Grant::Role(_));
            let said = command::invite(&code, &label, call.now.date_of(until), in_group);
            let link = invite_all::deep_link(call.settings, in_group, &code);
            Ok(Spoken::text(joining::with_link(said, link.as_deref())))
        })
    }
}

/// What a code of that name gives.
async fn grant_for(call: &mut Call<'_>, name: &str) -> Result<(Grant, String), Trouble> {
    let unknown = || Trouble::refused(command::nobody_called(name));
    match name {
        "督查室群" => return Ok((Grant::OfficeChat, "督查室的群".to_owned())),
        "督查室" => return Ok((Grant::Role(Role::Staff), "督查室工作人员".to_owned())),
        "负责人" => return Ok((Grant::Role(Role::Head), "督查室负责人".to_owned())),
        "观察员" => return Ok((Grant::Role(Role::Observer), "观察员".to_owned())),
        _ => {}
    }
    if let Some(of) = name.strip_prefix('群').map(str::trim) {
        if let Some(unit) = people::unit_by_name(call.conn, of).await? {
            return Ok((Grant::UnitChat(unit.id), format!("{}的群", unit.short)));
        }
        let (team, short) = people::team_by_name(call.conn, of).await?.ok_or_else(unknown)?;
        return Ok((Grant::TeamChat(team), format!("{short}的群")));
    }
    let post = posts::named(call, name).await?;
    Ok((Grant::Post(post.id), post.title))
}

/// A fresh code from the machine's randomness.
pub fn new_code() -> anyhow::Result<String> {
    let mut bytes = [0u8; LENGTH];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow::anyhow!("the machine gives no randomness: {error}"))?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}
