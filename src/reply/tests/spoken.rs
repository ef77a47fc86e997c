//! More of what is said of the only item, as it is spoken and typed.

use super::{check, one};

/// Short lines of every kind.
const PLAIN: &str = "
    这个事儿已经完成了 => done
    已完成,待验收 => on_track
    已经办结,但结算资金还没到位 => done
    任务完成了90%以上 => on_track 90%
    没问题,保证完成任务 => ack
    保证6月底前完成 => ack until=2022-06-30
    完成得差不多了 => on_track
    已完成前期准备 => on_track
    我们已完成项目立项 => on_track
    完成情况良好 => on_track
    完成情况见附件 => on_track
    全部完成还需要一个月 => extend due=2022-07-27
    还不能算完成 => on_track
    不是还没完成,是已经完成了 => on_track
    什么时候能完成不好说 => query
    完成时间待定 => on_track
    完成进度60% => on_track 60%
    未按时完成 => on_track
    按时完成有困难 => blocked blocker=按时完成有困难
    完成有难度 => blocked blocker=完成有难度
    能完成 => on_track
    能按期完成 => on_track
    可以按期完成 => on_track
    正在按计划完成 => on_track
    已落实 => on_track
    已落实到位 => done
    已全部落实到位 => done
    已安排落实 => on_track
    已经开始了 => on_track
    已经开工了 => on_track
    工程已完工60% => on_track 60%
    主体已完工 => on_track
    完工验收中 => on_track
    竣工验收已通过 => on_track
    通过验收 => on_track
    已验收合格 => on_track
    已交付使用 => done
    已投入使用 => on_track
    已签约,已完成选址 => on_track
    合同已签订,款项已拨付 => on_track
    资金已到位 => on_track
    资金到位50% => on_track
    资金已全部到位 => on_track
    环评批复已拿到 => on_track
    用地已批,正在招标 => on_track
    暂时没有需要协调解决的问题 => on_track
    没有需要领导协调的 => on_track
    目前没啥困难,就是人手有点紧 => on_track
    请予延期 => extend
    请领导批准延期到8月底 => extend due=2022-08-31
    申请将完成时限调整为9月30日 => extend due=2022-09-30
    时限调整到7月底 => extend due=2022-07-31
    完成时间改到7月20日 => extend due=2022-07-20
    恐怕要晚几天 => extend
    估计要拖到下个月 => extend due=2022-07-31
    6月30日前完不成,得到7月10日 => extend due=2022-07-10
    7月1号能干完 => extend due=2022-07-01
    6.30完成不了,申请延到7.31 => extend due=2022-07-31
    截至6月25日完成60% => on_track 60%
    6月20日召开了会议,6月25日完成60% => on_track 60%
    已向省厅汇报 => on_track
    向县领导汇报过了 => on_track
    周五前上报方案 => on_track
    等方案批复后开工 => blocked blocker=等方案批复后开工
    等领导定 => blocked blocker=等领导定 needs=领导
    等领导指示 => blocked blocker=等领导指示 needs=领导
    等通知 => on_track
    等7月1日开标 => on_track
    正在等自然资源局出图 => blocked blocker=正在等自然资源局出图 needs=自然资源局
    财政局已拨款 => on_track
    财政局尚未拨款,催了几次 => blocked blocker=财政局尚未拨款,催了几次 needs=财政局
    感谢财政局,资金已到位 => on_track
    涉及自然资源局的手续没办下来 => blocked blocker=涉及自然资源局的手续没办下来 needs=自然资源局
    和财政局对接中 => on_track
    已与财政局沟通 => on_track
    需要和发改局对接 => on_track
    需县政府召开专题会研究 => blocked blocker=需县政府召开专题会研究 needs=县政府
    疫情原因没法进场 => blocked blocker=疫情原因没法进场
    因疫情影响,进度滞后 => blocked blocker=疫情影响,进度滞后
    天气原因暂停施工 => blocked blocker=天气原因暂停施工
    雨天停了几天,已复工 => on_track
    之前因疫情停工,现已复工,完成70% => on_track 70%
    问题已全部整改 => on_track
    问题整改已完成 => on_track
    已转交住建局 => on_track
    我出差了,下周一报 => ack until=2022-07-04
    好的收到 => ack
    嗯嗯,知道了,尽快办 => ack
    在办 => on_track
    办理中 => on_track
    快了 => on_track
    一点进展都没有 => no_change
    没有任何进展 => no_change
    毫无进展 => no_change
    进展缓慢 => blocked blocker=进展缓慢
    进展不大 => no_change
    和上周相比完成了10% => on_track
    较上月提高10个百分点,目前达到70% => on_track 70%
    由50%提升至70% => on_track 70%
    完成进度由50%提升至70% => on_track 70%
    完成了七八成 => on_track 70%
    除验收外全部完成 => on_track
    除了验收,其他都完成了 => on_track
    只差验收了 => on_track
    就差盖章了 => on_track
";

