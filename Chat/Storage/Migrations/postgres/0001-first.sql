-- The log and what follows from it. Times are milliseconds since 1970. Ids compare by their bytes, as everywhere else.

CREATE TABLE room (
    id           text COLLATE "C" PRIMARY KEY,
    epoch        bigint NOT NULL,                 -- who opened it last may append
    head         bigint NOT NULL,
    last         bigint NOT NULL,
    name         text NOT NULL,
    topic        text NOT NULL,
    visibility   int NOT NULL,
    slow         int NOT NULL DEFAULT 0,
    members      int NOT NULL DEFAULT 0,
    folded_name  text NOT NULL,                   -- for comparing in any case
    folded_topic text NOT NULL,
    destroyed    boolean NOT NULL DEFAULT false   -- a destroyed room's row stays, so that its id is never free
) WITH (fillfactor = 50);                         -- every append updates it: leave room for doing so in its page

-- The only table with texts.
CREATE TABLE event (
    room  text COLLATE "C" NOT NULL,
    seq   bigint NOT NULL,
    body  json NOT NULL,                          -- the event as on the wire; json, unlike jsonb, leaves it as it is
    PRIMARY KEY (room, seq)
);

CREATE TABLE post (
    room    text COLLATE "C" NOT NULL,
    author  text COLLATE "C" NOT NULL,
    key     text COLLATE "C" NOT NULL,
    seq     bigint NOT NULL,
    at      bigint NOT NULL,
    PRIMARY KEY (room, author, key)
);

CREATE TABLE member (
    room   text COLLATE "C" NOT NULL,
    "user" text COLLATE "C" NOT NULL,
    role   int NOT NULL,
    since  bigint NOT NULL,
    read   bigint NOT NULL,
    PRIMARY KEY (room, "user")
) WITH (fillfactor = 80);

CREATE INDEX member_by_user ON member ("user", room);

CREATE TABLE ban (
    room   text COLLATE "C" NOT NULL,
    "user" text COLLATE "C" NOT NULL,
    PRIMARY KEY (room, "user")
);

CREATE TABLE message (
    room     text COLLATE "C" NOT NULL,
    seq      bigint NOT NULL,
    at       bigint NOT NULL,
    by       text COLLATE "C" NOT NULL,
    reply    bigint,
    source   bigint NOT NULL,                     -- the event that has its text: its own, or its latest edit
    edited   boolean NOT NULL DEFAULT false,
    deleted  boolean NOT NULL DEFAULT false,
    words    tsvector NOT NULL,                   -- they come cut and folded (Words.cs)
    PRIMARY KEY (room, seq) INCLUDE (by, deleted) -- with what counting the unread takes
);

CREATE INDEX message_by_author ON message (by, room, seq) WHERE NOT deleted;
CREATE INDEX message_by_word ON message USING gin (words);

CREATE TABLE edit (
    room    text COLLATE "C" NOT NULL,
    target  bigint NOT NULL,
    seq     bigint NOT NULL,
    PRIMARY KEY (room, target, seq)
);

CREATE TABLE mention (
    room   text COLLATE "C" NOT NULL,
    "user" text COLLATE "C" NOT NULL,
    seq    bigint NOT NULL,
    PRIMARY KEY (room, "user", seq)
);

CREATE INDEX mention_by_message ON mention (room, seq);

CREATE TABLE reaction (
    room    text COLLATE "C" NOT NULL,
    target  bigint NOT NULL,
    emoji   text COLLATE "C" NOT NULL,
    "user"  text COLLATE "C" NOT NULL,
    seq     bigint NOT NULL,
    PRIMARY KEY (room, target, emoji, "user")
);

INSERT INTO room (id, epoch, head, last, name, topic, visibility, folded_name, folded_topic)
VALUES ('lobby', 1, 0, extract(epoch FROM now()) * 1000, 'Lobby', '', 0, 'lobby', '');

-- People.

CREATE TABLE account (
    id        text COLLATE "C" PRIMARY KEY,
    name      text NOT NULL,
    password  text,
    admin     boolean NOT NULL,
    created   bigint NOT NULL,
    active    bigint NOT NULL,
    removed   boolean NOT NULL DEFAULT false      -- a removed person's row stays, so that the id is never free
);

CREATE INDEX account_admin ON account (id) WHERE admin;

CREATE TABLE session (
    id       text COLLATE "C" PRIMARY KEY,
    "user"   text COLLATE "C" NOT NULL,
    expires  bigint NOT NULL
);

CREATE INDEX session_by_user ON session ("user");
CREATE INDEX session_by_end ON session (expires);

CREATE TABLE block (
    by     text COLLATE "C" NOT NULL,
    other  text COLLATE "C" NOT NULL,
    PRIMARY KEY (by, other)
);

CREATE INDEX block_by_other ON block (other);

CREATE TABLE key_ring (
    name  text COLLATE "C" PRIMARY KEY,
    xml   text NOT NULL
);
