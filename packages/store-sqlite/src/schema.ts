/** "FMTC": the mark in a file's header that says it is ours. */
export const APPLICATION_ID = 0x464d5443;

/**
 * The schema, as its first version made it. docs/schema.md tells why it is so, with what was measured. Columns of type
 * ANY hold texts, see text-value.ts.
 */
export const SCHEMA = `
  -- One row: sums over all tiles that are in a store.
  CREATE TABLE totals (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    length INTEGER NOT NULL,
    bytes INTEGER NOT NULL
  ) STRICT;
  INSERT INTO totals VALUES (1, 0, 0);

  -- Who has the database open. A row whose process is gone tells of a crash.
  CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    host ANY NOT NULL,
    pid INTEGER NOT NULL,
    process_started_at INTEGER NOT NULL
  ) STRICT;

  -- A store without a name is trash: it is gone for everyone, and its tiles are being cleared away.
  CREATE TABLE stores (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name ANY UNIQUE,
    max_length INTEGER,
    max_bytes INTEGER,
    length INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    pinned_length INTEGER NOT NULL DEFAULT 0,
    pinned_bytes INTEGER NOT NULL DEFAULT 0,
    -- Those of its tiles that have one holder.
    sole_length INTEGER NOT NULL DEFAULT 0,
    sole_bytes INTEGER NOT NULL DEFAULT 0,
    hits INTEGER NOT NULL DEFAULT 0,
    misses INTEGER NOT NULL DEFAULT 0,
    -- The tile stored last and when; null while it is not known.
    latest INTEGER,
    latest_at INTEGER
  ) STRICT;

  CREATE TABLE metadata (
    store INTEGER NOT NULL,
    key ANY NOT NULL,
    value ANY NOT NULL,
    PRIMARY KEY (store, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name ANY NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE tiles (
    id INTEGER PRIMARY KEY,
    blob INTEGER NOT NULL,
    length INTEGER NOT NULL,
    -- How many stores hold it, trash included.
    holders INTEGER NOT NULL,
    stored_at INTEGER NOT NULL,
    expires_at INTEGER,
    etag ANY,
    last_modified ANY,
    content_type ANY
  ) STRICT;

  -- Ids grow, so that new bytes go to the end of the table.
  CREATE TABLE blobs (
    id INTEGER PRIMARY KEY,
    uses INTEGER NOT NULL,
    fingerprint INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX shared_blobs ON blobs (fingerprint) WHERE uses > 1;

  -- evict_at: when the tile was stored; null if it is pinned, which keeps it out of the index.
  CREATE TABLE memberships (
    store INTEGER NOT NULL,
    tile INTEGER NOT NULL,
    evict_at INTEGER,
    PRIMARY KEY (store, tile)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX memberships_by_age ON memberships (store, evict_at, tile) WHERE evict_at IS NOT NULL;

  CREATE TABLE downloads (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id ANY NOT NULL UNIQUE,
    store INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    -- JSON: region, total, coverOrder and options; and the progress.
    plan TEXT NOT NULL,
    progress TEXT NOT NULL,
    lease_owner ANY,
    lease_epoch INTEGER,
    lease_expires_at INTEGER
  ) STRICT;
  CREATE INDEX downloads_by_store ON downloads (store);

  CREATE TABLE failed_tiles (
    download INTEGER NOT NULL,
    place INTEGER NOT NULL,
    z INTEGER NOT NULL,
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    reason ANY NOT NULL,
    detail ANY,
    attempts INTEGER NOT NULL,
    failed_at INTEGER NOT NULL,
    PRIMARY KEY (download, place)
  ) STRICT, WITHOUT ROWID;
`;
