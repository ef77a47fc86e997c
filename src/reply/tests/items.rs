//! Which item is meant.

use super::{card, check, desk, one, opens_with_item};

/// One item in the context.
const SINGLE: &str = "
    #12 完成60% => on_track 60%
    12号完成60% => on_track 60%
    #12:完成60% => on_track 60%
    12完成60% => on_track 60%
    JK-3 完成60% => on_track 60%
    jk-3已办结 => done
    @督办机器人 #12 已办结 => done
    第一项已完成 => done
    #9 已办结 => !9 done
    9号已办结 => !9 done
    CS-9已办结 => ? done
    1、已开工\\n2、用地批了 => on_track
    6月12号完成 => done
    全部完成 => done
    都办完了 => done
    30号前报 => ack until=2022-06-30
    12号楼已封顶 => on_track
    回复:#12已办结 => done
";

/// The card of the design.
const CARD: &str = "
    31完成60%,用地批了。28已办结。5没变化 => 31 on_track 60% ; 28 done ; 5 no_change
    31到60%,用地批了;28办结;5无变化 => 31 on_track 60% ; 28 done ; 5 no_change
    #31 60% #28 办结 => 31 on_track 60% ; 28 done
    #31完成60%\\n#28已办结\\n#5无变化 => 31 on_track 60% ; 28 done ; 5 no_change
    31、完成60%\\n28、已办结 => 31 on_track 60% ; 28 done
    31号卡在用地,需自然资源局协调 => 31 blocked blocker=卡在用地 needs=自然资源局
    风电已开工 => 28 done
    过境公路完成60%,风电项目已开工 => 31 on_track 60% ; 28 done
    CS-4完成60%,cs-1已办结 => 31 on_track 60% ; 28 done
    第一项完成60%,第二项已办结 => 31 on_track 60% ; 28 done
    全部无变化 => 31 no_change ; 28 no_change ; 5 no_change
    都办结了 => 31 done ; 28 done ; 5 done
    三项都无变化 => 31 no_change ; 28 no_change ; 5 no_change
    #31完成60%,其余无变化 => 31 on_track 60% ; 28 no_change ; 5 no_change
    除31号外都已办结 => 28 done ; 5 done
    除31号外,其余均已办结 => 28 done ; 5 done
    完成60% => ? on_track 60%
    已办结 => ? done
    收到 => ? ack
    收到。31已办结 => 31 done
    31、28已办结 => 31 done ; 28 done
    #31 #28 已办结 => 31 done ; 28 done
    31和28都已办结 => 31 done ; 28 done
    31号和5号无变化 => 31 no_change ; 5 no_change
    31号未完成,28号已完成 => 31 on_track ; 28 done
    【督办提醒】县发改局 · 6月27日 周一 · 3项\\n红 #31 过境公路开工 逾期1个工作日(应 6月24日) 上次 6月10日:40%,卡在用地\\n黄 #28 风电项目开工 明天到期(6月28日)\\n报 #5  重点项目月调度 6月期,周四(6月30日)前报\\n回复本条就行,比如:31到60%,用地批了;28办结;5无变化\\n[#31…] [#28…] [#5…] [其余无变化]\\n为何收到:周一例行;#31 逾期1日。\\n31完成70% => 31 on_track 70%
    红 #31 过境公路开工 逾期1个工作日(应 6月24日) 上次 6月10日:40%,卡在用地\\n已完成60% => 31 on_track 60%
    31号延到7月15日,28号已开工 => 31 extend due=2022-07-15 ; 28 done
    #31完成60%。资金未到位,需财政局协调。#28已办结 => 31 blocked 60% blocker=资金未到位 needs=财政局 ; 28 done
    31完成60%；28已办结；5没变化 => 31 on_track 60% ; 28 done ; 5 no_change
    #40 完成60%,#28已办结 => !40 on_track 60% ; 28 done
    谢谢大家 => -
    28什么时候到期? => 28 query
    5月31日完成调度 => ? on_track
    28人参加 => -
    31日前报 => ? ack until=2022-06-30
";

/// Small numbers, where dates and counts lie in wait.
const DESK: &str = "
    3号完成60%,5号已办结 => 3 on_track 60% ; 5 done
    3号完成60%，5号已办结 => 3 on_track 60% ; 5 done
    3号前完成 => ? on_track
    5人参加会议 => -
    3、5、8号已办结 => 3 done ; 5 done ; 8 done
    3,5,8号已办结 => 3 done ; 5 done ; 8 done
    3号、5号、8号均无变化 => 3 no_change ; 5 no_change ; 8 no_change
    三号已办结 => 3 done
    十二号完成60% => 12 on_track 60%
    除8号外均已办结 => 3 done ; 5 done ; 12 done
    除8号未完成外,其余均已办结 => 8 on_track ; 3 done ; 5 done ; 12 done
    8号已种15000亩 => 8 on_track q=15000亩
    大豆已种1.5万亩 => 8 on_track q=15000亩
    燃气排查完成60%,国企改革无变化 => 3 on_track 60% ; 5 no_change
    3号正在推进,其他手续在办 => 3 on_track
    3号完成60%,其余按计划推进 => 3 on_track 60% ; 5 on_track ; 8 on_track ; 12 on_track
    第三项已完成 => ? done
    第一项完成60% => 3 on_track 60%
    3号楼已封顶 => ? on_track
    5个村已完成 => ? on_track
    8号请财政局拨款 => 8 blocked blocker=请财政局拨款 needs=财政局
    12号没问题,3号有困难 => 12 on_track ; 3 blocked blocker=有困难
    3号60%。5号40%。8号10% => 3 on_track 60% ; 5 on_track 40% ; 8 on_track 10%
    关于3号,已办结 => 3 done
    3号:已办结 => 3 done
    3号已办结,5号未办结,8号基本完成 => 3 done ; 5 on_track ; 8 on_track
    3号收到,周五报 => 3 ack until=2022-07-01
    3号已办结 5号完成60% => 3 done ; 5 on_track 60%
";

#[test]
fn the_only_item_is_meant_unless_another_is_named() {
    check(SINGLE, &one());
}

#[test]
fn an_answer_to_a_card_is_told_apart_item_by_item() {
    check(CARD, &card());
}

#[test]
fn small_numbers_are_not_taken_from_dates_and_counts() {
    check(DESK, &desk());
}

#[test]
fn a_text_that_opens_with_an_item_is_told() {
    for text in ["#12 完成", "＃12", "12号已办结", " # 3 办结"] {
        assert!(opens_with_item(text), "{text}");
    }
    for text in ["12号前完成", "12人", "完成#12", "12号楼", "", "1200"] {
        assert!(!opens_with_item(text), "{text}");
    }
}
