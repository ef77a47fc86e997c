//! The small menu that an item's button opens.

use crate::domain::ids::{CardId, TaskNo};
use crate::domain::tap::Tap;
use crate::wording::{Choice, Spoken};

/// The small menu of one item.
pub fn of(card: CardId, task: TaskNo, title: &str) -> Spoken {
    let news = vec![
        Choice::new("已办结", Tap::Done(card, task)),
        Choice::new("有进展", Tap::Progress(card, task)),
        Choice::new("有困难", Tap::Stuck(card, task)),
    ];
    let none = vec![
        Choice::new("无变化", Tap::NoChange(card, task)),
        Choice::new("知道了,过两天报", Tap::Later(card, task)),
    ];
    Spoken {
        text: format!("#{task} {title}:现在怎么样?直接回复一句话也行。"), choices: vec![news, none]
    }
}

/// The choice of per cents.
pub fn percents(card: CardId, task: TaskNo) -> Spoken {
    let button = |percent: u8| Choice::new(format!("{percent}%"), Tap::Percent(card, task, percent));
    let choices =
        [1..=3, 4..=6, 7..=9].into_iter().map(|row| row.map(|n| button(n * 10)).collect()).collect();
    Spoken { text: format!("#{task} 整体完成了多少?"), choices }
}

/// Asks for the difficulty in a line.
pub fn stuck(task: TaskNo) -> Spoken {
    Spoken::text(format!("请回复一句:#{task} 卡在哪里,需要谁协调。比如:#{task} 用地没批,请自然资源局协调"))
}
