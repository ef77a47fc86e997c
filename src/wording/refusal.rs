//! Why something was not done, and what to do instead: one plain sentence.

use crate::domain::ids::TaskNo;
use crate::domain::review::Refusal;
use crate::reply::Sensitive;

/// A refusal of the domain, about one item.
pub fn refused(task: TaskNo, refusal: Refusal) -> String {
    match refusal {
        Refusal::AlreadyClosed => format!("#{task} 已经销号了。要改,请督查室先“退回 {task} 原因”。"),
        Refusal::NotOwed => format!("#{task} 已经不用报了。"),
        Refusal::NothingClaimed => format!("#{task} 还没有单位报办结。"),
        Refusal::NotLater => format!("#{task} 的新时限要晚于现在的时限。"),
        Refusal::InThePast => "新时限已经过去了,请给一个以后的日期。".to_owned(),
        Refusal::Recurring => format!("#{task} 是例行报送,到期再报就行,不用延期。"),
    }
}

/// There is no such item.
pub fn no_such_task(text: &str) -> String {
    format!("没有找到 {text}。发“清单”看编号。")
}

/// The speaker has no stake in the item.
pub fn not_yours(task: TaskNo) -> String {
    format!("#{task} 不是您单位的事项,没有记录。报错编号了?发“清单”看您的事项。")
}

/// The role does not allow it.
pub fn not_allowed(command: &str) -> String {
    format!("“{command}”要督查室的人来办。")
}

/// Only the lead unit of an item may have others reminded.
pub fn not_yours_to_remind(task: TaskNo) -> String {
    format!("#{task} 不是您单位牵头的,催办请找督查室。")
}

/// Only the lead unit of an item may pre-review it.
pub fn not_yours_to_review(task: TaskNo) -> String {
    format!("#{task} 不是您单位牵头的,预审由牵头单位来做。")
}

/// Only the head of the office may.
pub fn head_only() -> String {
    "报县领导要督查室负责人来签发。".to_owned()
}

/// There is no such command.
pub fn unknown_command(word: &str, near: Option<&str>) -> String {
    match near {
        Some(near) => format!("没有“{word}”这个指令。是不是“{near}”?发“帮助”看全部。"),
        None => format!("没有“{word}”这个指令。发“帮助”看全部。"),
    }
}

/// The command was used in a way it does not understand.
pub fn usage(usage: &str, example: &str) -> String {
    format!("请这样写:{usage}\n比如:{example}")
}

/// Words meant for us of which we understand nothing.
pub fn not_understood(example: Option<TaskNo>) -> String {
    let no = example.map_or(12, |no| no.0);
    format!("这句没看出是哪项的进展,没有记录。报进展这样写:#{no} 完成60%;看事项发“清单”。")
}

/// Told to somebody nobody has bound, in private.
pub fn stranger() -> String {
    "这里还没有绑定您。请向督查室要一个绑定码,然后发:绑定 绑定码".to_owned()
}

/// A code that is unknown, used or too old. It does not say which.
pub fn bad_code() -> String {
    "绑定码不对或已失效,请向督查室要一个新的。".to_owned()
}

/// What is between two is not said before others.
pub fn private_only() -> String {
    "这件事只在私聊里说,请私聊发给我。".to_owned()
}

/// A code for a chat was said in private, or one for a person in a group.
pub fn code_elsewhere(needs_group: bool) -> String {
    if needs_group {
        "这个绑定码是给群用的,请在那个群里发。".to_owned()
    } else {
        "这个绑定码是给个人用的,请私聊发给我,不要发在群里。".to_owned()
    }
}

/// An undo that comes too late.
pub fn too_late_to_undo() -> String {
    "督查室或别人已经在此之后处理过,不能撤回了。请直接再报一句现在的情况。".to_owned()
}

/// The undo button has had its time.
pub fn undo_is_over() -> String {
    "撤回按钮只在10分钟内有效。要改就改原消息,或者发:更正 现在的情况".to_owned()
}

/// The same was reported before.
pub fn same_again(task: TaskNo) -> String {
    format!("#{task} 和刚才报的一样,没有重复记。")
}

/// A correction of which nothing is understood, or nothing is said.
pub fn correct_how() -> String {
    "没看出要更正成什么,原来报的没有动。请这样写:更正 完成60%".to_owned()
}

/// What must not be said here, and where it belongs.
pub fn sensitive(why: Sensitive) -> String {
    match why {
        Sensitive::Identity => "消息里像有身份证号,没有记录也没有保存。报进展不用写身份证号,去掉再发就行。",
        Sensitive::Secret => "消息里像有涉密内容,没有记录也没有保存。涉密的请走机要渠道,不要在这里发。",
        Sensitive::Complaint => {
            "这里只收工作进展,没有记录也没有保存。反映个人问题请找纪委监委(12388)或信访部门。"
        }
    }
    .to_owned()
}

/// There is nothing to take back.
pub fn nothing_to_undo() -> String {
    "没有可撤回的记录。".to_owned()
}

/// No shorter period was reported that a summary could be put together from.
pub fn nothing_to_sum_up() -> String {
    "现在没有可以拼的汇总:要么本期还没到时候或已经报了,要么各月都还没报。直接回复一句话就行。".to_owned()
}

/// A draft of a liaison's, where the leader stands behind what is reported.
pub fn leader_sums_up(task: TaskNo, seq: i64) -> String {
    format!("汇总要由负责人本人点。您也可以写:#{task}.{seq} 加您的话,报出前会请负责人同意。")
}

/// A unit that is not in the roster, and the one that was probably meant.
pub fn no_such_unit(word: &str, meant: &str) -> String {
    format!("名册里没有“{word}”,是不是{meant}?请改一下再发,什么都没动。")
}

/// A button that no longer means anything.
pub fn stale_button() -> String {
    "这个按钮已经失效,请看最新的卡。".to_owned()
}

/// We failed.
pub fn sorry() -> String {
    "对不起,这条没有处理成功,已经记下来请管理员看。请过会儿再发一次。".to_owned()
}

/// There is nothing of theirs left on a card.
pub fn nothing_left() -> String {
    "这张卡上没有您单位还没报的事项了。".to_owned()
}

/// What stands for a title that may not be told here.
pub const INTERNAL: &str = "(内部事项)";

/// There is news about an item that may not be told here.
pub fn internal_news(task: TaskNo) -> String {
    format!("#{task} 有内部事项的处理结果,请到内网查看。")
}

/// The item is theirs, but there is nothing to report on it now.
pub fn nothing_to_report(task: TaskNo) -> String {
    format!("#{task} 现在没有要报的:还没到开报的时候,或还在等督查室定时限。有急事请直接告诉督查室。")
}

/// A second thing in one message that was not clear.
pub fn say_again(text: &str) -> String {
    format!("“{}”没看明白是哪项,请写编号再说一次。", crate::wording::short(text, 20))
}

/// Several units fit, and the office has to say which.
pub fn which_unit(task: TaskNo, owners: &[&str]) -> String {
    format!(
        "#{task} 有几家:{}。请写明是哪家,比如:退回 {task} {} 原因",
        crate::wording::names(owners, 12),
        owners.first().unwrap_or(&"单位")
    )
}

/// For the office only, and not in other people's groups.
pub fn office_only_here() -> String {
    "这个清单只在督查室群或私聊里看。".to_owned()
}

/// An item was named, but nothing said how it stands.
pub fn no_progress_seen(task: TaskNo) -> String {
    format!("#{task} 这句没看出进度,没有记录。可以回:#{task} 完成60%、#{task} 已办结,或 #{task} 无变化。")
}
