-- Who there is and what the notice asks: units, posts, the people on them, chats, plans, tasks and duties.
-- Instants are RFC 3339 UTC text with milliseconds (they sort as text); days are ISO dates of the office's zone.

create table unit (
    unit_id integer primary key,
    code    text not null unique,
    name    text not null,
    short   text not null,
    kind    text not null check (kind in ('office', 'township', 'department', 'party', 'vertical', 'company')),
    chase   text not null check (chase in ('direct', 'via_office', 'never')),
    sample  integer not null default 0 check (sample in (0, 1))
) strict;

-- Every other name a unit is called by; names and short names are not repeated here.
create table unit_alias (
    alias   text primary key,
    unit_id integer not null references unit
) strict;

-- Named sets of units that an item may bind (各乡镇, 县直各部门).
create table unit_group (
    name    text not null,
    unit_id integer not null references unit,
    primary key (name, unit_id)
) strict, without rowid;

create table post (
    post_id integer primary key,
    code    text not null unique,
    unit_id integer not null references unit,
    title   text not null,
    rank    text not null check (rank in ('head', 'deputy', 'liaison', 'county')),
    vacant  integer not null default 0 check (vacant in (0, 1))
) strict;
create index post_of_unit on post (unit_id);

create table team (
    team_id      integer primary key,
    code         text not null unique,
    name         text not null,
    short        text not null,
    head_post_id integer references post
) strict;

create table team_post (
    team_id integer not null references team,
    post_id integer not null references post,
    primary key (team_id, post_id)
) strict, without rowid;
create index team_of_post on team_post (post_id);

-- A chat of a platform; topic is '' where there is none. `office` marks the office's own chat.
create table chat (
    chat_id     integer primary key,
    channel     text not null,
    external_id text not null,
    topic       text not null default '',
    kind        text not null check (kind in ('private', 'group')),
    title       text not null,
    office      integer not null default 0 check (office in (0, 1)),
    state       text not null default 'open' check (state in ('open', 'gone')),
    gone_why    text,
    -- Until when the platform wants to hear nothing for this chat (429).
    hold_until  text,
    unique (channel, external_id, topic)
) strict;

create table chat_unit (
    chat_id integer not null references chat,
    unit_id integer not null references unit,
    primary key (chat_id, unit_id)
) strict, without rowid;
create index chat_of_unit on chat_unit (unit_id);

create table chat_team (
    chat_id integer not null references chat,
    team_id integer not null references team,
    primary key (chat_id, team_id)
) strict, without rowid;
create index chat_of_team on chat_team (team_id);

-- A person on a platform. `role` is what the office gave; leader and liaison follow from the posts held.
create table account (
    account_id      integer primary key,
    channel         text not null,
    external_id     text not null,
    name            text not null,
    role            text check (role in ('admin', 'head', 'staff', 'observer')),
    private_chat_id integer references chat,
    unique (channel, external_id)
) strict;

-- Who holds a post from when to when (顺延接替: the next one simply gets a tenure of his own).
create table tenure (
    tenure_id  integer primary key,
    post_id    integer not null references post,
    account_id integer not null references account,
    starts     text not null,
    ends       text
) strict;
create unique index tenure_running on tenure (post_id, account_id) where ends is null;
create index tenure_of_account on tenure (account_id) where ends is null;

-- One-time codes that bind a person to a post or a role, or a chat to a unit, a team or the office.
create table invite (
    invite_id  integer primary key,
    code_hash  text not null unique,
    post_id    integer references post,
    role       text check (role in ('admin', 'head', 'staff', 'observer')),
    unit_id    integer references unit,
    team_id    integer references team,
    office     integer not null default 0 check (office in (0, 1)),
    created_at text not null,
    expires_at text not null,
    used_at    text,
    used_by    integer references account,
    check ((post_id is not null) + (role is not null) + (unit_id is not null) + (team_id is not null) + office = 1)
) strict;

create table plan (
    plan_id         integer primary key,
    code            text not null unique,
    title           text not null,
    doc_no          text not null,
    issued          text not null,
    ends            text not null,
    default_cadence text not null check (default_cadence in ('week', 'month', 'quarter', 'half', 'year', 'none')),
    -- The file as it was imported: importing the same one again changes nothing.
    source_hash     text not null,
    imported_at     text not null
) strict;

-- task_id is the number people use (#12): unique in the office, never given twice.
create table task (
    task_id      integer primary key autoincrement,
    plan_id      integer not null references plan,
    code         text not null,
    section      text not null,
    title        text not null,
    lead_unit_id integer references unit,
    team_id      integer references team,
    state        text not null check (state in ('draft', 'running', 'suspended', 'closed', 'void')),
    confidential integer not null default 0 check (confidential in (0, 1)),
    note         text,
    unique (plan_id, code)
) strict;

create table task_unit (
    task_id integer not null references task,
    unit_id integer not null references unit,
    primary key (task_id, unit_id)
) strict, without rowid;

-- Words of the notice that name no unit (有关部门): a question for the office, never expanded by itself.
create table task_unsettled (
    task_id integer not null references task,
    words   text not null,
    primary key (task_id, words)
) strict, without rowid;

create table task_link (
    task_id       integer not null references task,
    other_task_id integer not null references task,
    primary key (task_id, other_task_id)
) strict, without rowid;

-- One checkable obligation of a task. `hold` parks it until the office decides: a vague word or a date before the notice.
create table duty (
    duty_id      integer primary key,
    task_id      integer not null references task,
    seq          integer not null,
    text         text not null,
    schedule     text not null check (schedule in ('week', 'month', 'quarter', 'half', 'year', 'due', 'undated', 'event')),
    due          text,
    vague        text,
    hold         text check (hold in ('vague', 'historic')),
    -- The progress ask that an item without cadence gets: asked for, never overdue.
    progress     integer not null default 0 check (progress in (0, 1)),
    target_value real,
    target_unit  text,
    reviewed     integer not null check (reviewed in (0, 1)),
    unique (task_id, seq),
    check ((schedule = 'due') = (due is not null)),
    check ((target_value is null) = (target_unit is null))
) strict;
