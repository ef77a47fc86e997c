-- What is owed, what was said about it, what the office decided, and the history of all of it.

-- What one unit (or, while nobody is assigned, one team) owes for one duty in one period.
create table filing (
    filing_id    integer primary key,
    duty_id      integer not null references duty,
    unit_id      integer references unit,
    team_id      integer references team,
    period       text not null,
    opened_at    text not null,
    due_on       text,
    -- The instant from which it is overdue: the due moment of a round, the end of the due day of a date.
    due_at       text,
    state        text not null check (state in ('open', 'claimed', 'sent_back', 'accepted', 'exempt', 'void')),
    -- A new cycle starts with every extension and every return, and lets the same nudge speak again.
    cycle        integer not null default 1,
    -- When the cycle began.
    since        text not null,
    percent      integer check (percent between 0 and 100),
    quantity     real,
    last_text    text,
    reported_at  text,
    blocker      text,
    asked_due    text,
    quiet_until  text,
    extensions   integer not null default 0,
    was_overdue  integer not null default 0 check (was_overdue in (0, 1)),
    next_look_at text,
    -- Counts changes, so that an undo can see whether somebody acted in between.
    version      integer not null default 0,
    check ((unit_id is null) <> (team_id is null))
) strict;
create unique index filing_of_unit on filing (duty_id, period, unit_id) where unit_id is not null;
create unique index filing_of_team on filing (duty_id, period, team_id) where team_id is not null;
-- Whether a round has opened a duty, and what of it is still unanswered.
create index filing_of_duty on filing (duty_id, period);
-- The tick: filings whose next look is due.
create index filing_to_look_at on filing (next_look_at) where next_look_at is not null;
-- What a unit or a team still owes.
create index filing_owed_by_unit on filing (unit_id, state);
create index filing_owed_by_team on filing (team_id, state);

-- What someone said, and what was recorded from it.
create table report (
    report_id     integer primary key,
    filing_id     integer not null references filing,
    status        text not null check (status in
                    ('done', 'extend', 'blocked', 'not_started', 'on_track', 'no_change', 'ack')),
    percent       integer,
    quantity      real,
    quantity_unit text,
    new_due       text,
    until_on      text,
    blocker       text,
    needs         text,
    text          text not null,
    account_id    integer references account,
    -- The clerk who entered it for somebody else (代报).
    entered_by    integer references account,
    inbox_id      integer references inbox,
    chat_id       integer references chat,
    message       text,
    happened_at   text not null,
    recorded_at   text not null,
    -- The filing as it was before and its version after: what an undo needs.
    before        text not null,
    version_after integer not null,
    undone_at     text
) strict;
create index report_on_filing on report (filing_id, report_id);
create index report_from_message on report (chat_id, message) where message is not null;
create index report_from_inbox on report (inbox_id) where inbox_id is not null;

-- A file that came with a report. The bytes lie in the data folder under their hash.
create table evidence (
    evidence_id integer primary key,
    report_id   integer not null references report,
    sha256      text not null,
    name        text not null,
    size        integer not null,
    added_at    text not null
) strict;

-- A decision of the office.
create table review (
    review_id   integer primary key,
    filing_id   integer not null references filing,
    act         text not null check (act in ('close', 'send_back', 'extend', 'decline')),
    reason      text,
    new_due     text,
    account_id  integer references account,
    inbox_id    integer references inbox,
    happened_at text not null,
    recorded_at text not null
) strict;
create index review_on_filing on review (filing_id, review_id);

-- Who changed what, when, from which message. Only ever added to.
create table history (
    history_id integer primary key,
    at         text not null,
    account_id integer references account,
    -- 'clock', 'console', or the name the person had then.
    actor      text not null,
    inbox_id   integer references inbox,
    task_id    integer references task,
    filing_id  integer references filing,
    what       text not null,
    detail     text not null
) strict;
create index history_of_task on history (task_id, history_id) where task_id is not null;
create trigger history_is_not_rewritten before update on history begin select raise(abort, 'history is append-only'); end;
create trigger history_is_not_deleted before delete on history begin select raise(abort, 'history is append-only'); end;

-- The rounds in which a duty was opened, so that each is opened once.
create table duty_round (
    duty_id   integer not null references duty,
    period    text not null,
    opened_at text not null,
    primary key (duty_id, period)
) strict, without rowid;
