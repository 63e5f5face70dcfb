import type { Presence } from "@fmtc/core";

const OWNER = /^idb:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * An owner holds a Web Lock of his name: the browser takes it back when his page or worker ends, however that comes, and
 * leaves it to one that is frozen. Locks, like databases, are a site's own.
 *
 * Undefined in insecure contexts, which have no locks.
 */
export function lockPresence(databaseName: string): Presence | undefined {
  const locks: LockManager | undefined = globalThis.navigator?.locks;
  if (locks === undefined) return undefined;
  const lockOf = (owner: string) => `fmtc:${databaseName}:${owner}`;
  return {
    enter: async () => {
      const owner = `idb:${crypto.randomUUID()}`;
      const release = await hold(locks, lockOf(owner));
      return { owner, leave: release };
    },
    find: async (owner) => {
      if (!OWNER.test(owner)) return "unknown";
      const { held = [] } = await locks.query();
      return held.some(({ name }) => name === lockOf(owner)) ? "alive" : "gone";
    },
  };
}

/** Takes a lock that nobody else wants. Returns what lets go of it. */
function hold(locks: LockManager, name: string): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    const released = locks.request(
      name,
      () =>
        new Promise<void>((letGo) => {
          resolve(async () => {
            letGo();
            await released;
          });
        }),
    );
    released.catch(reject);
  });
}
