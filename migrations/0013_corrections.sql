-- Corrected documents. Beside every task and duty lies what the document says of it (JSON): a later version is compared
-- with that, and not with what the office has decided since.
alter table task add column said text;
alter table duty add column said text;

-- What a later version no longer has. It stays, with its reports and its number.
alter table task add column absent integer not null default 0 check (absent in (0, 1));
alter table duty add column absent integer not null default 0 check (absent in (0, 1));

-- What was imported before: as it stands now. (json_object and json_group_array are SQLite's.)
update task set said = json_object(
    'code', code, 'section', section, 'title', title, 'note', note,
    'lead', (select u.code from unit u where u.unit_id = task.lead_unit_id),
    'team', (select g.code from team g where g.team_id = task.team_id),
    'responsible', (select json_group_array(u.code) from task_unit x join unit u on u.unit_id = x.unit_id
                    where x.task_id = task.task_id),
    'unsettled', (select json_group_array(words) from task_unsettled x where x.task_id = task.task_id),
    'confidential', json(case confidential when 1 then 'true' else 'false' end));
update duty set said = json_object(
    'text', text,
    'when', json_object(
        'every', case when schedule in ('due', 'undated', 'event') then null else schedule end,
        'due', due,
        'vague', vague,
        'on_event', json(case schedule when 'event' then 'true' else 'false' end)),
    'starts', starts,
    'target', json(case when target_value is not null then json_object('value', target_value, 'unit', target_unit) end),
    'each', each,
    'reviewed', json(case reviewed when 1 then 'true' else 'false' end))
where progress = 0;
