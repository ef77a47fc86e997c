-- Where an item comes from that stands in no plan (签批, 议定, 交办, 企困, 问题, 暗访, 金点子), and what such sources need beside it.

create table origin (
    task_id      integer primary key references task,
    source       text not null,
    -- Who ordered it, asked for it or found it: a post, a meeting, an enterprise.
    by_whom      text not null,
    -- Whose order it is, of the four that are counted apart; `other` for the rest.
    level        text not null,
    on_date      text not null,
    -- The item of a plan that it belongs to.
    parent_id    integer references task,
    added_at     text not null,
    -- The second look (回访): whether whoever asked is content. Only then is the item closed.
    content      integer check (content in (0, 1)),
    looked_at    text
) strict;
create index origin_of_source on origin (source, on_date);

-- A register (名册) that an item must cover whole: who is on it, and who has been there.
create table register (
    entry_id   integer primary key,
    task_id    integer not null references task,
    name       text not null,
    unit_id    integer references unit,
    visited_on text,
    note       text,
    unique (task_id, name)
) strict;

-- Suggestions (金点子): adopted into an item, or declined with the reason.
create table suggestion (
    suggestion_id integer primary key,
    text          text not null,
    by_whom       text not null,
    account_id    integer references account,
    chat_id       integer references chat,
    said_at       text not null,
    task_id       integer references task,
    reason        text,
    decided_at    text
) strict;

-- A big project's package (一项目一领导一专班): the leader who answers for it and the crew's contact.
create table package (
    package_id integer primary key,
    task_id    integer not null references task,
    project    text not null,
    leader     text,
    crew       text,
    unique (task_id, project)
) strict;
