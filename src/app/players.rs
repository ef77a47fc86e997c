//! Units that answer by themselves and an office that decides, with dice that always fall the same way: so that a year of
//! the demo plays by itself. Nobody here knows more than a person in the room: everything is said in a room.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Duration, NaiveDate, Weekday};

use crate::app::demo::{Demo, STAFF, START};
use crate::channel::room::Words;
use crate::channel::room::book::private_chat;
use crate::domain::filing::{FilingState, Owner};
use crate::domain::ids::{TeamId, UnitId};
use crate::domain::now::Now;
use crate::domain::people::Rank;
use crate::domain::task::duty_label;
use crate::store::filings::{self, Owed};
use crate::store::{overview, people};

/// Days that are played.
const DAYS: i64 = 366;
/// The chat of the office.
const OFFICE_CHAT: &str = "ducha";
/// Claims that the office decides in one afternoon.
const DECIDED: usize = 12;
/// Days after which there is something new to say.
const FRESH: i64 = 17;
/// What holds things up, in the units' words.
const HINDRANCES: [&str; 5] = [
    "卡在资金,需要县财政局协调",
    "卡在用地,需要县自然资源局协调",
    "等上级批复,批了就动",
    "人手不够,需要县人社局支持",
    "图纸还在改,设计单位没交",
];
/// Why a claim goes back.
const LACKS: [&str; 4] = ["缺现场记录", "缺签到表", "佐证看不清,请补", "数字和台账对不上"];

/// Dice that always fall the same way.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice that begin with a number.
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    /// One of these.
    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        let sides = u64::try_from(of.len()).unwrap_or(1);
        usize::try_from(self.roll(sides)).ok().and_then(|at| of.get(at)).copied().unwrap_or_default()
    }
}

/// Somebody who answers for a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The account in the room.
    pub account: String,
    /// The unit.
    pub unit: UnitId,
    /// How often out of a hundred an item is answered.
    pub zeal: u64,
    /// Teams for which nobody before in the roster answers.
    pub teams: Vec<TeamId>,
}

/// The first head of every unit; some are zealous and some are not.
pub async fn heads(demo: &Demo) -> anyhow::Result<Vec<Head>> {
    let mut conn = demo.store().read().await?;
    let mut dice = Dice::new(14);
    let mut heads: Vec<Head> = Vec::new();
    let mut answered = BTreeSet::new();
    for post in
        people::posts(&mut conn).await?.into_iter().filter(|post| post.rank == Rank::Head && !post.vacant)
    {
        let Some(unit) = people::unit_by_name(&mut conn, &post.unit).await? else {
            continue;
        };
        if heads.iter().all(|known| known.unit != unit.id) {
            let teams = people::teams_of_unit(&mut conn, unit.id).await?;
            let teams = teams.into_iter().filter(|team| answered.insert(*team)).collect();
            heads.push(Head { account: post.code, unit: unit.id, zeal: 20 + dice.roll(80), teams });
        }
    }
    Ok(heads)
}

/// A head answers some of the routine that the unit owes, in own words; `None` where there is nothing to say.
pub async fn routine(demo: &Demo, head: &Head, dice: &mut Dice) -> anyhow::Result<Option<String>> {
    let owed = filings::open_of_unit(&mut *demo.store().read().await?, head.unit).await?;
    let mut said = Vec::new();
    for one in owed.iter().filter(|one| one.filing.standing.state == FilingState::Open) {
        let is_asked = one.filing.is_recurring() && !one.filing.reviewed && !one.filing.progress;
        if !is_asked || dice.roll(100) >= head.zeal {
            continue;
        }
        said.push(match dice.roll(12) {
            0 => format!("#{} 卡在资金,需要县财政局协调", one.task),
            _ => format!("{} 已完成", label(one)),
        });
    }
    said.dedup();
    Ok((!said.is_empty()).then(|| said.join(";")))
}

/// `#12.2`, as people write it.
pub fn label(one: &Owed) -> String {
    duty_label(one.task, one.seq, one.duties)
}

/// Somebody says something in a chat of the room; `nonce` tells it from everything else that was ever said.
pub async fn say(demo: &Demo, account: &str, chat: &str, text: &str, nonce: String) -> anyhow::Result<()> {
    let words =
        Words { chat: chat.to_owned(), text: text.to_owned(), reply_to: None, files: Vec::new(), nonce };
    let said = demo.app.room.say(&demo.seat(account).await?, words).await;
    said.map(drop).map_err(|error| anyhow::anyhow!("{account} cannot speak in {chat}: {error:?}"))
}

/// Everybody who plays.
#[derive(Debug)]
pub struct Players {
    dice: Dice,
    heads: Vec<Head>,
    said: u64,
}

impl Default for Players {
    fn default() -> Players {
        Players { dice: Dice::new(2022), heads: Vec::new(), said: 0 }
    }
}

