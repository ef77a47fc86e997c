//! What `duban doctor` finds, in one line each, with what to do about it.

use std::fmt::Display;
use std::path::Path;

use chrono::{Duration, NaiveDateTime};

use crate::wording::moment;

/// The settings can be read; the office's zone and time.
pub fn settings(zone: &impl Display, local: NaiveDateTime) -> String {
    format!("设置:读取正常,时区 {zone},现在是{}", moment(local))
}

/// Telegram is not wanted.
pub fn no_telegram() -> String {
    "Telegram:未启用,使用自带的网页聊天室".to_owned()
}

/// Telegram is wanted and its settings are wrong.
pub fn telegram_wrong(why: &str) -> String {
    format!("Telegram:{why}")
}

/// The token is not accepted.
pub fn wrong_token() -> String {
    "Telegram:令牌不对,平台不认;请向 @BotFather 核对后重新设置".to_owned()
}

/// The platform does not answer.
pub fn no_answer(why: &str) -> String {
    format!("Telegram:有令牌,但连不上平台({why});请检查网络或 telegram.api_url")
}

/// The platform knows the bot.
pub fn telegram(name: &str) -> String {
    format!("Telegram:令牌有效,机器人是 @{name}")
}

/// It hears everything in groups.
pub fn hears_all() -> String {
    "Telegram:隐私模式已关,群里说的都看得到(没提到它的不记)".to_owned()
}

/// It hears only what is addressed to it.
pub fn privacy_mode() -> String {
    "Telegram:隐私模式开着,机器人在群里只看得到回复它的、@它的和指令;要认“#12 完成60%”这样的话,请在 @BotFather 用 /setprivacy 关掉,再把它移出群重新拉进来".to_owned()
}

/// The clock differs from the platform's.
pub fn clock_off(off: Duration) -> String {
    let (minutes, way) = (off.num_minutes().abs(), if off > Duration::zero() { "快" } else { "慢" });
    format!("时钟:本机比平台{way}{minutes}分钟,提醒会不准时;请打开时间同步(timedatectl set-ntp true)")
}

/// The clock shows less than what was recorded last.
pub fn clock_set_back(last: NaiveDateTime, now: NaiveDateTime) -> String {
    format!("时钟:现在是{},可最近一条记录在{};时钟像是被往回拨过,请核对", moment(now), moment(last))
}

/// A year without holidays.
pub fn no_holidays(year: i32) -> String {
    format!("放假表:没有{year}年的安排,暂按周末和固定节日算,请补进放假表")
}

/// The page can be served.
pub fn port_free(listen: &str) -> String {
    format!("网页:{listen} 可用")
}

/// The bot runs and serves it.
pub fn running(listen: &str) -> String {
    format!("网页:{listen} 已由正在运行的机器人使用")
}

/// The page cannot be served.
pub fn port_taken(listen: &str, why: &str) -> String {
    format!("网页:{listen} 用不了({why});可能已被别的程序占用,请改 web.listen")
}

/// Nothing can be kept there.
pub fn not_writable(folder: &Path, why: &str) -> String {
    format!("文件夹:{} 写不了({why});请改权限或换个位置", folder.display())
}

/// Others on the machine may read it.
pub fn open_to_others(path: &Path) -> String {
    format!("权限:{} 本机其他人也能看;请收紧(chmod go-rwx)", path.display())
}

/// Folders are as they should be.
pub fn folders() -> String {
    "文件夹:可写,只有本账户能看".to_owned()
}

/// Papers can be written.
pub fn papers() -> String {
    "公文:版式、模板和计分规则读取正常".to_owned()
}

/// They cannot.
pub fn papers_wrong(why: &str) -> String {
    format!("公文:{why}")
}

/// The font of pictures.
pub fn font(name: &str) -> String {
    format!("图片:中文字体用 {name}")
}

/// There is none.
pub fn no_font() -> String {
    "图片:没有找到中文字体,榜和进展图画不了;请安装一种(Debian:apt install fonts-wqy-microhei)".to_owned()
}

/// There is no database yet.
pub fn no_database(path: &Path) -> String {
    format!("数据库:{} 还没有,先运行 duban import 方案.toml", path.display())
}

/// The database cannot be opened.
pub fn database_broken(why: &str) -> String {
    format!("数据库:{why}")
}

/// The database cannot be written.
pub fn takes_nothing(why: &str) -> String {
    format!("数据库:写不进去({why});请检查权限、磁盘,或有没有别的程序占着它")
}

/// The database is of an earlier version.
pub fn behind(path: &Path, steps: usize) -> String {
    format!(
        "数据库:{} 由旧版本写成,还差{steps}步升级(本次检查没有动它);请先用 duban backup 备份,下次启动时会自动升级",
        path.display()
    )
}

/// What the database holds: items in all, running, unconfirmed, and duties that wait for a term.
pub fn database(path: &Path, (tasks, running, draft, held): (i64, i64, i64, i64)) -> String {
    format!("数据库:{},事项{tasks}项(在办{running}、待确认{draft},待定时限{held}条)", path.display())
}

/// Nobody of the office is bound.
pub fn nobody_in_office() -> String {
    "人员:还没有督查室的人,先运行 duban invite admin".to_owned()
}

/// Nobody can sign.
pub fn no_head() -> String {
    "人员:还没有督查室负责人,通报和榜没人能签发;请运行 duban invite head".to_owned()
}

/// Posts that nobody is bound to.
pub fn unbound(posts: &[String]) -> String {
    format!("人员:未绑定的岗位{}个:{}", posts.len(), posts.join("、"))
}

/// Units that nothing reaches.
pub fn unreachable(units: &[String]) -> String {
    format!("人员:完全联系不上的单位{}个:{}", units.len(), units.join("、"))
}

/// Sealed numbers can be opened.
pub fn phones(count: usize) -> String {
    format!("电话:{count}个,加密保存")
}

/// They cannot: there is no key.
pub fn no_key(path: &Path) -> String {
    format!("电话:没有密钥 {},打不开", path.display())
}

/// They cannot: the key is not right.
pub fn key_wrong(why: &str) -> String {
    format!("电话:{why}")
}
