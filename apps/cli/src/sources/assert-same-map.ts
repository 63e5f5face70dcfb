import { quoted } from "../files/quoted.ts";
import { UsageError } from "../usage-error.ts";
import { sourceIdOfUrl } from "./source-id-of-url.ts";

/**
 * Tiles of two maps under one name could never be told apart again.
 *
 * @throws UsageError if the name of `--url` is not that of the source whose tiles are meant.
 */
export function assertSameMap(url: string, parameters: Readonly<Record<string, string>>, source: string): void {
  const id = sourceIdOfUrl(url, parameters);
  if (id === source) return;
  const same = `If it is the same map at another address, say so with --source ${quoted(source)}`;
  throw new UsageError(
    `--url is that of source ${quoted(id)}, but the tiles are of source ${quoted(source)}. ${same}.`,
  );
}
