-- Telephone numbers, sealed: the key lies in a file outside the database. `about` is the enterprise or project that the post
-- looks after (包保), '' for the post itself; `published` ones stand on the list that is made public.
create table phone (
    phone_id  integer primary key,
    post_id   integer not null references post,
    about     text not null,
    sealed    blob not null,
    published integer not null check (published in (0, 1)),
    noted_at  text not null,
    unique (post_id, about)
) strict;
