import { BackgroundUnavailableError } from "../errors/background-unavailable-error.ts";
import { ConnectionLostError } from "../errors/connection-lost-error.ts";
import { ConnectionVersionError } from "../errors/connection-version-error.ts";
import { DownloadExistsError } from "../errors/download-exists-error.ts";
import { DownloadInProgressError } from "../errors/download-in-progress-error.ts";
import { DownloadNotFoundError } from "../errors/download-not-found-error.ts";
import { DownloadUnfinishedError } from "../errors/download-unfinished-error.ts";
import { DuplicateDownloadError } from "../errors/duplicate-download-error.ts";
import type { FmtcError } from "../errors/fmtc-error.ts";
import { LeaseLostError } from "../errors/lease-lost-error.ts";
import { OptionError } from "../errors/option-error.ts";
import { RegionError } from "../errors/region-error.ts";
import { RootClosedError } from "../errors/root-closed-error.ts";
import { SourceError } from "../errors/source-error.ts";
import { StoreClosedError } from "../errors/store-closed-error.ts";
import { StoreCorruptError } from "../errors/store-corrupt-error.ts";
import { StoreExistsError } from "../errors/store-exists-error.ts";
import { StoreFullError } from "../errors/store-full-error.ts";
import { StoreInputError } from "../errors/store-input-error.ts";
import { StoreNotFoundError } from "../errors/store-not-found-error.ts";
import { StoreUnavailableError } from "../errors/store-unavailable-error.ts";
import { StoreVersionError } from "../errors/store-version-error.ts";
import { TileNotFoundError } from "../errors/tile-not-found-error.ts";
import { TilePolicyError } from "../errors/tile-policy-error.ts";
import { TransportError } from "../errors/transport-error.ts";
import { UnknownSourceError } from "../errors/unknown-source-error.ts";

/** A class of errors, and which fields of its own travel. */
export interface ErrorClass {
  readonly prototype: FmtcError;
  readonly fields: readonly string[];
}

/** The errors that keep their class, by their codes. Only what is named here travels: none of it is secret. */
export const ERROR_CLASSES: ReadonlyMap<string, ErrorClass> = new Map([
  ["BACKGROUND_UNAVAILABLE", classOf(BackgroundUnavailableError)],
  ["CONNECTION_LOST", classOf(ConnectionLostError)],
  ["CONNECTION_VERSION", classOf(ConnectionVersionError, "found", "supported")],
  ["DOWNLOAD_DUPLICATE", classOf(DuplicateDownloadError, "download", "store")],
  ["DOWNLOAD_EXISTS", classOf(DownloadExistsError, "download")],
  ["DOWNLOAD_IN_PROGRESS", classOf(DownloadInProgressError, "download", "lease")],
  ["DOWNLOAD_NOT_FOUND", classOf(DownloadNotFoundError, "download")],
  ["DOWNLOAD_UNFINISHED", classOf(DownloadUnfinishedError, "download", "missing")],
  ["LEASE_LOST", classOf(LeaseLostError, "download", "epoch")],
  ["OPTION_INVALID", classOf(OptionError, "field", "value")],
  ["REGION_INVALID", classOf(RegionError, "field", "value")],
  ["ROOT_CLOSED", classOf(RootClosedError)],
  ["SOURCE_INVALID", classOf(SourceError, "field")],
  ["SOURCE_UNKNOWN", classOf(UnknownSourceError, "source", "known")],
  ["STORE_CLOSED", classOf(StoreClosedError)],
  ["STORE_CORRUPT", classOf(StoreCorruptError, "quarantine")],
  ["STORE_EXISTS", classOf(StoreExistsError, "store")],
  ["STORE_FULL", classOf(StoreFullError)],
  ["STORE_INPUT_INVALID", classOf(StoreInputError, "field", "value")],
  ["STORE_NOT_FOUND", classOf(StoreNotFoundError, "store")],
  ["STORE_UNAVAILABLE", classOf(StoreUnavailableError)],
  ["STORE_VERSION", classOf(StoreVersionError, "found", "supported")],
  ["TILE_NOT_FOUND", classOf(TileNotFoundError, "tile")],
  ["TILE_POLICY", classOf(TilePolicyError, "source", "policyUrl")],
  ["TRANSPORT", classOf(TransportError, "kind")],
]);

function classOf<E extends FmtcError>(
  { prototype }: { readonly prototype: E },
  ...fields: readonly Exclude<keyof E & string, keyof FmtcError>[]
): ErrorClass {
  return { prototype, fields };
}
