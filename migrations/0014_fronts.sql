-- What may stand in front of a card's items is told by `domain::card::Front`, which refuses what it does not know: a list of
-- the same words in the schema would ask for a new column with every one that is added.
drop index card_with_front;
alter table card add column leading text;
update card set leading = front where front is not null;
alter table card drop column front;
alter table card rename column leading to front;
create index card_with_front on card (front, slot) where front is not null;
