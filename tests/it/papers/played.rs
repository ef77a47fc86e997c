//! Months of the sample plan, played in its chat room: some things happen by a script that can be checked by hand, the rest
//! by dice that always fall the same way.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{Datelike as _, NaiveDate, Weekday};
use duban::app::demo::{Demo, STAFF, START};
use duban::app::export::{Order, Paper, of_store};
use duban::app::players::{self, Dice, Head, label};
use duban::assess::facts::Facts;
use duban::assess::sums::Span;
use duban::channel::room::book::private_chat;
use duban::documents::bulletin::Length;
use duban::domain::filing::FilingState;
use duban::domain::now::Now;
use duban::domain::period::Period;
use duban::store::{filings, papers};

/// A day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// The weeks of which every day is lived.
fn is_summer(today: NaiveDate) -> bool {
    today < day("2022-08-01")
}

/// Days on which the heads of units answer.
fn is_answering(today: NaiveDate) -> bool {
    today.weekday() == Weekday::Thu && (is_summer(today) || today.day() > 23)
}

/// An office whose months are played.
pub struct Played {
    /// The bot.
    pub demo: Demo,
    said: AtomicU32,
    next: NaiveDate,
    dice: Dice,
}

impl Played {
    /// On the morning of the notice.
    pub async fn open() -> Played {
        let demo = Demo::open(START.parse().expect("a time"), 0).await.expect("a demo");
        Played { demo, said: AtomicU32::new(0), next: day("2022-05-18"), dice: Dice::new(2022) }
    }

    /// Goes on to the last moment of a day.
    pub async fn go_on_to(&mut self, end: &str) {
        let heads = players::heads(&self.demo).await.expect("heads");
        let mut dice = self.dice.clone();
        while self.next <= day(end) {
            if self.is_lived(self.next) {
                self.morning(self.next, &heads, &mut dice).await;
            }
            self.next = self.next.succ_opt().expect("a day");
        }
        self.dice = dice;
        let last = self.demo.now().end_of(day(end)) - chrono::TimeDelta::milliseconds(1);
        self.demo.clock.set(last);
        self.settle().await;
    }

    /// Whether anything is said on a day. After the summer only Mondays are lived, when rounds open, and days of the script.
    fn is_lived(&self, today: NaiveDate) -> bool {
        let is_scripted = SCRIPT.iter().any(|(on, ..)| day(on) == today);
        let is_round = today.weekday() == Weekday::Mon || is_answering(today) || is_summer(today);
        is_scripted || is_round && self.demo.settings().calendar.is_workday(today)
    }

    async fn at(&self, day: NaiveDate, hour: u32) {
        self.demo.clock.set(self.demo.now().instant_of(day.and_hms_opt(hour, 0, 0).expect("an hour")));
        self.settle().await;
    }

    async fn settle(&self) {
        self.demo.app.wheel.settle().await.expect("the wheel turns");
    }

    async fn morning(&self, today: NaiveDate, heads: &[Head], dice: &mut Dice) {
        self.at(today, 9).await;
        if is_answering(today) {
            self.at(today, 10).await;
            for head in heads {
                self.answers(head, dice).await;
            }
            self.settle().await;
        }
        for (on, who, text) in SCRIPT {
            if day(on) == today {
                self.at(today, 11).await;
                match who {
                    "closes" => self.closes(text).await,
                    who => {
                        for account in Self::cast(who, heads) {
                            self.says(&account, text).await;
                        }
                    }
                }
                self.settle().await;
            }
        }
        if is_summer(today) {
            self.at(today, 17).await;
        }
    }

    /// Who is meant: one, `office`, or `all -a -b` for everybody but those.
    fn cast(who: &str, heads: &[Head]) -> Vec<String> {
        match who.strip_prefix("all") {
            None if who == "office" => vec![STAFF.to_owned()],
            None => who.split(' ').map(|unit| format!("{unit}.head")).collect(),
            Some(but) => {
                let out: Vec<String> =
                    but.split_whitespace().map(|unit| format!("{}.head", &unit[1..])).collect();
                heads.iter().map(|head| head.account.clone()).filter(|one| !out.contains(one)).collect()
            }
        }
    }

    /// A head answers some of the routine; what the office verifies is left to the script.
    async fn answers(&self, head: &Head, dice: &mut Dice) {
        let said = players::routine(&self.demo, head, dice).await.expect("what is owed");
        if let Some(text) = said {
            self.says(&head.account, &text).await;
        }
    }

