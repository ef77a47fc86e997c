//! The shipped settings, and what is said about wrong ones.

use super::*;

#[test]
fn the_shipped_settings_are_right() {
    let settings = shipped();
    assert_eq!(settings.policy.rounds.len(), 5);
    assert_eq!(settings.zone, chrono_tz::Asia::Shanghai);
}

#[test]
fn every_mistake_is_told_at_once_with_its_line() {
    let text = DEFAULTS
        .replace("Asia/Shanghai", "Mars/Olympus")
        .replace("[7, 3, 1]", "[1, 3]")
        .replace("0 0 9 * * Mon", "0 0 9 * * 1");
    let mistakes = read(&text, "duban.toml", None).expect_err("four mistakes").0;
    let keys: Vec<_> = mistakes.iter().map(|mistake| mistake.key.as_str()).collect();
    assert_eq!(keys, ["zone", "nudge.before", "agenda.opens", "round.opens/due"]);
    for mistake in &mistakes {
        let line = text.lines().nth(mistake.line - 1).expect("the line is there");
        let word = mistake.key.rsplit('.').next().expect("a key");
        assert!(
            line.contains(word.split('/').next().expect("a word")),
            "{mistake:?} does not point at its line: {line}"
        );
    }
}

#[test]
fn a_misspelt_key_is_named() {
    let mistakes =
        read(&DEFAULTS.replace("cards_a_day", "cards_per_day"), "duban.toml", None).expect_err("a mistake");
    assert!(mistakes.to_string().contains("cards_per_day"), "{mistakes}");
}

#[test]
fn a_file_needs_to_hold_only_what_differs() {
    let dir = tempfile::tempdir().expect("a folder");
    let holidays = dir.path().join("days.toml");
    std::fs::write(&holidays, HOLIDAYS).expect("a file");
    let path = dir.path().join("duban.toml");
    std::fs::write(&path, format!("holidays = {holidays:?}\n[web]\nlisten = \"127.0.0.1:9\"\n"))
        .expect("a file");
    let settings = load(&path).expect("settings");
    assert_eq!((settings.listen.as_str(), settings.policy.rounds.len()), ("127.0.0.1:9", 5));
}

#[test]
fn a_round_may_leave_its_due_day_where_it_is_and_be_answered_by_the_lead() {
    let text = DEFAULTS.replacen(
        "due = \"0 0 17 * * Fri\"",
        "due = \"0 0 17 * * Fri\"\nshift = \"none\"\nfiles = \"lead\"",
        1,
    );
    let policy = read(&text, "duban.toml", None).expect("sound").policy;
    assert_eq!(policy.round(Cadence::Week).map(|round| round.files), Some(Files::Lead));
    assert_eq!(policy.round(Cadence::Month).map(|round| round.files), Some(Files::Responsible));
    let week = "2022-W22".parse().expect("a week");
    let round = policy.round(Cadence::Week).expect("a round");
    let window = round.timing.window(week, &shipped().calendar).expect("a window");
    assert_eq!(window.due.date().to_string(), "2022-06-03", "a holiday Friday is kept");
}
