import type { TileStore } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";
import { sourcesIn } from "../stores/sources-in.ts";
import { UsageError } from "../usage-error.ts";
import type { Config } from "./config-file.ts";
import { defaultSourceId } from "./default-source-id.ts";
import type { SourceName } from "./source-options.ts";

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
  const given = options.source ?? named ?? (options.url === undefined ? undefined : defaultSourceId(options.url));
  if (given !== undefined) return given;
  const ids = await sourcesIn(store, name);
  const [only, ...others] = ids;
  if (only !== undefined && others.length === 0) return only;
  const [configured, ...more] = config?.ids ?? [];
  if (only === undefined && configured !== undefined && more.length === 0) return configured;
  const has = only === undefined ? "has no tiles" : `has tiles of ${ids.map(quoted).join(", ")}`;
  throw new UsageError(`Which source? Store ${quoted(name)} ${has}: name one with --source ID.`);
}
