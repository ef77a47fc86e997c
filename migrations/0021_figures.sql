-- Numbers that the office enters for boards that rank no score: 招商引资, 窗口评星, 万人评作风. Totals only, never who voted. A newer one
-- for the same board, unit and period takes the place of the older, which stays.
create table figure (
    figure_id   integer primary key,
    board       text not null,
    unit_id     integer not null references unit,
    period      text not null,
    value       real not null,
    -- How many votes it rests on, where it is an average of votes.
    votes       integer,
    account_id  integer not null references account,
    entered_as  text not null,
    recorded_at text not null,
    replaced_at text
) strict;
create unique index figure_that_stands on figure (board, unit_id, period) where replaced_at is null;
