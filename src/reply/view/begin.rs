//! Has the item begun? A beginning that is denied, put off, or not yet in sight.

use super::{NEUTRAL, View, plan};
use crate::reply::lexicon::{Class, word_at};
use crate::reply::measure;
use crate::reply::tokens::{Kind, Token};
use crate::reply::when;

/// Negations of what should have happened.
const DENIALS: [&str; 3] = ["没", "未", "尚无"];

/// First steps of any work: while they have not been taken, it has not begun.
const FIRST_STEPS: &str = "招标 去 布置 部署 摸底 组织 组建 排查 走访 立项 选址 报名 采购 施工 破题 破土 对接 铺 种 查 培训 宣传 \
    征收 搞 弄 干 做 动 修 建 装 挖 拆 调研 起草 开会 入户 弄呢 动笔 动土 上手 轮到 排上";

/// What any work begins with: while it has not been made, nothing has.
const FIRST_THINGS: [&str; 10] =
    ["图纸", "方案", "设计", "招标", "可研", "立项", "合同", "预案", "提纲", "名单"];

/// Steps that come at the end of a work: while they have not been taken, it may well have begun.
const LATE_STEPS: [&str; 16] = [
    "验收", "核验", "投用", "投产", "结算", "决算", "审计", "销号", "归档", "移交", "交付", "公示", "公布",
    "封顶", "收尾", "通车",
];

/// Words for the right time, which has not come.
pub(in crate::reply) const EARLY: [&str; 4] = ["时间", "时候", "季节", "节气"];

/// Beginnings that are named with a day to come: 9号下月中旬启动.
const BEGINNINGS: [&str; 14] = [
    "进场", "入场", "开挖", "开干", "才搞", "才弄", "才干", "才办", "启动", "开始", "开展", "着手", "动手",
    "部署",
];

