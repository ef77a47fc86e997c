//! Whether what is written arrives, and who there is to hear it.

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::now::stamp;
use crate::domain::people::{Chase, Rank};
use crate::store::{Connection, rows};

/// A chat with what goes to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatHealth {
    /// What it is called.
    pub title: String,
    /// The platform.
    pub channel: String,
    /// Whether it is a chat between two.
    pub private: bool,
    /// Why nothing can be sent there any more.
    pub gone: Option<String>,
    /// Until when the platform wants to hear nothing.
    pub hold_until: Option<DateTime<Utc>>,
    /// Letters still to go.
    pub waiting: i64,
    /// Letters that somebody has to look at: they did not go, or nobody knows.
    pub parked: i64,
    /// Letters that went out since the given instant.
    pub sent: i64,
    /// When the last one went.
    pub last: Option<DateTime<Utc>>,
}

/// Every chat that anything ever went to or waits for, the troubled ones first.
pub async fn chats(conn: &mut Connection, since: DateTime<Utc>) -> sqlx::Result<Vec<ChatHealth>> {
    sqlx::query(
        "with told as (
            select chat_id, sum(state in ('pending', 'sending')) as waiting, sum(state in ('parked', 'unknown')) as parked,
                   sum(state = 'sent' and sent_at >= $1) as sent, max(sent_at) as last
            from letter group by chat_id)
         select case when c.kind = 'private' then coalesce(
                    (select p.title from account a join tenure te on te.account_id = a.account_id and te.ends is null
                     join post p on p.post_id = te.post_id where a.private_chat_id = c.chat_id order by te.tenure_id limit 1),
                    (select a.name from account a where a.private_chat_id = c.chat_id), c.title) else c.title end as title, c.channel, c.kind = 'private' as private,
                case when c.state = 'gone' then coalesce(c.gone_why, '') end as gone, c.hold_until,
                w.waiting, w.parked, w.sent, w.last
         from told w join chat c on c.chat_id = w.chat_id
         order by c.state = 'gone' desc, w.parked desc, w.waiting desc, w.last desc, c.chat_id",
    )
    .bind(stamp(since))
    .try_map(|row: SqliteRow| {
        Ok(ChatHealth {
            title: row.try_get("title")?,
            channel: row.try_get("channel")?,
            private: row.try_get("private")?,
            gone: row.try_get("gone")?,
            hold_until: rows::instant_or_none(&row, "hold_until")?,
            waiting: row.try_get("waiting")?,
            parked: row.try_get("parked")?,
            sent: row.try_get("sent")?,
            last: rows::instant_or_none(&row, "last")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// A letter that did not arrive as it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Troubled {
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Where it was to go.
    pub chat: String,
    /// Its state.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What went wrong last.
    pub error: String,
}

/// Letters that wait for somebody to look, and those that were tried in vain, the newest first.
pub async fn troubled(conn: &mut Connection, limit: i64) -> sqlx::Result<Vec<Troubled>> {
    sqlx::query(
        "select l.created_at, c.title, l.state, l.attempts, coalesce(l.error, '') as error
         from letter l join chat c on c.chat_id = l.chat_id
         where l.state in ('parked', 'unknown') or (l.state = 'pending' and l.attempts > 0)
         order by l.letter_id desc limit $1",
    )
    .bind(limit)
    .try_map(|row: SqliteRow| {
        Ok(Troubled {
            at: rows::instant(&row, "created_at")?,
            chat: row.try_get("title")?,
            state: row.try_get("state")?,
            attempts: row.try_get("attempts")?,
            error: row.try_get("error")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// A card that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// When.
    pub at: DateTime<Utc>,
    /// What the chat is called.
    pub chat: String,
    /// Whether it is a chat between two.
    pub private: bool,
    /// Whether it asked the office for decisions.
    pub review: bool,
    /// How many tasks stood on it.
    pub tasks: i64,
}

/// The cards that went out last, the newest first.
pub async fn deliveries(conn: &mut Connection, limit: i64) -> sqlx::Result<Vec<Delivery>> {
    sqlx::query(
        "select l.sent_at, c.kind = 'private' as private, k.kind = 'review' as review,
                case when c.kind = 'private' then coalesce(
                    (select p.title from account a join tenure te on te.account_id = a.account_id and te.ends is null
                     join post p on p.post_id = te.post_id where a.private_chat_id = c.chat_id order by te.tenure_id limit 1),
                    (select a.name from account a where a.private_chat_id = c.chat_id), c.title) else c.title end as title,
                (select count(distinct d.task_id) from card_item i join filing f on f.filing_id = i.filing_id
                 join duty d on d.duty_id = f.duty_id where i.card_id = k.card_id and i.part = l.part) as tasks
         from letter l join chat c on c.chat_id = l.chat_id join card k on k.card_id = l.card_id
         where l.kind = 'card' and l.sent_at is not null order by l.sent_at desc, l.letter_id desc limit $1",
    )
    .bind(limit)
    .try_map(|row: SqliteRow| {
        Ok(Delivery {
            at: rows::instant(&row, "sent_at")?,
            chat: row.try_get("title")?,
            private: row.try_get("private")?,
            review: row.try_get("review")?,
            tasks: row.try_get("tasks")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// A post with whoever holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staffed {
    /// The unit.
    pub unit: String,
    /// How the unit may be chased.
    pub chase: Chase,
    /// What the post is called.
    pub title: String,
    /// Its standing.
    pub rank: Rank,
    /// Whether it is blank in the notice.
    pub vacant: bool,
    /// The names of those who hold it now.
    pub holders: Option<String>,
    /// Since when the first of them does.
    pub since: Option<DateTime<Utc>>,
    /// Whether any of them can be reached in private.
    pub reached: bool,
    /// The teams it belongs to.
    pub teams: Option<String>,
}

/// Every post, unit by unit.
pub async fn staff(conn: &mut Connection) -> sqlx::Result<Vec<Staffed>> {
    sqlx::query(
        "select u.short as unit, u.chase, p.title, p.rank, p.vacant,
                (select group_concat(a.name, '、') from tenure te join account a on a.account_id = te.account_id
                 where te.post_id = p.post_id and te.ends is null) as holders,
                (select min(te.starts) from tenure te where te.post_id = p.post_id and te.ends is null) as since,
                exists (select 1 from tenure te join account a on a.account_id = te.account_id
                        where te.post_id = p.post_id and te.ends is null and a.private_chat_id is not null) as reached,
                (select group_concat(g.short, '、') from team g where g.head_post_id = p.post_id
                 or exists (select 1 from team_post tp where tp.team_id = g.team_id and tp.post_id = p.post_id)) as teams
         from post p join unit u on u.unit_id = p.unit_id order by u.unit_id, p.post_id",
    )
    .try_map(|row: SqliteRow| {
        Ok(Staffed {
            unit: row.try_get("unit")?,
            chase: rows::parsed(&row, "chase")?,
            title: row.try_get("title")?,
            rank: rows::parsed(&row, "rank")?,
            vacant: row.try_get("vacant")?,
            holders: row.try_get("holders")?,
            since: rows::instant_or_none(&row, "since")?,
            reached: row.try_get("reached")?,
            teams: row.try_get("teams")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// What the office had to look at in a plan, decided or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its number, by which it is decided in chat.
    pub id: i64,
    /// The plan.
    pub plan: String,
    /// Its kind.
    pub kind: String,
    /// The item's number, once it is loaded.
    pub task: Option<i64>,
    /// Where it stands in the document.
    pub place: String,
    /// What was found.
    pub words: String,
    /// What is proposed.
    pub proposal: String,
    /// Whether its item waits for the decision.
    pub blocks: bool,
    /// What was decided.
    pub decision: Option<String>,
    /// By whom.
    pub by: Option<String>,
}

/// The verification sheet of every plan (核对单), the undecided first.
pub async fn findings(conn: &mut Connection) -> sqlx::Result<Vec<Found>> {
    sqlx::query(
        "select f.finding_id, p.title as plan, f.kind, t.task_id, f.place, f.words, f.proposal, f.blocks, f.decision, a.name as decider
         from finding f join plan p on p.plan_id = f.plan_id
         left join task t on t.plan_id = f.plan_id and t.code = f.task_code
         left join account a on a.account_id = f.decided_by
         order by f.decision is not null, f.finding_id",
    )
    .try_map(|row: SqliteRow| {
        Ok(Found {
            id: row.try_get("finding_id")?,
            plan: row.try_get("plan")?,
            kind: row.try_get("kind")?,
            task: row.try_get("task_id")?,
            place: row.try_get("place")?,
            words: row.try_get("words")?,
            proposal: row.try_get("proposal")?,
            blocks: row.try_get("blocks")?,
            decision: row.try_get("decision")?,
            by: row.try_get("decider")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// The plans on record: title, document number, day of issue, how many items.
pub async fn plans(conn: &mut Connection) -> sqlx::Result<Vec<(String, String, String, i64)>> {
    sqlx::query_as(
        "select p.title, p.doc_no, p.issued, (select count(*) from task t where t.plan_id = p.plan_id) from plan p order by p.plan_id",
    )
    .fetch_all(conn)
    .await
}
