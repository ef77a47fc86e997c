//! What a clause says of days to come: a finish planned, a pledge, a promise.

use chrono::NaiveDate;

use super::event::GOALS;
use super::{NEUTRAL, View};
use crate::reply::lexicon::Class;
use crate::reply::tokens::{Kind, Token};
use crate::reply::when;

/// Words that say, alone, that it goes as planned.
const STEADY: [&str; 7] = ["按期", "按时", "如期", "按计划", "照计划", "按要求", "按照计划"];

/// Words for a moment to come.
const SOON: &[&str] = &[
    "今晚",
    "明早",
    "马上",
    "下午",
    "晚上",
    "回头",
    "一会",
    "待会",
    "这就",
    "立马",
    "散会",
    "会后",
    "开完会",
    "回单位",
    "到单位",
    "忙完",
    "下会",
    "稍晚",
    "等下",
    "晚点",
    "下班前",
    "查完",
    "核完",
    "捋完",
    "对完",
    "看完",
    "问完",
    "稍后",
    "容后",
    "明早",
    "下课",
    "回去",
];

/// Verbs of a promise to do it.
const DOING: [&str; 16] =
    ["弄", "办", "搞", "整", "干", "报", "送", "交", "安排", "落实", "催", "发", "传", "发函", "去", "补"];

/// Words that promise work at once.
const PROMISES: [&str; 9] = ["立即", "马上", "尽快", "立刻", "即刻", "这就", "随后", "尽早", "抓紧"];

/// Words that, besides, leave a plan for the whole item.
pub(super) const PLANNED: [Class; 9] = [
    Class::Future,
    Class::Nearly,
    Class::Until,
    Class::Before,
    Class::Approx,
    Class::Need,
    Class::Body,
    Class::Extend,
    Class::Ask,
];

