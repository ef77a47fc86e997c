-- Tokens with which another system reads over the interface. Only the hash of a token is kept.
create table api_token (
    token_id integer primary key,
    -- What the office calls the system.
    name text not null,
    secret_hash text not null,
    -- Whose part is read; null reads what the office's lists show.
    unit_id integer references unit (unit_id),
    created_at text not null,
    revoked_at text
) strict;
-- Of several tokens of a name one is in use.
create unique index api_token_in_use on api_token (name) where revoked_at is null;
