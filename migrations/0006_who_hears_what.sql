-- Whose message budget a card counts against. Written when the card is made: people come and go afterwards.
create table card_ear (
    card_id    integer not null references card,
    account_id integer not null references account,
    primary key (card_id, account_id)
) strict, without rowid;
-- The burden ledger: what a person heard.
create index card_ear_of_account on card_ear (account_id, card_id);

-- The weeks of the burden ledger.
create index report_of_late on report (recorded_at);
