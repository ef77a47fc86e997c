-- A document that the office sent to become a plan: wanted (its bytes are on the platform), read (the sheet was shown), accepted
-- (to be loaded), loaded, or refused with the reason.
create table document (
    document_id integer primary key,
    inbox_id    integer not null references inbox,
    chat_id     integer not null references chat,
    account_id  integer not null references account,
    channel     text not null,
    source      text not null,
    name        text not null,
    size        integer,
    sha256      text,
    state       text not null check (state in ('wanted', 'read', 'accepted', 'loaded', 'refused')),
    attempts    integer not null default 0,
    not_before  text not null,
    note        text,
    added_at    text not null
) strict;
-- Serves `documents::next`.
create index document_to_do on document (not_before) where state in ('wanted', 'accepted');

-- What the office has to look at in a plan that was read from a document (核对单), by a key that stays as long as the text
-- does. `blocks` keeps its item from being confirmed with 全部 until it is decided.
create table finding (
    finding_id integer primary key,
    plan_id    integer not null references plan,
    key        text not null,
    kind       text not null,
    task_code  text,
    place      text not null,
    words      text not null,
    proposal   text not null,
    -- What is proposed, as machines read it: a word, and what it is about.
    answer     text not null,
    other      text not null,
    blocks     integer not null check (blocks in (0, 1)),
    decision   text,
    decided_by integer references account,
    decided_at text,
    unique (plan_id, key)
) strict;
create index finding_open on finding (plan_id, finding_id) where decision is null;
