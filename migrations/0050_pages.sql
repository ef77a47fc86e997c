-- What the pages read at a glance, without going through everything that was ever owed.

-- Serves `overview::items` and `overview::silence`: what is being worked on, by duty.
create index filing_at_work on filing (duty_id, period, state, due_on, due_at, unit_id, team_id, cycle, since, reported_at)
    where state in ('open', 'claimed', 'sent_back');
-- Serves `overview::items` and `overview::stuck`: what is held up.
create index filing_held_up on filing (duty_id) where blocker is not null and state in ('open', 'sent_back');
-- Serves `health::deliveries`.
create index letter_sent on letter (sent_at) where sent_at is not null;
-- Serves `health::troubled`.
create index letter_parked on letter (letter_id) where state = 'parked';
