//! Work of each kind, and how it ends: `title (target) due: message => reading`, as among the outcomes.

use super::outcomes::check;

/// Finishes by the end of their kind, whatever else the clause tells.
const ENDS: &str = "
    环评报批 : 批文拿到了 => done
    林权登记 : 证办下来了 => done
    双拥模范城创建 : 命名文件下来了 => done
    玉米保险理赔 : 赔款都打到折子上了 => done
    高龄津贴发放 : 老人都领到手了 => done
    端午民俗活动 : 活动搞完啦 => done
    清明祭扫 : 祭扫工作已平稳结束,无安全事故发生 => done
    防汛值守 : 汛期结束,撤防了 => done
    跨年安保 : 昨晚零点收队,平安 => done
    公文处理办法 : 文印发了 => done
    特种设备检查 : 检查没问题,结论书拿到 => done
    林长制考核迎检 : 考核组走了,结果优秀 => done
    厕所革命整改 : 问题厕所全部销账 => done
    违建清理 : 96处推平了 => on_track q=96处
    物资储备 : 物资已足额入库 => done
    政务大厅搬迁 : 新大厅开门接件了 => done
    乡村医生招录 (12人) : 12个全部上岗 => done q=12人
    新生信息采集 : 关网了,采集率百分百 => done 100%
    桥梁维修 : 桥恢复通行了 => done
    路灯安装 : 路灯亮了 => done
";

/// What all of it, the last of it, or more than was asked for came to.
const ALL: &str = "
    招牌整治 : 招牌统一换完 => done
    有线电视整转 : 老用户全转完 => done
    棚改征收 (312户) : 最后一户昨晚签字搬走 => done
    专项整治 : 专项行动收官 => done
    实名制 : 实名录入百分之百 => done 100%
    信访督办 : 该销的户都销了 => done
    税收任务 (7.2亿元) : 7.31亿入库,过线 => done q=7.31亿元
    政银企授信 (5亿元) : 授信50,300万元 => done q=5.03亿元
    破案率 (62%) : 破案率63.1,过线 => done q=63.1%
    家庭医生签约 (1450户) : 签满1450户 => done q=1450户
    非税划转 (12项) : 划转12项均已承接 => done q=12项
    培训结业 (600人) : 六百人的班全结业了 => done q=600人
    税收任务 (7.2亿元) : 入库7.31亿,超0.11亿 => done q=7.31亿元
";

/// What sounds like such an end and is none.
const NO_ENDS: &str = "
    环评报批 : 批文下月拿到 => on_track
    津贴发放 : 第一批打卡了 => on_track
    党校培训班 : 第五期结业了 => on_track
    环评报批 : 要是县里能协调,批文拿到了就算完成 => on_track
    设备采购 : 一部分到货验收了 => on_track
    冬季施工 (6个) : 6个全开着 => on_track
    烘干塔 (3座) : 3座试烧2座 => on_track
    财务检查 (24户) : 还没查完,24户都通知了 => on_track q=24户
";

#[test]
fn work_of_each_kind_ends_in_its_own_words() {
    check(ENDS);
}

#[test]
fn all_of_it_and_more_than_was_asked_for_is_a_finish() {
    check(ALL);
}

#[test]
fn an_end_that_is_limited_is_none() {
    check(NO_ENDS);
}
