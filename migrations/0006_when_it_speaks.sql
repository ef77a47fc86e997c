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

-- Whether it carries the agenda of the week's meeting (周会议题单) in front.
alter table card add column agenda integer not null default 0 check (agenda in (0, 1));
create index card_with_agenda on card (slot) where agenda = 1;

-- Where a duty starts: with its due day, what the elapsed workdays call for can be told (序时进度).
alter table duty add column starts text;

-- A plan's own graces of the ladder, in workdays; null takes those of the settings.
alter table plan add column grace_head integer;
alter table plan add column grace_office integer;

-- The last word on a task with one owner.
create index filing_of_duty_and_unit on filing (duty_id, unit_id);
