/** Tells which owners of leases live, where the platform knows better than a clock. */
export interface Presence {
  /** Makes an owner known, until it leaves or its program ends, however it ends. */
  readonly enter: () => Promise<PresentOwner>;

  /**
   * - `alive`: it certainly lives, even if its lease has expired, as that of a frozen page does
   * - `gone`: it certainly does not, even if its lease has not expired
   * - `unknown`: only the clock can tell
   */
  readonly find: (owner: string) => Promise<"alive" | "gone" | "unknown">;
}

export interface PresentOwner {
  /** A name that nobody else has ever had. */
  readonly owner: string;
  readonly leave: () => Promise<void>;
}
