//! How works come out, each of an item of its own: `title (target) due: message => reading`. What sounds like these and
//! finishes nothing stands among the traps.

use super::{Context, context, item, show, understand};

/// Finishes by a complement, an inspection, a word of whoever approves, by what is left over, and by use.
const FINISHED: &str = "
    教师节表彰 : 表彰大会今天上午开完了 => done
    冷链改造 : 冷链今天验收通过了 => done
    平安建设考评材料 : 材料昨晚22:40已报政法委,对方签收了 => done
    图书馆夜间开放 : 夜间开放已实行 => done
    公积金新政落地 : 新政已执行 => done
    水库移交 : 移交手续办完了 => done
    大棚蔬菜复产 : 大棚都恢复了 => done
    表彰推荐 : 推荐名单报完了 => done
    景区安全检查 : 查完了 没发现大问题 => done
    欠薪动态清零 : 已实现动态清零 => done
    个税汇算扫尾 : 已扫清,零遗漏 => done
    危房改造 : 全部竣工入住 => done
    用地报批 : 省厅昨天批了,文号刚下来 => done
    CT采购 : 已安装调试完毕并投入使用 => done
    采砂整治 : 采砂点全部取缔,一个不剩 => done
    小麦收割 : 颗粒归仓 => done
    小作坊登记 : 登记工作业已告竣,请予验收 => done
    公益林补偿发放 : 公益林钱发下去了 => done
    安保方案 : 方案局党委会过了已经下发 => done
    黑臭水体治理 : 当时是未完成,现在是完成了 => done
    校门口减速带 : 前几天没弄完,现在弄完了 => done
    管护考核 : 可以打勾 => done
    托管点建设 (10个) : 10个托管点已全部开班 => done q=10个
    资金清收 (1800万元) : 清收1800万元已悉数缴入国库 => done q=1800万元
    电梯安全筛查 (266部) : 上上下下查了个遍,266部,一部没跑了,收工 => done q=266部
    事项进驻 (1150项) : 全进驻了 => done
";

/// Figures in the target's scale, and shares told with their decimals.
const COUNTED: &str = "
    租金收缴 (96万元) : 收上来五十八万四 => on_track q=58.4万元
    电动车上牌 (2.3万辆) : 两万三的任务,差八千 => on_track q=1.5万辆
    健康体检 (3.5万人) : 体检2万8 => on_track q=2.8万人
    消费券发放 (500万元) : 第一批200万已经发完 => on_track q=200万元
    撂荒地复耕 (2600亩) : 复了2600多亩里的两千 => on_track q=2000亩
    护学岗 (45个) : 护学岗不是45个是44个 => on_track q=44个
    税务稽查案件 (18件) : 15件结了,3件移交公安 => on_track q=15件
    加装电梯 (22部) : 已加装完成13部、在建6部、前期协商3部 => on_track q=13部
    界桩 (180根) : 栽了一百二,有十几根让人拔了 => on_track q=120根
    两癌筛查 (6000人) : 前天报的是一千二,昨天又筛了八十 => on_track q=1280人
    专项债券支出进度 (2.4亿元) : 支出率66.08% => on_track 66.08%
    欠费清缴 : 欠费收回七成五 => on_track 75%
    党员培训 : 八成整 => on_track 80%
";

/// Obstacles that hold, are over, or hinder nothing; and ends that are put off.
const HINDERED: &str = "
    禁渔执法 : 执法艇坏了一条,修好了,不影响 => on_track
    校外培训检查 : 本来人手不够,教育局给抽了四个人过来,够用了,查着呢 => on_track
    环保信息共享 : 环境局数据还没给,不过说好明天给,不影响进度 => on_track
    光伏运维 : 坏了4台已更换 => on_track q=4台
    高铁站前广场 : 正在跟省交投谈,谈不成就黄 => on_track
    平台升级 : 软件公司要加钱,不加不干 => blocked blocker=软件公司要加钱,不加不干 needs=软件公司
    弃管小区接管 : 没物业公司肯接 => blocked blocker=没物业公司肯接 needs=物业公司
    光伏并网 2022-06-30 : 电网公司排到七月下旬了 => extend due=2022-07-31
    操场改造 2022-07-31 : 7月29号不行,8月5号行 => extend due=2022-08-05
    自评报告 2022-06-29 : 数据还没对上,能不能晚两天交 => extend due=2022-07-01 blocker=数据还没对上
    管网维修 2022-07-10 : 这块冻上了,挖不动,得开春再整 => extend blocker=这块冻上了
    污水厂提标 2022-06-30 : 所以完成时间要调到7.20 => extend due=2022-07-20
    敬老院搬迁 2022-07-15 : 下周五搬 => ack
    物业整治 : 收到,本周部署 => ack
    检测评估 2022-07-20 : 容我明天报 => ack until=2022-06-28
    规划编制 : 这都是政研室的活儿 => -
    超限治理 : 那是交通局的活,别往我这派 => -
";

/// The item of a row, alone in its context.
fn context_of(row: &str) -> Context {
    let (head, due) = match row.rsplit_once(' ').filter(|(_, day)| day.starts_with("2022-")) {
        Some((head, due)) => (head, due),
        None => (row, ""),
    };
    let Some((title, target)) = head.split_once(" (") else {
        return context(vec![item(1, "", head, None, due)]);
    };
    let target = target.trim_end_matches(')');
    let digits = target.find(|c: char| !c.is_ascii_digit() && c != '.').expect("a unit");
    let value = target[..digits].parse().expect("a number");
    context(vec![item(1, "", title, Some((value, &target[digits..])), due)])
}

/// Runs a table and lists every row that was understood otherwise.
pub(super) fn check(table: &str) {
    let mut wrong = Vec::new();
    for row in table.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let (said, wanted) = row.split_once(" => ").expect("a reading");
        let (head, message) = said.split_once(" : ").expect("a message");
        let context = context_of(head);
        let read = show(&understand(message, &context), &context);
        if read != wanted {
            wrong.push(format!("{message}\n   want {wanted}\n   read {read}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_finish_is_heard_in_words_no_list_holds() {
    check(FINISHED);
}

#[test]
fn figures_are_read_in_the_scale_of_their_goal() {
    check(COUNTED);
}

#[test]
fn what_is_over_hinders_nothing_and_what_is_put_off_asks_for_time() {
    check(HINDERED);
}
