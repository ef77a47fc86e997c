//! Percentages and amounts.

use super::{check, firms, jobs, money, one};

/// Shares of the whole, and of something else.
const PERCENT: &str = "
    完成60% => on_track 60%
    完成６０％ => on_track 60%
    已完成百分之六十 => on_track 60%
    完成六成 => on_track 60%
    大约七成 => on_track 70%
    六成半 => on_track 65%
    完成三分之二 => on_track 67%
    进度过半 => on_track 50%
    已完成一半 => on_track 50%
    还剩20% => on_track 80%
    完成60个点 => on_track 60%
    总体进度约75% => on_track 75%
    形象进度达80% => on_track 80%
    工程进度90% => on_track 90%
    上次40%,现在60% => on_track 60%
    从40%提高到60% => on_track 60%
    完成99.6% => on_track 99.6%
    60%-70% => on_track 60%
    到60% => on_track 60%
    完成 60 % => on_track 60%
    完成一大半 => on_track
    招标完成80% => on_track
    拆迁完成80% => on_track
    前期完成90% => on_track
    争取月底达到80% => on_track
    计划完成80% => on_track
    满意度98% => on_track
    同比增长12% => on_track
    主体完成80%,总体进度60% => on_track 60%
    721工作法落实中 => on_track
    4MW设备到货 => on_track
    周一开工作会,5+2推进 => on_track
    电话13812345678,随时联系 => -
    完成了五成多 => on_track 50%
    成立了专班 => on_track
";

/// Against a thousand people.
const JOBS: &str = "
    已招350人 => on_track q=350人
    累计新增就业650人 => on_track q=650人
    还差350人 => on_track q=650人
    完成650/1000人 => on_track q=650人
    650人 => on_track q=650人
    目标1000人,已完成650人 => on_track q=650人
    本月新增50人,累计650人 => on_track q=650人
    本月新增50人 => on_track
    已完成1000人 => done q=1000人
    新增就业1020人,完成任务 => done q=1020人
    计划招350人 => on_track
    预计年底前新增1000人 => on_track
    抽调8人成立专班 => on_track
    已招三百五十人 => on_track q=350人
    已招350名 => on_track q=350人
    完成就业1,000人的65% => on_track 65%
    召开座谈会3次,50人参加 => on_track
    走访企业20户 => on_track
    完成65%,新增650人 => on_track 65% q=650人
    已完成1000人,手续正在办 => on_track q=1000人
    任务1000人 => -
    已新增650余人 => on_track q=650人
";

/// Against three firms.
const FIRMS: &str = "
    已培育2户 => on_track q=2户
    培育两家 => on_track q=2户
    已培育3户 => done q=3户
    还差1户 => on_track q=2户
    第3户正在申报 => on_track
    3户企业已全部入库 => done q=3户
    小升规培育工作已完成 => done
    走访了30户企业,已培育2户 => on_track q=2户
";

/// Against a sum of money.
const MONEY: &str = "
    完成投资3.8亿元 => on_track q=38000万元
    累计完成投资38000万元 => on_track q=38000万元
    总投资5亿元 => -
    还差1亿元 => on_track q=40000万元
    需要资金500万元 => blocked blocker=需要资金500万元
    完成投资3.8亿 => on_track q=38000万元
";

/// Without a target, what is plainly counted is kept.
const UNCOUNTED: &str = "
    已招350人 => on_track q=350人
    已排查120户 => on_track q=120户
    累计走访20家 => on_track q=20家
    开了2次会 => on_track
    已铺设管网3.5公里 => on_track q=3.5公里
    预计投资3.8亿元 => on_track
    7月2日前报 => ack until=2022-07-02
";

#[test]
fn a_percentage_is_progress_of_the_whole_only() {
    check(PERCENT, &one());
}

#[test]
fn people_are_counted_against_the_target() {
    check(JOBS, &jobs());
}

#[test]
fn firms_are_counted_against_the_target() {
    check(FIRMS, &firms());
}

#[test]
fn money_is_told_in_the_unit_of_the_target() {
    check(MONEY, &money());
}

#[test]
fn without_a_target_plain_counts_are_kept() {
    check(UNCOUNTED, &one());
}
