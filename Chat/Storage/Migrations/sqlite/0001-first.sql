-- The log and what follows from it. Times are milliseconds since 1970.

CREATE TABLE room (
    id          TEXT PRIMARY KEY,
    epoch       INTEGER NOT NULL,             -- who opened it last may append
    head        INTEGER NOT NULL,
    last        INTEGER NOT NULL,
    name        TEXT NOT NULL,
    topic       TEXT NOT NULL,
    visibility  INTEGER NOT NULL,
    slow        INTEGER NOT NULL DEFAULT 0,
    members     INTEGER NOT NULL DEFAULT 0,
    folded_name  TEXT NOT NULL,               -- for comparing in any case
    folded_topic TEXT NOT NULL,
    destroyed   INTEGER NOT NULL DEFAULT 0    -- a destroyed room's row stays, so that its id is never free
) STRICT, WITHOUT ROWID;

-- The only table with texts. Its rows are only ever added at its end, and erased in place with their length kept:
-- a row that is never moved leaves no copy of itself behind, which secure_delete would not know of.
CREATE TABLE event (
    id    INTEGER PRIMARY KEY,
    room  TEXT NOT NULL,
    seq   INTEGER NOT NULL,
    body  TEXT NOT NULL,                      -- the event's JSON as on the wire
    UNIQUE (room, seq)
) STRICT;

CREATE TABLE post (
    room    TEXT NOT NULL,
    author  TEXT NOT NULL,
    key     TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (room, author, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE member (
    room   TEXT NOT NULL,
    user   TEXT NOT NULL,
    role   INTEGER NOT NULL,
    since  INTEGER NOT NULL,
    read   INTEGER NOT NULL,
    PRIMARY KEY (room, user)
) STRICT, WITHOUT ROWID;

CREATE INDEX member_by_user ON member (user, room);

CREATE TABLE ban (
    room  TEXT NOT NULL,
    user  TEXT NOT NULL,
    PRIMARY KEY (room, user)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
    id       INTEGER PRIMARY KEY,             -- its event's, and its words'
    room     TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    by       TEXT NOT NULL,
    reply    INTEGER,
    source   INTEGER NOT NULL,                -- the event that has its text: its own, or its latest edit
    edited   INTEGER NOT NULL DEFAULT 0,
    deleted  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX message_by_room ON message (room, seq, by, deleted);    -- with what counting the unread takes
CREATE INDEX message_by_author ON message (by, room, seq) WHERE deleted = 0;

CREATE TABLE edit (
    room    TEXT NOT NULL,
    target  INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (room, target, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
    room  TEXT NOT NULL,
    user  TEXT NOT NULL,
    seq   INTEGER NOT NULL,
    PRIMARY KEY (room, user, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX mention_by_message ON mention (room, seq);

CREATE TABLE reaction (
    room    TEXT NOT NULL,
    target  INTEGER NOT NULL,
    emoji   TEXT NOT NULL,
    user    TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (room, target, emoji, user)
) STRICT, WITHOUT ROWID;

-- The words come cut and folded (Words.cs); 'ascii' only parts them at the spaces. Nothing is ranked and no phrase is
-- looked for, so that positions and sizes need not be kept. Not detail = none: with secure-delete, SQLite 3.50 loses
-- rows from such an index.
CREATE VIRTUAL TABLE word USING fts5(words, tokenize = 'ascii', detail = column, columnsize = 0);
INSERT INTO word (word, rank) VALUES ('secure-delete', 1);

INSERT INTO room (id, epoch, head, last, name, topic, visibility, folded_name, folded_topic)
VALUES ('lobby', 1, 0, CAST(unixepoch('subsec') * 1000 AS INTEGER), 'Lobby', '', 0, 'lobby', '');

-- People.

CREATE TABLE account (
    id        TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    password  TEXT,
    admin     INTEGER NOT NULL,
    created   INTEGER NOT NULL,
    active    INTEGER NOT NULL,
    removed   INTEGER NOT NULL DEFAULT 0      -- a removed person's row stays, so that the id is never free
) STRICT;

CREATE INDEX account_admin ON account (id) WHERE admin = 1;

CREATE TABLE session (
    id       TEXT PRIMARY KEY,
    user     TEXT NOT NULL,
    expires  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_by_user ON session (user);
CREATE INDEX session_by_end ON session (expires);

CREATE TABLE block (
    by     TEXT NOT NULL,
    other  TEXT NOT NULL,
    PRIMARY KEY (by, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX block_by_other ON block (other);

CREATE TABLE key_ring (
    name  TEXT PRIMARY KEY,
    xml   TEXT NOT NULL
) STRICT;
