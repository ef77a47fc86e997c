-- Who holds a post, who takes over, and who stands in (顺延接替, 请假, 代理).

-- A change on a post from a day on (接任): a successor takes it, or it falls vacant (no name). `planned` until its day comes.
create table handover (
    handover_id integer primary key,
    post_id     integer not null references post,
    -- What the office calls the successor; null where nobody follows.
    name        text,
    -- The successor's account, as soon as it is known.
    account_id  integer references account,
    starts_on   text not null,
    state       text not null check (state in ('planned', 'done', 'undone')),
    -- Whether the post was vacant before, for an undo.
    was_vacant  integer not null check (was_vacant in (0, 1)),
    made_at     text not null
) strict;
-- The tick: changes whose day may have come.
create index handover_planned on handover (starts_on) where state = 'planned';
create index handover_of_post on handover (post_id, handover_id);

-- Days on which a person is away from all posts, and the post whose holder stands in; nobody in particular where there is none.
create table leave (
    leave_id       integer primary key,
    account_id     integer not null references account,
    post_id        integer not null references post,
    deputy_post_id integer references post,
    from_on        text not null,
    until_on       text not null,
    state          text not null check (state in ('planned', 'running', 'over', 'undone')),
    made_at        text not null,
    check (from_on <= until_on)
) strict;
create index leave_to_come on leave (state) where state in ('planned', 'running');
create index leave_of_account on leave (account_id);

-- Whoever stands in has a tenure like the holder, marked with the leave, and whoever is away keeps the own one: what was
-- said and done stays with whoever said and did it.
alter table tenure add column name text;
-- When it was written down; the hand-over card that follows tells what is open.
alter table tenure add column noted_at text;
alter table tenure add column leave_id integer references leave;
alter table tenure add column away integer not null default 0 check (away in (0, 1));
alter table tenure add column begun_by integer references handover;
alter table tenure add column ended_by integer references handover;

-- Who acts for a post now: is asked, and hears what is told.
create view holding as select post_id, account_id, tenure_id from tenure where ends is null and away = 0;
