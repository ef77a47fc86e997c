//! What one clause says of one item, as a set of signs; nothing is decided here between clauses.

mod asking;

use chrono::NaiveDate;

use super::amount::{self, Growth, Weight};
use super::blocker::{self, Obstruction};
use super::lexicon::Class;
use super::measure;
use super::signs::Signs;
use super::tokens::{Kind, Token, tokens};
use super::view::{Facts, PAST_YEARS, View, told_of};
use super::when;
use crate::domain::quantity::Quantity;
use asking::{asks_for_paper, asks_itself, guesses, told_by_asking, wonders};

/// Words by which a question asks for leave.
const PERMISSION: [&str; 11] =
    ["要不", "行不行", "行不", "行吗", "可否", "能否", "能不能", "可以", "可不可以", "能行", "成不"];

/// Words that say that the target is passed: 超了.
const OVER: [&str; 6] = ["超了", "超额", "超出", "超过目标", "够了", "够数"];

/// Words that show the item moving.
const MOVING: [Class; 11] = [
    Class::Start,
    Class::Wait,
    Class::Follow,
    Class::Ongoing,
    Class::Step,
    Class::Solved,
    Class::Nearly,
    Class::Arrive,
    Class::Finish,
    Class::Close,
    Class::Body,
];

/// Reads one clause.
pub(super) fn read(clause: &str, asks: bool, facts: &Facts) -> Signs {
    let tokens = tokens(clause, (facts.today, facts.target), facts.title, facts.beside);
    let view = View { tokens: &tokens, clause, facts };
    // 已经挂网,没有了: nothing more to say.
    let no_more = ["没有了", "没了", "没别的了", "没别的事了", "就这些", "就这样"].contains(&clause.trim());
    if asks && let Some(said) = told_by_asking(clause).map(|said| read(&said, false, facts)) {
        return if said.done.is_some() { said } else { Signs { chat: true, ..Signs::default() } };
    }
    if no_more || asks && wonders(&view) {
        Signs { chat: true, ..Signs::default() }
    } else {
        signs(&view, asks)
    }
}

/// The figures of a clause.
struct Figures {
    percent: Option<f64>,
    quantity: Option<Quantity>,
    weight: Weight,
    growth: Growth,
    /// Any of them tells that something has been reached.
    some: bool,
}

fn figures(view: &View) -> Figures {
    let View { tokens, clause, facts } = *view;
    let percent = measure::whole_percent(tokens, clause, facts.today);
    let told = amount::quantity(tokens, clause, facts.target, facts.today);
    let weight = told.as_ref().map_or(Weight::default(), |(_, weight)| *weight);
    let quantity = told.map(|(quantity, _)| quantity);
    let growth = amount::growth(tokens, clause, facts.target);
    let some = percent.is_some()
        || growth.gain.is_some()
        || quantity.as_ref().is_some_and(|so_far| so_far.value > 0.0);
    Figures { percent, quantity, weight, growth, some }
}

/// The signs of a clause; `asks` tells whether it ends with a question mark.
fn signs(view: &View, asks: bool) -> Signs {
    let View { tokens, clause, facts } = *view;
    let has = |class| view.has(class);
    let obstruction = hindrance(tokens, clause);
    let more = when::more_time(tokens, clause, facts.today, facts.due);
    let Figures { percent, quantity, weight, growth, some } = figures(view);
    let talk = talks(view);
    let query = (asks && !guesses(view) || asks_itself(view)) && !talk;
    let Days { finish_by, coming, late, promise } = days(view);
    // 延期是走OA还是直接说: how to ask for it is asked, not the time.
    let unsure = query && more.day.is_none() && !PERMISSION.iter().any(|word| clause.contains(word));
    let done = view.done(query, percent, quantity.as_ref());
    let fine = has(Class::Fine) || obstruction.declined || view.bare_no();
    let on_track = (moves(view) || some || view.figures()) && !promise || finish_by.is_some();
    let reached = view.reached(quantity.as_ref());
    let plain = !fine && !has(Class::NoChange);
    let heard = !talk && !query && !has(Class::Hearsay);
    let of_share = facts.target.is_some_and(|target| target.unit == "%");
    let short = percent.is_some_and(|percent| percent < 100.0 && !of_share)
        || short_of_target(facts, quantity.as_ref());
    Signs {
        done,
        undone: short
            || view.denies() && !query && plain && !obstruction.of_means
            || finish_by.is_some() && done.is_none()
            || goes_on(view) && !query,
        short: short || view.denied_finish() && !query || has(Class::Left),
        doubt: has(Class::Not) && plain && !query,
        reached,
        extend: (more.asked && !has(Class::Past) && !unsure && !talk) || late,
        new_due: more.day.filter(|_| more.asked).or(finish_by.filter(|_| late)),
        asked_due: more.day.filter(|_| more.asked),
        finish_by,
        coming,
        obstruction,
        not_started: view.not_started()
            || (view.denies_title() || view.begins_later() || view.begins_after()) && heard,
        to_begin: view.begins_later() && heard,
        no_step: (view.no_first_step() || view.only_then()) && heard,
        on_track: on_track
            && heard
            && !view.only_receipt()
            && !view.will_do()
            && !view.pledge()
            && !has(Class::NoChange),
        happened: view.happened() && !view.is_set_for_later()
            || view.pledge()
            || view.steady()
            || view.planned() && heard,
        fine,
        ack: !talk && (view.acknowledges() && !query || promise),
        until: coming.filter(|_| promise || has(Class::Ack)),
        query,
        in_time: finish_by.is_some() && !late && !has(Class::Ongoing) && !has(Class::Already),
        agrees: clause.contains("没问题") || view.acknowledges() && !query && !has(Class::If),
        talk,
        growth,
        // Where the target itself is a share, so is what was reached.
        percent: percent.filter(|_| !query && facts.target.is_none_or(|target| target.unit != "%")),
        quantity: quantity.filter(|_| !query),
        weight,
        ..in_words(view)
    }
}

