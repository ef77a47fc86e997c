//! Promise R6, attacked: nobody acts beyond their role, and neither strangers nor forged, replayed or odd messages change
//! anything. What is compared is every table but those of what came in and what was answered.

use std::collections::BTreeMap;

use duban::commands::{ALL, Command};
use duban::domain::people::Role;
use duban::domain::tap::Tap;
use serde_json::json;

use crate::contents::contents;
use crate::fake_telegram::FakeFile;
use crate::office::Office;

/// What a message may touch without having changed anything: what came in, what was answered, and who was seen where.
const TALK: [&str; 5] = ["inbox", "letter", "account", "chat", "question"];

/// A Tuesday with cards in every chat and a claim to decide.
async fn tuesday() -> Office {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-28 10:00").await;
    office.says("县财政局局长", "县财政局局长", "#28 已办结").await;
    office
}

/// What counts: everything but talk, and of the accounts who holds which role.
async fn ledger(office: &Office) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = contents(&office.store)
        .await
        .into_iter()
        .filter(|(table, _)| !TALK.contains(&table.as_str()))
        .map(|(table, rows)| (table, rows.join("\n")))
        .collect();
    let roles = office
        .texts("select account_id || ' ' || coalesce(role, '-') from account where role is not null")
        .await;
    all.insert("roles".to_owned(), roles.join("\n"));
    let chats =
        office.texts("select title || state || office from chat where title not in ('闲聊', '陌生人', '县政府') order by 1").await;
    all.insert("chats".to_owned(), chats.join("\n"));
    all
}

/// Names the tables that changed, instead of printing all.
async fn assert_unchanged(office: &Office, before: &BTreeMap<String, String>, what: &str) {
    let after = ledger(office).await;
    let changed: Vec<&String> = after
        .iter()
        .filter(|(table, rows)| before.get(*table) != Some(rows))
        .map(|(table, _)| table)
        .collect();
    assert!(changed.is_empty(), "{what} changed {changed:?}");
}

fn may(role: Role, command: &dyn Command) -> bool {
    command.who().is_empty() || command.who().contains(&role)
}

#[tokio::test]
async fn nobody_orders_what_the_role_does_not_allow_in_whatever_form() {
    let office = tuesday().await;
    let mut tries = 0;
    for (who, role) in [
        ("县发改局局长", Some(Role::Leader)),
        ("县发改局联络员", Some(Role::Liaison)),
        ("督查室科员", Some(Role::Staff)),
        ("陌生人", None),
    ] {
        let before = ledger(&office).await;
        let forbidden = ALL.iter().filter(|command| match role {
            Some(role) => !may(role, **command),
            // Whoever has a code binds with it; nobody has given one out here.
            None => command.name() != "bind",
        });
        for command in forbidden {
            let example = command.example();
            let words = example.split_once(' ').map_or("", |(_, words)| words);
            for text in [
                format!("/{example}"),
                format!("/{} {words}", command.name()),
                format!("/{}@duban_bot {words}", command.name().to_uppercase()),
                format!("@duban_bot /{example}"),
            ] {
                let place = if tries % 2 == 0 { who } else { "财税组" };
                office.says(who, place, &text).await;
                tries += 1;
            }
        }
        assert_unchanged(&office, &before, &format!("{who} with orders beyond the role")).await;
    }
    println!("{tries} orders beyond the role, nothing changed");
    assert!(tries > 400, "only {tries} orders tried");
}

