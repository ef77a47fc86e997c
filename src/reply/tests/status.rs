//! What a message says of the only item: finished or not, stuck, later, the same, received, asked.

use super::{check, event, one};

/// Finished, said in the ways people say it.
const DONE: &str = "
    已完成 => done
    已经完成了 => done
    完成 => done
    完成了 => done
    已办结 => done
    办完了 => done
    此项工作已全部完成 => done
    该项任务已办结,请核验 => done
    #12 已完成 => done
    12号办结 => done
    目前已全部完成,佐证材料已上传 => done
    报告领导,这项工作已经办结 => done
    我局牵头的这项任务已办结 => done
    6月20日已完成 => done
    已于昨天全部办结 => done
    已完成100% => done 100%
    100%,已完成 => done 100%
    搞定 => done
    已圆满完成,没有问题 => done
    按期完成 => on_track
    已提前完成任务 => done
    污水处理厂市场化运营已完成 => done
    已完成,感谢财政局支持 => done
    请销号 => done
    申请销号 => done
    收到,已办结 => done
    上周五已经完成了 => done
    按要求已全部落实 => done
    ＃１２　已办结。 => done
    任务已完成! => done
    早就办完了 => done
    整改完毕,请验收 => done
    可以销号了 => done
    已竣工并投入使用 => done
    全部办结,资金困难也克服了 => done
";

/// Sounds like finished and is not.
const NOT_DONE: &str = "
    还没完成 => on_track
    未完成 => on_track
    尚未完成 => on_track
    没有办结 => on_track
    还没有全部完成 => on_track
    基本完成 => on_track
    即将完成 => on_track
    快要完成了 => on_track
    差不多完成了 => on_track
    马上就能办结 => on_track
    接近完成 => on_track
    预计月底完成 => on_track
    争取月底前完成 => on_track
    计划6月29日完成 => on_track
    力争6月30日前办结 => on_track
    确保按期完成 => ack
    将于明天完成 => on_track
    前期工作已完成 => on_track
    初稿已完成 => on_track
    方案初稿完成了 => on_track
    一期已完成 => on_track
    招标已完成 => on_track
    设计、招标均已完成 => on_track
    土地报批,施工招标,都已完成 => on_track
    主体工程完成 => on_track
    大部分已完成 => on_track
    部分完成 => on_track
    其中3个村已完成 => on_track
    去年已完成一期 => on_track
    完成部分工作 => on_track
    已完成大半 => on_track
    已完成立项和可研 => on_track
    收尾阶段 => on_track
    正在收尾 => on_track
    已完成,正在收尾 => on_track
    已完成,还差验收 => on_track
    已完工,尚未验收 => on_track
    不能说已完成 => on_track
    没办完 => on_track
    还没办结 => on_track
    离完成还有距离 => on_track
    已完成80%的拆迁 => on_track
    拆迁完成80% => on_track
    合同签订已完成 => on_track
    没有完全落实到位 => on_track
    按序时进度推进 => on_track
    材料已上报省厅 => on_track
    已进场施工 => on_track
    昨天开了调度会 => on_track
    已启动 => on_track
    用地批了 => on_track
    无困难 => on_track
    正常推进,没有问题 => on_track
    之前卡在用地,现已解决 => on_track
    困难已解决,正在推进 => on_track
    无困难,继续推进 => on_track
    正在办理 => on_track
    已经在办了 => on_track
    环评完成,正在做可研 => on_track
    可研报告已完成 => on_track
    听说12号完成了 => -
    去年已完成 => on_track
    去年是我们第一,今年全部完成了 => done
    去年同期才一半,全部完成了 => done
    60%已完成,剩下的下周办 => on_track 60%
    应该快完成了 => on_track
    可能已经完成 => on_track
    完成后上报 => ack
    等完成后再报 => ack
    完成了吗 => query
    完成了吗? => query
    是否已完成? => query
    办结了没? => query
    还没完成吗? => query
    要求6月底完成 => on_track
    还没有完成,正在推进 => on_track
    “请尽快完成” => on_track
";

/// An obstacle that holds now, and who is needed.
const BLOCKED: &str = "
    资金未到位 => blocked blocker=资金未到位
    资金未到位,需财政局协调 => blocked blocker=资金未到位 needs=财政局
    完成60%,资金未到位,需财政局协调 => blocked 60% blocker=资金未到位 needs=财政局
    完成60%,其余等财政局拨款 => blocked 60% blocker=其余等财政局拨款 needs=财政局
    卡在用地手续上 => blocked blocker=卡在用地手续上
    完成不了 => blocked
    不能按期完成 => blocked
    难以按期完成,用地没批 => blocked blocker=用地没批
    土地还没批下来 => blocked blocker=土地还没批下来
    请县领导协调 => blocked blocker=请县领导协调 needs=县领导
    需要自然资源局支持 => blocked blocker=需要自然资源局支持 needs=自然资源局
    恳请协调解决 => blocked blocker=恳请协调解决
    受疫情影响停工 => blocked blocker=受疫情影响停工
    人手不足 => blocked blocker=人手不足
    有困难 => blocked blocker=有困难
    存在资金缺口500万元 => blocked blocker=存在资金缺口500万元
    等批复 => blocked blocker=等批复
    群众不同意,推不动 => blocked blocker=群众不同意
    推进不了,没钱 => blocked blocker=没钱
    流标了,重新招标 => blocked blocker=流标了
    还没开始,资金没到位 => blocked blocker=资金没到位
    财政局没拨款 => blocked blocker=财政局没拨款 needs=财政局
    正在推进,但资金紧张 => blocked blocker=资金紧张
    没法干,老百姓不同意 => blocked blocker=老百姓不同意
    省里迟迟不批复 => blocked blocker=省里迟迟不批复
    用地指标不足，请省自然资源厅支持。 => blocked blocker=用地指标不足 needs=省自然资源厅
