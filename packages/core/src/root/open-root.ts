import { asyncScheduler, type SchedulerLike } from "rxjs";
import { describe } from "../errors/describe.ts";
import { OptionError } from "../errors/option-error.ts";
import type { BackgroundHost } from "../ports/background-host.ts";
import type { PresentOwner } from "../ports/presence.ts";
import type { TileStore } from "../ports/tile-store.ts";
import type { Transport } from "../ports/transport.ts";
import type { TileSource } from "../source/tile-source.ts";
import { watchChanges } from "../store/watch-changes.ts";
import { chance } from "./chance.ts";
import { createRecovery } from "./create-recovery.ts";
import { createRootStore } from "./create-root-store.ts";
import { randomId } from "./random-id.ts";
import { readKnown, readWhole } from "./read-option.ts";
import type { Root } from "./root.ts";
import type { RootContext } from "./root-context.ts";
import { Running } from "./running.ts";
import { Sources } from "./sources.ts";

const DAY_MS = 86_400_000;
const NAMES = ["store", "transport", "sources", "background", "leaseMs", "scheduler", "random"];

/** What a root is made of. */
export interface RootOptions {
  /** Where tiles are kept. It is the root's from now on: `root.close` closes it. */
  readonly store: TileStore;
  /** How tiles are fetched. It is the root's from now on too. */
  readonly transport: Transport;
  /** Where tiles come from. A region names one of them by its id. */
  readonly sources: readonly TileSource[];
  /** Runs downloads that outlive the app. Default: none, and `startBackground` is refused. */
  readonly background?: BackgroundHost | undefined;
  /** How long an engine that is not heard of counts as alive, where the platform does not know better. Default: 30,000. */
  readonly leaseMs?: number | undefined;
  /** The clock. Default: the system's. */
  readonly scheduler?: SchedulerLike | undefined;
  /** Numbers by chance, in [0, 1): for pauses between retries, samples and ids. Default: the language's own. */
  readonly random?: (() => number) | undefined;
}

/**
 * Opens a root: the tiles of a database, the sources they come from, and the downloads into it.
 *
 * @throws SourceError, OptionError
 * @example
 * const root = await openRoot({ store: await openSqliteStore("tiles.db"), transport: undiciTransport({ appId }), sources: [topo] });
 */
export async function openRoot(options: RootOptions): Promise<Root> {
  const context = await contextOf(options);
  const { store, transport, running, scheduler } = context;
  let closed: Promise<void> | undefined;
  const close = async () => {
    await running.close();
    await context.leave();
    await Promise.all([store.close(), transport.close()]);
  };
  return {
    store: (name) => createRootStore(context, name),
    stats: () => store.stats(),
    changes$: watchChanges(store, { scheduler }),
    downloads: { list: async () => running.list(), get: async (id) => running.get(id) },
    recovery: createRecovery(context),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

async function contextOf(options: RootOptions): Promise<RootContext & Pick<PresentOwner, "leave">> {
  if (typeof options !== "object" || options === null) {
    const problem = `is ${describe(options)}, but must be an object, { store, transport, sources }.`;
    throw new OptionError("options", options, problem);
  }
  readKnown(options, NAMES, "root");
  const { store, transport, sources, background, scheduler = asyncScheduler, random = chance } = options;
  if (typeof store !== "object" || store === null || !("commit" in store)) {
    throw new OptionError(
      "store",
      undefined,
      "must be a TileStore, such as await openSqliteStore(…) returns. Is there an await missing?",
    );
  }
  if (typeof transport !== "object" || transport === null || !("request" in transport)) {
    throw new OptionError(
      "transport",
      undefined,
      "must be a Transport, such as fetchTransport(self) or undiciTransport(…).",
    );
  }
  if (!Array.isArray(sources)) {
    throw new OptionError("sources", undefined, `is ${describe(sources)}, but must be a list of sources.`);
  }
  const leaseMs = readWhole(options.leaseMs, "leaseMs", 1_000, DAY_MS, 30_000);
  const known = new Sources(sources, { transport, scheduler, chance: random });
  const self = (await store.presence?.enter()) ?? { owner: randomId(random), leave: async () => {} };
  const { owner, leave } = self;
  return {
    store,
    transport,
    sources: known,
    background,
    running: new Running(),
    owner,
    leave,
    leaseMs,
    scheduler,
    random,
  };
}
