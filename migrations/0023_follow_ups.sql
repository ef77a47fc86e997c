-- What a signed board proposes: an experience talk for the top, a self-review for the bottom, a talk in private for whoever
-- was at the bottom twice running. The head decides.
create table follow_up (
    paper_id   integer not null references paper,
    unit_id    integer not null references unit,
    kind       text not null check (kind in ('experience', 'self_review', 'talk')),
    state      text not null default 'proposed' check (state in ('proposed', 'agreed', 'dropped')),
    decided_as text,
    decided_at text,
    primary key (paper_id, kind, unit_id)
) strict, without rowid;
