-- An API token is a session that its owner named: it ends, runs out and is swept like any other. Its secret is not
-- kept, only the secret's SHA-256.
ALTER TABLE session
    ADD COLUMN hash bytea,                              -- null: somebody signed in, and has the framework's token
    ADD COLUMN name text,
    ADD COLUMN scopes int,
    ADD COLUMN created bigint,
    ADD COLUMN used bigint;                             -- to within a minute

CREATE UNIQUE INDEX session_by_hash ON session (hash) WHERE hash IS NOT NULL;
