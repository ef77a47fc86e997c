-- What a county leader is in charge of beside the teams the post heads (分管, 战线): units.
create table remit (
    post_id integer not null references post,
    unit_id integer not null references unit,
    primary key (post_id, unit_id)
) strict, without rowid;