impl View<'_> {
    /// Has not begun: the phrase, or a negation right before a beginning; of a part only, it is no such sign.
    pub fn not_started(&self) -> bool {
        // 一家还没签, unlike 一直没动, is told of a part as well.
        let counted =
            |token: &Token| word_at(self.text(token)).is_none_or(|word| word.1 < self.text(token).len());
        let idle = self.tokens.iter().any(|token| token.is(Class::Idle) && !counted(token));
        let begun = self.tokens.windows(2).any(|two| two[0].is(Class::Not) && two[1].is(Class::Start));
        let zero = measure::whole_percent(self.tokens, self.clause, self.facts.today) == Some(0.0);
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
            Kind::Percent(_) | Kind::Number(_) => zero,
            _ => true,
        });
        (idle || begun || zero) && whole && !self.has(Class::If) && !self.counts_idle()
    }

    /// 未动5: how many of them have not begun.
    fn counts_idle(&self) -> bool {
        self.tokens
            .windows(2)
            .any(|two| two[0].is(Class::Idle) && matches!(two[1].kind, Kind::Number(_) | Kind::Amount(_)))
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

    /// 医院那边还没招标: a first step denied, and nothing said of any other.
    pub fn no_first_step(&self) -> bool {
        let moved = [Class::Already, Class::Ongoing, Class::Left, Class::If, Class::Finish, Class::Part];
        // 没到招募时间
        let early = self.clause.contains("没到") && EARLY.iter().any(|time| self.clause.contains(time));
        // 连地基都没抠
        let not_even = self.clause.find('连').is_some_and(|at| {
            let after = &self.clause[at..];
            ["都没", "也没", "都还没", "也还没", "都未"].iter().any(|no| after.contains(no))
                && !LATE_STEPS.iter().any(|step| after.contains(step))
        });
        let idle = early
            || not_even
            || self.has(Class::Idle)
                && !self.counts_idle()
                // 牛100%、羊80%、猪没启动
                && !self.tokens.iter().any(|token| matches!(token.kind, Kind::Percent(_)))
                && !self.tokens.iter().any(|token| token.is_any(&moved) && !token.titled);
        let Some(not) = self.tokens.iter().rposition(|token| token.is(Class::Not) && !token.titled) else {
            return idle;
        };
        let word = &self.tokens[not];
        let denied = DENIALS.iter().any(|denial| self.text(word).contains(denial));
        let after = self.clause[word.end..]
            .trim_end_matches(['呢', '哦', '啊', '了', '起', '来', '哈', '嘛', '吧', ' ']);
        let after = after.trim();
        let first = FIRST_STEPS.split_whitespace().any(|step| step == after) || is_unknown_verb(after);
        let before = &self.tokens[..not];
        let plain = !before.iter().any(|token| {
            token.is_any(&moved) && !token.titled && !FIRST_THINGS.contains(&self.text(token))
                || matches!(token.kind, Kind::Amount(_) | Kind::Percent(_))
        });
        denied && first && plain || idle
    }

    /// 等麦子收完再动: something else comes first.
    pub fn begins_after(&self) -> bool {
        let begins = [
            "再动",
            "再动工",
            "再弄",
            "再干",
            "再搞",
            "再整",
            "再开始",
            "再启动",
            "再开工",
            "再进场",
            "再说",
            "再铺开",
            "再组织",
        ];
        let end = self.clause.trim_end().trim_end_matches(['了', '吧', '呗', '哈', '呢', '手']);
        // 25等高考那天再巡: whatever is to be done then, but not the rest of it and not a report.
        let mut back = end.chars().rev();
        let then = back.next().is_some_and(|verb| !"报说看定议办答回续着".contains(verb))
            && back.next() == Some('再')
            && self.clause.contains('等')
            && !self.has(Class::Left)
            && !self.tokens.iter().any(|token| matches!(token.kind, Kind::Amount(_) | Kind::Number(_)));
        if then {
            return true;
        }
        // 从下周开始, 等开春呢, 待雪化了才能上山
        let season = ["等开春", "等天暖", "等化冻", "等解冻", "等雪化", "等地化"];
        let from = self.clause.contains('从')
            && end.ends_with("开始")
            && when::coming_day(self.tokens, self.facts.today).is_some();
        let only_then = self.clause.contains(['等', '待'])
            && ["才能上山", "才能进场", "才能动", "才能开工", "才能干", "才能下地", "才能开始", "才能启动"]
                .iter()
                .any(|word| end.ends_with(word));
        if from || only_then || season.iter().any(|word| end.ends_with(word)) {
            return true;
        }
        let first = self.clause.contains('等')
            || ["暑假", "寒假", "放假", "假期", "节后", "年后", "秋后", "开春"]
                .iter()
                .any(|time| self.clause.trim_start().starts_with(time))
            || self.clause.contains("完再")
            || self.clause.contains("了再");
        first && begins.iter().any(|word| end.ends_with(word))
    }

    /// 下月中旬启动: it is still to begin, and nothing else is said.
    pub fn begins_later(&self) -> bool {
        let later = when::coming_day(self.tokens, self.facts.today).is_some()
            || self.has(Class::Future) && self.clause.contains("下半年");
        let title = self.facts.title.text();
        let begins = BEGINNINGS.iter().any(|word| self.clause.contains(word) && !title.ends_with(word));
        let bare = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => {
                token.titled
                    || token.is_any(&[
                        Class::Filler,
                        Class::Start,
                        Class::Future,
                        Class::Before,
                        Class::Lately,
                    ])
                    || self.text(token) == "才"
            }
            kind => matches!(kind, Kind::Date(_) | Kind::Space | Kind::Title),
        });
        later && begins && bare && !self.has(Class::Already)
    }

    /// 七月份才放, 下月才到援助月: only on a day to come, and no word of an end or of somebody else's day.
    pub fn only_then(&self) -> bool {
        let mut after = self.tokens.iter().skip_while(|token| !matches!(token.kind, Kind::Date(_)));
        let day = after.next();
        let then = after.next().is_some_and(|token| self.text(token) == "才");
        let rest = day.map_or("", |day| &self.clause[day.end..]).trim_start_matches('才');
        let other = "能交给完出批拨收转有开发";
        let start = self.tokens.iter().take_while(|token| !matches!(token.kind, Kind::Date(_)));
        then && start
            .into_iter()
            .all(|token| token.is(Class::Filler) || token.titled || token.kind == Kind::Space)
            && !rest.starts_with(|c| other.contains(c))
            && !self.has(Class::Finish)
            && !self.has(Class::Already)
            && self.facts.due.is_none_or(|due| when::last_day(self.tokens).is_some_and(|day| day <= due))
    }
}

/// 一笔没写, 表头都没敲: any verb, if it is none of an end or of an arrival.
fn is_unknown_verb(word: &str) -> bool {
    if LATE_STEPS.contains(&word) {
        return false;
    }
    let verb = |c: char| c.is_alphabetic() && !c.is_ascii() && !"错事用法劲想看见听说问戏".contains(c);
    let letters = word.chars().all(verb);
    let short = (1..=2).contains(&word.chars().count());
    let ends = word.ends_with([
        '完', '好', '齐', '到', '成', '通', '下', '来', '清', '够', '满', '过', '给', '批', '动',
    ]);
    let known = word_at(word);
    let plain = known.is_none_or(|(classes, len)| {
        len < word.len() && !classes.contains(&Class::Arrive)
            || classes.iter().all(|class| matches!(class, Class::Start | Class::Gain | Class::Step))
    });
    letters && short && !ends && plain
}