impl Players {
    /// Plays the next workday; false once the year is over.
    pub async fn play_day(&mut self, demo: &Demo) -> anyhow::Result<bool> {
        if self.heads.is_empty() {
            self.heads = heads(demo).await?;
        }
        let begun: chrono::NaiveDateTime = START.parse()?;
        let now = demo.now().local();
        let today = demo.settings().calendar.next_workday(now.date());
        if today > begun.date() + Duration::days(DAYS) {
            return Ok(false);
        }
        at(demo, today, 9).await?;
        if is_answering(today) {
            at(demo, today, 10).await?;
            for head in self.heads.clone() {
                self.answer(demo, &head).await?;
            }
            demo.app.wheel.settle().await?;
        }
        at(demo, today, 15).await?;
        self.decide(demo).await?;
        demo.app.wheel.settle().await?;
        Ok(true)
    }

    /// A head reports the routine, then what is owed once and by the team.
    async fn answer(&mut self, demo: &Demo, head: &Head) -> anyhow::Result<()> {
        let now = demo.now();
        if let Some(text) = routine(demo, head, &mut self.dice).await? {
            self.says(demo, &head.account, &private_chat(&head.account), &text).await?;
        }
        let mut conn = demo.store().read().await?;
        let mut owed = filings::open_of_unit(&mut conn, head.unit).await?;
        for team in &head.teams {
            owed.extend(filings::open_of_team(&mut conn, *team).await?);
        }
        drop(conn);
        let rest = owed.iter().filter(|one| one.filing.standing.state.is_owed());
        let said: Vec<String> = rest.filter_map(|one| self.word(one, head, &now)).collect();
        for part in said.chunks(4) {
            self.says(demo, &head.account, &private_chat(&head.account), &part.join(";")).await?;
        }
        Ok(())
    }

    /// What a head says about something that is not routine, if anything.
    fn word(&mut self, one: &Owed, head: &Head, now: &Now) -> Option<String> {
        let standing = &one.filing.standing;
        let is_routine = one.filing.is_recurring() && !one.filing.reviewed && !one.filing.progress;
        let is_fresh =
            standing.reported_at.is_some_and(|at| now.date_of(at) > now.today() - Duration::days(FRESH));
        let waits = is_fresh && standing.state != FilingState::SentBack;
        if is_routine || waits || self.dice.roll(100) >= head.zeal {
            return None;
        }
        let label = label(one);
        if standing.state == FilingState::SentBack {
            return Some(format!("{label} 材料补齐了,已办结"));
        }
        let is_near = standing.due_on.is_some_and(|due| due - now.today() < Duration::days(10));
        if one.filing.progress {
            let reached = u64::from(standing.percent.unwrap_or(0)) + 5 + self.dice.roll(20);
            return Some(match self.dice.roll(9) {
                0 => format!("#{} {}", one.task, self.dice.pick(&HINDRANCES)),
                _ if reached >= 95 => format!("#{} 已办结", one.task),
                _ => format!("#{} 完成{reached}%", one.task),
            });
        }
        let is_unit = matches!(one.filing.owner, Owner::Unit(_));
        match self.dice.roll(8) {
            0 => Some(format!("{label} {}", self.dice.pick(&HINDRANCES))),
            1 | 2 if is_near || !is_unit => Some(format!("{label} 已办结")),
            3 if is_near => Some(format!("{label} 已办结,材料随后补")),
            4 => Some(format!("{label} 完成{}%", 30 + self.dice.roll(6) * 10)),
            _ => None,
        }
    }

    /// The office closes most of what was claimed and sends some back with a reason.
    async fn decide(&mut self, demo: &Demo) -> anyhow::Result<()> {
        let claimed = overview::claimed(&mut *demo.store().read().await?).await?;
        for one in claimed.iter().take(DECIDED) {
            let label = label(one).trim_start_matches('#').to_owned();
            let order = match self.dice.roll(6) {
                0 if one.filing.standing.cycle < 3 => {
                    format!("退回 {label} {} {}", one.owner, self.dice.pick(&LACKS))
                }
                _ => format!("销号 {label} {} 材料齐全", one.owner),
            };
            self.says(demo, STAFF, OFFICE_CHAT, &order).await?;
        }
        Ok(())
    }

    async fn says(&mut self, demo: &Demo, account: &str, chat: &str, text: &str) -> anyhow::Result<()> {
        self.said += 1;
        say(demo, account, chat, text, format!("players-{}", self.said)).await
    }
}

/// Days on which the heads of units answer: Thursdays and the end of the month.
fn is_answering(today: NaiveDate) -> bool {
    today.weekday() == Weekday::Thu || today.day() > 24
}

/// The clock goes to an hour of a day, and everything due by then is said.
async fn at(demo: &Demo, day: NaiveDate, hour: u32) -> anyhow::Result<()> {
    let local = day.and_hms_opt(hour, 0, 0).ok_or_else(|| anyhow::anyhow!("no such hour"))?;
    demo.clock.set(demo.now().instant_of(local));
    demo.app.wheel.settle().await
}
