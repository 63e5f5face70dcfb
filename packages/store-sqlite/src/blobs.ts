import type { Connection } from "./connection.ts";
import { fingerprintOf } from "./fingerprint.ts";

// Equal bytes are kept once. An index of all bytes by their fingerprint would make each commit a third slower, as it is
// written in random places. So only those that are used more than once are indexed, which hardly ever changes; and each
// connection remembers what it has written last: there the first equal ones meet, such as the tiles of a sea.

const ADD_BLOB = "INSERT INTO blobs (uses, fingerprint, bytes) VALUES (1, ?, ?)";

/** How many are remembered of those written last, a power of two; and of those that are shared. */
const PLACES = 65_536;
const MAX_SHARED = 32_768;

/** Ids by fingerprints. Whatever has become of them, bytes are compared before they are used. */
interface KnownBlobs {
  readonly shared: Map<number, number>;
  /** Of those written last: a fingerprint has one place, which a later one with the same place takes over. */
  readonly fingerprints: Int32Array;
  readonly ids: Float64Array;
}

/** Node 22.13 binds bytes that lie nowhere as NULL; these lie at the end of a byte. */
const NO_BYTES = new Uint8Array(1).subarray(1);

const knownBlobs = new WeakMap<Connection, KnownBlobs>();

/** Keeps bytes, once more or for the first time, and returns their id. */
export function keepBlob(connection: Connection, given: Uint8Array): number {
  const bytes = given.length === 0 ? NO_BYTES : given;
  const fingerprint = fingerprintOf(bytes);
  const known = knownBlobs.get(connection) ?? loadKnown(connection);
  const place = fingerprint & (PLACES - 1);
  const recent = known.fingerprints[place] === fingerprint ? known.ids[place] : undefined;
  const candidate = recent ?? known.shared.get(fingerprint);
  if (candidate !== undefined && shareBlob(connection, candidate, bytes)) {
    if (known.shared.size < MAX_SHARED) known.shared.set(fingerprint, candidate);
    return candidate;
  }
  const { lastInsertRowid } = connection.prepare(ADD_BLOB).run(fingerprint, bytes);
  const id = Number(lastInsertRowid);
  known.fingerprints[place] = fingerprint;
  known.ids[place] = id;
  return id;
}

/** Takes one use of a blob away, and the blob with the last one. */
export function dropBlob(connection: Connection, id: number): void {
  const { changes } = connection.prepare("DELETE FROM blobs WHERE id = ? AND uses = 1").run(id);
  if (changes === 0) connection.prepare("UPDATE blobs SET uses = uses - 1 WHERE id = ?").run(id);
}

/** Uses a blob once more, if it has these bytes. */
function shareBlob(connection: Connection, id: number, bytes: Uint8Array): boolean {
  const { changes } = connection.prepare("UPDATE blobs SET uses = uses + 1 WHERE id = ? AND bytes = ?").run(id, bytes);
  return Number(changes) > 0;
}

function loadKnown(connection: Connection): KnownBlobs {
  const rows = connection.prepare("SELECT fingerprint, id FROM blobs WHERE uses > 1 LIMIT ?").all(MAX_SHARED) as {
    fingerprint: number;
    id: number;
  }[];
  const known = {
    shared: new Map(rows.map(({ fingerprint, id }) => [fingerprint, id])),
    fingerprints: new Int32Array(PLACES),
    ids: new Float64Array(PLACES),
  };
  knownBlobs.set(connection, known);
  return known;
}
