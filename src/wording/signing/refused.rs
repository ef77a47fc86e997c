//! Why something may not be done with a paper, and what to do instead.

use crate::domain::ids::PaperId;
use crate::domain::paper::{PaperRefusal, PaperState};
use crate::wording::day;

/// Why.
pub fn refused(id: PaperId, why: PaperRefusal) -> String {
    match why {
        PaperRefusal::HeadOnly => "这一步要由督查室负责人来。".to_owned(),
        PaperRefusal::Drafter => "拟稿人不能签自己拟的稿,请由别人拟稿,或由另一位负责人签。".to_owned(),
        PaperRefusal::NeverSigned => "台账随时在变,不签发;要盖章的请出通报或督办单。".to_owned(),
        PaperRefusal::NoBoard => format!("只有榜要先公示;这一份直接签发:签发 {id}"),
        PaperRefusal::NotADraft => "这一份已经公示或签发了。".to_owned(),
        PaperRefusal::NotReleased => format!("榜要先公示,各单位核对过自己的一行再签发:公示 {id}"),
        PaperRefusal::TooEarly(until) => {
            format!("还在公示期,{}下班前各单位可以申诉,期满再签发。", day(until))
        }
        PaperRefusal::TooLate => "公示期已过。有新情况请直接找督查室。".to_owned(),
        PaperRefusal::Unanswered(count) => format!("还有{count}条申诉没答复,答复了再签发。发“申诉”看。"),
        PaperRefusal::Upheld => "有采纳的申诉,请按核对后的情况重拟,再公示。".to_owned(),
        PaperRefusal::NotSigned => "还没有签发。".to_owned(),
        PaperRefusal::Over(PaperState::Replaced) => "这一版已经重拟,请用新的一版。发“文件”看。".to_owned(),
        PaperRefusal::Over(_) => "这一份已经撤回。".to_owned(),
    }
}

/// There is no such paper.
pub fn no_such_paper(words: &str) -> String {
    format!("没有文件{words}。发“文件”看编号。")
}

/// Its words are gone.
pub fn was_erased(id: PaperId) -> String {
    format!("文件{id}里有按“删报”删掉的原话,内容已一并清除,不能再印。请重拟。")
}

/// Layout, templates or rules are wrong.
pub fn broken(why: &str) -> String {
    format!("公文的版式或模板有错,没有出稿:{why}")
}

/// A word that means nothing for a paper.
pub fn what_is(word: &str) -> String {
    format!("“{word}”没看懂:可写期(二季度、6月、上周、2022Q2)、工作组、分管领导、单位、#编号、半页、口头。")
}

/// A post is in charge of no unit.
pub fn no_front(post: &str) -> String {
    format!("{post}还没有定分管哪些单位。先定:分管 {post} 单位…")
}

/// Only a bulletin is drawn up for a front.
pub fn front_of_bulletins_only(post: &str) -> String {
    format!("按战线只拟通报。比如:通报 二季度 {post}")
}

/// There are these boards.
pub fn which_board(names: &[&str]) -> String {
    format!("哪张榜?有:{}。比如:榜 {} 二季度", names.join("、"), names.first().unwrap_or(&"名"))
}

/// Nothing calls for a slip.
pub fn no_slip() -> String {
    "没有够得上督办单的事项:没有临期、滞后或逾期的核验类要求。".to_owned()
}

/// Slips of several owners are not one paper.
pub fn whose_slip(example: &str, owners: &[&str]) -> String {
    format!("涉及{}家:{}。督办单一家一份,请写单位,比如:{example}", owners.len(), owners.join("、"))
}

/// The asker's unit stands on no board that is before the units.
pub fn nothing_to_object() -> String {
    "现在没有你单位在内的公示。".to_owned()
}

/// The asker has several units.
pub fn whose_objection(names: &[&str]) -> String {
    format!("是哪个单位的?比如:申诉 {} 理由", names.first().unwrap_or(&"单位"))
}

/// There is no such open objection.
pub fn no_such_objection() -> String {
    "没有这条待答复的申诉。发“申诉”看。".to_owned()
}

/// There is no such group.
pub fn no_such_chat(name: &str, known: &[&str]) -> String {
    format!("没有叫“{name}”的群。可发:{}", known.join("、"))
}
