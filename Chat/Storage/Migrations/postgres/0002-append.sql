-- Appending to a room, as one call: a batch of rooms is one statement, and what goes wrong in one room stays in its
-- call. Answers 'appended', 'fenced', 'taken [{index, seq, at}, …]', or 'failed …' with the reason.
--
-- p_entries: [{seq, at, by, kind, body, key?, reply?, mentions?, words?, target?, emoji?, on?, user?, role?,
--              name?, topic?, folded_name?, folded_topic?, visibility?, slow?}, …]
CREATE FUNCTION chat_append(p_room text, p_epoch bigint, p_head bigint, p_entries text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    entries json;
    others bigint;
    taken json;
    e record;
BEGIN
    entries := p_entries::json;

    -- The room's row is the lock: whoever holds it has the room's log to themselves until the commit.
    IF p_epoch = 0 THEN
        INSERT INTO room (id, epoch, head, last, name, topic, visibility, folded_name, folded_topic)
        SELECT p_room, 1, 0, 0, x.name, x.topic, x.visibility, x.folded_name, x.folded_topic
        FROM json_to_record(entries -> 0) AS x (name text, topic text, visibility int, folded_name text, folded_topic text)
        ON CONFLICT DO NOTHING;
    ELSE
        PERFORM FROM room WHERE id = p_room AND epoch = p_epoch AND head = p_head AND NOT destroyed FOR NO KEY UPDATE;
    END IF;
    IF NOT FOUND THEN
        RETURN 'fenced';
    END IF;

    -- Messages are nearly everything: they go in set by set, in one statement.
    WITH entry AS MATERIALIZED (
        SELECT * FROM json_to_recordset(entries) AS x (
            seq bigint, at bigint, by text, kind text, body json, key text, reply bigint, mentions json, words text)
    ), events AS (
        INSERT INTO event (room, seq, body) SELECT p_room, seq, body FROM entry
    ), posts AS (
        INSERT INTO post (room, author, key, seq, at) SELECT p_room, by, key, seq, at FROM entry WHERE key IS NOT NULL
    ), messages AS (
        INSERT INTO message (room, seq, at, by, reply, source, words)
        SELECT p_room, seq, at, by, reply, seq, array_to_tsvector(string_to_array(words, ' ')) FROM entry WHERE kind = 'message'
    ), mentions AS (
        INSERT INTO mention (room, "user", seq)
        SELECT p_room, m.who, seq FROM entry, json_array_elements_text(mentions) AS m (who)
        WHERE kind = 'message' AND m.who <> by
        ON CONFLICT DO NOTHING
    ), head AS (
        UPDATE room SET head = (SELECT max(seq) FROM entry), last = (SELECT max(at) FROM entry) WHERE id = p_room
    )
    SELECT count(*) INTO others FROM entry WHERE kind <> 'message';
    IF others = 0 THEN
        RETURN 'appended';
    END IF;

    FOR e IN
        SELECT * FROM json_to_recordset(entries) AS x (
            seq bigint, by text, kind text, words text, target bigint, emoji text, "on" boolean, "user" text, role int,
            name text, topic text, folded_name text, folded_topic text, visibility int, slow int)
        WHERE kind <> 'message' ORDER BY seq
    LOOP
        CASE e.kind
        WHEN 'created', 'joined' THEN
            PERFORM chat_gain(p_room, e."by", CASE e.kind WHEN 'created' THEN 2 ELSE 0 END, e.seq);
        WHEN 'invited' THEN
            PERFORM chat_gain(p_room, e."user", 0, e.seq);
        WHEN 'left' THEN
            PERFORM chat_lose(p_room, e."by");
        WHEN 'kicked' THEN
            PERFORM chat_lose(p_room, e."user");
        WHEN 'banned' THEN
            PERFORM chat_lose(p_room, e."user");
            INSERT INTO ban (room, "user") VALUES (p_room, e."user") ON CONFLICT DO NOTHING;
        WHEN 'unbanned' THEN
            DELETE FROM ban WHERE room = p_room AND "user" = e."user";
        WHEN 'role' THEN
            UPDATE member SET role = e.role WHERE room = p_room AND "user" = e."user";
        WHEN 'configured' THEN
            UPDATE room SET name = coalesce(e.name, name), folded_name = coalesce(e.folded_name, folded_name),
                topic = coalesce(e.topic, topic), folded_topic = coalesce(e.folded_topic, folded_topic),
                visibility = coalesce(e.visibility, visibility), slow = coalesce(e.slow, slow)
            WHERE id = p_room;
        WHEN 'edited' THEN
            INSERT INTO edit (room, target, seq) VALUES (p_room, e.target, e.seq);
            UPDATE message SET source = e.seq, edited = true, words = array_to_tsvector(string_to_array(e.words, ' '))
            WHERE room = p_room AND seq = e.target AND NOT deleted;
        WHEN 'deleted' THEN
            PERFORM chat_erase(p_room, e.target);
        WHEN 'reacted' THEN
            IF e."on" THEN
                INSERT INTO reaction (room, target, emoji, "user", seq) VALUES (p_room, e.target, e.emoji, e."by", e.seq)
                ON CONFLICT DO NOTHING;
            ELSE
                DELETE FROM reaction WHERE room = p_room AND target = e.target AND emoji = e.emoji AND "user" = e."by";
            END IF;
        END CASE;
    END LOOP;
    RETURN 'appended';
EXCEPTION
    WHEN OTHERS THEN -- all of this call is undone; the other rooms' calls are not
        IF SQLSTATE = '23505' THEN -- most likely a key; that nearly never happens, and so is not asked before
            SELECT json_agg(json_build_object('index', x.n - 1, 'seq', post.seq, 'at', post.at)) INTO taken
            FROM json_array_elements(entries) WITH ORDINALITY AS x (entry, n)
            JOIN post ON post.room = p_room AND post.author = x.entry ->> 'by' AND post.key = x.entry ->> 'key';
            IF taken IS NOT NULL THEN
                RETURN 'taken ' || taken;
            END IF;
        END IF;
        RETURN 'failed ' || SQLERRM;
END $$;

CREATE FUNCTION chat_gain(p_room text, p_user text, p_role int, p_seq bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO member (room, "user", role, since, read) VALUES (p_room, p_user, p_role, p_seq, p_seq) ON CONFLICT DO NOTHING;
    IF FOUND THEN
        UPDATE room SET members = members + 1 WHERE id = p_room;
    END IF;
END $$;

CREATE FUNCTION chat_lose(p_room text, p_user text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM member WHERE room = p_room AND "user" = p_user;
    IF FOUND THEN
        UPDATE room SET members = members - 1 WHERE id = p_room;
    END IF;
END $$;

-- The text of a message goes from everywhere.
CREATE FUNCTION chat_erase(p_room text, p_target bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE event SET body = (
        SELECT json_object_agg(key, value)
        FROM (SELECT * FROM json_each(body) WHERE key <> 'text' UNION ALL SELECT 'deleted', 'true'::json) AS bare)
    WHERE room = p_room
        AND (seq = p_target OR seq IN (SELECT seq FROM edit WHERE room = p_room AND target = p_target));
    UPDATE message SET deleted = true, words = '' WHERE room = p_room AND seq = p_target;
    DELETE FROM mention WHERE room = p_room AND seq = p_target;
    DELETE FROM reaction WHERE room = p_room AND target = p_target;
END $$;

CREATE FUNCTION chat_destroy(p_room text, p_epoch bigint) RETURNS boolean LANGUAGE plpgsql AS $$
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
    RETURN true;
END $$;
