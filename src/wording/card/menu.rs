//! The small menu that an item's button opens, and what stands behind its entries.

use chrono::NaiveDate;

use crate::domain::ids::{CardId, TaskNo};
use crate::domain::tap::Tap;
use crate::wording::{Choice, Spoken, day_seen_from, weekday};

/// What most often holds an item up, as the button says it and as it is recorded.
const HURDLES: [(&str, &str); 6] = [
    ("用地", "用地没落实"),
    ("资金", "资金没到位"),
    ("手续", "手续没批下来"),
    ("人手", "人手不够"),
    ("施工条件", "不具备施工条件"),
    ("协调", "要上级协调"),
];

/// The small menu of one item; `sums_up` where the months that were reported make a draft of the quarter.
pub fn of(card: CardId, task: TaskNo, title: &str, sums_up: bool) -> Spoken {
    let news = vec![
        Choice::new("已办结", Tap::Done(card, task)),
        Choice::new("有进展", Tap::Progress(card, task)),
        Choice::new("有困难", Tap::Stuck(card, task)),
    ];
    let none = vec![
        Choice::new("无变化", Tap::NoChange(card, task)),
        Choice::new("过几天报", Tap::Later(card, task)),
    ];
    let mut choices = vec![news, none];
    if sums_up {
        choices.push(vec![Choice::new("用已报的各月汇总", Tap::SumUp(task))]);
    }
    Spoken { text: format!("#{task} {title}:现在怎么样?直接回复一句话也行。"), choices }
}

/// The choice of per cents.
pub fn percents(card: CardId, task: TaskNo) -> Spoken {
    let button = |percent: u8| Choice::new(format!("{percent}%"), Tap::Percent(card, task, percent));
    let choices =
        [1..=3, 4..=6, 7..=9].into_iter().map(|row| row.map(|n| button(n * 10)).collect()).collect();
    Spoken { text: format!("#{task} 整体完成了多少?"), choices }
}

/// The choice of what holds an item up; whoever has another hurdle writes it.
pub fn stuck(card: CardId, task: TaskNo) -> Spoken {
    let button = |(n, (label, _)): (u8, &(&str, &str))| Choice::new(*label, Tap::Hurdle(card, task, n));
    let buttons: Vec<Choice> = (0..).zip(&HURDLES).map(button).collect();
    Spoken {
        text: format!("#{task} 卡在哪里?点一个,或回复本条写一句,要谁协调也写上。"),
        choices: buttons.chunks(3).map(<[Choice]>::to_vec).collect(),
    }
}

/// What a hurdle of the list is recorded as.
pub fn hurdle(number: u8) -> Option<&'static str> {
    HURDLES.get(usize::from(number)).map(|(_, words)| *words)
}

/// Below a hurdle that was tapped: who shall help is asked for, not demanded.
pub fn who_helps(recorded: Spoken) -> Spoken {
    let text = format!("{}\n要请哪个单位协调?回复本条写单位名就行,不用就不回。", recorded.text);
    Spoken { text, ..recorded }
}

/// Below a claim that was tapped: a word and files are welcome, not demanded (DESIGN red line 4).
pub fn may_add(recorded: Spoken) -> Spoken {
    let text = format!("{}\n想补一句情况、发张照片或文件,回复本条就行,不补也可以。", recorded.text);
    Spoken { text, ..recorded }
}

/// The choice of the day of a promised report.
pub fn days(card: CardId, task: TaskNo, days: &[NaiveDate], today: NaiveDate) -> Spoken {
    let label = |day: NaiveDate| format!("{} {}", weekday(day), day_seen_from(day, today));
    let button = |day: &NaiveDate| Choice::new(label(*day), Tap::Until(card, task, *day));
    let buttons: Vec<Choice> = days.iter().map(button).collect();
    Spoken {
        text: format!("#{task} 哪天报?点一个,到那天再问;回复一句“下周三报”也行。"),
        choices: buttons.chunks(2).map(<[Choice]>::to_vec).collect(),
    }
}
