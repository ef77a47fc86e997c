//! The four systems of an item in words.

use crate::rules::systems::{Gap, Systems};
use crate::wording::names;

fn gap_word(gap: Gap) -> &'static str {
    match gap {
        Gap::Leads => "没人牵头",
        Gap::Pushed => "没有时限和频次",
        Gap::Measured => "没有考核依据",
        Gap::Answers => "没有责任人",
    }
}

/// The four systems of one item.
pub fn systems_of(all: &[Systems]) -> String {
    let Some(one) = all.first() else {
        return "没有这个在办事项。发“清单”看编号。".to_owned();
    };
    let list = |words: &[String]| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if words.is_empty() { "缺".to_owned() } else { names(&words, 4) }
    };
    format!(
        "#{} {}\n谁管:{}\n怎么推:{}\n怎么考:{}\n谁负责:{}",
        one.task,
        one.title,
        one.leads.as_deref().unwrap_or("缺"),
        list(&one.pushed),
        list(&one.measured),
        list(&one.answers),
    )
}

/// The items that lack one of the four systems, by what they lack.
pub fn systems(all: usize, lacking: &[(&Systems, Vec<Gap>)]) -> String {
    let mut text = format!("四体系:在办{all}项,齐的{}项", all - lacking.len());
    for gap in [Gap::Leads, Gap::Pushed, Gap::Measured, Gap::Answers] {
        let tasks: Vec<String> = lacking
            .iter()
            .filter(|(_, gaps)| gaps.contains(&gap))
            .map(|(one, _)| format!("#{}", one.task))
            .collect();
        if !tasks.is_empty() {
            text.push_str(&format!("\n{} {}项:{}", gap_word(gap), tasks.len(), tasks.join(" ")));
        }
    }
    text.push_str("\n看一项:四体系 编号");
    text
}