";

/// Not begun.
const NOT_STARTED: &str = "
    还没开始 => not_started
    尚未启动 => not_started
    没动 => not_started
    还没动呢 => not_started
    未开展 => not_started
    暂未开展此项工作 => not_started
    目前还没着手 => not_started
    工作还没启动 => not_started
    这项工作尚未开始,下周启动 => not_started
    进度0% => not_started 0%
    招标还没开始 => on_track
    二期还没启动 => on_track
    没顾上 => not_started
";

/// More time.
const EXTEND: &str = "
    申请延期到7月31日 => extend due=2022-07-31
    延到月底 => extend due=2022-06-30
    申请延期至7月15日前完成 => extend due=2022-07-15
    能不能延到7月中旬? => extend due=2022-07-20
    想推迟10天 => extend due=2022-07-10
    延后两周 => extend due=2022-07-14
    再给一周时间 => extend due=2022-07-07
    预计7月15日完成 => extend due=2022-07-15
    7月15日前能完成 => extend due=2022-07-15
    要到下月底才能完成 => extend due=2022-07-31
    原定6月30日,申请延到7月31日 => extend due=2022-07-31
    从6月30日延到7月15日 => extend due=2022-07-15
    申请延期 => extend
    资金未到位,申请延期到三季度末 => extend due=2022-09-30 blocker=资金未到位
    不能按期完成,预计7月10日办结 => extend due=2022-07-10
    不用延期,月底能完成 => on_track
    无需延期 => on_track
    招标预计7月15日完成 => on_track
    预计6月29日完成 => on_track
    申请延期,7月20日前完成 => extend due=2022-07-20
    请求宽限三天 => extend due=2022-07-03
    延长一个月 => extend due=2022-07-30
    年底前完成 => extend due=2022-12-31
    下周五完成 => extend due=2022-07-08
    还需两周时间才能完成 => extend due=2022-07-11
    延期到7.15 => extend due=2022-07-15
    推迟到8月 => extend due=2022-08-31
";

/// The same as before, received, asked, and chatter.
const OTHER: &str = "
    无变化 => no_change
    进展同上 => no_change
    没变化 => no_change
    同上月 => no_change
    和上次一样 => no_change
    暂无新进展 => no_change
    进展同上,无困难 => no_change
    无变化,继续推进 => on_track
    同上次,完成60% => on_track 60%
    收到 => ack
    已知悉,周五报 => ack until=2022-07-01
    收到,明天报 => ack until=2022-06-28
    好的,马上落实 => ack
    收到,下周一前报进展 => ack until=2022-07-04
    知道了 => ack
    OK => ack
    遵照执行 => ack
    收到,没问题 => ack
    这个报给谁? => query
    需要什么材料? => query
    截止日期是几号 => query
    完成60%,材料报给谁? => on_track 60%
    收到,什么时候要? => query
    谢谢 => -
    辛苦了 => -
    哈哈 => -
    早上好 => -
    好天气 => -
    #12 => none
";

#[test]
fn a_finish_is_a_finish() {
    check(DONE, &one());
}

#[test]
fn not_done_is_never_taken_for_done() {
    check(NOT_DONE, &one());
}

#[test]
fn obstacles_are_kept_in_the_writers_words() {
    check(BLOCKED, &one());
}

#[test]
fn what_has_not_begun_is_told_from_what_moves() {
    check(NOT_STARTED, &one());
}

#[test]
fn more_time_is_asked_for_with_a_date() {
    check(EXTEND, &one());
}

#[test]
fn receipts_questions_and_chatter_are_told_apart() {
    check(OTHER, &one());
}

/// The title ends with the event that finishes the item.
const EVENT: &str = "
    已开工 => done
    风电项目已开工 => done
    6月25日已正式开工了 => done
    已开工,完成60% => on_track 60%
    还没开工,正在办理前期手续 => not_started
    没有开工 => not_started
    计划下月开工 => extend due=2022-07-31
    预计6月28日开工 => on_track
    已具备开工条件 => on_track
    4MW风机到货 => on_track
    开工手续已办完 => on_track
";

#[test]
fn the_event_in_the_title_finishes_the_item() {
    check(EVENT, &event());
}
