-- What came in, why we speak, and what goes out.

-- One row an event of a platform, on disk before the platform is told. The body is emptied where nothing came of it.
create table inbox (
    inbox_id    integer primary key,
    channel     text not null,
    event       text not null,
    said_at     text not null,
    received_at text not null,
    state       text not null default 'new' check (state in ('new', 'done', 'ignored', 'failed')),
    body        text not null,
    note        text,
    unique (channel, event)
) strict;
-- The desk: what is still to be heard, in the order it came.
create index inbox_to_hear on inbox (inbox_id) where state = 'new';

-- One decided reason to speak. The key makes a repeated decision harmless.
create table ask (
    ask_id     integer primary key,
    filing_id  integer not null references filing,
    cycle      integer not null,
    due_on     text not null default '',
    step       text not null,
    -- Who hears it: those who owe it, their head, or the office.
    level      text not null check (level in ('post', 'head', 'office')),
    meant_on   text not null,
    created_at text not null,
    state      text not null default 'open' check (state in ('open', 'carded', 'dropped')),
    unique (filing_id, cycle, due_on, step)
) strict;
-- The tick: reasons that stand on no card yet.
create index ask_to_card on ask (ask_id) where state = 'open';

-- Everything one chat is told in one slot, merged.
create table card (
    card_id    integer primary key,
    chat_id    integer not null references chat,
    kind       text not null check (kind in ('reminder', 'review')),
    slot       text not null,
    late       integer not null default 0 check (late in (0, 1)),
    created_at text not null,
    unique (chat_id, kind, slot)
) strict;

-- What the chats have heard of late.
create index card_of_late on card (created_at);

create table card_item (
    card_id   integer not null references card,
    ask_id    integer not null references ask,
    filing_id integer not null references filing,
    -- Which message of the card it stands on, where the card had to be split.
    part      integer not null default 1,
    primary key (card_id, ask_id)
) strict, without rowid;
create index card_item_of_filing on card_item (filing_id);
create index card_item_of_ask on card_item (ask_id);

-- The outbox. A card is rendered from its references when it is sent; `body` then keeps what was said.
create table letter (
    letter_id  integer primary key,
    chat_id    integer not null references chat,
    kind       text not null check (kind in ('card', 'edit', 'answer', 'toast')),
    card_id    integer references card,
    part       integer,
    -- The inbox event it answers.
    inbox_id   integer references inbox,
    tap        text,
    body       text,
    -- Smaller goes first within a chat: answers overtake cards.
    priority   integer not null,
    state      text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'dropped', 'parked')),
    attempts   integer not null default 0,
    not_before text not null,
    created_at text not null,
    sent_at    text,
    message    text,
    error      text
) strict;
-- Delivery: what is still to go, first by chat, and what is under way.
create index letter_to_send on letter (chat_id, priority, letter_id) where state = 'pending';
create index letter_under_way on letter (chat_id) where state = 'sending';
-- One letter a message of a card: a second try does not send its later parts again.
create unique index letter_of_part on letter (card_id, part) where kind = 'card';
-- Which letter a reply or a tap belongs to.
create index letter_of_message on letter (chat_id, message) where message is not null;
-- Which messages an answered item stands on.
create index letter_of_card on letter (card_id) where card_id is not null;

-- A question we asked back, with what is needed to go on once it is answered.
create table question (
    question_id integer primary key,
    account_id  integer not null references account,
    chat_id     integer not null references chat,
    inbox_id    integer not null references inbox,
    body        text not null,
    asked_at    text not null,
    expires_at  text not null,
    answered_at text
) strict;
