//! Whoever leads an item hears, when a round has ended, what the others filed: in private and once.

use crate::office::Office;

#[tokio::test]
async fn the_lead_is_told_in_private_what_came_of_a_round_and_what_did_not() {
    let office = Office::open("2022-06-20 08:00").await;
    office.wait_until("2022-06-28 09:00").await;
    office.says("县财政局局长", "县财政局局长", "#5 本月已调度,用地没批,请自然资源局协调").await;
    office.says("成富乡乡长", "成富乡乡长", "#5 本月调度会已开,两个项目已进场").await;
    let leaders = ["县发改局局长", "县财政局局长"];
    let told = |place: &str| {
        let cards = office.cards(place).into_iter();
        cards.map(|card| card.text).filter(|text| text.contains("牵头汇总")).collect::<Vec<_>>()
    };
    office.wait_until("2022-06-30 18:00").await;
    assert!(leaders.iter().all(|leader| told(leader).is_empty()), "its day is not over");

    office.wait_until("2022-07-01 18:00").await;
    let summary = told("县发改局局长").pop().expect("a summary");
    assert!(summary.contains("◆ #5 ") && summary.contains("(6月) 报了2/13家"), "{summary}");
    assert!(summary.contains("县财政局有困难:用地没批"), "{summary}");
    assert!(summary.contains("成富乡:本月调度会已开"), "{summary}");
    assert!(summary.contains("\n   没报:") && summary.contains("提醒没报的:催办 5"), "{summary}");
    assert!(!summary.contains("#19"), "another leads that: {summary}");
    assert!(told("县财政局局长").is_empty(), "it leads nothing");
    assert!(!office.chat("县发改局").contains("牵头汇总"), "in no group");

    office.wait_until("2022-07-28 18:00").await;
    assert_eq!(told("县发改局局长").len(), 1, "once a round");
    office.wait_until("2022-08-01 18:00").await;
    let (count, last) = (told("县发改局局长").len(), told("县发改局局长").pop());
    assert_eq!(count, 2);
    assert!(last.is_some_and(|text| text.contains("(7月) 报了")));
}
