//! What the facts of the second quarter add up to, counted by hand from the script of [`super::played`].
//!
//! #16.4 (宣讲, 31 May) binds 7 townships and 6 departments: 成富乡 never claims, 新华镇's claim is not decided, 县财政局 claims on
//! 8 June, 东风镇 is sent back and claims again on 2 June, 永胜镇 is sent back and claims again in time. #3.2 (销号, 30 June)
//! binds 32 units: 成富乡 and 县文旅局 never claim, 县农业农村局's claim is not decided.

use std::collections::BTreeMap;

use duban::app::export::Office;
use duban::assess::board::{Board, End, board, figures};
use duban::assess::digest::{Since, digest};
use duban::assess::facts::{Facts, Item};
use duban::assess::score::{Score, scores};
use duban::assess::sums::{Filed, Lights, Span};
use duban::domain::filing::{FilingState, Owner};

use super::played::day;

fn quarter() -> Span {
    Span { from: day("2022-04-01"), until: day("2022-06-30") }
}

/// How many filings of a duty stand in each state.
fn states(facts: &Facts, label: &str) -> BTreeMap<&'static str, usize> {
    let mut states = BTreeMap::new();
    for item in facts.items.iter().filter(|item| facts.label(item) == label) {
        *states.entry(item.filing.standing.state.as_str()).or_default() += 1;
    }
    states
}

/// The numbers of the quarter.
pub fn of_the_quarter(facts: &Facts) {
    assert_eq!(states(facts, "#16.4"), BTreeMap::from([("accepted", 11), ("claimed", 1), ("open", 1)]));
    assert_eq!(states(facts, "#3.2"), BTreeMap::from([("accepted", 29), ("claimed", 1), ("open", 2)]));
    let filed = facts.filed_in(quarter());
    let Filed { owed, accepted, claimed, missing, open, exempt } = filed;
    assert_eq!((claimed, open, exempt), (2, 0, 0));
    assert_eq!(owed, accepted + claimed + missing + open, "every filing stands in one place");
    let lights = facts.lights();
    assert_eq!(lights.all(), 69, "every task has one light");
    let teams = facts.lights_by_team();
    assert_eq!(teams.values().map(Lights::all).sum::<i64>(), lights.all());
    assert_eq!(teams.values().map(|lights| lights.red).sum::<i64>(), lights.red);
    let told = digest(facts, None, quarter());
    let accepted: Vec<(&str, usize)> =
        told.accepted.iter().map(|group| (group.label.as_str(), group.owners.len())).collect();
    assert_eq!(accepted, [("#3.2", 29), ("#16.4", 11)]);
    let lagging = told.lagging.iter().find(|group| group.label == "#16.4").expect("one lags");
    assert_eq!(lagging.owners, ["成富乡"]);
    of_the_boards(facts);
}

fn score<'a>(facts: &Facts, scores: &'a BTreeMap<Owner, Score>, name: &str) -> &'a Score {
    let (owner, _) = scores.iter().find(|(owner, _)| facts.owner(**owner) == name).expect("is scored");
    &scores[owner]
}

fn of_the_boards(facts: &Facts) {
    let rules = Office::read(std::path::Path::new("config/papers")).expect("the shipped rules").rules;
    let scores = scores(facts, quarter(), rules.score);
    // Results weigh 70 (half of it when late), to be accepted at first 30; 100 is everything.
    for (unit, tenths) in [
        ("县发改局", Some(1000)),
        ("县财政局", Some(825)),
        ("东风镇", Some(675)),
        ("永胜镇", Some(850)),
        ("新华镇", Some(1000)),
        ("成富乡", Some(0)),
        ("县文旅局", Some(0)),
        ("县农业农村局", None),
    ] {
        assert_eq!(score(facts, &scores, unit).tenths, tenths, "{unit}");
    }
    let figures = figures(&scores);
    let find = |name: &str| rules.board.iter().find(|rule| rule.name == name).expect("the board is there");
    let towns = board(facts, find("乡镇排序榜"), &figures);
    assert_eq!(
        lines(&towns),
        [
            "1 双泉乡 top",
            "1 向阳乡 top",
            "1 新华镇 top",
            "1 青松乡 top",
            "5 永胜镇 bottom",
            "6 东风镇 bottom",
            "7 成富乡 bottom",
        ]
    );
    // 21 units share the first rank: that is no top. They share the border of the bottom too, and are not named there.
    let offices = board(facts, find("部门红黑榜"), &figures);
    assert_eq!(offices.rows.len(), 23);
    assert_eq!(lines(&offices)[20..], ["1 县营商环境局 ", "22 县财政局 bottom", "23 县文旅局 bottom"]);
    assert_eq!(offices.uncounted, ["县农业农村局"], "its only claim was not decided");
    let ranked = |name: &str| offices.rows.iter().any(|row| row.name == name);
    assert!(!ranked("友谊生态环境局") && !ranked("县纪委监委机关") && !ranked("县政府"));
}

