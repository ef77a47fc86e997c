-- The life of an item: what a decision changed, so that it can be taken back; and exemptions asked for (容错).

-- A filing or task as it was before a decision, for 撤销. Taken out where the words in it were erased.
alter table history add column before text;
drop trigger history_is_not_rewritten;
create trigger history_is_not_rewritten before update on history
when not (new.detail in ('{}', old.detail) and (new.before is null or new.before is old.before)
          and new.history_id = old.history_id and new.at = old.at and new.actor = old.actor
          and new.what = old.what and new.account_id is old.account_id and new.inbox_id is old.inbox_id
          and new.task_id is old.task_id and new.filing_id is old.filing_id)
begin select raise(abort, 'history is append-only'); end;
-- Serves `decisions::newest_of`.
create index history_of_decisions on history (account_id, history_id) where before is not null;

-- Events whose decisions were taken back.
create table undone_event (
    inbox_id   integer primary key references inbox,
    account_id integer references account,
    undone_at  text not null
) strict;

-- Why a unit asks that a filing be not counted, while the office has not decided.
alter table filing add column asked_exempt text;

-- More decisions than the first four; and one that was taken back stays, marked.
create table review_of_more (
    review_id   integer primary key,
    filing_id   integer not null references filing,
    act         text not null check (act in ('close', 'send_back', 'extend', 'decline', 'exempt', 'refuse_exempt', 'lift_exempt')),
    reason      text,
    new_due     text,
    account_id  integer references account,
    inbox_id    integer references inbox,
    happened_at text not null,
    recorded_at text not null,
    undone_at   text
) strict;
insert into review_of_more (review_id, filing_id, act, reason, new_due, account_id, inbox_id, happened_at, recorded_at)
    select review_id, filing_id, act, reason, new_due, account_id, inbox_id, happened_at, recorded_at from review;
drop table review;
alter table review_of_more rename to review;
create index review_on_filing on review (filing_id, review_id);
