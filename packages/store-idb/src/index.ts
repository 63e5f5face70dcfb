export type { IdbStore } from "./idb-store.ts";
export { type IdbStoreOptions, openIdbStore } from "./open-idb-store.ts";
export type { StorageEstimate } from "./site-storage.ts";
