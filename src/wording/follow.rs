//! What is said about what follows from a board.

use crate::domain::agenda::Waiting;
use crate::domain::ids::PaperId;
use crate::domain::paper::FollowUp;
use crate::domain::tap::Tap;
use crate::wording::signing::Told;
use crate::wording::{Choice, Spoken};

/// What it is called.
pub fn name(kind: FollowUp) -> &'static str {
    match kind {
        FollowUp::Experience => "经验交流",
        FollowUp::SelfReview => "检讨式发言",
        FollowUp::Talk => "约谈",
    }
}

/// The heads read what a board proposes.
pub fn proposed(told: &Told<'_>, kinds: &[(FollowUp, Vec<&str>)]) -> Spoken {
    let mut text = format!("【建议,仅负责人可见】{}", told.title);
    let mut choices = Vec::new();
    for (kind, names) in kinds {
        let why = if *kind == FollowUp::Talk { "(连续两期列后)" } else { "" };
        text.push_str(&format!("\n{}{why}:{}", name(*kind), names.join("、")));
        choices.push(vec![
            Choice::new(format!("安排{}", name(*kind)), Tap::Arrange(told.id, *kind, true)),
            Choice::new("不安排", Tap::Arrange(told.id, *kind, false)),
        ]);
    }
    text.push_str("\n点了才安排,安排了也只单独告知本单位;不点就什么也不做。");
    Spoken { text, choices }
}

/// The head has decided.
pub fn arranged(kind: FollowUp, agreed: bool, names: &[&str], by_hand: &[&str]) -> String {
    if !agreed {
        return format!("好的,不安排{}。", name(kind));
    }
    let mut text = format!("已安排 ✓ {}:{}", name(kind), names.join("、"));
    if !by_hand.is_empty() {
        text.push_str(&format!("\n联系不上、请转告:{}", by_hand.join("、")));
    }
    text
}

/// The unit is told, alone.
pub fn you_are_asked(kind: FollowUp, board: &str, unit: &str) -> String {
    match kind {
        FollowUp::Experience => format!("{unit}:请准备在调度会上作经验交流({board})。时间由督查室另告。"),
        FollowUp::SelfReview => {
            format!("{unit}:请准备在调度会上作检讨式发言,讲原因、措施和完成时间({board})。时间由督查室另告。")
        }
        FollowUp::Talk => format!("{unit}:请单位负责人近日到督查室当面谈一次工作({board})。只告知你单位。"),
    }
}

/// What still waits to be held. A talk in private is told by its number and not by name.
pub fn waiting(all: &[Waiting]) -> String {
    if all.is_empty() {
        return "没有安排了还没办的。".to_owned();
    }
    let line = |one: &Waiting| match one.kind {
        FollowUp::Talk => format!("{} 文件{}:{}家没谈", name(one.kind), one.paper, one.units.len()),
        kind => format!("{} 文件{}:{}", name(kind), one.paper, one.units.join("、")),
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Nothing of a paper waits to be held.
pub fn nothing_waits(paper: PaperId) -> String {
    format!("文件{paper}没有安排了还没办的。")
}

/// It was held.
pub fn held(all: &[(FollowUp, String)]) -> String {
    let of = |kind: FollowUp| {
        let names: Vec<&str> =
            all.iter().filter(|(one, _)| *one == kind).map(|(_, name)| name.as_str()).collect();
        (!names.is_empty()).then(|| format!("{}:{}", name(kind), names.join("、")))
    };
    let kinds: Vec<String> = FollowUp::ALL.iter().filter_map(|kind| of(*kind)).collect();
    format!("已记 ✓ {}", kinds.join(";"))
}
