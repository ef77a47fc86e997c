//! Lines written against the reader after it was built: fresh wording, and finishes that are none.

use super::{check, one};

/// Fresh wording of every kind.
const FRESH: &str = "
    咱这边已经整完了 => done
    活干完了,请领导放心 => done
    已于6月24日办结完毕 => done
    该项工作我局已于上周全部完成 => done
    已办理完毕,相关材料已报送 => done
    全部工作已完成,等验收 => on_track
    验收完就算完成 => on_track
    除了绿化都完成了 => on_track
    各项指标均已完成 => done
    两个标段已完成一个 => on_track q=1个
    完成不了多少 => blocked
    完成了吧 => on_track
    按理说完成了 => on_track
    已提请完成验收 => on_track
    完成度较高 => on_track
    已完成招标,6月底进场 => on_track
    等发改局批完就能干 => blocked blocker=等发改局批完就能干 needs=发改局
    专项债还没下来,工程停着 => blocked blocker=专项债还没下来
    征地补偿款不到位,村民阻工 => blocked blocker=征地补偿款不到位,村民阻工
    请政府办牵头开个协调会 => blocked blocker=请政府办牵头开个协调会 needs=政府办
    没什么需要协调的 => on_track
    还没摸清底数 => on_track
    刚启动 => on_track
    尚在谋划阶段 => on_track
    还没研究 => not_started
    延至8月上旬 => extend due=2022-08-10
    时间太紧,再宽限几天 => extend blocker=时间太紧
    预计8月份才能办结 => extend due=2022-08-31
    往后拖两周 => extend due=2022-07-14
    和上周没区别 => no_change
    没新情况 => no_change
    情况同上期 => no_change
    收到,下午报 => ack
    这项还归我们管吗 => query
    按哪个口径统计? => query
    完成总量的七成 => on_track 70%
    大概干了六成 => on_track 60%
    总体60%,其中土建80% => on_track 60%
    土建80%,总体60% => on_track 60%
    完成率从30%升到45% => on_track
    剩下三成下月干 => on_track 70%
    用地已解决,资金还差200万 => blocked blocker=资金还差200万
    手续齐了,明天开工 => on_track
    完工了,就是没验收 => on_track
    已完成任务数的80% => on_track
    昨天完成了最后一批 => on_track
    基本没问题了 => on_track
    原先说完成了,后来发现还有遗漏 => on_track
    今年任务已提前完成 => done
";

/// Each says 完成, 办结 or 销号, and none claims it.
const DOUBTFUL: &str = "
    完成没有 => on_track
    完成就好了 => on_track
    完成不好 => on_track
    要是完成了我第一时间报 => on_track
    完成是没问题的 => on_track
    已完成工作如下 => on_track
    已完成以下工作:立项、环评 => on_track
    任务完成后请验收 => on_track
    没说完成 => on_track
    哪里完成了 => query
    谁说完成了 => on_track
    算是完成了吧 => on_track
    勉强完成 => on_track
    按说已经完成 => on_track
    上级说已完成 => on_track
    办结时限到了 => on_track
    办结了一部分 => on_track
    办结率60% => on_track 60%
    销号材料准备中 => on_track
    可以申请销号了吗 => query
    已申请销号,未批 => blocked blocker=未批
    销号还早 => on_track
    全部完成还早 => on_track
    全部完成预计8月 => extend due=2022-08-31
    已落实责任人 => on_track
    已完成对接工作 => on_track
    完成对接 => on_track
    完成目标任务的一半 => on_track 50%
    目标任务已完成过半 => on_track 50%
    本周工作已完成 => on_track
    上半年任务已完成 => on_track
    已完成。但是还有问题 => on_track
    已完成!不过验收没过 => on_track
    完成;资金未拨 => blocked blocker=资金未拨
    已完成,验收不合格 => on_track
    已完成,被退回 => blocked blocker=被退回
    已完成又返工 => on_track
    已完成验收申请 => on_track
    基本上都完成了 => on_track
    完成得七七八八 => on_track
    8成已完成 => on_track 80%
    已完成,除绿化 => on_track
    已完成(除绿化外) => on_track
    已完成,绿化除外 => on_track
";

#[test]
fn fresh_wording_is_understood() {
    check(FRESH, &one());
}

#[test]
fn a_doubtful_finish_is_no_finish() {
    assert!(!DOUBTFUL.contains("=> done"));
    check(DOUBTFUL, &one());
}
