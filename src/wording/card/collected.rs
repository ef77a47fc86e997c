//! What the units filed for the items that a unit leads: on a private card of its own, or below what its leader owes himself.

use crate::domain::card::Card;
use crate::domain::collected::Collected;
use crate::wording::card::View;
use crate::wording::{day_seen_from, names, short, weekday};

/// Duties of one card.
const DUTIES: usize = 8;
/// Names in a line.
const NAMES: usize = 8;
/// Units of a duty whose words are told.
const WORDS: usize = 3;
/// Characters of what a unit wrote.
const LENGTH: usize = 24;

pub(super) fn text(collected: &[Collected], card: &Card, view: View<'_>) -> String {
    format!(
        "【牵头汇总】{} · {} {}{}{}",
        card.chat,
        day_seen_from(card.day, view.now.today()),
        weekday(card.day),
        if card.late { "(因故晚发)" } else { "" },
        lines(collected),
    )
}

/// The same below the items of a card.
pub(super) fn below(collected: &[Collected]) -> String {
    format!("\n【牵头汇总】您牵头的{}", lines(collected))
}

fn lines(collected: &[Collected]) -> String {
    let mut text: String = collected.iter().take(DUTIES).map(duty).collect();
    if collected.len() > DUTIES {
        text.push_str(&format!("\n……共{}件", collected.len()));
    }
    let Some(first) = collected.first() else { return text };
    let task = first.task;
    if collected.iter().any(|one| !one.silent.is_empty()) {
        text.push_str(&format!("\n看每一家:矩阵 {task};提醒没报的:催办 {task}。只供您掌握,不用回复。"));
    } else {
        text.push_str(&format!("\n看每一家:矩阵 {task}。只供您掌握,不用回复。"));
    }
    text
}

fn duty(one: &Collected) -> String {
    let filed = one.counted - one.silent.len();
    let period = one.period.chinese();
    let Some(title) = &one.title else {
        return format!("\n◆ #{} 内部事项({period}) 报了{filed}/{}家", one.task, one.counted);
    };
    let name = if one.duty.is_empty() || *title == one.duty { title } else { &one.duty };
    let mut text = format!("\n◆ #{} {}({period}) 报了{filed}/{}家", one.task, short(name, 16), one.counted);
    if let Some(reached) = &one.reached {
        text.push_str(&format!(",合计{reached}"));
    }
    if filed == 0 {
        text.push_str(",都没报");
    } else if !one.silent.is_empty() {
        let silent: Vec<&str> = one.silent.iter().map(String::as_str).collect();
        text.push_str(&format!("\n   没报:{}", names(&silent, NAMES)));
    }
    for (owner, blocker) in one.stuck.iter().take(WORDS) {
        text.push_str(&format!("\n   {owner}有困难:{}", short(blocker, LENGTH)));
    }
    if one.stuck.len() > WORDS {
        text.push_str(&format!("\n   ……有困难的共{}家", one.stuck.len()));
    }
    for (owner, said) in one.said.iter().filter(|(_, said)| says_something(said)).take(WORDS) {
        // The line names the item already.
        let said = said.strip_prefix(&format!("#{}", one.task)).unwrap_or(said).trim_start();
        text.push_str(&format!("\n   {owner}:{}", short(said, LENGTH)));
    }
    text
}

/// A bare "done" says no more than the count does.
fn says_something(said: &str) -> bool {
    said.chars().count() > 6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::TaskNo;
    use crate::domain::period::Period;
    use crate::domain::quantity::Quantity;

    fn collected() -> Collected {
        Collected {
            task: TaskNo(15),
            title: Some("走访企业".to_owned()),
            duty: "暖企行动".to_owned(),
            period: Period::Quarter { year: 2022, quarter: 2 },
            counted: 4,
            silent: vec!["甲局".to_owned()],
            stuck: vec![("乙局".to_owned(), "没有名单".to_owned())],
            said: vec![
                ("丙局".to_owned(), "走访了6户,反映用电贵".to_owned()),
                ("丁局".to_owned(), "已办".to_owned()),
            ],
            reached: Some(Quantity::new(9.0, "户")),
        }
    }

    #[test]
    fn the_count_comes_first_then_who_is_missing_then_what_was_said() {
        assert_eq!(
            lines(&[collected()]),
            "\n◆ #15 暖企行动(二季度) 报了3/4家,合计9户\n   没报:甲局\n   乙局有困难:没有名单\n   丙局:走访了6户,反映用电贵\
             \n看每一家:矩阵 15;提醒没报的:催办 15。只供您掌握,不用回复。"
        );
    }

    #[test]
    fn of_a_confidential_item_only_its_number_is_told() {
        let told = lines(&[Collected { title: None, ..collected() }]);
        assert!(told.contains("#15 内部事项(二季度) 报了3/4家"), "{told}");
        assert!(!told.contains("暖企") && !told.contains("甲局"), "{told}");
    }
}
