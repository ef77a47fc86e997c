//! What a finished work was handed to, or looked over by: said behind a finish, it leaves the claim whole.

use super::View;
use crate::reply::lexicon::Class;
use crate::reply::tokens::Token;

/// Verbs that hand something over, and the letters of an office's name.
const HANDS: [&str; 5] = ["报", "移交", "报送", "上报", "送"];
const OFFICE: usize = 8;

/// Letters of what was done besides.
const BESIDES: usize = 7;

/// Bytes of a clause that says where a paper went.
const HANDED: usize = 48;

/// Words for an inspection that has been passed: of what was built or mended, the end.
const ACCEPTED: [&str; 9] = [
    "验收通过",
    "通过验收",
    "验收合格",
    "已通过验收",
    "并通过验收",
    "通过终验",
    "终验通过",
    "终验合格",
    "验收完毕",
];

/// What is accepted when it has been made: words of the titles of works.
const MADE: &[&str] = &[
    "造林", "栽植", "植树", "翻建", "大修", "迁建", "修缮", "养护", "建设", "改造", "维修", "修缮", "整治",
    "治理", "工程", "安装", "修复", "加固", "新建", "扩建", "重建", "提升", "硬化", "绿化", "亮化", "改厕",
    "复垦", "修建", "拆除", "更换", "道路", "公路",
];

/// Nouns for the substance of an item whose title has one of the words behind.
const SUBSTANCE: &[(&str, &str)] = &[
    ("合同", "签约 签订 聘用 聘请"),
    ("协议", "签约 签订"),
    ("方案", "预案 办法 细则"),
    ("手续", "移交 交接 过户 登记 备案 变更 注销 划转 接管 许可"),
    ("名单", "推荐 评选 申报 遴选 推选 选拔 报送"),
    ("钱", "发放 拨付 兑现 兑付 核发 返还 补发 补偿 补贴 补助 清欠"),
    ("款", "发放 拨付 兑现 兑付 核发 返还 补发 补偿 增资 清欠"),
];

/// How a built thing serves, right behind the word for its end: 竣工入住, 建成启用.
const SERVES: [&str; 8] = ["入住", "投用", "启用", "使用", "归档", "交付", "销号", "见效"];

/// The end of a thing that was built.
const BUILT: [&str; 8] = ["完成", "竣工", "完工", "建成", "落成", "交工", "修好", "建好"];

/// Ends of titles that ask for the word of somebody above, and who gives it.
const APPROVED: [&str; 8] = ["报批", "审批", "批复", "备案", "评审", "核准", "立项", "年检"];
const OFFICES: [&str; 13] = [
    "省厅",
    "市厅",
    "厅里",
    "省里",
    "市里",
    "省局",
    "市局",
    "县局",
    "上级",
    "上面",
    "部里",
    "县政府",
    "市政府",
];

/// Where a finished thing is put.
const BOOKED: [&str; 14] = [
    "入库",
    "上报",
    "报上去",
    "报送",
    "归档",
    "存档",
    "公示",
    "移交",
    "交付",
    "录入",
    "上传",
    "备案",
    "收卷",
    "锁库",
];

/// Steps that come last, and the words for use behind them.
const LAST_STEPS: [&str; 8] = ["安装", "调试", "装修", "采购", "验收", "施工", "交付", "测试"];
const IN_USE: [&str; 8] =
    ["用上", "投入使用", "并投用", "正式投用", "并启用", "交付使用", "投入运行", "投入运营"];

