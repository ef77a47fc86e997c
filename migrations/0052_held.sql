-- What the head has agreed to, an experience talk, a self-review or a talk in private, waits on the agenda until it was held.
alter table follow_up add column held_as text;
alter table follow_up add column held_at text;
