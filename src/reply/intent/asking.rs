//! Questions: those that ask nothing, those without a mark, and those for a form.

use crate::reply::lexicon::Class;
use crate::reply::view::View;

/// Whether it asks for a form, or about one: 表样发我一份, 电子版成不成.
pub(super) fn asks_for_paper(view: &View) -> bool {
    view.has(Class::Ask) && PAPER.iter().any(|word| view.clause.contains(word))
}

/// Words of forms and how they are wanted.
const PAPER: [&str; 10] =
    ["发我", "发一份", "再发", "模板", "表样", "格式", "盖章版", "电子版", "口径", "发个"];

/// Whether its question mark asks nothing: 一大半了吧?, 谁说没开工?
pub(super) fn guesses(view: &View) -> bool {
    view.clause.trim_end().ends_with('吧') && view.figures() || view.clause.contains("谁说")
}

/// Whether it asks what nobody doubts: 这点活还能干不完?
pub(super) fn wonders(view: &View) -> bool {
    let words = ["还能", "哪能", "怎么会", "怎么能", "怎么可能", "咋能", "咋会", "难道", "岂能", "还会"];
    let asks = view.clause.trim_end().ends_with(['吗', '么', '没']);
    let told = ["不是回", "不是报", "不是说", "不是发", "不是填", "不是交"]
        .iter()
        .any(|word| view.clause.contains(word))
        && view.clause.contains('过');
    told || words.iter().any(|word| view.clause.contains(word))
        && !asks
        && (view.has(Class::Unable) || view.has(Class::Not))
}

/// 昨天不就发你了吗: what such a question tells, of a paper that was sent.
pub(super) fn told_by_asking(clause: &str) -> Option<String> {
    let not = ["不就", "不是早", "不是已经", "不是都"].into_iter().find(|not| clause.contains(not))?;
    let sent = ["发", "报", "交", "送", "传", "回"].iter().any(|verb| clause.contains(verb));
    let heard = ["说", "讲", "告诉", "完成", "办结"].iter().any(|verb| clause.contains(verb));
    let said = clause.trim_end().trim_end_matches(['吗', '么']).replacen(not, "", 1);
    (sent && !heard).then_some(said)
}

/// Whether it asks without a question mark: 什么时候报, 是报总数还是新增, 用不用.
pub(super) fn asks_itself(view: &View) -> bool {
    let either = view.clause.find('是').zip(view.clause.find("还是")).is_some_and(|(is, or)| is < or);
    // 一个村报一张还是全镇汇一张啊
    let choice =
        view.clause.find("还是").is_some_and(|at| at > 6) && view.clause.ends_with(['啊', '呢', '呀']);
    let reckoning = view.clause.contains("口径") && view.clause.contains("还是");
    view.has(Class::Ask) || reckoning || either || choice || view.asks_by_not()
}
