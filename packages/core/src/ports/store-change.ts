/** Something in a database has changed: emitted after the transaction, never before others can see it. What cannot have changed anything, such as a dry run, tells nothing. */
export interface StoreChange {
  /**
   * - `stores`: a store was created, deleted or renamed, or its limits have changed
   * - `tiles`: tiles have come, gone or changed; a tile changes in all stores that hold it
   * - `metadata`, `use` (hits and misses)
   * - `downloads`: a record has come, gone or made progress, or its lease has changed
   */
  readonly kind: "stores" | "tiles" | "metadata" | "use" | "downloads";
  /** The stores concerned. */
  readonly stores: readonly string[];
}
