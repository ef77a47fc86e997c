//! A short office story that the demo plays by itself: a round, answers, a nudge, an escalation, a return, a close.
//!
//! Nobody here knows more than a person in the room: everything is said in a room and read there.

use anyhow::Context as _;
use chrono::{NaiveDate, NaiveDateTime};

use crate::app::demo::{Demo, STAFF, shown};
use crate::channel::room::Words;
use crate::wording::typeset;

/// Plays the story and prints every line that is said.
pub async fn play(at: NaiveDateTime) -> anyhow::Result<()> {
    let mut stage = Stage { demo: Demo::open(at, 0).await?, seen: 0 };
    let told = stage.tell().await;
    stage.demo.close().await;
    told
}

struct Stage {
    demo: Demo,
    seen: i64,
}

impl Stage {
    async fn tell(&mut self) -> anyhow::Result<()> {
        self.scene("成文当天:方案导入,本周例行的卡发到各单位的群").await?;
        self.says("fgj.head", "fgj", "7已开").await?;
        self.says(STAFF, "ducha", "待定").await?;

        self.go(5, 20, 9).await?;
        self.scene("5月20日:政策宣讲还有7个工作日到期,没报周例会的提一次").await?;
        self.says("ysj.head", "ysj", "#16 宣讲方案定了,完成40%").await?;

        self.go(5, 26, 9).await?;
        self.scene("5月26日:月底的例行开始").await?;
        self.says("fgj.head", "fgj", "#28 卡在用地,需要自然资源局协调;#31 完成30%;其余无变化").await?;

        self.go(6, 1, 9).await?;
        self.scene("6月1日:宣讲过了期限,逾期1个工作日").await?;
        self.says("ysj.head", "ysj", "#16 宣讲已办结").await?;
        self.says(STAFF, "ducha", "退回 16 县营商环境局 缺现场记录").await?;
        self.says("ysj.head", "ysj", "16号宣讲补齐了,已办结").await?;

        self.go(6, 10, 9).await?;
        self.scene("6月10日:有单位一直没报,升级到本单位负责人,再到督查室").await?;
        self.says(STAFF, "ducha", "销号 16 县营商环境局 材料齐全").await?;
        self.says(STAFF, "ducha", "事项 16").await?;
        self.says(STAFF, "ducha", "自检").await
    }

    /// Prints what was said since the last scene, under a heading.
    async fn scene(&mut self, heading: &str) -> anyhow::Result<()> {
        self.demo.app.wheel.settle().await?;
        println!("\n════ {} ════\n", typeset(heading));
        self.print().await
    }

    async fn go(&mut self, month: u32, day: u32, hour: u32) -> anyhow::Result<()> {
        let year = 2022;
        let date = NaiveDate::from_ymd_opt(year, month, day).context("no such day")?;
        self.demo.go_to(date.and_hms_opt(hour, 0, 0).context("no such hour")?).await
    }

    /// Somebody says something in a room, and the answer is shown.
    async fn says(&mut self, account: &str, chat: &str, text: &str) -> anyhow::Result<()> {
        let seat = self.demo.seat(account).await?;
        let room = &self.demo.app.room;
        let words = Words {
            chat: chat.to_owned(),
            text: text.to_owned(),
            reply_to: self.last_card(chat).await?,
            files: Vec::new(),
            nonce: format!("story-{}-{}", self.seen, text.len()),
        };
        room.say(&seat, words)
            .await
            .map_err(|error| anyhow::anyhow!("{account} cannot speak in {chat}: {error:?}"))?;
        self.demo.app.wheel.settle().await?;
        self.print().await
    }

    /// The newest card of a room, which people reply to.
    async fn last_card(&self, chat: &str) -> anyhow::Result<Option<i64>> {
        let lines = self.demo.app.room.book().recent(chat, 50).await?;
        Ok(lines
            .iter()
            .rev()
            .find(|line| line.author.is_none() && line.text.starts_with('【'))
            .map(|line| line.id))
    }

    async fn print(&mut self) -> anyhow::Result<()> {
        let lines = self.demo.lines_after(self.seen).await?;
        self.seen = lines.last().map_or(self.seen, |(line, _)| line.seq);
        print!("{}", shown(&self.demo.now(), &lines));
        Ok(())
    }
}
