import { DownloadInProgressError } from "../errors/download-in-progress-error.ts";
import { DownloadNotFoundError } from "../errors/download-not-found-error.ts";
import type { Lease } from "../ports/download-record.ts";
import type { RootContext } from "./root-context.ts";

type Context = Pick<RootContext, "store" | "owner" | "leaseMs" | "scheduler">;

/**
 * Takes the lease of a download: at once if the platform knows that its owner is gone, and not at all if it knows that he
 * lives. Otherwise the clock decides.
 *
 * @throws DownloadNotFoundError, DownloadInProgressError
 */
export async function takeLease({ store, owner, leaseMs, scheduler }: Context, id: string): Promise<Lease> {
  const record = await store.downloads.get(id);
  if (record === undefined) throw new DownloadNotFoundError(id);
  const { lease } = record;
  const life = await lifeOf(store, lease);
  if (lease !== undefined && life === "alive" && lease.owner !== owner) throw new DownloadInProgressError(id, lease);
  const deadEpoch = life === "gone" ? lease?.epoch : undefined;
  const now = scheduler.now();
  return store.downloads.acquire(id, { owner, now, expiresAt: now + leaseMs, deadEpoch });
}

/** Whether somebody holds a lease: as the platform knows, else as the clock tells. */
export async function isHeld(
  { store, scheduler }: Pick<Context, "store" | "scheduler">,
  lease: Lease | undefined,
): Promise<boolean> {
  const life = await lifeOf(store, lease);
  return life === "unknown" ? lease !== undefined && lease.expiresAt > scheduler.now() : life === "alive";
}

async function lifeOf({ presence }: Context["store"], lease: Lease | undefined): Promise<"alive" | "gone" | "unknown"> {
  // One that was released is nobody's, whoever lives.
  if (lease === undefined || lease.expiresAt === 0 || presence === undefined) return "unknown";
  return presence.find(lease.owner);
}
