-- The built-in chat room: its lines and the sessions of those who sit in it.

create table room_line (
    line_id        integer primary key,
    -- Grows with every line and every edit; a reader who knows the last one he saw has missed nothing.
    seq            integer not null unique,
    chat           text not null,
    author         text,
    author_name    text,
    text           text not null,
    buttons        text not null,
    reply_to       integer,
    at             text not null,
    edited         integer not null default 0 check (edited in (0, 1)),
    nonce          text unique
) strict;
create index room_line_of_chat on room_line (chat, seq);

create table room_session (
    token_hash text primary key,
    account    text not null,
    opened_at  text not null,
    ended_at   text
) strict;
