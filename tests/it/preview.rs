//! The preview of a whole year on the sample plan: kept as a readable file and checked for what may never happen.

use std::collections::BTreeMap;
use std::process::Command;

use chrono::{DateTime, NaiveDateTime};
use duban::app::demo::{Demo, START};
use duban::app::preview::{Form, of_store};
use duban::commands::preview::Wish;
use duban::config;
use duban::domain::now::Now;
use duban::rules::preview::Assume;
use serde_json::Value;

use crate::office::Office;
use crate::office::look::plain;

fn wish(from: &str, until: &str, assume: Assume) -> Wish {
    let (from, until) = (from.parse().expect("a day"), until.parse().expect("a day"));
    Wish { from, until, post: None, team: None, task: None, assume }
}

fn year(assume: Assume) -> Wish {
    wish("2022-01-01", "2022-12-31", assume)
}

async fn foreseen(wish: &Wish, form: Form<'_>) -> String {
    let demo = Demo::open(START.parse().expect("a time"), 0).await.expect("a demo");
    let said = of_store(demo.store(), demo.settings(), &demo.now(), wish, form).await.expect("a preview");
    demo.close().await;
    said
}

#[tokio::test]
async fn the_whole_of_2022_can_be_read_before_it_is_sent() {
    insta::assert_snapshot!("2022", foreseen(&year(Assume::Silence), Form::Text).await);
    insta::assert_snapshot!("2022-done-on-time", foreseen(&year(Assume::DoneOnTime), Form::Text).await);
}

#[tokio::test]
async fn no_card_of_the_year_is_sent_at_a_wrong_time_or_to_somebody_who_heard_enough() {
    let settings = config::shipped();
    for assume in Assume::ALL {
        let told = foreseen(&year(*assume), Form::Json).await;
        let told: Value = serde_json::from_str(&told).expect("json");
        let cards = told["cards"].as_array().expect("cards");
        assert!(cards.len() > 300, "{}", cards.len());
        let mut heard: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
        let mut days = Vec::new();
        for card in cards {
            let at = card["at"].as_str().expect("a time");
            let local: NaiveDateTime = at.parse().expect("a time");
            let now =
                Now::new(Now::new(DateTime::UNIX_EPOCH, settings.zone).instant_of(local), settings.zone);
            assert!(settings.policy.may_speak(&now, &settings.calendar), "a card at {at}");
            days.push(at[..10].to_owned());
            // What the office is asked to decide is its own desk.
            if card["kind"] == "review" {
                continue;
            }
            for person in card["people"].as_array().expect("people") {
                let of_day = heard.entry((at[..10].to_owned(), person.to_string())).or_default();
                of_day.0 += 1;
                of_day.1 += usize::from(card["private"] == Value::Bool(false));
            }
        }
        let too_many = heard.iter().find(|(_, (all, groups))| *all > 2 || *groups > 1);
        assert_eq!(too_many, None, "above the budget");
        assert!(days.iter().any(|day| day == "2022-10-08"), "the make-up Saturday");
    }
}

#[tokio::test]
async fn what_is_done_on_time_is_asked_for_once() {
    let told = foreseen(&wish("2022-06-27", "2022-07-08", Assume::DoneOnTime), Form::Json).await;
    for word in ["not-filed", "missed", "overdue", "escalated"] {
        assert!(!told.contains(word), "{word}");
    }
    assert!(told.contains("round-month") && told.contains("round-week"));
}

#[tokio::test]
async fn a_preview_can_be_narrowed_to_a_post_a_team_or_an_item() {
    let all = wish("2022-06-27", "2022-07-08", Assume::Silence);
    let post = Wish { post: Some("县发改局局长".to_owned()), ..all.clone() };
    let told: Value = serde_json::from_str(&foreseen(&post, Form::Json).await).expect("json");
    let cards = told["cards"].as_array().expect("cards");
    assert!(!cards.is_empty());
    for card in cards {
        assert!(card["people"].as_array().expect("people").iter().any(|name| name == "县发改局局长"));
    }
    let team = plain(&foreseen(&Wish { team: Some("财税组".to_owned()), ..all.clone() }, Form::Text).await);
    assert!(team.contains("财税组工作群(3人) · 9项") && !team.contains("#7"), "{team}");
    let task = foreseen(&Wish { task: Some(duban::domain::ids::TaskNo(7)), ..all }, Form::Text).await;
    assert!(task.contains("#7") && !task.contains("#28"), "{task}");
}

#[tokio::test]
async fn a_calendar_program_gets_an_event_for_every_card() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("preview.ics");
    let said = foreseen(&wish("2022-12-20", "2022-12-31", Assume::Silence), Form::Calendar(&file)).await;
    let text = std::fs::read_to_string(&file).expect("the file");
    let events = text.matches("BEGIN:VEVENT").count();
    assert!(events > 40 && said.starts_with(&format!("{events}张卡")), "{said}");
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.contains("DTSTART:20221230T010000Z"), "nine in the morning in Shanghai");
    let mut ids: Vec<&str> = text.lines().filter(|line| line.starts_with("UID:")).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), events, "one id a card");
    assert!(text.lines().all(|line| line.len() <= 75), "RFC 5545 folds long lines");
}

#[tokio::test]
async fn the_office_looks_ahead_in_chat() {
    let office = Office::open("2022-06-24 08:00").await;
    office.wait_until("2022-06-24 10:00").await;
    office.says("督查室科员", "督查室", "/预演 3天 财税组").await;
    let told = office.last("督查室");
    assert!(told.starts_with("【预演】2022年6月24日至2022年6月27日"), "{told}");
    assert!(told.contains("6月27日 周一\n  09:00 财税组(") && told.contains("每月例行"), "{told}");
    office.says("督查室科员", "督查室", "/预演 县水务局局长").await;
    assert!(office.last("督查室").contains("还没有人绑定"), "{}", office.last("督查室"));
    office.says("县发改局局长", "县发改局", "/预演").await;
    assert!(office.last("县发改局").contains("要督查室的人来办"));
    // And then it comes as foreseen.
    office.wait_until("2022-06-27 09:00").await;
    assert!(office.card("财税组").text.contains("每月例行"));
}

#[test]
fn the_command_line_foresees_the_sample_plan_where_nothing_was_imported() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_duban")).args(args).current_dir(folder.path()).output();
        let out = out.expect("the program");
        (out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned())
    };
    let (fine, said) = run(&["preview", "--from", "2022-10-01", "--to", "2022-10-09", "--task", "7"]);
    assert!(fine && said.contains("2022年10月8日 周六"), "{said}");
    assert!(!said.contains("2022年10月7日 "), "{said}");
    let (fine, _) = run(&["preview", "--from", "2022-10-09", "--to", "2022-10-01"]);
    assert!(!fine);
}
