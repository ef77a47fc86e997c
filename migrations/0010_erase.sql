-- Words that should never have been written here may be taken out of history: a line keeps who, when and what, and loses
-- its particulars. Nothing else of it ever changes.
drop trigger history_is_not_rewritten;
create trigger history_is_not_rewritten before update on history
when not (new.detail = '{}' and new.history_id = old.history_id and new.at = old.at and new.actor = old.actor
          and new.what = old.what and new.account_id is old.account_id and new.inbox_id is old.inbox_id
          and new.task_id is old.task_id and new.filing_id is old.filing_id)
begin select raise(abort, 'history is append-only'); end;
