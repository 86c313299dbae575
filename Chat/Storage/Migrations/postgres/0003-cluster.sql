-- What Orleans' ADO.NET providers stand on in a cluster: who is a member, and the states of grains. The server in one
-- process has these tables too and leaves them empty: there is one schema, with one version, and whoever grows from
-- one process to a cluster has nothing to convert.
--
-- The providers know only the table of queries: they read it at their start and send what it says, with their
-- parameters (@DeploymentId, …), and read the answer's columns by name. All else here is ours. Every query is one
-- statement, so that it is atomic, and a node that freezes in the middle of one holds no lock.
CREATE TABLE OrleansQuery (
    QueryKey   text COLLATE "C" PRIMARY KEY,
    QueryText  text NOT NULL
);

-- Members.

-- The version is the lock and the etag of a cluster's membership: every change asks for the version that it read, and
-- raises it. Of two changes that read the same, the second waits for the row, finds another version, and changes nothing.
CREATE TABLE cluster (
    id       text COLLATE "C" PRIMARY KEY,
    version  int NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE silo (
    cluster     text COLLATE "C" NOT NULL REFERENCES cluster ON DELETE CASCADE,
    address     text COLLATE "C" NOT NULL,
    port        int NOT NULL,
    generation  int NOT NULL,                     -- tells a silo from its predecessor at the same address
    name        text NOT NULL,
    host        text NOT NULL,
    status      int NOT NULL,                     -- 1 created, 2 joining, 3 active, 4 shutting down, 5 stopping, 6 dead
    proxy_port  int NOT NULL,                     -- where it takes clients; 0: it takes none
    suspicions  text,                             -- who says that it is dead, and since when
    started     timestamptz NOT NULL,
    alive       timestamptz NOT NULL,             -- its last heartbeat
    PRIMARY KEY (cluster, address, port, generation)
) WITH (fillfactor = 50);                         -- heartbeats: leave room for them in the page

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES

-- At every silo's start. Whether it was the first; two at once are no error.
('InsertMembershipVersionKey', $$
WITH made AS (
    INSERT INTO cluster (id, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING id
)
SELECT EXISTS (SELECT FROM made)
$$),

-- The version and the members are of one moment. The version comes even where there is no member: its row has no silo.
('MembershipReadAllKey', $$
SELECT c.version AS Version, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName,
    s.host AS HostName, s.status AS Status, s.proxy_port AS ProxyPort, s.suspicions AS SuspectTimes,
    s.started AS StartTime, s.alive AS IAmAliveTime
FROM cluster c LEFT JOIN silo s ON s.cluster = c.id
WHERE c.id = @DeploymentId
$$),

('MembershipReadRowKey', $$
SELECT c.version AS Version, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName,
    s.host AS HostName, s.status AS Status, s.proxy_port AS ProxyPort, s.suspicions AS SuspectTimes,
    s.started AS StartTime, s.alive AS IAmAliveTime
FROM cluster c LEFT JOIN silo s
    ON s.cluster = c.id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
WHERE c.id = @DeploymentId
$$),

-- True if the silo is now in. False, with nothing changed, if the version is not the one that was read, or if it was in.
('InsertMembershipKey', $$
WITH turn AS (
    UPDATE cluster c SET version = c.version + 1
    WHERE c.id = @DeploymentId AND c.version = @Version AND NOT EXISTS (
        SELECT FROM silo s
        WHERE s.cluster = @DeploymentId AND s.address = @Address AND s.port = @Port AND s.generation = @Generation)
    RETURNING c.id
), entry AS (
    INSERT INTO silo (cluster, address, port, generation, name, host, status, proxy_port, started, alive)
    SELECT id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM turn
    RETURNING cluster
)
SELECT EXISTS (SELECT FROM entry)
$$),

-- A silo's step from state to state, a vote against it, its death. False, with nothing changed, as above, or if there is no such silo.
('UpdateMembershipKey', $$
WITH turn AS (
    UPDATE cluster c SET version = c.version + 1
    WHERE c.id = @DeploymentId AND c.version = @Version AND EXISTS (
        SELECT FROM silo s
        WHERE s.cluster = @DeploymentId AND s.address = @Address AND s.port = @Port AND s.generation = @Generation)
    RETURNING c.id
), entry AS (
    UPDATE silo s SET status = @Status, suspicions = @SuspectTimes, alive = @IAmAliveTime
    FROM turn
    WHERE s.cluster = turn.id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    RETURNING s.cluster
)
SELECT EXISTS (SELECT FROM entry)
$$),

-- A heartbeat is no change of the membership: it takes no version, and so never waits for anybody's.
('UpdateIAmAlivetimeKey', $$
UPDATE silo SET alive = @IAmAliveTime
WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$$),

-- Where clients may connect.
('GatewaysQueryKey', $$
SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
FROM silo
WHERE cluster = @DeploymentId AND status = @Status AND proxy_port > 0
$$),

-- Only the dead go, however long another has been silent: whether that one is dead is for the votes to say.
-- Up to and including the time: the provider means "until just after the last that shall go" and adds a tick of
-- 100 ns, which a timestamp of microseconds cannot hold.
('CleanupDefunctSiloEntriesKey', $$
DELETE FROM silo WHERE cluster = @DeploymentId AND status = 6 AND alive <= @IAmAliveTime
$$),

-- The whole cluster, its version first, as every change locks it first.
('DeleteMembershipTableEntriesKey', $$
DELETE FROM cluster WHERE id = @DeploymentId
$$);

-- States of grains.

-- A state's version is its etag. It comes from one sequence for all states, so that a state that was deleted and
-- written anew never has a version again that somebody still holds from before.
CREATE SEQUENCE grain_version AS int CYCLE;

-- The provider gives a grain's key as two numbers and a text, and hashes of it for databases that cannot index the rest.
CREATE TABLE grain_state (
    service  text COLLATE "C" NOT NULL,
    type     text COLLATE "C" NOT NULL,
    n0       bigint NOT NULL,
    n1       bigint NOT NULL,
    key      text COLLATE "C" NOT NULL,           -- '' where the numbers are all of it
    version  int NOT NULL,
    payload  bytea,                               -- null: cleared
    PRIMARY KEY (service, type, n0, n1, key)
) WITH (fillfactor = 80);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES

('ReadFromStorageKey', $$
SELECT payload AS PayloadBinary, version AS Version
FROM grain_state
WHERE service = @ServiceId AND type = @GrainTypeString
    AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND key = coalesce(@GrainIdExtensionString, '')
$$),

-- The new version; no row if another was faster, which the provider takes for an inconsistent state. Who has read no
-- version writes the first one, and only that; who has read one changes that one, and does not bring a deleted one back.
('WriteToStorageKey', $$
WITH first AS (
    INSERT INTO grain_state (service, type, n0, n1, key, version, payload)
    SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''),
        nextval('grain_version'), @PayloadBinary
    WHERE @GrainStateVersion IS NULL
    ON CONFLICT DO NOTHING
    RETURNING version
), later AS (
    UPDATE grain_state SET payload = @PayloadBinary, version = nextval('grain_version')
    WHERE service = @ServiceId AND type = @GrainTypeString
        AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND key = coalesce(@GrainIdExtensionString, '')
        AND version = @GrainStateVersion
    RETURNING version
)
SELECT version AS NewGrainStateVersion FROM first UNION ALL SELECT version FROM later
$$),

-- Clearing, where the provider is to keep the row.
('ClearStorageKey', $$
UPDATE grain_state SET payload = NULL, version = nextval('grain_version')
WHERE service = @ServiceId AND type = @GrainTypeString
    AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND key = coalesce(@GrainIdExtensionString, '')
    AND version = @GrainStateVersion
RETURNING version
$$),

-- Clearing, where it is not. The answer has to be some other version than the one that is gone: versions begin at 1.
('DeleteStorageKey', $$
DELETE FROM grain_state
WHERE service = @ServiceId AND type = @GrainTypeString
    AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND key = coalesce(@GrainIdExtensionString, '')
    AND version = @GrainStateVersion
RETURNING 0
$$);