/// Words of a promise that says nothing of how it stands.
const VOWS: [&str; 14] = [
    "保证",
    "坚决",
    "确保",
    "肯定",
    "指定",
    "铁定",
    "一准",
    "保准",
    "准能",
    "放心",
    "包在我",
    "误不了",
    "妥妥",
    "没跑",
];

/// Whether it promises on the writer's word.
fn vows(view: &View) -> bool {
    VOWS.iter().any(|word| view.clause.contains(word)) || view.clause.trim_start().starts_with("一定")
}

/// The signs that words give by themselves.
fn in_words(view: &View) -> Signs {
    Signs {
        over: passes(view),
        whole: view.facts.target.filter(|target| names_whole(view.tokens, target)).cloned(),
        paper: asks_for_paper(view),
        will_do: view.will_do(),
        of_all: view.all_of_them(),
        none_left: none_left(view),
        nominal: view.nominal(),
        no_change: view.has(Class::NoChange),
        chat: view.has(Class::Chat),
        disowns: view.has(Class::Disowns) || view.others(),
        supposed: CONDITIONS.iter().any(|word| view.clause.contains(word)),
        cause: names_cause(view.clause),
        already: view.has(Class::Already) && !view.is_set_for_later(),
        earlier: view.earlier(),
        pledge: view.has(Class::Pledge) && !view.has(Class::Idle) || view.pledge() && vows(view),
        of_work: of_work(view.tokens),
        vows: vows(view),
        unknown: view.tokens.iter().filter(|token| matches!(token.kind, Kind::Other)).count(),
        ..Signs::default()
    }
}

/// Openings of a condition, up to the end of its sentence.
const CONDITIONS: &[&str] =
    &["如果", "要是", "若是", "若能", "只要", "一旦", "除非", "假如", "倘若", "万一", "但凡", "等到"];

/// What stands in the way; 有困难吗 asks about it and does not say so.
fn hindrance(tokens: &[Token], clause: &str) -> Obstruction {
    if clause.ends_with(['吗', '么']) { Obstruction::default() } else { blocker::read(tokens, clause) }
}

/// Words of the title, or figures.
fn of_work(tokens: &[Token]) -> bool {
    tokens
        .iter()
        .any(|token| token.titled || matches!(token.kind, Kind::Title | Kind::Percent(_) | Kind::Amount(_)))
}

/// Whether a figure is as much as the target.
fn names_whole(tokens: &[Token], target: &Quantity) -> bool {
    let told = |token| told_of(token, target);
    tokens.iter().filter_map(told).any(|told| (told - target.value).abs() < 1e-6)
}

/// 一个不剩, and nothing else but how it was found.
fn none_left(view: &View) -> bool {
    view.tokens
        .iter()
        .any(|token| token.is(Class::Follow) && view.clause[token.start..].starts_with(['一', '无']))
        && view.tokens.iter().all(|token| {
            token.titled || token.is_any(&[Class::Follow, Class::Filler]) || token.kind == Kind::Space
        })
}

/// 超了, 够数了: the target is said to be passed.
fn passes(view: &View) -> bool {
    OVER.iter().any(|word| view.clause.contains(word)) && !view.has(Class::Not) && !view.has(Class::Future)
}

/// The days to come that a clause speaks of.
struct Days {
    finish_by: Option<NaiveDate>,
    coming: Option<NaiveDate>,
    /// The finish lies beyond the term.
    late: bool,
    /// It only promises word of it.
    promise: bool,
}

