-- An API token is a session that its owner named: it ends, runs out and is swept like any other. Its secret is not
-- kept, only the secret's SHA-256.
ALTER TABLE session ADD COLUMN hash BLOB;               -- null: somebody signed in, and has the framework's token
ALTER TABLE session ADD COLUMN name TEXT;
ALTER TABLE session ADD COLUMN scopes INTEGER;
ALTER TABLE session ADD COLUMN created INTEGER;
ALTER TABLE session ADD COLUMN used INTEGER;            -- to within a minute

CREATE UNIQUE INDEX session_by_hash ON session (hash) WHERE hash IS NOT NULL;
