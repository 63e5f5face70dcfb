import { describe } from "../errors/describe.ts";
import { StoreInputError } from "../errors/store-input-error.ts";
import type { Checkpoint } from "../ports/download-record.ts";
import type { TileWrite } from "../ports/tile.ts";
import type { TileCommit } from "../ports/tile-commit.ts";
import { readFailedTile, readProgress } from "./read-download.ts";
import {
  readFlag,
  readKey,
  readList,
  readName,
  readOptional,
  readRecord,
  readText,
  readTime,
  readWhole,
} from "./read-input.ts";

/** @throws StoreInputError that names the first field which is not valid. */
export function readCommit(commit: TileCommit): void {
  readRecord(commit, "commit");
  readName(commit.store, "store");
  readFlag(commit.pinned, "pinned");
  readFlag(commit.transfer, "transfer");
  readList(commit.tiles, "tiles").forEach((tile, i) => {
    readTile(tile, `tiles[${i}]`);
  });
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

function readBytes(bytes: unknown, field: string): void {
  if (bytes instanceof Uint8Array) return;
  throw new StoreInputError(field, undefined, `is ${describe(bytes)}, but must be a Uint8Array.`);
}

function readCheckpoint(checkpoint: Checkpoint, field: string): void {
  readRecord(checkpoint, field);
  readName(checkpoint.download, `${field}.download`);
  readWhole(checkpoint.epoch, `${field}.epoch`);
  readProgress(checkpoint.progress, `${field}.progress`);
  readOptional(checkpoint.leaseExpiresAt, `${field}.leaseExpiresAt`, readTime);
  readOptional(checkpoint.failed, `${field}.failed`, (failed) => {
    readList(failed, `${field}.failed`).forEach((tile, i) => {
      readFailedTile(tile, `${field}.failed[${i}]`);
    });
  });
  readOptional(checkpoint.recovered, `${field}.recovered`, (recovered) => {
    readList(recovered, `${field}.recovered`).forEach((index, i) => {
      readWhole(index, `${field}.recovered[${i}]`);
    });
  });
}
