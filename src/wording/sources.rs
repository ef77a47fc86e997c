//! Items that come from no notice, registers, suggestions and project packages, in words.

use chrono::NaiveDate;

use crate::domain::ids::TaskNo;
use crate::domain::origin::{Added, Count, Level, Source};
use crate::wording::{day_seen_from, names, short, weekday};

/// Lines of a list.
const LINES: usize = 20;
/// Names in a line.
const NAMES: usize = 8;

/// An item was added.
pub fn added(
    task: TaskNo,
    title: &str,
    units: &[&str],
    (due, today): (NaiveDate, NaiveDate),
    proposed: bool,
) -> String {
    let hint = if proposed {
        format!(",没写期限先这样定,要改发:延期 {task} 日期")
    } else {
        String::new()
    };
    format!(
        "已立项 ✓ #{task} {} · {} · {}({})前{hint}",
        short(title, 24),
        names(units, NAMES),
        day_seen_from(due, today),
        weekday(due),
    )
}

/// What a unit reads whose item was added.
pub fn given_to_you(
    source: Source,
    by_whom: &str,
    (task, title): (TaskNo, &str),
    (due, today): (NaiveDate, NaiveDate),
) -> String {
    let from = match source {
        Source::Instruction => format!("{by_whom}批示"),
        Source::Decision => format!("{by_whom}议定"),
        Source::Need => format!("企业困难({by_whom})"),
        Source::Inspection => format!("{by_whom}明查暗访发现"),
        Source::Problem => "本单位查摆的问题".to_owned(),
        Source::Suggestion => format!("{by_whom}提的金点子,已采纳"),
        Source::Plan | Source::Assigned => format!("{by_whom}交办"),
    };
    format!(
        "【新交办】#{task} {title}\n{from},{}({})前办结。\n有进展随时发:#{task} 加情况,比如:#{task} 完成60%;办完了发:#{task} 已办结",
        day_seen_from(due, today),
        weekday(due),
    )
}

/// An order without anything to do.
pub fn no_matter() -> String {
    "没写要办什么事。比如:签批 县长 7月15日前 县住建局 解决幸福小区供热问题".to_owned()
}

/// An order that nobody is to carry out.
pub fn no_units(matter: &str) -> String {
    format!("“{}”没写由哪家单位办,请写上单位简称(前后空格隔开),多家用顿号。", short(matter, 20))
}

/// A term that is over.
pub fn past_term() -> String {
    "期限已经过去了,请给一个以后的日期。".to_owned()
}

/// A command about another kind of item.
pub fn not_of_this_kind(task: TaskNo, sources: &[Source]) -> String {
    let kinds: Vec<&str> = sources.iter().map(|source| source.chinese()).collect();
    format!("#{task} 不是{}件。发“{}”看清单。", kinds.join("、"), kinds.first().unwrap_or(&"来源"))
}

/// An item that waits for a second look.
pub fn look_again_first(task: TaskNo, source: Source, by_whom: &str) -> String {
    let asked = match source {
        Source::Need => format!("先回访{by_whom}是否满意"),
        _ => "先回访看整改到位没有".to_owned(),
    };
    format!("#{task} {asked},再发:回访 {task} 满意(会一并销号),或 回访 {task} 不满意 原因(退回)")
}

/// A second look without a reason.
pub fn why_not_content(task: TaskNo) -> String {
    format!("请写上原因,好告诉承办单位:回访 {task} 不满意 原因")
}

/// The reason of a close after a second look.
pub fn content(source: Source, by_whom: &str) -> String {
    match source {
        Source::Need => format!("回访{by_whom},满意"),
        _ => "回访合格".to_owned(),
    }
}

/// The reason of a return after a second look.
pub fn not_content(source: Source, reason: &str) -> String {
    match source {
        Source::Need => format!("企业不满意:{reason}"),
        _ => format!("回访不合格:{reason}"),
    }
}

/// A need that a unit tells of and another has to solve.
pub fn need_to_assign(by: &str, need: &str) -> String {
    format!("【企困待交办】{by}报来,核对后原样发出就立项:\n企困 {need}")
}

/// The unit reads where its need has gone.
pub fn need_passed_on() -> String {
    "已转督查室交办 ✓ 单位之间不直接派活,督查室立项后有编号。".to_owned()
}

/// What is not for a group is not passed on through one.
pub fn not_through_here() -> String {
    "不公开的困难请当面或电话报督查室登记。".to_owned()
}

/// Nobody to pass it on to.
pub fn no_office() -> String {
    "督查室还没有绑定工作群,请打电话给督查室登记。".to_owned()
}