    /// The office accepts every claim on a duty but those of some units: `16.4 -新华镇`.
    async fn closes(&self, what: &str) {
        let (duty, but) = what.split_once(" -").unwrap_or((what, ""));
        let mut conn = self.demo.store().read().await.expect("a reader");
        let (task, _) = duty.split_once('.').expect("task and duty");
        let task = duban::domain::ids::TaskNo(task.parse().expect("a number"));
        let all = filings::of_task(&mut conn, task).await.expect("filings");
        drop(conn);
        for one in all {
            let is_claimed = one.filing.standing.state == FilingState::Claimed;
            if is_claimed && label(&one) == format!("#{duty}") && one.owner != but {
                self.says(STAFF, &format!("销号 {duty} {}", one.owner)).await;
            }
        }
    }

    /// Somebody says something in private.
    async fn says(&self, account: &str, text: &str) {
        let nonce = format!("played-{}", self.said.fetch_add(1, Ordering::Relaxed));
        players::say(&self.demo, account, &private_chat(account), text, nonce).await.expect("can speak");
    }

    /// The office says something, and it takes effect.
    pub async fn office_says(&self, text: &str) {
        self.says(STAFF, text).await;
        self.settle().await;
    }

    /// The facts at the end of a day.
    pub async fn facts(&self, on: &str) -> Facts {
        let now = self.demo.now();
        let at = now.end_of(day(on)) - chrono::TimeDelta::milliseconds(1);
        let at = Now::new(at.min(now.at()), now.zone());
        let mut conn = self.demo.store().read().await.expect("a reader");
        papers::read(&mut conn, &at, &self.demo.settings().calendar).await.expect("the facts")
    }

    /// Writes a paper into a folder and gives its bytes.
    pub async fn paper(&self, order: Order) -> Vec<u8> {
        let wanted = order.out.clone();
        let said = of_store(self.demo.store(), self.demo.settings(), &self.demo.now(), &order).await;
        let said = said.expect("a paper");
        let path = duban::documents::draft::Signature::Draft.path(&wanted);
        assert!(said.contains("草稿") && said.contains(&path.display().to_string()), "{said}");
        std::fs::read(path).expect("the paper is there")
    }
}

/// Where papers are written that somebody may want to look at.
pub fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers");
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// An order for a period, to be changed where it is special.
pub fn order(paper: Paper, period: &str, name: &str) -> Order {
    let period: Period = period.parse().expect("a period");
    let (from, until) = period.first_day().zip(period.last_day()).expect("days");
    Order {
        paper,
        period: Some(period),
        span: Span { from, until },
        as_of: until,
        length: Length::Full,
        team: None,
        board: None,
        task: None,
        unit: None,
        front: None,
        visit: None,
        out: folder().join(name),
    }
}

/// What happens by script: day, who, what is said. The papers of the second quarter are checked against this by hand.
const SCRIPT: [(&str, &str, &str); 22] = [
    // The campaign of 31 May binds thirteen units.
    ("2022-05-25", "yongsheng", "#16 宣讲办完了,已办结"),
    ("2022-05-26", "office", "退回 16.4 永胜镇 缺现场记录"),
    (
        "2022-05-30",
        "yongsheng dongfeng xinhua xiangyang shuangquan qingsong fgj jhj rsj scj ysj",
        "#16 宣讲办完了,已办结",
    ),
    ("2022-06-01", "office", "退回 16.4 东风镇 缺签到表"),
    ("2022-06-02", "dongfeng", "#16 宣讲补齐了,已办结"),
    ("2022-06-08", "czj", "#16 宣讲办完了,已办结"),
    ("2022-06-09", "closes", "16.4 -新华镇"),
    // Team tasks on the way.
    ("2022-06-15", "fgj", "#28 卡在用地,需要县自然资源局协调"),
    ("2022-06-16", "rsj", "#58 已新增就业350人"),
    ("2022-06-17", "zjj", "#46 排查完成60%"),
    // The write-off of the quarter.
    ("2022-06-28", "all -chengfu -wlj", "#3 销号事项已办结"),
    ("2022-06-29", "closes", "3.2 -县农业农村局"),
    // A month later.
    ("2022-07-20", "fgj", "#32 已办结"),
    ("2022-07-22", "office", "销号 32"),
    ("2022-07-26", "zjj", "#46 完成不了,资金没到位,需要县财政局协调"),
    ("2022-07-27", "fgj", "#28 用地批了,完成40%"),
    // The rest of the year.
    ("2022-09-27", "all -wlj -swj", "#3 销号事项已办结"),
    ("2022-09-29", "closes", "3.2"),
    ("2022-11-15", "jhj", "#43 已新增规上企业2户"),
    ("2022-12-20", "jhj", "#44 国家级高企已认定1户,已办结"),
    ("2022-12-27", "all -chengfu", "#3 销号事项已办结"),
    ("2022-12-29", "closes", "3.2"),
];
