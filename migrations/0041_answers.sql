-- One event tells a chat the same thing once: `letters::answer` looks for what the event has said already.
create index letter_of_event on letter (inbox_id) where inbox_id is not null;
