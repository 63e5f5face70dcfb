import type { Demo } from "../demo.ts";
import { DemoError } from "../demo-error.ts";
import { grouped, heading, strong } from "../paint.ts";
import type { RequestStats } from "../processes/tile-server.ts";
import type { Interrupted } from "./download-and-kill.ts";

/** Goes on with the download, and proves by the server's own count that nothing was asked for again that had been stored. */
export async function resume({ fmtc, server, cover, options }: Demo, { stored, requests }: Interrupted): Promise<void> {
  console.log(heading("Go on"));
  console.log("  Tiles and progress had been written together, so the next start knows exactly what is missing.\n");
  await fmtc.run("list", ...options.database);
  await fmtc.run("resume", ...options.source, ...options.database);

  const all = await server.stats();
  const isAskedAgain = (path: string) => requestsFor(path, all) > requestsFor(path, requests);
  const twice = stored.filter(isAskedAgain);
  if (twice.length > 0) {
    throw new DemoError(`${grouped(twice.length)} tiles that were stored were asked for again, such as ${twice[0]}.`);
  }
  // As no stored one is.
  const underWay = Object.keys(requests.tiles).filter(isAskedAgain);
  console.log(
    `  The server has had ${strong(grouped(all.total.requests))} requests for ${grouped(cover.count)} tiles: of the ${grouped(stored.length)} that were stored,`,
  );
  console.log(`  none was asked for again; of those under way when it was killed, ${grouped(underWay.length)}.\n`);
}

function requestsFor(path: string, { tiles }: RequestStats): number {
  return tiles[path]?.requests ?? 0;
}
