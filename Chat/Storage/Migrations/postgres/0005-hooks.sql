-- A room's webhooks. Each speaks as an account of its own, bot-<id>, which nobody signs in as.
CREATE TABLE hook (
    id        text COLLATE "C" PRIMARY KEY,
    room      text COLLATE "C" NOT NULL,
    name      text NOT NULL,
    by        text COLLATE "C" NOT NULL,
    created   bigint NOT NULL,
    hash      bytea,                           -- SHA-256 of the secret in its address; null: it sends
    url       text,                            -- where it sends to; null: it posts
    kinds     text,                            -- of the events that it sends, with spaces between; null: all
    cursor    bigint NOT NULL DEFAULT 0,       -- up to here the room's log is delivered
    active    boolean NOT NULL DEFAULT true,
    error     text,                            -- the last one, as long as nothing arrived since
    failures  int NOT NULL DEFAULT 0,
    since     bigint,                          -- the first of these failures
    retry     bigint,
    owner     text,                            -- the one process that delivers it
    lease     bigint NOT NULL DEFAULT 0        -- until then
) WITH (fillfactor = 50);                      -- leases are renewed: leave room for them in the page

CREATE INDEX hook_by_room ON hook (room);
CREATE INDEX hook_to_deliver ON hook (id) WHERE url IS NOT NULL AND active;

-- As before, and the room's webhooks go too.
CREATE OR REPLACE FUNCTION chat_destroy(p_room text, p_epoch bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    UPDATE room SET destroyed = true, epoch = epoch + 1, head = 0, last = 0, name = '', folded_name = '', topic = '', folded_topic = '', members = 0
    WHERE id = p_room AND epoch = p_epoch AND NOT destroyed;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM message WHERE room = p_room;
    DELETE FROM event WHERE room = p_room;
    DELETE FROM post WHERE room = p_room;
    DELETE FROM edit WHERE room = p_room;
    DELETE FROM mention WHERE room = p_room;
    DELETE FROM reaction WHERE room = p_room;
    DELETE FROM member WHERE room = p_room;
    DELETE FROM ban WHERE room = p_room;
    UPDATE account SET removed = true, name = '' WHERE id IN (SELECT 'bot-' || hook.id FROM hook WHERE room = p_room);
    DELETE FROM hook WHERE room = p_room;
    RETURN true;
END $$;
