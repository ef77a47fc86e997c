-- Papers on their way from a draft to what is handed out.

-- How the office wanted its papers when one was drawn up: layout, templates, weights and boards, as JSON, by its hash.
create table paper_form (
    sha256 text primary key,
    body   text not null
) strict, without rowid;

-- A paper with everything it rests on. `wish` is what was asked for, `known_at` by what was known; `frozen` what it tells,
-- `own_rows` what each unit is shown of a board, `figures` its numbers to be held against later ones. `sha256` is the hash of
-- what it tells and of its form: that is what is signed. A ledger has nothing frozen and is never signed.
create table paper (
    paper_id         integer primary key autoincrement,
    kind             text not null check (kind in ('ledger', 'bulletin', 'slip', 'board', 'chart')),
    -- Drafts about the same are versions of one another.
    subject          text not null,
    version          integer not null,
    title            text not null,
    wish             text not null,
    known_at         text not null,
    form             text not null references paper_form,
    frozen           text not null,
    own_rows         text not null,
    figures          text not null,
    sha256           text not null,
    state            text not null check (state in ('draft', 'released', 'signed', 'withdrawn', 'replaced')),
    drafted_by       integer not null references account,
    drafted_as       text not null,
    drafted_at       text not null,
    objections_until text,
    signed_by        integer references account,
    signed_as        text,
    signed_at        text,
    withdrawn_as     text,
    withdrawn_at     text,
    withdrawn_why    text,
    unique (subject, version)
) strict;
-- The list of what waits for the head.
create index paper_open on paper (paper_id) where state in ('draft', 'released');

-- What was drawn up stays as it is; only erasing words takes all of it away.
create trigger paper_is_not_altered before update on paper
when not (new.kind = old.kind and new.subject = old.subject and new.version = old.version and new.title = old.title
          and new.wish = old.wish and new.known_at = old.known_at and new.form = old.form and new.sha256 = old.sha256
          and new.frozen in ('', old.frozen) and new.own_rows in ('', old.own_rows) and new.figures in ('', old.figures)
          and new.drafted_by = old.drafted_by and new.drafted_at = old.drafted_at
          and (old.signed_at is null or (new.signed_at = old.signed_at and new.signed_by = old.signed_by)))
begin select raise(abort, 'a paper is not altered'); end;
create trigger paper_is_not_deleted before delete on paper begin select raise(abort, 'a paper is not deleted'); end;

-- 申诉: what a unit objects to in its row, and the office's answer.
create table objection (
    objection_id integer primary key autoincrement,
    paper_id     integer not null references paper,
    unit_id      integer not null references unit,
    account_id   integer not null references account,
    raised_as    text not null,
    words        text not null,
    raised_at    text not null,
    upheld       integer check (upheld in (0, 1)),
    answer       text,
    answered_by  integer references account,
    answered_as  text,
    answered_at  text
) strict;
create index objection_to_paper on objection (paper_id, objection_id);

-- A letter may carry a paper; its file is printed when it is sent. `official`: it hands out what was signed, so that one whose
-- fate is unknown is not sent again by itself.
alter table letter add column paper_id integer references paper;
alter table letter add column form text check (form in ('docx', 'txt', 'png', 'svg', 'xlsx'));
alter table letter add column official integer not null default 0 check (official in (0, 1));
create index letter_of_paper on letter (paper_id) where paper_id is not null;