fn lines(board: &Board) -> Vec<String> {
    let end = |end: Option<End>| match end {
        Some(End::Top) => "top",
        Some(End::Bottom) => "bottom",
        None => "",
    };
    board.rows.iter().map(|row| format!("{} {} {}", row.rank, row.name, end(row.end))).collect()
}

/// Facts of a day are the same whenever they are asked for.
pub fn same(then: &Facts, later: &Facts) {
    assert_eq!(then.items.len(), later.items.len());
    let by_id: BTreeMap<_, &Item> = later.items.iter().map(|item| (item.filing.id, item)).collect();
    for item in &then.items {
        let again = by_id[&item.filing.id];
        assert_eq!(
            item.filing.standing,
            again.filing.standing,
            "{} {}",
            then.label(item),
            item.filing.period
        );
        assert_eq!(item.course, again.course);
        assert_eq!(item.filing.was_overdue, again.filing.was_overdue);
    }
    assert_eq!(then.lights(), later.lights());
    assert_eq!(digest(then, None, quarter()), digest(later, None, quarter()));
}

/// What July makes of what June named.
pub fn follow_up(june: &Facts, july: &Facts) {
    let span = Span { from: day("2022-07-01"), until: day("2022-07-31") };
    let told = digest(july, Some(june), span);
    assert_eq!(told.closed.iter().map(|(no, _)| no.0).collect::<Vec<_>>(), [32]);
    assert_eq!(told.before, Some(june.lights()));
    let since = |since: Since, label: &str| {
        let groups = told.followed.iter().filter(|one| one.since == since).flat_map(|one| &one.groups);
        groups.filter(|group| group.label == label).flat_map(|group| group.owners.clone()).collect::<Vec<_>>()
    };
    assert_eq!(since(Since::Still, "#16.4"), ["成富乡"]);
    assert_eq!(since(Since::Eased, "#28"), ["财税组"], "the land was granted");
    let hurdle = told.hurdles.iter().find(|hurdle| hurdle.label == "#46").expect("a hurdle");
    assert_eq!((hurdle.owner.as_str(), hurdle.needs.as_deref()), ("城乡组", Some("县财政局")));
    // Whoever was overdue once stays so in the ledger, however it ended.
    let czj = july
        .items
        .iter()
        .find(|item| july.label(item) == "#16.4" && july.owner(item.filing.owner) == "县财政局");
    let czj = czj.expect("owed");
    assert!(czj.filing.was_overdue && czj.filing.standing.state == FilingState::Accepted);
}

/// What a year adds up to.
pub fn of_the_year(facts: &Facts) {
    let span = |from: &str, until: &str| Span { from: day(from), until: day(until) };
    let year = facts.filed_in(span("2022-01-01", "2022-12-31"));
    let quarters = [
        ("2022-01-01", "2022-03-31"),
        ("2022-04-01", "2022-06-30"),
        ("2022-07-01", "2022-09-30"),
        ("2022-10-01", "2022-12-31"),
    ];
    let quarters = quarters.map(|(from, until)| facts.filed_in(span(from, until)));
    assert_eq!(quarters[0], Filed::default(), "before the notice nothing was owed");
    for of in [
        |filed: &Filed| filed.owed,
        |filed: &Filed| filed.accepted,
        |filed: &Filed| filed.claimed,
        |filed: &Filed| filed.missing,
        |filed: &Filed| filed.open,
        |filed: &Filed| filed.exempt,
    ] {
        assert_eq!(quarters.iter().map(of).sum::<i64>(), of(&year), "the quarters add up to the year");
    }
    let states_of = |label: &str, period: &str| {
        let of = |item: &&Item| facts.label(item) == label && item.filing.period.to_string() == period;
        facts
            .items
            .iter()
            .filter(of)
            .filter(|item| item.filing.standing.state == FilingState::Accepted)
            .count()
    };
    // 32 units: 县文旅局 and 县水务局 made autumn good in winter, 成富乡 did not claim then.
    assert_eq!((states_of("#3.2", "2022Q3"), states_of("#3.2", "2022Q4")), (32, 31));
    let late = facts.items.iter().filter(|item| {
        facts.label(item) == "#3.2" && item.filing.period.to_string() == "2022Q3" && item.filing.was_overdue
    });
    let late: Vec<&str> = late.map(|item| facts.owner(item.filing.owner)).collect();
    assert_eq!(late, ["县文旅局", "县水务局"], "history is not rewritten");
    let told = digest(facts, None, span("2022-01-01", "2022-12-31"));
    let target = told.targets.iter().find(|target| target.label == "#43").expect("a target");
    assert_eq!((target.reached.as_str(), target.percent, target.expected), ("2/3户", 66, Some(100)));
}
