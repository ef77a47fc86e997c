-- When the office was told that a plan is over, with an export and the groups that can be dissolved.
alter table plan add column wrapped_up_at text;
