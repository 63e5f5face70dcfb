import { describe } from "../errors/describe.ts";
import { StoreInputError } from "../errors/store-input-error.ts";
import type { Checkpoint } from "../ports/download-record.ts";
import type { TileWrite } from "../ports/tile.ts";
import type { TileCommit } from "../ports/tile-commit.ts";
import { readFailedTile, readProgress } from "./read-download.ts";
import {
  readFlag,
  readKey,
  readKnown,
  readList,
  readName,
  readOptional,
  readOptionalList,
  readRecord,
  readText,
  readTime,
  readWhole,
} from "./read-input.ts";

/** @throws StoreInputError that names the first field which is not valid. */
export function readCommit(commit: TileCommit): void {
  readRecord(commit, "commit");
  readKnown(commit, "commit", ["store", "tiles", "pinned", "transfer", "checkpoint"]);
  readName(commit.store, "store");
  readFlag(commit.pinned, "pinned");
  readFlag(commit.transfer, "transfer");
  readList(commit.tiles, "tiles", readTile);
  readOptional(commit.checkpoint, "checkpoint", readCheckpoint);
}

function readTile(tile: TileWrite, field: string): void {
  readKey(tile, field);
  readOptional(tile.bytes, `${field}.bytes`, readBytes);
  readTime(tile.storedAt, `${field}.storedAt`);
  readOptional(tile.expiresAt, `${field}.expiresAt`, readTime);
  readOptional(tile.etag, `${field}.etag`, readText);
  readOptional(tile.lastModified, `${field}.lastModified`, readText);
  readOptional(tile.contentType, `${field}.contentType`, readText);
}

/** By its tag rather than its class, which another realm has another of. */
function readBytes(bytes: Uint8Array, field: string): void {
  if (Object.prototype.toString.call(bytes) !== "[object Uint8Array]") {
    throw new StoreInputError(
      field,
      undefined,
      `is ${describe(bytes)}, but must be a Uint8Array: new Uint8Array(buffer) makes one.`,
    );
  }
  if ("detached" in bytes.buffer && bytes.buffer.detached === true) {
    throw new StoreInputError(field, undefined, "has been transferred elsewhere, and is empty. Copy it first.");
  }
}

function readCheckpoint(checkpoint: Checkpoint, field: string): void {
  readRecord(checkpoint, field);
  readName(checkpoint.download, `${field}.download`);
  readWhole(checkpoint.epoch, `${field}.epoch`);
  readProgress(checkpoint.progress, `${field}.progress`);
  readOptional(checkpoint.leaseExpiresAt, `${field}.leaseExpiresAt`, readTime);
  readOptionalList(checkpoint.failed, `${field}.failed`, readFailedTile);
  readOptionalList(checkpoint.recovered, `${field}.recovered`, readWhole);
}