impl View<'_> {
    /// The day to come on which the whole item is to be finished.
    pub fn finish_by(&self) -> Option<NaiveDate> {
        // 上次申请延到月底: of another time.
        if self.has(Class::Past) && !self.has(Class::Before) {
            return None;
        }
        let today = self.facts.today;
        let finish = |token: &Token| {
            token.is_any(&[Class::Finish, Class::Close, Class::Until]) || self.title_goal(token)
        };
        // 8月底吧: a day beyond the term and nothing else is the day on which it will be finished.
        let late = |day: &NaiveDate| {
            self.facts.due.is_some_and(|due| *day > due)
                && !self.has(Class::Already)
                && !self.has(Class::Past)
        };
        let finishes = self.tokens.iter().any(finish);
        let day = when::coming_day(self.tokens, today)
            .filter(|day| (finishes && !self.has(Class::Past)) || late(day));
        let day = day.or_else(|| when::still_needed(self.tokens, today))?;
        let whole = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => {
                token.titled || token.is_any(&NEUTRAL) || token.is_any(&PLANNED) || token.is(Class::Party)
            }
            Kind::Date(_) | Kind::Span(_) | Kind::Title | Kind::Space => true,
            Kind::Other => "时间的".contains(self.text(token)),
            _ => false,
        });
        (whole && (finishes || !self.has(Class::Ack))).then_some(day)
    }

    /// The event that the title ends with, whether it has happened or not.
    fn title_goal(&self, token: &Token) -> bool {
        let text = self.text(token);
        text.len() >= 6
            && GOALS.iter().any(|goal| self.facts.title.text().ends_with(goal) && goal.ends_with(text))
    }

    /// A finish that is only promised, without a day: 会按期完成.
    pub fn pledge(&self) -> bool {
        let finish = [Class::Finish, Class::Close].iter().any(|class| self.has(*class));
        let planned = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => token.titled || token.is_any(&NEUTRAL) || token.is_any(&PLANNED),
            kind => matches!(kind, Kind::Title | Kind::Space),
        });
        // 按时完成, and nothing that has happened
        let in_time = ["按时", "按期", "如期"].iter().any(|word| self.clause.trim_start().starts_with(word))
            && !self.has(Class::Already);
        finish && planned && (self.has(Class::Future) || in_time)
    }

    /// A bare promise to report: 周五报, 马上汇报.
    pub fn promise(&self) -> bool {
        let to_come = when::coming_day(self.tokens, self.facts.today).is_some()
            || self.has(Class::Before) && self.tokens.iter().any(|token| matches!(token.kind, Kind::Date(_)))
            || SOON.iter().any(|word| self.clause.contains(word))
            || self.tokens.iter().any(|token| {
                token.is_any(&[Class::Future, Class::Nearly, Class::If, Class::Ack])
                    && !token.is(Class::Report)
            });
        let bare = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => {
                token.is_any(&NEUTRAL)
                    || token.is_any(&PLANNED)
                    || token.is_any(&[Class::Report, Class::If, Class::Wait])
                    || token.titled
            }
            Kind::Date(_) | Kind::Space => true,
            // 反馈核查结果
            Kind::Other => "结果".contains(self.text(token)),
            kind => token.titled && matches!(kind, Kind::Title),
        });
        self.has(Class::Report) && to_come && bare && !self.has(Class::Already)
    }

    /// 今天就弄, 下午送: it will be done at once, and nothing is said of how it stands.
    pub fn will_do(&self) -> bool {
        let soon = self.tokens.iter().any(|token| matches!(token.kind, Kind::Date(_)))
            || SOON.iter().any(|word| self.clause.contains(word));
        let doing =
            self.tokens.iter().rev().find(|token| !token.is(Class::Filler) || token.is(Class::Report));
        // 明天安排检修
        let arranges = self.tokens.iter().any(|token| ["安排", "布置", "组织"].contains(&self.text(token)));
        let sent = ["送过去", "送去", "拿过去", "发过去", "交过去", "报过去", "带过去", "送到"]
            .iter()
            .any(|word| self.clause.trim_end().ends_with(word));
        let does =
            sent || doing.is_some_and(|token| DOING.contains(&self.text(token)) || arranges && token.titled);
        // 下周五搬: the verb of the title, and a day in time.
        let titled = doing.is_some_and(|token| {
            token.titled
                && token.end - token.start <= 2 * '搬'.len_utf8()
                && self.clause[token.end..].trim().is_empty()
        }) && self.tokens.iter().any(|token| matches!(token.kind, Kind::Date(_)));
        // 8月18日开对接会
        let holds = doing.is_some_and(|token| token.titled)
            && self
                .tokens
                .iter()
                .any(|token| ["开", "召开", "举办", "举行", "办"].contains(&self.text(token)))
            && self.tokens.iter().any(|token| matches!(token.kind, Kind::Date(_)));
        let does = does || (titled || holds) && !self.has(Class::Future);
        let sends = ["喊", "叫"].iter().any(|word| self.clause.contains(word));
        let bare = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => {
                token.titled
                    || DOING.contains(&self.text(token))
                    || token.is_any(&[
                        Class::Filler,
                        Class::Body,
                        Class::Start,
                        Class::Report,
                        Class::Future,
                        Class::Nearly,
                        Class::Ack,
                        Class::Part,
                    ]) && !token.is_any(&[Class::Finish, Class::Already])
            }
            Kind::Date(found) => {
                found.date >= self.facts.today && self.facts.due.is_none_or(|due| found.date <= due)
            }
            Kind::Title | Kind::Space => true,
            // 马上喊小周办
            Kind::Other => sends || sent,
            _ => false,
        });
        soon && does && bare || self.asks_around()
    }

    /// 马上问移动, 回头我跟院长说: somebody will be asked at once, and nothing is said of how it stands.
    fn asks_around(&self) -> bool {
        let said = self.clause.trim().trim_start_matches(['我', '俺', '咱', '那']);
        let soon = PROMISES.iter().chain(&["回头", "一会", "待会", "下午", "等会", "立马"]);
        let Some(rest) = soon.into_iter().find_map(|word| said.strip_prefix(*word)) else { return false };
        let rest = rest.trim_start_matches(['儿', '就', '我', '去', '给', '再', '先']);
        let asks = ["问", "催", "说", "联系", "打电话", "找", "核", "查", "盯", "转", "对一下", "落实", "看"]
            .iter()
            .any(|verb| rest.starts_with(verb))
            || rest.starts_with('跟') && rest.ends_with(['说', '问', '对']);
        asks && rest != "说" && !self.has(Class::Already) && !self.has(Class::Finish)
    }

    /// 立即研究落实: work that is only promised, without a day.
    pub fn bare_promise(&self) -> bool {
        let bare = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => {
                token.titled
                    || token.is_any(&[
                        Class::Filler,
                        Class::Future,
                        Class::Nearly,
                        Class::Step,
                        Class::Start,
                        Class::Ack,
                        Class::Body,
                        Class::Means,
                        Class::Help,
                    ]) && !token.is_any(&[Class::Finish, Class::Close])
            }
            kind => matches!(kind, Kind::Space | Kind::Title),
        });
        bare && PROMISES.iter().any(|word| self.clause.contains(word))
            && self.tokens.iter().any(|token| token.is_any(&[Class::Step, Class::Start]))
    }

    /// Something is to come that no list knows: 下周开.
    pub fn planned(&self) -> bool {
        let to_come = when::coming_day(self.tokens, self.facts.today).is_some();
        let work = self.tokens.iter().any(|token| {
            token.titled
                || matches!(token.kind, Kind::Title)
                || token.is_any(&[Class::Step, Class::Start, Class::Gain, Class::Finish])
        });
        to_come && work
    }

    /// 按期, 正常 and nothing else: it goes as planned.
    pub fn steady(&self) -> bool {
        let plain = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => token.titled || token.is_any(&[Class::Filler, Class::Fine, Class::Body]),
            // 疫苗按计划打
            Kind::Other => {
                token.end == self.clause.trim_end().len() && token.end - token.start == '打'.len_utf8()
            }
            kind => matches!(kind, Kind::Title | Kind::Space),
        });
        plain && STEADY.iter().any(|word| self.clause.contains(word))
    }
}
