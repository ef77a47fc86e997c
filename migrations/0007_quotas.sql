-- What stands in front of a card's items; so far only the agenda did.
drop index card_with_agenda;
alter table card add column front text check (front in ('agenda', 'quota'));
update card set front = 'agenda' where agenda = 1;
alter table card drop column agenda;
create index card_with_front on card (front, slot) where front is not null;

-- A yearly number that every person of a grade owes (每人至少3题), not the unit as a whole.
alter table duty add column each text check (each in ('county', 'section'));

-- What a person has brought in of such a number. It follows the person to the next post; while nobody is bound to the
-- post, it stays with the post.
create table quota_entry (
    entry_id     integer primary key,
    duty_id      integer not null references duty,
    post_id      integer not null references post,
    account_id   integer references account,
    year         integer not null,
    title        text not null,
    recorded_at  text not null,
    taken_back_at text
) strict;
create index quota_of_year on quota_entry (year, duty_id);
