//! The questions that can be asked of one clause: is it a finish, a plan, a promise, a beginning denied?

mod begin;
mod claim;
mod closing;
mod event;
mod handed;
mod kinds;
mod limits;
mod otherwise;
mod plan;
mod putting;
mod reach;
mod titled;
mod used;
mod whole;

pub(super) use reach::told_of;

use chrono::{Datelike as _, NaiveDate};

use super::lexicon::Class;
use super::title::TitleWords;
use super::tokens::{Kind, Token};
use crate::domain::quantity::Quantity;

/// Words for a year before this one.
pub(super) const PAST_YEARS: [&str; 4] = ["去年", "上年", "前年", "往年"];

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
    /// 请予销号: asks for the item to be closed; only what denies the finish itself speaks against it.
    Asked,
}

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
                    Kind::Amount(amount) => {
                        amount.value > 0.0 && amount.of_kind(&target.unit).to_unit(&target.unit).is_some()
                    }
                    _ => false,
                })
            });
        // 累计完成560
        let counted = self
            .tokens
            .windows(2)
            .any(|two| two[0].is(Class::Total) && matches!(two[1].kind, Kind::Number(_)));
        share
            || counted
            || of_target
            || amount && self.tokens.iter().any(|token| token.is_any(&[Class::Gain, Class::Future]))
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
        around && !self.clause.contains("不动不动") || at_end && work
    }

    /// Received; a single character (好) only where nothing unknown stands beside it.
    pub fn acknowledges(&self) -> bool {
        // 收到请回复1
        if self.clause.trim() == "1" {
            return true;
        }
        let unknown = self.tokens.iter().any(|token| matches!(token.kind, Kind::Other));
        self.tokens.iter().enumerate().any(|(at, token)| {
            // 不行 agrees to nothing.
            let denied = at > 0 && self.tokens[at - 1].is(Class::Not);
            token.is(Class::Ack) && !denied && (!unknown || token.end - token.start > 3)
        })
    }

    /// Denies work: a negation before a word of work or at the end, not 期间无重大投诉 and not 网不好.
    pub fn denies(&self) -> bool {
        self.tokens.iter().enumerate().any(|(at, token)| {
            if !token.is(Class::Not) {
                return false;
            }
            let next = self.tokens[at + 1..]
                .iter()
                .find(|next| next.titled || !next.is(Class::Filler) && next.kind != Kind::Space);
            next.is_none_or(|next| next.titled || next.kind != Kind::Other || self.text(token).len() > 3)
        })
    }

    /// 那是农业农村局的, 三号的问小赵: somebody else's.
    pub fn others(&self) -> bool {
        let clause = self.clause.trim();
        let asked = clause.trim_start_matches(['的', '得', '你', '您', '请', '就', '去', ':', ' ']);
        let name = asked.strip_prefix(['问', '找']).unwrap_or("");
        let name = name.trim_end_matches(['吧', '哈', '去']);
        if (2..=4).contains(&name.chars().count())
            && name
                .chars()
                .all(|c| c.is_alphabetic() && !"到了题我你他们谁什么不啥一二三几下句声上".contains(c))
        {
            return true;
        }
        // 都是政研室的活儿, 交警的数找公安要
        let work = ["活", "事", "职责", "任务"].iter().any(|noun| {
            clause
                .trim_end_matches('儿')
                .strip_suffix(noun)
                .and_then(|said| said.strip_suffix('的'))
                .is_some_and(|owner| {
                    owner.ends_with(['局', '委', '办', '室', '科', '股', '站', '队', '院', '社', '部', '心'])
                })
        });
        let owned = clause.contains('是') || clause.contains('归');
        let fetched = ["找", "问", "跟", "朝", "管"].iter().any(|verb| {
            clause.rfind(verb).is_some_and(|at| {
                let whom = clause[at + verb.len()..].strip_suffix('要').unwrap_or("");
                (2..=4).contains(&whom.chars().count())
            })
        });
        if (work && owned || fetched) && !clause.contains(['我', '咱', '俺']) {
            return true;
        }
        let unit = ["局的", "委的", "厅的", "办的", "公司的"].iter().any(|end| clause.ends_with(end));
        unit && ["那是", "这是", "属于", "归"].iter().any(|word| clause.contains(word))
            && !clause.contains(['我', '咱'])
    }

    /// 28号开的工: the day on which it happened.
    pub fn was_then(&self) -> bool {
        let day = self.tokens.iter().position(|token| matches!(token.kind, Kind::Date(_)));
        day.is_some_and(|at| {
            let token = &self.tokens[at];
            let after = &self.clause[token.end..];
            // 5号那天就整完了
            if self.text(token).ends_with("那天") && self.has(Class::Already) {
                return true;
            }
            // 我们17号就办结了
            let ended = self.tokens.windows(2).any(|two| {
                two[0].is_any(&[Class::Finish, Class::Close])
                    && (two[0].is(Class::Already) || two[1].is(Class::Already))
                    && two[0].start >= token.end
            });
            let day_only = matches!(&token.kind, Kind::Date(found) if found.day_only);
            if day_only && ended && !self.has(Class::Future) && !self.has(Class::If) {
                return true;
            }
            ["开的工", "收的尾", "办的", "签的", "完的", "交的", "报的", "开的会", "发的"]
                .iter()
                .any(|word| after.starts_with(word))
        })
    }

    /// 去年的早就完成了: another year or another time.
    pub fn earlier(&self) -> bool {
        let year = |token: &Token| matches!(&token.kind, Kind::Date(found) if found.date.year() < self.facts.today.year());
        self.has(Class::Past) || self.tokens.iter().any(year)
    }

    /// 马上, 这就 and nothing else.
    pub fn only_receipt(&self) -> bool {
        // 请建设股阅处
        let passed_on =
            ["阅处", "阅办", "阅研", "阅示"].iter().any(|end| self.clause.trim_end().ends_with(end));
        passed_on
            || self.has(Class::Ack)
                && self.tokens.iter().all(|token| match &token.kind {
                    Kind::Word(_) => token.is_any(&[Class::Ack, Class::Filler, Class::Chat]),
                    kind => matches!(kind, Kind::Space),
                })
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
        // 我局承办的示范创建事项: the item itself, not a part of it.
        let itself = self.tokens.iter().any(|token| token.titled || matches!(token.kind, Kind::Title))
            && !self.tokens.iter().any(|token| token.is(Class::Part) && !token.titled);
        things
            && !self.has(Class::Goal)
            && !itself
            && !self.clause.trim_start().starts_with(['都', '均', '我'])
            && !self.tokens.iter().any(|token| {
                token.is_any(&said)
                    || matches!(token.kind, Kind::Percent(_) | Kind::Amount(_) | Kind::Date(_))
            })
    }
}
