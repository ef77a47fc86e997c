-- "我是县发改局局长", said in a chat that serves the unit: the office agrees or not, with one tap.
create table claim (
    claim_id   integer primary key,
    account_id integer not null references account,
    post_id    integer not null references post,
    chat_id    integer not null references chat,
    state      text not null check (state in ('open', 'agreed', 'refused')),
    asked_at   text not null,
    decided_at text,
    decided_by integer references account
) strict;
create unique index claim_open on claim (account_id, post_id) where state = 'open';
