//! Titles that end with an event: once it has happened, the item is finished as titled. 已开工 finishes 公路开工, 津贴发了
//! finishes 高龄津贴核发.

use super::View;
use crate::reply::lexicon::{Class, word_at};
use crate::reply::tokens::{Kind, Token};

/// Ends of titles that are worked at in stages: 拆了, but not 建了 or 办了.
const NO_VERB: &str = "建设推进落实开展实施做办理弄搞整治改革提升管研究调完成工作";

/// What ends a title, and the words that say that it has happened. Short words (发, 签) only count with 了 or 已 beside them.
const EVENTS: &[(&str, &str)] = &[
    ("迎检", "过 过了 通过 结束"),
    ("配置", "配备 配齐 到位 到货 配置"),
    ("办法", "印发 下发 发文 出台 发了 发下去"),
    ("细则", "印发 下发 发文 出台 发了 发下去"),
    ("实施意见", "印发 下发 发文 出台 发了 发下去"),
    ("制度", "印发 下发 发文 出台 上墙"),
    ("复产", "恢复 复产 投产 恢复生产"),
    ("复工", "复工 恢复 开工 恢复施工"),
    ("复课", "复课 恢复 开学"),
    ("返还", "返还 拨付到位 发放到位 到账 到户 兑付 打卡"),
    ("补偿", "发放到位 兑付到位 到账 到户 兑付 打卡"),
    ("供暖", "供暖 供热 开栓 送气 通上 热了"),
    ("供热", "供暖 供热 开栓 送气 通上 热了"),
    ("新政落地", "执行 实行 施行 落地 生效 兑现 执行了 落地了"),
    ("政策落地", "执行 实行 施行 落地 生效 兑现 执行了 落地了"),
    ("开放", "开放 实行 执行 开放了 运行 实行了"),
    ("延时服务", "开放 实行 执行 推行 开展 实行了"),
    ("建设", "建成 建成了 建成投用 建成使用 建成投入使用"),
    ("新建", "建成 建成了 建成投用 建成使用 建成投入使用"),
    ("重建", "建成 建成了 建成投用 建成使用"),
    ("扩建", "建成 建成了 建成投用 建成使用"),
    ("述职", "交 交了 报 报了 上报 提交"),
    ("自查", "交 交了 上报 提交"),
    ("方案", "印发 下发 发 发了 印发了 发下去 发下去了 出台"),
    ("预案", "印发 下发 发 发了 印发了 发下去 发下去了 出台"),
    ("修订", "印发 下发 印发了 下发了"),
    ("启用", "启用 用上 用上了 投用 剪彩 开门"),
    ("系统", "上线 上线了 上线运行"),
    ("平台", "上线 上线了 上线运行"),
    ("台账", "交 交了 报 报了 送 上报 报送 提交 交卷"),
    ("表", "交 交了 报 报了 送 上报 报送 提交 交卷"),
    ("名单", "交 交了 报 报了 送 上报 报送 提交"),
    ("材料", "交 交了 报 报了 送 上报 报送 提交"),
    ("总结", "交 交了 报 报了 送 上报 报送 提交 交卷"),
    ("报告", "交 交了 报 报了 送 上报 报送 提交 交卷"),
    ("路", "通 通了 通车 修通"),
    ("桥", "通 通了 通车 修通"),
    ("计划", "报 报了 上报"),
    ("年检", "过 过了 通过 年检"),
    ("验收", "过 过了 通过 验收 验过"),
    ("评审", "过 过了 通过 评审"),
    ("拨付", "拨付 拨 拨了 拨付到位 到账 到户 打卡"),
    ("配备", "配备 配齐 到位 到货 到"),
    ("签订", "签约 签订 签 签了 签下来"),
    ("协议", "签约 签订 签 签了 签下来"),
    ("开工", "进场开挖 开工 动工 开工仪式 破土 破土动工 奠基 开挖 开 开了"),
    ("整改", "解决了 已经解决 已解决"),
    ("化解", "化解了 已化解 解决了 已解决"),
    ("动工", "开工 动工 开工仪式 破土 破土动工 奠基 开挖"),
    ("签约", "签约 签订 签 签了 签下来 签约仪式"),
    ("硬化", "通车 通车了 通了"),
    ("活动", "举办 举行 办 办了 开展 闭幕 举办了 举行了"),
    ("大会", "召开 开 开了 举行 举办 召开了 举行了"),
    ("会议", "召开 开 开了 举行 召开了 举行了"),
    ("例会", "召开 开 开了 举行 召开了"),
    ("招聘会", "举办 举行 开 开了 办 办了 举办了"),
    ("推介会", "举办 举行 开 开了 办 办了 举办了"),
    ("座谈会", "召开 开 开了 举行 召开了"),
    ("月调度", "召开 开 开了 调度"),
    ("调度会", "召开 开 开了 召开了"),
    ("演练", "演练 举行 举行了 搞了 演 开展"),
    ("发放", "发放 发 发了 打卡 兑付 发下去"),
    ("核发", "发放 发 发了 打卡 核发"),
    ("兑现", "兑现 兑付 发 发了 发放"),
    ("报送", "报送 上报 报 报了 送 交 报上去"),
    ("上报", "报送 上报 报 报了 送 交 报上去"),
    ("挂牌", "挂牌 揭牌 挂 挂上"),
    ("揭牌", "挂牌 揭牌"),
    ("通车", "通车"),
    ("投运", "投运 投用 投入运行"),
    ("投用", "投运 投用 投入使用"),
    ("印发", "印发 下发 发 发了 印发了 下发了 出台"),
    ("选址", "选址 定 定了"),
    ("移交", "移交 交 交付"),
    ("备案", "备案"),
    ("公开", "挂网 挂网了 公开 公开了 公示 公示了"),
    ("建议办理", "答复 答复了 办复"),
    ("提案办理", "答复 答复了 办复"),
    ("信访办理", "答复 答复了 办复"),
    ("报批", "批 批了 批复 批下来 批下来了"),
    ("审批", "批 批了 批复 批下来 批下来了"),
    ("公厕新建", "开放 开门 挂牌"),
    ("运营", "运营 运营了 开张 开张了 开业 开业了 营业 营业了"),
    ("营业", "营业 营业了 开张 开张了 开业 开业了 开门 开门了"),
    ("党课", "讲 讲了 上 上了 讲完"),
    ("宣讲", "讲 讲了 宣讲 宣讲了"),
    ("讲座", "讲 讲了 办 办了 举办"),
    ("函", "回函 回 回了 复函 复了 发函 发 发了 寄 寄了"),
    ("答复", "答复 答复了 回复 回 回了"),
    ("供稿", "供稿 交 交了 报 报了 供 供了"),
    ("自来水", "通水 通 通了 通上"),
    ("自来水入户", "通水 通 通了 通上 入户"),
    ("供水", "通水 通 通了 通上"),
    ("供电", "通电 通 通了 通上 送电"),
];