/// Plans, delays, shares, receipts.
const MORE: &str = "
    已经全部弄完了,材料随后报 => done
    报告主任,已按期办结 => done
    完成啦 => done
    任务全部完成,请督查室核验 => done
    已完成,谢谢 => done
    该事项已销号 => done
    已完成,申请销号 => done
    已完成(详见附件) => done
    项目已完成,但还有尾款没付 => on_track
    已完成整改12处,还有3处 => on_track q=12处
    还剩两户没签 => on_track
    已完成签约3户 => on_track q=3户
    下周能完成 => extend due=2022-07-08
    争取下周五完成 => extend due=2022-07-08
    月底肯定能完成 => ack until=2022-06-30
    今天完成 => on_track
    今天能完成 => on_track
    明天完成 => on_track
    本周内完成 => on_track
    本周完成 => on_track
    7月份完成 => extend due=2022-07-31
    下个月完成 => extend due=2022-07-31
    三季度完成 => extend due=2022-09-30
    10月底前全部完成 => extend due=2022-10-31
    按节点推进,年底完成 => extend due=2022-12-31
    6月30日完成 => on_track
    6月30日已完成 => on_track
    计划8月开工 => on_track
    6月底具备开工条件 => on_track
    工期延误,预计推迟一个月 => extend due=2022-07-30
    因下雨延误两周 => extend due=2022-07-14 blocker=下雨延误两周
    申请延一周 => extend due=2022-07-07
    能否宽限到7月5号 => extend due=2022-07-05
    恳请延期至8月15日,理由:资金未到位 => extend due=2022-08-15 blocker=理由:资金未到位
    延期到明年3月底 => extend due=2023-03-31
    先延到7月10日吧 => extend due=2022-07-10
    延期申请已批准 => on_track
    上次已申请延期,现已完成 => done
    资金已批未到 => on_track
    拨款没下来 => blocked blocker=拨款没下来
    没批下来 => blocked blocker=没批下来
    批了 => on_track
    没批 => blocked blocker=没批
    审批卡住了 => blocked blocker=审批卡住了
    被自然资源局退回来了 => blocked blocker=被自然资源局退回来了 needs=自然资源局
    财政局不给钱 => blocked blocker=财政局不给钱 needs=财政局
    县财政没钱 => blocked blocker=县财政没钱
    缺资金500万,请财政局支持 => blocked blocker=缺资金500万 needs=财政局
    缺口大,协调不动 => blocked blocker=缺口大,协调不动
    需领导出面 => blocked blocker=需领导出面 needs=领导
    希望领导支持 => blocked blocker=希望领导支持 needs=领导
    没有需要支持的 => on_track
    一切正常 => on_track
    暂无困难,按计划推进 => on_track
    人手不够,推进慢 => blocked blocker=人手不够,推进慢
    疫情封控,无法施工 => blocked blocker=疫情封控
    不是没有困难 => on_track
    困难不少 => blocked blocker=困难不少
    克服困难,已完成70% => on_track 70%
    克服资金困难,全部完成 => done
    目前没有进展,在等省厅批复 => blocked blocker=在等省厅批复 needs=省厅
    还没批复,无进展 => blocked blocker=还没批复
    无变化,还是卡在用地 => blocked blocker=还是卡在用地
    老样子,没钱 => blocked blocker=没钱
    同上周,60% => on_track 60%
    进展同上次,仍需财政局支持 => blocked blocker=仍需财政局支持 needs=财政局
    知悉,会按期完成 => ack
    收到,尽快完成 => ack
    收到!已安排专人办理 => on_track
    收到,我马上核实 => ack
    明白,月底前办结 => ack until=2022-06-30
    好的,周三前给您报 => ack until=2022-06-29
    已阅 => ack
    收到,请问报送格式是什么 => query
    请问截止时间能延吗 => query
    可以晚几天报吗 => extend
    报哪些材料 => query
    这个是不是已经销号了 => query
    记错了 => -
    撤回 => -
    你是机器人吗 => query
    稍后报 => ack
    等会儿报 => ack
    晚上报 => ack
    明天上午报送 => ack until=2022-06-28
    下周一上报进展 => ack until=2022-07-04
    已上报 => on_track
    已经报过了 => on_track
    上周已报 => on_track
    材料已交督查室 => on_track
    完成90%,差验收 => on_track 90%
    完成90%,只剩验收 => on_track 90%
    形象进度完成百分之八十五 => on_track 85%
    进度:70% => on_track 70%
    70%。 => on_track 70%
    70%左右 => on_track 70%
    近70% => on_track 70%
    不到70% => on_track
    超70% => on_track 70%
    达到了百分之百 => done 100%
    完成率达到98.5% => on_track 98.5%
    已经完成任务的三分之一 => on_track 33%
    完成三分之一 => on_track 33%
    已过半 => on_track 50%
    时间过半、任务过半 => on_track
    一半多一点 => on_track
    干了一半 => on_track 50%
    干了一半多 => on_track
    还有一半没干 => on_track 50%
    剩余三成 => on_track 70%
    还差40%没完成 => on_track 60%
    完成投资的60% => on_track
    资金拨付60% => on_track
    入户率达到95% => on_track
    群众满意率100% => on_track
";

#[test]
fn short_lines_are_understood() {
    check(PLAIN, &one());
}

#[test]
fn plans_delays_and_receipts_are_understood() {
    check(MORE, &one());
}
