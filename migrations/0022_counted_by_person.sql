-- A yearly number that every person of a grade owes is counted by person (quota_entry), and no filing of the unit besides: that
-- asked for the same twice, and turned red at the year's end for everybody. What was opened before and never answered falls away.
insert into history (at, actor, task_id, filing_id, what, detail)
    select (select max(at) from history), 'clock', d.task_id, f.filing_id, 'counted_by_person', '{}'
    from filing f join duty d on d.duty_id = f.duty_id
    where d.each is not null and f.state = 'open' and f.reported_at is null;
update ask set state = 'dropped' where state <> 'dropped' and filing_id in (
    select f.filing_id from filing f join duty d on d.duty_id = f.duty_id
    where d.each is not null and f.state = 'open' and f.reported_at is null);
update filing set state = 'void', next_look_at = null, version = version + 1
    where state = 'open' and reported_at is null and duty_id in (select duty_id from duty where each is not null);
