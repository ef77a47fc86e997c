//! Does a clause limit what it says: by a denial, a plan, a part, a stage, a figure short of the whole?

use super::View;
use super::reach::is_as_much;
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

/// What may be done to all of them before any is finished: 336户都通知了.
const PREPARED: &str = "选址 挂网 对接 洽谈 考察 调研 起草 评估 测绘 立案 初审 会审 定点 入围 约谈 打围 通知 \
    动员 知道 联系 报名 告知 摸底 摸排 部署 进场 入场 下达 分解 启动 铺开 勘测 测量 放线 \
    征求 宣传 安排 布置 登记 受理 分发 转办 交办 申报 上图 签收 开工 动工 立项 招标 建档 \
    建了档 分下去 体检 笔试 面试 政审 送审 备料 备了 合同 评审 意向 报送 推送 派单 报名 参加 \
    开建 上报 外勤 录系统 录完系统 报了 预约 踏勘 现场 勘察 摸排 申请 递交 地块 定位 井位 登记 标记 \
    封顶 合龙 吊装 灌浆 浇筑 铺装 主体 基础 主管 一楼 桥面 尺寸 布展板";

/// Verbs that make ready: 都定了, 印好了, 收上来了.
const READYING: &str = "定印写编画搭备量测核标记买选约勘报布置排订注拟贴挂做收货对查导位名运";

impl View<'_> {
    /// Whether anything of the clause limits a finish.
    pub(super) fn is_limited(&self) -> bool {
        self.tokens.iter().any(|token| self.limits(token))
            || self.in_part()
            || self.counts_less()
            || self.names_one()
            || self.names_some()
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

    /// 立行立改的都改完了: all of some kind; 医院的都完了 names the item.
    fn names_some(&self) -> bool {
        ["的都", "的全", "的均"].iter().any(|word| {
            self.clause.find(word).is_some_and(|at| {
                let before = self.tokens.iter().rfind(|token| token.end <= at);
                before.is_some_and(|token| !token.titled && !token.is(Class::Filler))
            })
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
        let target = self.facts.target.is_some_and(|target| is_as_much(token, target));
        target || titled || before.ends_with("最后") || self.facts.target.is_none() && all
    }

    /// Whether it speaks of a step before the work itself, and the title does not.
    pub(super) fn prepares(&self) -> bool {
        let title = self.facts.title.text();
        listed(PREPARED).any(|word| self.clause.contains(word) && !title.contains(word))
    }

    /// Whether the verb at its end makes ready, and is not the title's own: 新牌子都做好了.
    pub(super) fn prepares_last(&self) -> bool {
        let mut said = self.clause.trim_end_matches(['啊', '哈', '呢', '呀', ' ', '啦']);
        while let Some(shorter) = ["了", "好", "完", "齐", "出来", "上来", "下来", "上", "妥", "成"]
            .iter()
            .find_map(|end| said.strip_suffix(end))
        {
            said = shorter;
        }
        let verb = said.chars().next_back();
        verb.is_some_and(|verb| READYING.contains(verb) && !self.facts.title.text().contains(verb))
    }

    /// Whether it speaks of what is made ready first, and the title does not.
    pub(super) fn makes_ready(&self) -> bool {
        let title = self.facts.title.text();
        // 141个问题全部整改到位, of a campaign against them.
        let against = ["整治", "整改", "治理", "排查", "督查", "巡", "审计", "反馈", "检查"];
        let own = |word: &str| word == "问题" && against.iter().any(|word| title.contains(word));
        listed(READY).any(|word| self.clause.contains(word) && !title.contains(word) && !own(word))
    }
}
