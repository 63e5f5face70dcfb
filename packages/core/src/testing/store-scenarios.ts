import type { StoreScenario } from "./scenario.ts";
import { atomicity } from "./store/atomicity.ts";
import { changes } from "./store/changes.ts";
import { closing } from "./store/closing.ts";
import { concurrency } from "./store/concurrency.ts";
import { downloads } from "./store/downloads.ts";
import { eviction } from "./store/eviction.ts";
import { hostileBytes } from "./store/hostile-bytes.ts";
import { hostileTexts } from "./store/hostile-texts.ts";
import { invalidInput } from "./store/invalid-input.ts";
import { leases } from "./store/leases.ts";
import { lifecycle } from "./store/lifecycle.ts";
import { metadata } from "./store/metadata.ts";
import { presence } from "./store/presence.ts";
import { removal } from "./store/removal.ts";
import { reopening } from "./store/reopening.ts";
import { scans } from "./store/scan.ts";
import { sharing } from "./store/sharing.ts";
import { stats } from "./store/stats.ts";
import { tiles } from "./store/tiles.ts";
import { versions } from "./store/versions.ts";

/** What every `TileStore` promises, scenario by scenario. */
export const tileStoreScenarios: readonly StoreScenario[] = [
  ...lifecycle,
  ...metadata,
  ...tiles,
  ...sharing,
  ...stats,
  ...removal,
  ...eviction,
  ...scans,
  ...downloads,
  ...leases,
  ...presence,
  ...atomicity,
  ...concurrency,
  ...changes,
  ...closing,
  ...reopening,
  ...hostileTexts,
  ...hostileBytes,
  ...invalidInput,
  ...versions,
];
