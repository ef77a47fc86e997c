//! What a clause says of days to come: a finish planned, a pledge, a promise.

use chrono::NaiveDate;

use super::event::GOALS;
use super::{NEUTRAL, View};
use crate::reply::lexicon::Class;
use crate::reply::tokens::{Kind, Token};
use crate::reply::when;

/// Words that say, alone, that it goes as planned.
const STEADY: [&str; 7] = ["按期", "按时", "如期", "按计划", "照计划", "按要求", "按照计划"];

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
        finish && planned && self.has(Class::Future)
    }

    /// A bare promise to report: 周五报, 马上汇报.
    pub fn promise(&self) -> bool {
        let to_come = when::coming_day(self.tokens, self.facts.today).is_some()
            || self.tokens.iter().any(|token| {
                token.is_any(&[Class::Future, Class::Nearly, Class::If, Class::Ack])
                    && !token.is(Class::Report)
            });
        let bare = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => {
                token.is_any(&NEUTRAL)
                    || token.is_any(&PLANNED)
                    || token.is_any(&[Class::Report, Class::If, Class::Wait])
            }
            Kind::Date(_) | Kind::Space => true,
            _ => false,
        });
        self.has(Class::Report) && to_come && bare && !self.has(Class::Already)
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
            kind => matches!(kind, Kind::Title | Kind::Space),
        });
        plain && STEADY.iter().any(|word| self.clause.contains(word))
    }
}