/// What opens a title, and the words that say that it has happened.
const OPENINGS: [(&str, &str); 14] = [
    ("报送", "报送 上报 报 报了 交 交了 报上去 提交"),
    ("上报", "报送 上报 报 报了 交 交了 报上去 提交"),
    ("报", "报送 上报 报 报了 交 交了 报上去 提交"),
    ("提交", "提交 交 交了 报 报了 上报 报送"),
    ("召开", "召开 开 开了 召开了"),
    ("举办", "举办 举行 办 办了 举办了 落幕 闭幕 结束"),
    ("印发", "印发 下发 发 发了 印发了 下发了"),
    ("出台", "出台 印发 下发 印发了 下发了"),
    ("签订", "签订 签 签了 签下来"),
    ("移交", "移交 交 交了"),
    ("开通", "开通 通 通了"),
    ("启用", "启用 用上 用上了 投用"),
    ("发布", "发布 发 发了"),
    ("拨付", "拨付 拨 拨了 到账"),
];

/// Endings that name an event by their own word only.
const PLAIN: [&str; 34] = [
    "清零",
    "达标",
    "归零",
    "见底",
    "全覆盖",
    "摘帽",
    "贯通",
    "合龙",
    "封顶",
    "通气",
    "供暖",
    "开通",
    "复产",
    "复工",
    "落地开工",
    "建成",
    "入统",
    "落地",
    "投产",
    "竣工",
    "启用",
    "立项",
    "批复",
    "开标",
    "下达",
    "并网",
    "上线",
    "开业",
    "出台",
    "定稿",
    "交付",
    "召开",
    "举办",
    "收官",
];

/// Endings that count for the plan, too: 计划下月开工.
pub(super) const GOALS: [&str; 9] =
    ["落地开工", "开工", "投用", "建成", "入统", "落地", "投产", "竣工", "通车"];

/// What a verb leads to, behind 全 or 都: 全录进去了.
const LEADS_TO: [&str; 20] = [
    "过去", "过来", "回来", "回去", "进去", "上去", "下去", "出去", "进来", "上来", "到位", "到户", "齐",
    "满", "净", "干净", "利索", "清", "妥", "上",
];

