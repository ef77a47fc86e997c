//! Does a clause limit what it says: by a denial, a plan, a part, a stage, a figure short of the whole?

use super::View;
use crate::domain::chinese::number_at;
use crate::reply::figures::Percent;
use crate::reply::lexicon::Class;
use crate::reply::tokens::{Kind, Token};
use crate::reply::when;
use crate::reply::words::listed;

/// Classes of words that limit a finish.
const LIMITS: &[Class] = &[
    Class::Not,
    Class::If,
    Class::Nearly,
    Class::Ongoing,
    Class::Left,
    Class::Except,
    Class::Obstacle,
    Class::Hearsay,
    Class::Past,
    Class::Wait,
    Class::Ask,
    Class::Unable,
    Class::Under,
    Class::Extend,
    Class::Future,
    Class::Part,
    Class::Need,
    Class::Disowns,
];

/// Words of a part of the whole, of a stage, of a trial.
const IN_PART: &str = "其他 其它 就都 就全 部分 一半 先 临时 试 暂 有的 几户 几个 几家 主街 第一 首批 首个 头一 一批 个别 多数 \
    大多 初 样板 模拟 一期 半 阶段 预 轮 单项 说 谁 草 稿 着呢 下去一 其中 一块 分批 准备 \
    计划 打算 快 再 东头 西头 南头 北头 东边 西边 东片 西片 左 右 人家 别人 他们 别的";

/// What is made ready before the work itself: that it is all there finishes nothing.
const READY: &str = "问题 表 表格 通知 台账 手续 合同 人员 资金 图 料 仓 场地 机器 设备 预算 经费 会开 开会 指标 \
    任务 名册 名单 方案 围挡 班子 专班 工作组 队伍 培训 宣传 动员 摸底 招标 挂网 立项 可研 \
    设计 评估 选址 建档 建了档 测量 问卷 入户 分下去 苗";

impl View<'_> {
    /// Whether anything of the clause limits a finish.
    pub(super) fn is_limited(&self) -> bool {
        self.tokens.iter().any(|token| self.limits(token))
            || self.in_part()
            || self.counts_less()
            || self.names_one()
            || self.earlier()
            || self.of_one_month()
            || self.clause.contains("就算")
            || when::coming_day(self.tokens, self.facts.today).is_some()
    }

    /// 第五期结业了: one of several, unless it is the last of those that the target counts.
    fn names_one(&self) -> bool {
        self.clause.match_indices('第').any(|(at, _)| {
            let place = number_at(&self.clause[at + '第'.len_utf8()..]);
            place.is_some_and(|place| self.facts.target.is_none_or(|target| place.value < target.value))
        })
    }

    /// 七月份的发完了: of one month, unless the title is of it.
    pub(super) fn of_one_month(&self) -> bool {
        self.tokens.iter().any(|token| {
            let month = matches!(token.kind, Kind::Date(_)) && !token.titled;
            month && (self.text(token).ends_with(['份', '月'])) && self.clause[token.end..].starts_with('的')
        })
    }

    fn limits(&self, token: &Token) -> bool {
        token.is_any(LIMITS)
            && !token.titled
            && !token.is_any(&[Class::Finish, Class::Close, Class::Follow, Class::Already])
            && !self.is_noun_of_meeting(token)
            && !self.can_now(token)
    }

    /// 换届大会: a meeting, and no plan.
    fn is_noun_of_meeting(&self, token: &Token) -> bool {
        self.text(token) == "会"
            && self.clause[..token.start].ends_with(['大', '务', '部', '公', '组', '委', '党', '员'])
    }

    /// 村村都能取件了: what has become possible is no plan.
    fn can_now(&self, token: &Token) -> bool {
        let of_what_can = self.clause[token.end..].chars().nth(1) == Some('的');
        self.text(token) == "能" && self.clause.trim_end().ends_with('了') && !of_what_can
    }

    /// Whether it tells of a part, unless the title does so.
    fn in_part(&self) -> bool {
        let title = self.facts.title.text();
        listed(IN_PART).any(|word| self.clause.contains(word) && !title.contains(word))
    }

    /// A figure short of the whole, or one that counts something else than all.
    fn counts_less(&self) -> bool {
        self.tokens.iter().any(|token| match &token.kind {
            Kind::Percent(Percent::Value(value)) => *value < 100.0,
            Kind::Percent(Percent::Vague) => true,
            Kind::Amount(_) | Kind::Number(_) => !self.counts_whole(token),
            _ => false,
        })
    }

    /// A figure of all that there is: 40个桩都送上电了; 最后一户; 12项均已承接.
    fn counts_whole(&self, token: &Token) -> bool {
        let before = &self.clause[..token.start];
        let after = &self.clause[token.end..];
        let all = ["全", "都", "均", "悉数", "统统", "个个", "件件", "一律"]
            .iter()
            .any(|word| after.contains(word));
        let titled = self.text(token).len() > 1 && self.facts.title.text().contains(self.text(token));
        let target = self.facts.target.is_some_and(|target| match &token.kind {
            Kind::Amount(amount) => amount
                .of_kind(&target.unit)
                .to_unit(&target.unit)
                .is_some_and(|told| told.value >= target.value),
            Kind::Number(value) => *value >= target.value,
            _ => false,
        });
        target || titled || before.ends_with("最后") || self.facts.target.is_none() && all
    }

    /// Whether it speaks of what is made ready first, and the title does not.
    pub(super) fn makes_ready(&self) -> bool {
        let title = self.facts.title.text();
        listed(READY).any(|word| self.clause.contains(word) && !title.contains(word))
    }
}
