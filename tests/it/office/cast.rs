//! Who is who: fixed persons on fixed posts, and the chats in which they meet.

use duban::domain::ids::{ChatId, PostId, TeamId, UnitId};
use duban::domain::people::Role;
use duban::store::chats::{self, Serves};
use duban::store::history::Cause;
use duban::store::{Connection, people};

use super::Office;
use crate::fake_telegram::{FakeChat, FakeKind, FakePerson};

/// What somebody or some chat stands for.
#[derive(Clone, Copy)]
enum Part {
    Role(Role),
    Post(&'static str),
    Office,
    Unit(&'static str),
    Team(&'static str),
    Townships,
    Nothing,
}

/// Persons: name, account, part. A private chat has the number of its person.
const PERSONS: [(&str, i64, Part); 9] = [
    ("督查室值班员", 101, Part::Role(Role::Admin)),
    ("督查室负责人", 102, Part::Role(Role::Head)),
    ("督查室科员", 103, Part::Role(Role::Staff)),
    ("县发改局局长", 111, Part::Post("fgj.head")),
    ("县发改局联络员", 112, Part::Post("fgj.liaison")),
    ("县财政局局长", 113, Part::Post("czj.head")),
    ("成富乡乡长", 114, Part::Post("chengfu.head")),
    ("县人社局局长", 115, Part::Post("rsj.head")),
    ("陌生人", 199, Part::Nothing),
];

/// Groups: title, number, part.
const GROUPS: [(&str, i64, Part); 5] = [
    ("督查室", -1001, Part::Office),
    ("县发改局", -1002, Part::Unit("fgj")),
    ("财税组", -1003, Part::Team("CS")),
    ("乡镇", -1004, Part::Townships),
    ("闲聊", -1005, Part::Nothing),
];

/// The townships of the sample plan.
const TOWNSHIPS: [&str; 7] =
    ["chengfu", "dongfeng", "yongsheng", "xinhua", "xiangyang", "shuangquan", "qingsong"];

/// Somebody by name.
pub fn person(name: &str) -> FakePerson {
    let found = PERSONS.iter().find(|(known, ..)| *known == name);
    let (name, id, _) = found.unwrap_or_else(|| panic!("nobody here is called {name}"));
    FakePerson { id: *id, name: (*name).to_owned() }
}

/// A chat by title; the name of a person is the private chat with them.
pub fn chat(title: &str) -> FakeChat {
    if let Some((title, id, _)) = GROUPS.iter().find(|(known, ..)| *known == title) {
        return FakeChat { id: *id, kind: FakeKind::Supergroup, title: (*title).to_owned(), topic: None };
    }
    let who = person(title);
    FakeChat { id: who.id, kind: FakeKind::Private, title: who.name, topic: None }
}

/// Puts everybody in their place, straight into the database.
pub async fn bind_everybody(office: &Office) {
    let cause = Cause::console(office.now().at());
    let mut tx = office.store.write().await.expect("a write");
    for (name, id, part) in PERSONS {
        bind_person(&mut tx, (name, id, part), &cause).await;
    }
    for (title, _, part) in GROUPS {
        bind_group(&mut tx, title, part, &cause).await;
    }
    tx.commit().await.expect("written");
}

async fn bind_person(conn: &mut Connection, (name, id, part): (&str, i64, Part), cause: &Cause) {
    if matches!(part, Part::Nothing) {
        return;
    }
    let named = people::Named { channel: "telegram", external: &id.to_string(), name };
    let account = people::note(conn, named).await.expect("an account");
    match part {
        Part::Role(role) => people::set_role(conn, account, role, cause).await.expect("a role"),
        Part::Post(code) => {
            let post = post(conn, code).await;
            people::appoint(conn, account, post, cause).await.expect("a post");
        }
        _ => unreachable!("persons have roles and posts"),
    }
    let chat = note(conn, name).await;
    people::set_private_chat(conn, account, chat).await.expect("a chat");
}

async fn bind_group(conn: &mut Connection, title: &str, part: Part, cause: &Cause) {
    let serves = match part {
        Part::Office => vec![Serves::Office],
        Part::Unit(code) => vec![Serves::Unit(unit(conn, code).await)],
        Part::Team(code) => vec![Serves::Team(team(conn, code).await)],
        Part::Townships => {
            let mut all = Vec::new();
            for code in TOWNSHIPS {
                all.push(Serves::Unit(unit(conn, code).await));
            }
            all
        }
        _ => return,
    };
    let chat = note(conn, title).await;
    for one in serves {
        chats::bind(conn, chat, one, cause).await.expect("bound");
    }
}

async fn note(conn: &mut Connection, title: &str) -> ChatId {
    let chat = chat(title);
    let group = chat.kind != FakeKind::Private;
    let external = chat.id.to_string();
    let named = chats::Named { channel: "telegram", external: &external, topic: "", group, title };
    chats::note(conn, named).await.expect("a chat").id
}

async fn post(conn: &mut Connection, code: &str) -> PostId {
    people::post_by_name(conn, code).await.expect("a look").expect("the post is in the roster").0
}

async fn unit(conn: &mut Connection, code: &str) -> UnitId {
    people::unit_by_name(conn, code).await.expect("a look").expect("the unit is in the roster").id
}

async fn team(conn: &mut Connection, code: &str) -> TeamId {
    people::team_by_name(conn, code).await.expect("a look").expect("the team is in the roster").0
}