impl View<'_> {
    /// The event of the title has happened: 已开工, 津贴发了.
    pub(super) fn goal(&self, token: &Token) -> bool {
        (self.names_event(token) || self.title_verb(token)) && self.happens(token)
    }

    /// 广告牌拆了 finishes 广告牌拆除: the verb that the title ends with, or one character of it, before 了, 完, 好 or 过 at the end of
    /// what is said.
    pub(super) fn title_verb(&self, token: &Token) -> bool {
        let title = self.facts.title.text();
        let Some((at, _)) = title.char_indices().rev().nth(1) else {
            return false;
        };
        let verb = &title[at..];
        let known = word_at(verb).is_some_and(|(classes, len)| {
            len == verb.len() && classes.iter().any(|class| [Class::Step, Class::Gain].contains(class))
        });
        let text = self.text(token);
        let said = token.titled && text.chars().last().is_some_and(|c| verb.contains(c));
        let last = verb.chars().all(|c| !NO_VERB.contains(c));
        let already = self.clause[..token.start].ends_with(['已', '经', '全', '都', '部']);
        let after = &self.clause[token.end..];
        let ends = |rest: &str| rest.trim_matches(['呀', '啊', '哈', '啦', ' ', '咯', '了', '*']).is_empty();
        let done = ["好", "完", "过", "了", "啦"].iter().any(|end| after.strip_prefix(end).is_some_and(ends));
        let all = self.clause[..token.start].ends_with("全部");
        let counted = self.facts.target.is_some() && !all;
        let led =
            LEADS_TO.iter().any(|end| after.strip_prefix(end).is_some_and(ends)) && after.contains('了');
        // 全进驻了, of 事项进驻: the whole verb, of all of them.
        let whole = text == verb
            && token.titled
            && ends(after)
            && after.contains('了')
            && self.clause[..token.start].ends_with(['全', '都', '部']);
        let done = done || led && already;
        whole
            || (known || led)
                && last
                && said
                && (!counted || led)
                && (done || already && after.trim().is_empty())
    }

    /// 昨天就通车了: of a road or a bridge that was to be built or mended.
    fn opens_to_traffic(&self, token: &Token) -> bool {
        let title = self.facts.title.text();
        let way = ["路", "桥", "隧道", "国道", "省道", "县道"].iter().any(|way| title.contains(way));
        let made =
            ["修复", "改造", "硬化", "维修", "加固", "建设", "工程", "改建", "扩建", "重建", "拓宽", "大修"];
        let open = ["通车", "通车了", "通行", "通行了"].contains(&self.text(token));
        way && open && made.iter().any(|end| title.ends_with(end)) && !self.has(Class::Part)
    }

    /// Whether a word names the event that ends the title; where something is counted, one event does not finish it.
    fn names_event(&self, token: &Token) -> bool {
        let text = self.text(token);
        let title = self.facts.title.text();
        let counted = self.facts.target.is_some();
        // 发下去了
        let over = text.trim_end_matches('了');
        let named = |ends: &str, words: &str| {
            title.ends_with(ends) && words.split(' ').any(|word| word == text || word == over)
        };
        let goal = GOALS.iter().any(|goal| title.ends_with(goal) && goal.ends_with(text)) && text.len() >= 6;
        // 已实现动态清零: the end of the title in one run.
        let whole = |end: &str| title.ends_with(text) && text.ends_with(end);
        let plain = PLAIN.iter().any(|end| title.ends_with(end) && (end.ends_with(text) || whole(end)))
            && text.len() >= 6;
        // 青少年宫开馆: 开了
        let opens = ["开馆", "开园", "开班", "开业", "开播", "开赛", "开营", "开学"]
            .iter()
            .any(|end| title.ends_with(end))
            && text.starts_with('开')
            && (text == "开" || text == "开了" || title.ends_with(text));
        let begins = |opens: &str, words: &str| {
            title.starts_with(opens) && words.split(' ').any(|word| word == text || word == over)
        };
        let listed = EVENTS.iter().any(|(ends, words)| named(ends, words))
            || OPENINGS.iter().any(|(opens, words)| begins(opens, words));
        let met = text == "开的会" && title.contains('会');
        goal || met || (opens || self.opens_to_traffic(token)) && !counted || !counted && (plain || listed)
    }

    /// Whether it is said of a word that it has happened; of a short one only right beside it.
    fn happens(&self, token: &Token) -> bool {
        if [Class::Not, Class::Future, Class::Nearly].into_iter().any(|class| self.has(class)) {
            return false;
        }
        if self.title_verb(token) {
            return true;
        }
        if self.text(token).len() > '发'.len_utf8() {
            return self.has(Class::Already)
                || self.text(token).ends_with('了')
                || self.clause[token.end..].starts_with(['啦', '咯', '喽'])
                || self.text(token).contains('的')
                || self.clause.contains("的仪式");
        }
        let at = self.tokens.iter().position(|other| other.start == token.start).unwrap_or(0);
        let beside = |token: Option<&Token>| token.is_some_and(|token| token.is(Class::Already));
        let mut before = self.tokens[..at].iter().rev().filter(|token| !matches!(token.kind, Kind::Space));
        // 也报市委组织部了
        let handed =
            self.tokens[at + 1..].iter().all(|other| other.is(Class::Already) || self.handed_to(other))
                && self.clause.trim_end().ends_with('了');
        handed || beside(self.tokens.get(at + 1)) || beside(before.next())
    }
}
