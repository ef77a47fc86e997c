//! The questions that can be asked of one clause: is it a finish, a plan, a promise, a beginning denied?

mod claim;
mod plan;

use chrono::NaiveDate;

use super::lexicon::Class;
use super::measure;
use super::title::TitleWords;
use super::tokens::{Kind, Token};
use crate::domain::quantity::Quantity;

/// The item as far as reading a clause needs it.
pub(super) struct Facts<'a> {
    pub today: NaiveDate,
    pub title: &'a TitleWords,
    pub target: Option<&'a Quantity>,
    /// Words of the titles of the items that the same clauses are about.
    pub beside: &'a [TitleWords],
    /// The message named the item.
    pub named: bool,
    pub due: Option<NaiveDate>,
}

/// A claim that the item is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// 完成, or the target reached: gives way to any word against it.
    Plain,
    /// 办结, 全部完成: stands beside an obstacle that is told as well.
    Firm,
}

/// Ends of titles that name a single event: once it has happened, the item is finished as titled.
const GOALS: [&str; 9] = ["落地开工", "开工", "投用", "建成", "入统", "落地", "投产", "竣工", "通车"];

/// Words that leave a finish whole.
const NEUTRAL: [Class; 10] = [
    Class::Filler,
    Class::Already,
    Class::Finish,
    Class::Close,
    Class::Follow,
    Class::Ack,
    Class::Chat,
    Class::Fine,
    Class::Total,
    Class::Goal,
];

/// Negations of what should have happened.
const DENIALS: [&str; 3] = ["没", "未", "尚无"];

/// A clause cut into tokens, with the item it is about.
pub(super) struct View<'a> {
    pub tokens: &'a [Token],
    pub clause: &'a str,
    pub facts: &'a Facts<'a>,
}

