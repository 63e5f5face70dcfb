import type { SchedulerLike } from "rxjs";
import type { BackgroundHost } from "../ports/background-host.ts";
import type { TileStore } from "../ports/tile-store.ts";
import type { Transport } from "../ports/transport.ts";
import type { Running } from "./running.ts";
import type { Sources } from "./sources.ts";

/** What the parts of a root share. */
export interface RootContext {
  readonly store: TileStore;
  readonly transport: Transport;
  readonly sources: Sources;
  readonly background: BackgroundHost | undefined;
  readonly running: Running;
  /** The owner of all leases of this root. */
  readonly owner: string;
  readonly leaseMs: number;
  readonly scheduler: SchedulerLike;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}