/// What follows a need.
pub fn will_ask(enterprise: &str) -> String {
    format!("办结后会先请督查室回访{enterprise},满意才销号。")
}

/// Whoever ordered it reads that it is done.
pub fn done_for_you(by_whom: &str, (task, title): (TaskNo, &str), owners: &str, words: &str) -> String {
    let words = if words.is_empty() { String::new() } else { format!(":{}", short(words, 60)) };
    format!("呈{by_whom}:#{task} {title} 已办结,{owners}{words}")
}

/// The office passes it on where whoever ordered it reads no chat of ours.
pub fn pass_on(text: &str) -> String {
    format!("【办结回呈】请转呈。{text}")
}

/// The items of one source.
pub fn list(source: Source, all: &[Added]) -> String {
    if all.is_empty() {
        return format!("还没有{}件。", source.chinese());
    }
    let open = all.iter().filter(|one| !one.closed).count();
    let mut text = format!("{},共{}件,办结{}件", source.chinese(), all.len(), all.len() - open);
    for one in all.iter().take(LINES) {
        let state = match (one.closed, one.content) {
            (true, Some(true)) if source == Source::Need => " · 已销号,满意",
            (true, Some(true)) => " · 已销号,回访合格",
            (true, _) => " · 已销号",
            (false, Some(false)) if source == Source::Need => " · 回访不满意,再办",
            (false, Some(false)) => " · 回访不合格,再办",
            (false, _) => "",
        };
        text.push_str(&format!(
            "\n#{} {} · {} · {}{state}",
            one.task,
            short(&one.title, 20),
            one.by_whom,
            one.owners
        ));
    }
    if all.len() > LINES {
        text.push_str(&format!("\n……还有{}件,发“查 词”找。", all.len() - LINES));
    }
    text
}

/// Every source with how its items stand; those of orders by level too. `days` is how long the first word took on average.
pub fn counts(all: &[Count], days: Option<f64>) -> String {
    let mut text = "按来源:".to_owned();
    for source in Source::ALL {
        let of: Vec<&Count> = all.iter().filter(|count| count.source == *source).collect();
        let sum = |what: fn(&Count) -> i64| of.iter().map(|count| what(count)).sum::<i64>();
        let (every, closed, overdue) = (sum(|one| one.all), sum(|one| one.closed), sum(|one| one.overdue));
        if every == 0 {
            continue;
        }
        text.push_str(&format!(
            "\n{} {every}件,办结{closed}件({}%)",
            source.chinese(),
            (closed * 100 + every / 2) / every
        ));
        if overdue > 0 {
            text.push_str(&format!(",逾期{overdue}件"));
        }
        if source.is_answered() {
            let levels: Vec<String> = of
                .iter()
                .filter(|count| count.level != Level::Other)
                .map(|count| format!("{}{}/{}", count.level.chinese(), count.closed, count.all))
                .collect();
            if !levels.is_empty() {
                text.push_str(&format!(";{}", levels.join("、")));
            }
        }
    }
    if let Some(days) = days {
        text.push_str(&format!("\n方案以外的,从立项到首次反馈平均{days:.1}天"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_how_much_is_done_and_whether_they_are_content() {
        let one = |task, closed, content| Added {
            task: TaskNo(task),
            title: "收粮资金缺200万元".to_owned(),
            by_whom: "华丰米业".to_owned(),
            owners: "县财政局".to_owned(),
            closed,
            confidential: false,
            content,
        };
        assert_eq!(
            list(Source::Need, &[one(72, false, Some(false)), one(71, true, Some(true))]),
            "企困,共2件,办结1件\n#72 收粮资金缺200万元 · 华丰米业 · 县财政局 · 回访不满意,再办\n#71 收粮资金缺200万元 · 华丰米业 · 县财政局 · 已销号,满意"
        );
    }

    #[test]
    fn orders_are_counted_by_whose_they_are() {
        let count = |source, level, all, closed, overdue| Count { source, level, all, closed, overdue };
        let all = [
            count(Source::Plan, Level::Other, 69, 3, 2),
            count(Source::Instruction, Level::County, 2, 1, 0),
            count(Source::Instruction, Level::City, 1, 1, 0),
        ];
        assert_eq!(
            counts(&all, Some(1.25)),
            "按来源:\n方案 69件,办结3件(4%),逾期2件\n签批 3件,办结2件(67%);县政府1/2、市政府1/1\n方案以外的,从立项到首次反馈平均1.2天"
        );
    }
}
