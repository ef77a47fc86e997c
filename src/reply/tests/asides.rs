//! What stands beside the work and says nothing against it, and what says more than it seems: as among the outcomes.

use super::outcomes::check;

/// The title's own deed, done; the item asked to be closed.
const DEEDS: &str = "
    药品目录更新 : 药品采购目录更新好了 => done
    药品目录更新 : 李庄的目录更新好了 => on_track
    药品目录更新 : 目录正在更新 => on_track
    设备更新 : 东厂区设备更新完成 => on_track
    某任务 : 目录更新完成 => on_track
    设备更新 : 一号车间设备更新好了 => on_track
    称重仪启用 : 称重仪昨天启用了 => done
    环保整改 : 验收通过就可以销号 => on_track
    环保整改 : 县里批了才可以办结 => on_track
    环保整改 : 不再列入督办的话就好了 => on_track
    环保整改 : 验收过了,就可以画勾了 => done
    环保整改 : 市里昨天复核通过,这条可以画勾了 => done
    环保整改 : 等市里复核通过再画勾 => on_track
    提标发文 : 已发文执行 => done
    营养包发放 : 七月份的发完了,八月份的明天到货 => on_track
    安防工程 : 咱们说的这个“完成”咋算? => query
    村级审计 : 以经全部完成拉 => done
    电警安装 (15个) : 15个点位全部安装到位 => done q=15个
";

/// Words of trouble that tell of none.
const NO_TROUBLE: &str = "
    灯笼悬挂 : 累得我腰都直不起来 => on_track
    古树复壮 : 跟住院似的 => -
    走访慰问 : 照片太多微信传不上去 => on_track
    线路巡检 : 无人机航拍存盘上交市局 => -
    公路安防 : 监理也撤场了 => on_track
    调解室建设 : 昨天还调成了一起邻里纠纷 => on_track
    净空区排查 : 还有啥要我们镇配合的没? => query
    禁毒踏查 : 没见着一棵罂粟 => on_track
    食堂检查 : 百分百纯肉馅 => on_track
";

/// What has not begun, and what is put off or promised.
const BEGINNINGS: &str = "
    铲毒踏查 : 待雪化了才能上山 => not_started
    光伏推广 : 入户宣传从下周开始 => not_started
    自来水入户 : 于家堡还等开春呢 => not_started
    校舍盘活 : 给忘死死的了,压根儿没整 => not_started
    殡仪馆迁建 : 谁说我们没开始?地基都打完了 => on_track
    欠税清理 : 请再给一段时间 => extend
    湿地评估 : 申请调整时限 => extend
    两癌筛查 : 今年的还没开始,去年的是12月全部完成的 => not_started
    个转企 (700户) : 还有俩月,目标稳的 => on_track
    风电手续 : 想请分管县长召集发改、林草碰个头 => blocked blocker=想请分管县长召集发改、林草碰个头
    统计迎检 : 遵嘱办理 => ack
    提案办理 : 明白,月末之前给答复 => ack until=2022-06-30
";

/// Shares that follow the item's name.
const SHARES: &str = "
    充电桩覆盖 : 三分之二的小区都装上充电桩了 => on_track 67%
    房屋征收 : 已完成80%的拆迁 => on_track
    化肥储备 : 化肥储备到货八成 => on_track 80%
    电警安装 : 全部安装到位,试运行一周正常 => done
    档案数字化 : 纸质档案数字化扫了四分之三 => on_track 75%
    道路修复 : 挡墙工程完成90%,路面还没开始 => on_track
";

#[test]
fn the_deed_of_the_title_is_done_or_is_not() {
    check(DEEDS);
}

#[test]
fn words_of_trouble_may_tell_of_none() {
    check(NO_TROUBLE);
}

#[test]
fn what_has_not_begun_is_told_from_what_is_put_off() {
    check(BEGINNINGS);
}

#[test]
fn a_share_right_behind_the_item_is_its_own() {
    check(SHARES);
}
