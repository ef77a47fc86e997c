//! More ways to name items, and to leave them out.

use super::{card, check, desk};

/// Against the card of three.
const CARD: &str = "
    31完成60% 28已办结 5没变化 => 31 on_track 60% ; 28 done ; 5 no_change
    31：60%；28：办结；5：无变化 => 31 on_track 60% ; 28 done ; 5 no_change
    31 60%, 28 办结, 5 无变化 => 31 on_track 60% ; 28 done ; 5 no_change
    过境公路卡在用地 => 31 blocked blocker=过境公路卡在用地
    风电、过境公路均无变化 => 31 no_change ; 28 no_change
    月调度会已开 => 5 done
    同哈公路完成60%,华能风电已开工 => 31 on_track 60% ; 28 done
    31,28无变化,5完成80% => 31 no_change ; 28 no_change ; 5 on_track 80%
    #31完成60%,资金未到位;#28同上 => 31 blocked 60% blocker=资金未到位 ; 28 no_change
    28已完成招标,31未开工 => 28 on_track ; 31 not_started
    28和31都延到7月底 => 28 extend due=2022-07-31 ; 31 extend due=2022-07-31
    28办结了吗 => 28 query
    31怎么还没销号 => 31 query
    31已办结,28也办结了 => 31 done ; 28 done
    31完成了,28还没完成,5基本完成 => 31 done ; 28 on_track ; 5 on_track
    31、28均未完成 => 31 on_track ; 28 on_track
    31、28都没变化,5已办结 => 31 no_change ; 28 no_change ; 5 done
    以上都已完成 => 31 done ; 28 done ; 5 done
    完成两项,还有一项在办 => ? on_track q=2项
    除5号外均已办结 => 31 done ; 28 done
    除了5其他都办完了 => 31 on_track ; 28 on_track
    其余两项无变化 => ? no_change
    31卡在用地,其余已完成 => 31 blocked blocker=卡在用地 ; ? done
    31拆迁剩两户,其余均已完成 => 31 on_track ; ? done
    31号6月25日已完成 => 31 done
    28日完成 => ? on_track
    31日前完成 => ? on_track
    5日内上报 => ? ack until=2022-07-05
    6月28日开工 => ? on_track
    28个村已完成 => ? on_track
    5家企业已走访 => ? on_track q=5家企业
    报31完成60% => 31 on_track 60%
    报 #31 完成60% => 31 on_track 60%
    31已办结 @督查室 请核验 => 31 done
    @督查室 31完成60% => 31 on_track 60%
    各位领导:31完成60%,28已办结 => 31 on_track 60% ; 28 done
    31ok,28办结 => 31 ack ; 28 done
    CS-4、CS-1均已办结 => 31 done ; 28 done
    cs4已办结 => 31 done
    QH-2.4 已完成 => 5 done
    第二项没变化 => 28 no_change
    第1项和第3项已完成 => 31 done ; 5 done
    31.完成60%。28.已办结。 => 31 on_track 60% ; 28 done
    31完成60%.28已办结. => 31 on_track 60% ; 28 done
    31#完成60% => 31 on_track 60%
    #31号完成60% => 31 on_track 60%
    # 31 完成60% => 31 on_track 60%
    ＃31，完成60% => 31 on_track 60%
    31收到,28收到 => 31 ack ; 28 ack
    31周五报,28下周报 => 31 ack until=2022-07-01 ; 28 ack until=2022-07-08
    28 已开工 ，31 未开工 => 28 done ; 31 not_started
    5+2、白加黑推进 => ? on_track
    721 => -
";

/// Against small numbers.
const DESK: &str = "
    3号矿已复产 => ? on_track
    8号播种完成 => 8 on_track
    3号燃气排查120户,整改80户 => 3 on_track q=80户
    8号种了1.2万亩,剩8000亩 => 8 on_track q=12000亩
    5号3月完成了方案 => 5 on_track
    12号:3月底完成系统对接,6月完成培训 => 12 on_track
    3号、5号完成,8号、12号未完成 => 3 done ; 5 done ; 8 on_track ; 12 on_track
    3和5完成,8未完成 => 3 done ; 5 done ; 8 on_track
    全部完成,除8号 => 3 done ; 5 done ; 12 done
    除3、5号外均已办结,3号完成60%,5号延到7月底 => 8 done ; 12 done ; 3 on_track 60% ; 5 extend due=2022-07-31
    其余的都没变化 => ? no_change
    所有任务均按计划推进 => 3 on_track ; 5 on_track ; 8 on_track ; 12 on_track
    大豆已经种完了 => 8 done
    大豆扩种任务完成 => 8 done
    国企改革方案已报县政府 => 5 on_track
    燃气安全排查整治已完成 => 3 done
    燃气排查已完成 => 3 done
    城居保已全部办结 => 12 done
    5号国企改革已完成 => 5 done
    5号国企改革还没完成 => 5 on_track
    #3 已完成整改,请核验 => 3 done
    #3 整改已完成 => 3 on_track
    12号前都能完成 => ? on_track
    12号下午开会 => ? on_track
    本月12号完成 => ? done
    8号有8个村没完成 => 8 on_track
    8号已完成20000亩 => 8 done q=20000亩
    8号已超额完成,种了2.1万亩 => 8 done q=21000亩
    8号完成2万亩目标 => 8 done q=20000亩
    8号目标2万亩,目前1.5万亩 => 8 on_track q=15000亩
    3号需要住建局配合,5号没问题 => 3 blocked blocker=需要住建局配合 needs=住建局 ; 5 on_track
    3号、5号进展同上 => 3 no_change ; 5 no_change
    3号进展同上,资金已到位 => 3 on_track
";

#[test]
fn a_card_of_three_is_answered_in_many_ways() {
    check(CARD, &card());
}

#[test]
fn small_numbers_are_told_from_everything_else() {
    check(DESK, &desk());
}