impl View<'_> {
    /// 验收通过了: of what is accepted, nothing is left to do.
    pub(super) fn accepted(&self, token: &Token) -> bool {
        let after = &self.clause[token.end..];
        let title = self.facts.title.text();
        let built = MADE.iter().any(|word| title.contains(word));
        built && ACCEPTED.contains(&self.text(token)) && !after.starts_with(['率', '后', '的', '前', '不'])
    }

    /// 移交手续, of a 移交: the noun stands for the item and not for a part of it.
    fn means_item(&self, token: &Token) -> bool {
        let title = self.facts.title.text();
        SUBSTANCE.iter().any(|(noun, words)| {
            self.is_within(token, noun) && words.split(' ').any(|word| title.contains(word))
        })
    }

    /// 省厅昨天批了, of a 报批: who gave the word that the title asks for.
    fn approves(&self, token: &Token) -> bool {
        let title = self.facts.title.text();
        let given = APPROVED.iter().any(|end| title.ends_with(end))
            && OFFICES.iter().any(|office| self.is_within(token, office));
        // Only where it stands close before what was done.
        let mut after = self.tokens.iter().skip_while(|other| other.start <= token.start).take(OFFICE);
        given && after.any(|goal| self.goal(goal))
    }

    /// 已安装调试完毕并投入使用: steps that end in use.
    fn leads_to_use(&self, token: &Token) -> bool {
        if !LAST_STEPS.contains(&self.text(token)) || !self.has(Class::Already) {
            return false;
        }
        let used = IN_USE.iter().filter_map(|word| self.clause.find(word)).min();
        let ended = |finish: &Token| {
            finish.start > token.start
                && finish.is_any(&[Class::Finish, Class::Close])
                && used.is_some_and(|used| finish.start < used)
        };
        self.tokens.iter().any(ended)
    }

    /// Whether a word stands for the item, for who had to do with its end, or for how it serves.
    pub(super) fn follows_end(&self, token: &Token) -> bool {
        self.handed_in_after(token)
            || self.inspected(token)
            || self.means_item(token)
            || self.used_after(token)
            || self.approves(token)
            || self.leads_to_use(token)
            || self.booked(token)
    }

    /// 费收齐入库了, 表填完报上去了: where it was put, right behind its end.
    fn booked(&self, token: &Token) -> bool {
        let before = self.clause[..token.start].trim_end_matches(['就', '已', '也', '都', '并', '、']);
        let ended = self
            .tokens
            .iter()
            .any(|finish| finish.end == before.len() && finish.is_any(&[Class::Finish, Class::Close]));
        ended && BOOKED.iter().any(|word| self.clause[token.start..].starts_with(word))
    }

    /// Whether a token is a word or a character of it.
    fn is_within(&self, token: &Token, word: &str) -> bool {
        let from = self.clause.floor_char_boundary(token.start.saturating_sub(word.len()));
        let to = self.clause.ceil_char_boundary((token.end + word.len()).min(self.clause.len()));
        self.clause[from..to]
            .match_indices(word)
            .any(|(at, _)| from + at <= token.start && token.end <= from + at + word.len())
    }

    /// 全部竣工入住: in use right behind its end; the word may be one token or two.
    pub(super) fn used_after(&self, token: &Token) -> bool {
        let ended = |at: usize| {
            let before = self.clause[..at].trim_end_matches(['并', '、', '已', '就', '了']);
            BUILT.iter().any(|end| before.ends_with(end))
        };
        let second = token.start.checked_sub('入'.len_utf8()).filter(|at| self.clause.is_char_boundary(*at));
        [Some(token.start), second]
            .into_iter()
            .flatten()
            .any(|at| SERVES.iter().any(|word| self.clause[at..].starts_with(word)) && ended(at))
    }

    /// 也报市委组织部了, 已移交县档案馆: the office behind the verb that hands it over.
    pub(super) fn handed_to(&self, token: &Token) -> bool {
        let verb = self.tokens.iter().rev().find(|verb| {
            verb.start < token.start && HANDS.iter().any(|word| self.text(verb).ends_with(word))
        });
        verb.is_some_and(|verb| {
            let name =
                self.clause[verb.end..].trim().trim_end_matches('了').trim_start_matches(['给', '到', '至']);
            (2..=OFFICE).contains(&name.chars().count())
                && name.chars().all(|c| c.is_alphabetic() && !"没未不等再就先后初".contains(c))
                && name.ends_with(['局', '委', '办', '馆', '部', '厅', '院', '府', '室'])
        })
    }

    /// 做完了已提交: handed in behind the finish.
    pub(super) fn handed_in_after(&self, token: &Token) -> bool {
        let at_end = self.clause[token.end..].trim_matches(['了', '啦', ' ']).is_empty();
        let finished = self.tokens.iter().any(|finish| finish.is(Class::Finish) && finish.end < token.start);
        token.is(Class::Report)
            && at_end
            && finished
            && self.clause[..token.start].ends_with(['已', '经', '也', '并', '都'])
    }

    /// 已建成并联网: what was done besides, behind the finish, to the end of the clause.
    pub(super) fn done_besides(&self, token: &Token) -> bool {
        // Only close before: a long breath is not read again at each word.
        let near = self.clause.floor_char_boundary(token.start.saturating_sub(BESIDES * '并'.len_utf8()));
        let Some(at) = self.clause[near..token.start].find('并').map(|at| near + at) else { return false };
        let besides = &self.clause[at..];
        let short = besides.chars().take(BESIDES + 1).count() <= BESIDES;
        let later = ['没', '未', '待', '拟', '准', '正', '继', '推', '等', '再', '将', '开', '启'];
        let finished = |finish: &Token| {
            finish.end <= at && (finish.is_any(&[Class::Finish, Class::Close]) || self.goal(finish))
        };
        short && !besides.contains(later) && self.tokens.iter().any(finished)
    }

    /// 发您邮箱了, 交到办公室了: a paper has been handed in.
    pub(super) fn hands_in(&self) -> bool {
        let title = self.facts.title.text();
        let paper = ["报送", "上报", "报", "提交", "征集"].iter().any(|verb| title.starts_with(verb))
            || ["表", "台账", "名单", "材料", "总结", "报告", "报送", "上报", "清单"]
                .iter()
                .any(|end| title.ends_with(end));
        if !paper {
            return false;
        }
        let blocks = [
            Class::Not,
            Class::Future,
            Class::Part,
            Class::If,
            Class::Hearsay,
            Class::Past,
            Class::Ask,
            Class::Nearly,
        ];
        let clear = !self.tokens.iter().any(|token| token.is_any(&blocks) && !token.titled);
        let clause = self.clause.trim_end().trim_end_matches(['啊', '哈', '呢']);
        let to = [
            "邮箱",
            "办公室",
            "督查室",
            "桌上",
            "群里",
            "系统",
            "oa",
            "平台",
            "您",
            "你",
            "过去",
            "上去",
            "窗口",
        ];
        let handed = to.iter().any(|place| {
            clause.strip_suffix('了').is_some_and(|said| said.ends_with(place) && said.len() <= HANDED)
        });
        let verb = ["发", "传", "交", "送", "报", "寄", "放", "递"].iter().any(|verb| clause.contains(verb));
        clear
            && handed
            && verb
            && !clause.contains(['初', '草', '样'])
            && !clause.contains("讨论稿")
            && !clause.contains("意见稿")
    }

    /// 已于12日竣工验收: the inspection of what is complete has been held.
    pub(super) fn inspected(&self, token: &Token) -> bool {
        let before = &self.clause[..token.start];
        let ends = self.clause[token.end..].trim_matches(['了', ' ']).is_empty();
        let complete = before.ends_with(['工', '成', '完', '好', '毕']);
        let over = before.contains('已') || self.clause[token.end..].starts_with('了');
        ["验收", "验收了"].contains(&self.text(token)) && complete && over && ends
    }

    /// 已全面完成并上报市局: to whom it was told.
    pub(super) fn told_to(&self, token: &Token) -> bool {
        let told = ["并上报", "已上报", "并报送", "已报送", "并报"];
        told.iter().any(|word| self.clause.find(word).is_some_and(|at| at < token.start))
            && self.tokens.iter().any(|finish| finish.is(Class::Finish) && finish.start < token.start)
    }
}
