-- Chats that somebody reads. A platform's chat was bound by those who sit in it; the built-in rooms come with the roster,
-- whether anybody has taken a seat there or not.
create view read_chat as
select c.chat_id, c.channel, c.office from chat c
where c.state = 'open' and (
    c.channel <> 'room'
    or (c.office = 1 and exists (select 1 from account a where a.channel = 'room' and a.role in ('admin', 'head', 'staff')))
    or exists (select 1 from chat_unit cu join post p on p.unit_id = cu.unit_id
               join tenure te on te.post_id = p.post_id and te.ends is null
               join account a on a.account_id = te.account_id
               where cu.chat_id = c.chat_id and a.channel = 'room')
    or exists (select 1 from chat_team ct join team_post tp on tp.team_id = ct.team_id
               join tenure te on te.post_id = tp.post_id and te.ends is null
               join account a on a.account_id = te.account_id
               where ct.chat_id = c.chat_id and a.channel = 'room'));
