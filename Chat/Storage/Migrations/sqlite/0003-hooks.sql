-- A room's webhooks. Each speaks as an account of its own, bot-<id>, which nobody signs in as.
CREATE TABLE hook (
    id        TEXT PRIMARY KEY,
    room      TEXT NOT NULL,
    name      TEXT NOT NULL,
    by        TEXT NOT NULL,
    created   INTEGER NOT NULL,
    hash      BLOB,                            -- SHA-256 of the secret in its address; null: it sends
    url       TEXT,                            -- where it sends to; null: it posts
    kinds     TEXT,                            -- of the events that it sends, with spaces between; null: all
    cursor    INTEGER NOT NULL DEFAULT 0,      -- up to here the room's log is delivered
    active    INTEGER NOT NULL DEFAULT 1,
    error     TEXT,                            -- the last one, as long as nothing arrived since
    failures  INTEGER NOT NULL DEFAULT 0,
    since     INTEGER,                         -- the first of these failures
    retry     INTEGER,
    owner     TEXT,                            -- the one process that delivers it
    lease     INTEGER NOT NULL DEFAULT 0       -- until then
) STRICT, WITHOUT ROWID;

CREATE INDEX hook_by_room ON hook (room);
CREATE INDEX hook_to_deliver ON hook (id) WHERE url IS NOT NULL AND active = 1;