#[tokio::test]
async fn who_speaks_for_a_chat_a_channel_or_a_bot_is_nobody() {
    let office = tuesday().await;
    let before = ledger(&office).await;
    for text in ["#28 完成60%", "销号 28 县财政局 属实", "/销号 28", "@duban_bot 销号 28 属实", "绑定 督查室"]
    {
        let said = office.message("督查室值班员", "督查室", text);
        let with = |change: &dyn Fn(&mut serde_json::Value)| {
            let mut message = said.clone();
            change(&mut message);
            message
        };
        let group = json!({ "id": -1001, "type": "supergroup", "title": "督查室" });
        let channel = json!({ "id": -900, "type": "channel", "title": "县政府" });
        let bot = json!({ "id": 1_087_968_824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot" });
        let odd = [
            (
                "message",
                with(&|message| {
                    message["sender_chat"] = group.clone();
                    message["from"] = bot.clone();
                }),
            ),
            // An administrator's own account beside the chat that speaks makes no difference.
            ("message", with(&|message| message["sender_chat"] = channel.clone())),
            ("channel_post", with(&|message| message["chat"] = channel.clone())),
            ("message", with(&|message| message["from"]["is_bot"] = true.into())),
            ("message", with(&|message| message["from"] = serde_json::Value::Null)),
            (
                "message",
                with(&|message| {
                    message["forward_origin"] = json!({ "type": "user", "sender_user": { "id": 101, "is_bot": false, "first_name": "督查室值班员" }, "date": 1 });
                }),
            ),
            ("business_message", said.clone()),
            ("edited_channel_post", with(&|message| message["chat"] = channel.clone())),
        ];
        for (kind, message) in odd {
            office.fake.push_raw(json!({ kind: message }));
            office.settle().await;
            assert_unchanged(&office, &before, &format!("{text} as {kind} {message}")).await;
        }
    }
}

/// Every kind of button with small numbers, as somebody would guess them.
fn guesses() -> Vec<String> {
    let kinds = [
        "m", "d", "n", "l", "p", "s", "r", "u", "c", "b", "g", "x", "y", "z", "a", "w", "i", "j", "o", "e",
        "v", "f", "pr", "ps", "h", "ev", "su", "q", "pp", "pf", "%", "t", "k",
    ];
    let mut all = Vec::new();
    for kind in kinds {
        for numbers in ["1", "2", "1:28", "1:1", "2:28:50", "1:1:1", "1:28:20220630"] {
            let word = format!("{kind}:{numbers}");
            all.extend(Tap::read(&word).map(|_| word));
        }
    }
    all
}

#[tokio::test]
async fn a_guessed_button_does_nothing_for_anybody() {
    let office = tuesday().await;
    let guesses = guesses();
    assert!(guesses.len() > 60, "{}", guesses.len());
    let (card, review) = (office.card("财税组").id, office.card("督查室").id);
    let shown: Vec<String> = office
        .messages("督查室")
        .iter()
        .chain(&office.messages("财税组"))
        .flat_map(|message| message.buttons.iter().flatten().map(|button| button.data.clone()))
        .collect();
    let before = ledger(&office).await;
    for word in guesses.iter().filter(|word| !shown.contains(word)) {
        for (who, place, message) in
            [("陌生人", "财税组", card), ("县财政局局长", "财税组", card), ("督查室值班员", "督查室", review)]
        {
            let toast = office.forges(who, place, message, word).await;
            assert_eq!(toast, "这个按钮已经失效,请看最新的卡。", "{who} {word}");
        }
    }
    // And the real ones serve nobody who has no stake in them.
    for word in shown {
        for (place, message) in [("财税组", card), ("督查室", review)] {
            let toast = office.forges("陌生人", place, message, &word).await;
            assert!(!toast.is_empty(), "{word}");
        }
    }
    assert_unchanged(&office, &before, "a guessed button").await;
}

#[tokio::test]
async fn guessed_codes_bind_nobody() {
    let office = tuesday().await;
    office.says("督查室值班员", "督查室值班员", "邀请 县财政局局长").await;
    let before = ledger(&office).await;
    for n in 0..40 {
        office.says("陌生人", "陌生人", &format!("绑定 {:010}", n * 7_919)).await;
    }
    for text in [
        "绑定",
        "绑定 '; drop table invite; --",
        "绑定 %",
        "绑定 _",
        "绑定 *",
        "绑定 AAAAAAAAAA",
        "/start AAAAAAAAAA",
    ] {
        office.says("陌生人", "陌生人", text).await;
    }
    assert_unchanged(&office, &before, "a guessed code").await;
}

/// Words that other programs would take for more than words.
const HOSTILE: [&str; 8] = [
    "<b>完成</b>60%<script>alert(1)</script>",
    "[点这里](tg://user?id=101) *粗* _斜_ `码` 完成60%",
    "=HYPERLINK(\"http://x\",\"看\") 完成60%",
    "完成60% @all @督查室值班员",
    "\u{202e}%06成完 完成60%",
    "完成60%{{ 7*7 }}{% raw %}",
    "完成60%'; delete from report; --",
    "完成60%\u{0}\u{1b}[31m\u{7f}",
];

#[tokio::test]
async fn words_stay_words() {
    let office = tuesday().await;
    for (n, words) in HOSTILE.iter().enumerate() {
        office.says("县发改局局长", "县发改局局长", &format!("#28 {words}")).await;
        let kept = office.count("select count(*) from report where undone_at is null").await;
        assert!(kept > i64::try_from(n).expect("few"), "{words}: {}", office.last("县发改局局长"));
    }
    office.says("督查室科员", "督查室", "事项 28").await;
    let parsed = office.fake.calls().iter().filter(|call| call.arguments.get("parse_mode").is_some()).count();
    assert_eq!(parsed, 0, "nothing is sent as markup");
    assert!(office.last("督查室").contains("<script>"), "as it was written: {}", office.last("督查室"));
}

fn document(name: &str) -> FakeFile {
    FakeFile {
        name: name.to_owned(),
        bytes: b"%PDF-1.4".to_vec(),
        caption: "#28 已办结".to_owned(),
        ..FakeFile::default()
    }
}

#[tokio::test]
async fn the_name_of_a_file_leads_nowhere() {
    let office = tuesday().await;
    let names = [
        "../../../../etc/cron.d/x.pdf",
        "..\\..\\x.pdf",
        "/etc/passwd.pdf",
        "a\u{0}b.pdf",
        "\u{202e}fdp.exe.pdf",
        "con.pdf",
        "",
        "很长".repeat(300).as_str(),
    ]
    .map(str::to_owned);
    for name in &names {
        office.sends("县财政局局长", "县财政局局长", document(name)).await;
    }
    office.says("督查室科员", "督查室", "佐证 28").await;
    let handed = office.handed_over("督查室");
    assert!(handed.len() > 4, "{handed:?}");
    for (name, _) in handed {
        let plain = |c: char| !c.is_control() && !"/\\\u{202a}\u{202e}\u{2066}\u{2069}".contains(c);
        assert!(name.chars().all(plain) && !name.starts_with('.') && name.len() <= 255, "{name:?}");
    }
}
