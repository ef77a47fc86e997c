//! What a clause says of days to come: a finish planned, a pledge, a promise.

use chrono::NaiveDate;

use super::event::GOALS;
use super::{NEUTRAL, View};
use crate::reply::lexicon::Class;
use crate::reply::tokens::{Kind, Token};
use crate::reply::when;

/// Words that say, alone, that it goes as planned.
const STEADY: [&str; 7] = ["按期", "按时", "如期", "按计划", "照计划", "按要求", "按照计划"];

/// Words that put the end of the work on the day beside them.
const PUTS: [&str; 15] = [
    "才",
    "得",
    "给",
    "交",
    "估计",
    "干到",
    "报",
    "封口",
    "收口",
    "下不来",
    "能完",
    "送",
    "端上",
    "能弄",
    "能出",
];

/// Ends of titles that name a paper.
const PAPERS: [&str; 9] = ["表", "台账", "材料", "名单", "清单", "总结", "数据", "分析", "自查"];

/// Seasons that stand for a day nobody knows.
const SEASONS: [&str; 14] = [
    "国庆", "春节", "节", "年", "元旦", "霜降", "秋收", "入冬", "开春", "汛期", "雨季", "过年", "麦收",
    "封冻",
];

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

    /// A day beyond the term beside a word that puts the end there: 下周五才能交上, 估计得年底了.
    pub fn put_off_to(&self) -> Option<NaiveDate> {
        let due = self.facts.due?;
        let day = when::last_day(self.tokens).filter(|day| *day > due && *day > self.facts.today)?;
        let told = |word: &str| {
            let after = self.clause.find(word).map(|at| &self.clause[at + word.len()..]);
            // 18号报的 has been.
            after.is_some_and(|after| !after.starts_with(['的', '过', '了']))
        };
        let puts = PUTS.iter().any(|word| told(word)) || self.bare_day();
        // 下月上会: a stage of the work, or somebody else's day.
        let other = self.tokens.iter().any(|token| {
            !token.titled
                && token.is_any(&[
                    Class::Past,
                    Class::Hearsay,
                    Class::Part,
                    Class::Step,
                    Class::Party,
                    Class::Except,
                ])
                && !token.is_any(&[Class::Report, Class::Before])
        });
        // 下周一报 promises word of the item, unless the item is to be handed in.
        let word_only = self.promise() && !self.handed_in();
        (puts && !other && !word_only).then_some(day)
    }

    /// Whether the item itself is a paper to be handed in.
    fn handed_in(&self) -> bool {
        let title = self.facts.title.text();
        title.contains('报')
            || PAPERS.iter().any(|end| title.ends_with(end))
            || self.clause.contains(['交', '才'])
    }

    /// 周五下班前: a day and nothing else.
    fn bare_day(&self) -> bool {
        self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => token.is_any(&[Class::Filler, Class::Before, Class::Approx]),
            kind => matches!(kind, Kind::Date(_) | Kind::Space),
        })
    }

    /// 估计得国庆之后了: beyond a season that is no day.
    pub fn put_off_past(&self) -> bool {
        let season = SEASONS.iter().any(|season| {
            self.clause.find(season).is_some_and(|at| {
                let after = &self.clause[at + season.len()..];
                after.starts_with(['后', '了']) || after.starts_with("之后") || after.starts_with("以后")
            })
        });
        let puts = ["得", "要", "估计", "干到", "等到", "拖到"].iter().any(|word| self.clause.contains(word));
        season && puts && !self.has(Class::Past) && !self.has(Class::Finish)
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
