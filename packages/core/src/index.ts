export { type Block, Cover, coverOf } from "./cover/cover.ts";
export { COVER_ORDER } from "./cover/cover-order.ts";
export { TileCursor } from "./cover/cursor.ts";
export { type ByteEstimate, estimateBytes } from "./cover/estimate-bytes.ts";
export type { TileCoord } from "./cover/tile-coord.ts";
export { BackgroundUnavailableError } from "./errors/background-unavailable-error.ts";
export { ConnectionLostError } from "./errors/connection-lost-error.ts";
export { ConnectionVersionError } from "./errors/connection-version-error.ts";
export { DownloadExistsError } from "./errors/download-exists-error.ts";
export { DownloadInProgressError } from "./errors/download-in-progress-error.ts";
export { DownloadNotFoundError } from "./errors/download-not-found-error.ts";
export { DownloadUnfinishedError } from "./errors/download-unfinished-error.ts";
export { DuplicateDownloadError } from "./errors/duplicate-download-error.ts";
export { FmtcError } from "./errors/fmtc-error.ts";
export { LeaseLostError } from "./errors/lease-lost-error.ts";
export { OptionError } from "./errors/option-error.ts";
export { RegionError } from "./errors/region-error.ts";
export { RootClosedError } from "./errors/root-closed-error.ts";
export { SourceError } from "./errors/source-error.ts";
export { StoreClosedError } from "./errors/store-closed-error.ts";
export { StoreCorruptError } from "./errors/store-corrupt-error.ts";
export { StoreExistsError } from "./errors/store-exists-error.ts";
export { StoreFullError } from "./errors/store-full-error.ts";
export { StoreInputError } from "./errors/store-input-error.ts";
export { StoreNotFoundError } from "./errors/store-not-found-error.ts";
export { StoreUnavailableError } from "./errors/store-unavailable-error.ts";
export { StoreVersionError } from "./errors/store-version-error.ts";
export { TileNotFoundError } from "./errors/tile-not-found-error.ts";
export { TilePolicyError } from "./errors/tile-policy-error.ts";
export { TransportError, type TransportFailure } from "./errors/transport-error.ts";
export { UnknownSourceError } from "./errors/unknown-source-error.ts";
export type { BackgroundHost, BackgroundRequest } from "./ports/background-host.ts";
export type { Download } from "./ports/download.ts";
export type { DownloadOptions } from "./ports/download-options.ts";
export type { DownloadProgress, DownloadState, RateLimit, Waiting } from "./ports/download-progress.ts";
export type {
  Checkpoint,
  DownloadRecord,
  FailedTile,
  Json,
  Lease,
  RecordedProgress,
} from "./ports/download-record.ts";
export type { DownloadRecords, LeaseRequest } from "./ports/download-records.ts";
export type { Freed, NamedStores, StoreLimits, StoreStats } from "./ports/named-stores.ts";
export type { Presence, PresentOwner } from "./ports/presence.ts";
export type { StoreChange } from "./ports/store-change.ts";
export type { StoreMetadata } from "./ports/store-metadata.ts";
export type {
  EvictOptions,
  RemoveOptions,
  ScanOptions,
  ScanTiles,
  StoredTiles,
  StoresFilter,
} from "./ports/stored-tiles.ts";
export type { StoredTile, TileDetails, TileInfo, TileKey, TileWrite } from "./ports/tile.ts";
export type { TileCommit } from "./ports/tile-commit.ts";
export type { FailReason, SkipReason, TileEvent, TileOutcome } from "./ports/tile-event.ts";
export type { DatabaseStats, TileStore } from "./ports/tile-store.ts";
export type { Transport, TransportRequest, TransportResponse } from "./ports/transport.ts";
export { areaOf } from "./region/area-of.ts";
export { type Bounds, boundsOf } from "./region/bounds-of.ts";
export { circle, line, multi, polygon, rectangle } from "./region/constructors.ts";
export type { DownloadableOptions, DownloadableRegion } from "./region/downloadable.ts";
export { parseDownloadable, toDownloadable } from "./region/downloadable.ts";
export { type FromGeoJSONOptions, fromGeoJSON } from "./region/from-geojson.ts";
export type { RegionFeature, RegionMultiPolygon, RegionPolygon } from "./region/geojson-types.ts";
export { outlineOf } from "./region/outline-of.ts";
export { parseRegion } from "./region/parse-region.ts";
export type {
  CircleRegion,
  LatLng,
  LineRegion,
  MultiRegion,
  PolygonRegion,
  RectangleRegion,
  Region,
} from "./region/region.ts";
export { toGeoJSON } from "./region/to-geojson.ts";
export { type ConnectOptions, connectRoot } from "./remote/connect-root.ts";
export type { RemotePort } from "./remote/remote-port.ts";
export { type ServedRoot, type ServeOptions, serveRoot } from "./remote/serve-root.ts";
export { type Freshness, type Verdict, verdictOf } from "./response/verdict.ts";
export type { RegionAudit } from "./root/audit-region.ts";
export { openRoot, type RootOptions } from "./root/open-root.ts";
export type { DownloadPlan, PlanOptions } from "./root/plan-download.ts";
export type { FailedTilesPage, RecoverableDownload, RecoverableState, Recovery } from "./root/recovery.ts";
export type { Root, RunningDownloads } from "./root/root.ts";
export type { RootStore, StoreDownloads, StoreManagement, StoreTexts } from "./root/root-store.ts";
export { defineSource } from "./source/define-source.ts";
export { assertBulkAllowed, policyOf } from "./source/policy-of.ts";
export type { TilePolicy } from "./source/tile-policy.ts";
export type { TileSource } from "./source/tile-source.ts";
export { tileUrls } from "./source/tile-url.ts";
export { checkedStore } from "./store/checked-store.ts";
export { acquireLease, assertLease, renewLease } from "./store/lease.ts";
export { tileNumber, tileOfNumber } from "./store/tile-number.ts";
export { type StoreChanges, type WatchOptions, watchChanges } from "./store/watch-changes.ts";
export type { FetchPlatform } from "./transport/fetch-platform.ts";
export { type FetchTransportOptions, fetchTransport } from "./transport/fetch-transport.ts";
