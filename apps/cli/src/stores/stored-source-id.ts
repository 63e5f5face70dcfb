import type { TileStore } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";
import type { Config } from "../sources/config-file.ts";
import { readParameters } from "../sources/read-pair.ts";
import { sourceIdOfUrl } from "../sources/source-id-of-url.ts";
import type { SourceName } from "../sources/source-options.ts";
import { UsageError } from "../usage-error.ts";
import { sourcesIn } from "./sources-in.ts";

/**
 * The id of the source whose tiles are meant, where nothing is asked for: the one that is named, else the only one that
 * the store has tiles of, else the configuration's only one.
 *
 * @throws UsageError if that leaves several.
 */
export async function storedSourceId(
  options: SourceName,
  named: string | undefined,
  config: Config | undefined,
  store: TileStore,
  name: string,
): Promise<string> {
  const given =
    options.source ??
    named ??
    (options.url === undefined ? undefined : sourceIdOfUrl(options.url, readParameters(options.param ?? [])));
  if (given !== undefined) return given;
  const ids = await sourcesIn(store, name);
  const [only, ...others] = ids;
  if (only !== undefined && others.length === 0) return only;
  const [configured, ...more] = config?.ids ?? [];
  if (only === undefined && configured !== undefined && more.length === 0) return configured;
  const has = only === undefined ? "has no tiles" : `has tiles of ${ids.map(quoted).join(", ")}`;
  throw new UsageError(`Which source? Store ${quoted(name)} ${has}: name one with --source ID.`);
}
