-- Whether a question is answered by one of its buttons or by a line in words.
alter table question add column answer text not null default 'button' check (answer in ('button', 'line'));
-- Serves `questions::awaited`: the line that somebody may be writing now.
create index question_for_line on question (chat_id, account_id, question_id) where answer = 'line' and answered_at is null;
