-- What became of a letter may be unknown: its own state, told apart from what surely did not go. `doubts` counts the tries of
-- which nobody knows whether they arrived; only such a letter can stand in its chat twice.
-- SQLite changes no check of a column in place: the table is made anew. Nothing refers to it.
create table letter_anew (
    letter_id  integer primary key,
    chat_id    integer not null references chat,
    kind       text not null check (kind in ('card', 'edit', 'answer', 'toast')),
    card_id    integer references card,
    part       integer,
    inbox_id   integer references inbox,
    tap        text,
    body       text,
    priority   integer not null,
    -- `dropped`: nothing was left to tell. `parked`: it did not go, and somebody has to look. `unknown`: it may have gone, it is
    -- not tried again by itself, and somebody has to look.
    state      text not null default 'pending'
               check (state in ('pending', 'sending', 'sent', 'dropped', 'parked', 'unknown')),
    attempts   integer not null default 0,
    doubts     integer not null default 0,
    not_before text not null,
    created_at text not null,
    sent_at    text,
    message    text,
    error      text,
    paper_id   integer references paper,
    form       text check (form in ('docx', 'txt', 'png', 'svg', 'xlsx')),
    official   integer not null default 0 check (official in (0, 1))
) strict;
insert into letter_anew (letter_id, chat_id, kind, card_id, part, inbox_id, tap, body, priority, state, attempts, not_before,
                         created_at, sent_at, message, error, paper_id, form, official)
select letter_id, chat_id, kind, card_id, part, inbox_id, tap, body, priority, state, attempts, not_before,
       created_at, sent_at, message, error, paper_id, form, official
from letter;
update letter_anew set state = 'unknown', doubts = 1 where state = 'parked' and error = 'interrupted; it may have arrived';
drop table letter;
alter table letter_anew rename to letter;

create index letter_to_send on letter (chat_id, priority, letter_id) where state = 'pending';
create index letter_under_way on letter (chat_id) where state = 'sending';
create unique index letter_of_part on letter (card_id, part) where kind = 'card';
create index letter_of_message on letter (chat_id, message) where message is not null;
create index letter_of_card on letter (card_id) where card_id is not null;
create index letter_of_event on letter (inbox_id) where inbox_id is not null;
create index letter_of_paper on letter (paper_id) where paper_id is not null;
create index letter_sent on letter (sent_at) where sent_at is not null;
create index letter_to_look_at on letter (letter_id) where state in ('parked', 'unknown');
