import type { Connection } from "./connection.ts";
import { type Host, openHost } from "./host.ts";
import type { DatabaseOptions } from "./open-database.ts";
import type { Writer } from "./writer.ts";

/** Writes in this thread, which waits meanwhile. */
export async function openDirectWriter(
  options: DatabaseOptions,
): Promise<Writer & { readonly connection: Connection }> {
  const host: Host & { readonly connection: Connection } = await openHost(options);
  return {
    connection: host.connection,
    session: host.session,
    run: async (name, ...args) => host.run(name, ...args),
    reclaim: host.reclaim,
    close: async (after) => host.close(after),
  };
}
