//! The burden ledger (减负账): what the bot itself asked of people, and what they answered (DESIGN red line 3).

use chrono::{DateTime, Utc};

use crate::domain::ids::AccountId;
use crate::domain::now::stamp;
use crate::store::Connection;

/// What one person heard and answered in a span of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Burden {
    /// The account.
    pub account: AccountId,
    /// How the person is shown: by post where there is one.
    pub name: String,
    /// Cards heard, in groups and in private.
    pub cards: i64,
    /// How many of them in private.
    pub private: i64,
    /// Items on those cards.
    pub items: i64,
    /// Reports made.
    pub answers: i64,
}

/// The burden of everybody who heard or answered something in [`from`, `until`), the most burdened first. A card that
/// was dropped before it went out disturbed nobody.
pub async fn between(
    conn: &mut Connection,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> sqlx::Result<Vec<Burden>> {
    let rows: Vec<(i64, String, i64, i64, i64, i64)> = sqlx::query_as(
        "with heard as (
            select e.account_id, count(*) as cards, sum(c.kind = 'private') as private,
                   sum((select count(distinct d.task_id) from card_item i join filing f on f.filing_id = i.filing_id
                        join duty d on d.duty_id = f.duty_id where i.card_id = k.card_id)) as items
            from card k join card_ear e on e.card_id = k.card_id join chat c on c.chat_id = k.chat_id
            where k.created_at >= $1 and k.created_at < $2
              and exists (select 1 from letter l where l.card_id = k.card_id and l.kind = 'card' and l.state = 'sent')
            group by e.account_id),
         answered as (
            select account_id, count(*) as answers from report
            where recorded_at >= $1 and recorded_at < $2 and undone_at is null and account_id is not null
            group by account_id)
         select a.account_id,
                coalesce((select p.title from tenure te join post p on p.post_id = te.post_id
                          where te.account_id = a.account_id and te.ends is null order by te.tenure_id limit 1), a.name),
                coalesce(h.cards, 0), coalesce(h.private, 0), coalesce(h.items, 0), coalesce(s.answers, 0)
         from account a left join heard h on h.account_id = a.account_id left join answered s on s.account_id = a.account_id
         where h.cards is not null or s.answers is not null
         order by 3 desc, 5 desc, a.account_id",
    )
    .bind(stamp(from))
    .bind(stamp(until))
    .fetch_all(conn)
    .await?;
    let burden = |(account, name, cards, private, items, answers)| Burden {
        account: AccountId(account),
        name,
        cards,
        private,
        items,
        answers,
    };
    Ok(rows.into_iter().map(burden).collect())
}
