-- Files. Nothing was ever written to the first table of this name.
drop table evidence;

-- A file that somebody sent with a report, or for an item. First it is only named: its bytes are on the platform under
-- `source`. Then they lie in the folder of files under their hash. One file for several filings has a row for each.
create table evidence (
    evidence_id integer primary key,
    filing_id   integer not null references filing,
    report_id   integer references report,
    account_id  integer references account,
    inbox_id    integer not null references inbox,
    chat_id     integer not null references chat,
    channel     text not null,
    source      text not null,
    -- What joins the messages of one album.
    album       text,
    name        text not null,
    size        integer,
    sha256      text,
    state       text not null check (state in ('wanted', 'kept', 'refused', 'withdrawn')),
    attempts    integer not null default 0,
    not_before  text not null,
    note        text,
    added_at    text not null
) strict;
-- Serves `evidence::wanted`.
create index evidence_wanted on evidence (not_before) where state = 'wanted';
create index evidence_of_filing on evidence (filing_id, evidence_id);
create index evidence_from_inbox on evidence (inbox_id);
create index evidence_of_album on evidence (chat_id, album) where album is not null;

-- Files of a line in the room, as JSON.
alter table room_line add column files text not null default '[]';
