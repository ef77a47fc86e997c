-- Running it: what is forgotten after a while, and what the office is told of the bot itself.

-- Serves `inbox::has_old` and `inbox::empty_old`: events that were heard and still hold their words.
create index inbox_to_empty on inbox (received_at) where state <> 'new' and body <> '';

-- One row a day on which the office was told how the bot is (自检), so that it is told once.
create table self_check (
    day     text primary key,
    told_at text not null
) strict, without rowid;