impl View<'_> {
    pub fn has(&self, class: Class) -> bool {
        self.tokens.iter().any(|token| token.is(class))
    }

    fn text(&self, token: &Token) -> &str {
        &self.clause[token.start..token.end]
    }

    /// Has not begun: the phrase, or a negation right before a beginning; of a part only, it is no such sign.
    pub fn not_started(&self) -> bool {
        let idle = self.tokens.iter().any(|token| token.is(Class::Idle));
        let begun = self.tokens.windows(2).any(|two| two[0].is(Class::Not) && two[1].is(Class::Start));
        let zero = measure::whole_percent(self.tokens, self.facts.today) == Some(0);
        let whole = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => {
                token.titled
                    || token.is_any(&NEUTRAL)
                    || token.is_any(&plan::PLANNED)
                    || token.is_any(&[Class::Idle, Class::Start, Class::Not, Class::Ongoing])
                    || self.text(token).starts_with("前期")
            }
            // 还有8万亩没干: the rest of something that has begun.
            Kind::Other | Kind::Amount(_) => false,
            Kind::Percent(_) => zero,
            _ => true,
        });
        (idle || begun || zero) && whole && !self.has(Class::If)
    }

    /// Something happened that no list knows: 已 or 了 beside unknown words.
    pub fn happened(&self) -> bool {
        let unknown =
            self.tokens.iter().filter(|token| matches!(token.kind, Kind::Other | Kind::Title)).count();
        self.has(Class::Already) && unknown >= 1 && !self.has(Class::Chat)
            || self.has(Class::Gain) && self.has(Class::Already)
            || self.has(Class::Report) && self.has(Class::Already)
    }

    /// A figure that is progress of something, even if not of the whole.
    pub fn figures(&self) -> bool {
        let share = self.tokens.iter().any(|token| matches!(token.kind, Kind::Percent(_)));
        let amount = self.tokens.iter().any(|token| matches!(token.kind, Kind::Amount(_)));
        // 本月新开发28个: what is counted as the target is, even if the whole is not told.
        let aside = [Class::Aside, Class::Goal, Class::Need].into_iter().any(|class| self.has(class));
        let of_target = !aside
            && self.facts.target.is_some_and(|target| {
                self.tokens.iter().any(|token| match &token.kind {
                    Kind::Amount(amount) => amount.of_kind(&target.unit).to_unit(&target.unit).is_some(),
                    _ => false,
                })
            });
        share
            || of_target
            || amount && self.tokens.iter().any(|token| token.is_any(&[Class::Gain, Class::Future]))
    }

    /// 没呢, 疾控没有: a bare no to the question whether it is done.
    pub fn bare_no(&self) -> bool {
        let plain = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => token.titled || token.is_any(&[Class::Filler, Class::Not, Class::Chat]),
            kind => matches!(kind, Kind::Title | Kind::Space),
        });
        let no = self.tokens.iter().rev().find(|token| !token.is(Class::Filler) && token.kind != Kind::Space);
        plain && no.is_some_and(|token| token.is(Class::Not) && self.text(token).len() >= 6)
    }

    /// 还未调度: what the title is about is denied.
    pub fn denies_title(&self) -> bool {
        let mut tokens = self.tokens.iter().filter(|token| !matches!(token.kind, Kind::Space)).rev();
        let last = tokens.by_ref().find(|token| !token.is(Class::Filler) || token.titled);
        let before = tokens.find(|token| !token.is(Class::Filler));
        let denied = |token: &Token| {
            token.is(Class::Not) && DENIALS.iter().any(|word| self.text(token).contains(word))
        };
        let named = |token: &Token| {
            // 奖补没发呢: the verb of the title, cut short.
            let short = token.end - token.start == '发'.len_utf8()
                && self.facts.title.text().contains(self.text(token))
                && matches!(token.kind, Kind::Other | Kind::Word(_));
            token.titled && !token.is_any(&[Class::Finish, Class::Close])
                || token.is(Class::Start) && self.text(token) == "开"
                || short
        };
        let part =
            self.tokens.iter().any(|token| matches!(token.kind, Kind::Amount(_))) || self.has(Class::Left);
        last.is_some_and(named) && before.is_some_and(denied) && !self.has(Class::If) && !part
    }

    /// Asks by a negation at the end (作数不, 报了没) or around it (报不报, 用不用).
    pub fn asks_by_not(&self) -> bool {
        let chars: Vec<char> = self.clause.chars().collect();
        let around = chars.windows(3).any(|three| {
            three[0] == three[2] && ['不', '没'].contains(&three[1]) && three[0].is_alphabetic()
        });
        let last = self.tokens.iter().rev().find(|token| !matches!(token.kind, Kind::Space));
        let at_end = last.is_some_and(|token| ["不", "没"].contains(&self.text(token)));
        let work = self.tokens.iter().any(|token| {
            token.titled || token.is_any(&[Class::Finish, Class::Step, Class::Report, Class::Already])
        });
        around || at_end && work
    }

    /// Received; a single character (好) only where nothing unknown stands beside it.
    pub fn acknowledges(&self) -> bool {
        let unknown = self.tokens.iter().any(|token| matches!(token.kind, Kind::Other));
        self.tokens.iter().any(|token| token.is(Class::Ack) && (!unknown || token.end - token.start > 3))
    }

    /// Names things and says nothing of them.
    pub fn nominal(&self) -> bool {
        let said = [
            Class::Already,
            Class::Finish,
            Class::Close,
            Class::Not,
            Class::Ack,
            Class::Chat,
            Class::Ongoing,
            Class::Fine,
            Class::Future,
        ];
        let things = self.tokens.iter().any(|token| {
            matches!(token.kind, Kind::Other) || token.is_any(&[Class::Part, Class::Means, Class::Step])
        });
        things
            && !self.tokens.iter().any(|token| {
                token.is_any(&said)
                    || matches!(token.kind, Kind::Percent(_) | Kind::Amount(_) | Kind::Date(_))
            })
    }
}