fn days(view: &View) -> Days {
    let facts = view.facts;
    // 去年的是12月全部完成的: of another year.
    let past_year = PAST_YEARS.iter().any(|year| view.clause.trim_start().starts_with(year));
    if view.was_then() || past_year {
        return Days { finish_by: None, coming: None, late: false, promise: false };
    }
    let finish_by = view.finish_by();
    let late = finish_by.is_some_and(|day| {
        facts.due.is_some_and(|due| day > due && !when::within_week(view.clause, facts.today, due))
    });
    let promise = view.promise() || view.bare_promise();
    // 明年再治 names no day.
    let coming = when::coming_day(view.tokens, facts.today).filter(|_| !view.put_off_past());
    let put_off = view.put_off_to();
    // 下周一交, and the item itself is a report due this Friday: no receipt but more time.
    let reports_late = promise
        && (facts.title.text().contains('报') || view.has(Class::Ask) || view.clause.contains('交'))
        && !view.has(Class::Ack)
        && coming.zip(facts.due).is_some_and(|(day, due)| due >= facts.today && day > due);
    Days {
        finish_by: finish_by.or(coming.filter(|_| reports_late)).or(put_off),
        coming,
        late: late || reports_late || put_off.is_some() || view.put_off_past(),
        promise: promise && !reports_late && put_off.is_none(),
    }
}

/// Digits of a telephone number.
const PHONE: usize = 7;

/// Whether it talks of something other than the work.
fn talks(view: &View) -> bool {
    let dials = view.clause.find("电话").is_some_and(|at| {
        let digits = view.clause[at..].chars().filter(char::is_ascii_digit).count();
        digits >= PHONE
    });
    let phone = view
        .clause
        .split(|c: char| !c.is_ascii_digit() && !"x*".contains(c))
        .any(|run| run.len() == 11 && run.starts_with('1'));
    (dials || phone || view.tokens.iter().any(|token| token.is(Class::Talk) && !token.titled))
        && (view.has(Class::Ask) && !view.tokens.iter().any(|token| token.titled)
            || !view.has(Class::Finish) && !view.has(Class::Close))
}

/// Whether the item moves.
fn moves(view: &View) -> bool {
    // A single character (办, 推) is a beginning only where something is said of it.
    let told =
        [Class::Already, Class::Ongoing, Class::Not, Class::Future].into_iter().any(|class| view.has(class));
    let said = |token: &Token| !token.is(Class::Start) || token.end - token.start > 3 || told;
    // 5人参加会议 is no progress.
    let aside = view.has(Class::Aside);
    // 我们是配合单位: no word of work.
    let empty = |token: &Token| ["是", "就", "才"].contains(&&view.clause[token.start..token.end]);
    view.tokens.iter().any(|token| {
        token.is_any(&MOVING) && said(token) && !empty(token)
            || token.is(Class::Part) && !token.titled && !aside
    })
}

/// Words for what goes on when the item is finished.
const LASTING: [&str; 4] = ["常态化", "长效", "巩固成果", "抓好后续"];

/// Whether it is said to be under way, or only in part finished.
fn goes_on(view: &View) -> bool {
    // 下一步继续抓好常态化: what lasts beyond the item.
    if LASTING.iter().any(|word| view.clause.contains(word)) && !view.has(Class::Finish) {
        return false;
    }
    let under_way = [Class::Ongoing, Class::Left, Class::Wait];
    // 升级完,借书正常: how it serves, and no progress.
    let serves = |token: &Token| {
        view.clause[token.start..token.end] == *"正常"
            && view.clause[token.end..].trim().is_empty()
            && !["进", "推", "有序", "施工", "建设"].iter().any(|word| view.clause.contains(word))
    };
    view.denied_finish()
        || view.finished_step()
        || view.has(Class::Except)
        || view.tokens.iter().any(|token| token.is_any(&under_way) && !token.titled && !serves(token))
}

fn short_of_target(facts: &Facts, quantity: Option<&Quantity>) -> bool {
    facts.target.zip(quantity).is_some_and(|(target, so_far)| so_far.value < target.value)
}

/// 因变压器未送电, but not 因此.
fn names_cause(clause: &str) -> bool {
    // 延期申请:因供货延迟
    let clause = clause.rsplit(':').next().unwrap_or(clause).trim_start();
    let caused = ["所致", "所限", "造成的"].iter().any(|end| clause.trim_end().ends_with(end));
    caused
        || !clause.starts_with("因此")
            && ["因", "由于", "受", "主要系", "系因", "盖因"].iter().any(|word| clause.starts_with(word))
}
