/** Texts that a user keeps with a named store. Each function throws a `StoreNotFoundError` if there is no such store. */
export interface StoreMetadata {
  readonly read: (store: string) => Promise<Readonly<Record<string, string>>>;
  /** Sets one entry or many at once, and leaves the others. */
  readonly set: (store: string, entries: Readonly<Record<string, string>>) => Promise<void>;
  /** Removes an entry, and returns what it held. */
  readonly remove: (store: string, key: string) => Promise<string | undefined>;
  /** Removes all entries. */
  readonly reset: (store: string) => Promise<void>;
}
