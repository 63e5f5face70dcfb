import { openSqliteStore } from "@fmtc/store-sqlite";
import type { KnownValues } from "./completion.ts";
import { shortId } from "./downloads/short-id.ts";
import { titleOf } from "./downloads/title-of.ts";
import { readSettings } from "./settings.ts";
import { hasDatabase } from "./stores/open-database.ts";
import { sourcesIn } from "./stores/sources-in.ts";

const NOTHING: KnownValues = { stores: [], downloads: [], sources: [] };

/** What there is to complete a line by, in the files that it names: quickly, without making a file, and nothing where something is wrong. */
export async function knownValues(
  env: Readonly<Record<string, string | undefined>>,
  words: readonly string[],
): Promise<KnownValues> {
  try {
    const settings = await readSettings({ db: givenFor("--db", words), config: givenFor("--config", words) }, env);
    const sources = settings.config?.ids ?? [];
    if (!(await hasDatabase(settings))) return { ...NOTHING, sources };
    const store = await openSqliteStore(settings.db, { worker: false, check: "never", busyTimeoutMs: 200 });
    try {
      const downloads = await store.downloads.list();
      const stores = await store.stores.list();
      const stored = await Promise.all(stores.map((name) => sourcesIn(store, name)));
      return {
        stores,
        downloads: downloads.map(({ id, store: into, region }) => ({ id: shortId(id), about: titleOf(into, region) })),
        sources: [...new Set([...sources, ...stored.flat()])],
      };
    } finally {
      await store.close();
    }
  } catch {
    // Whoever presses Tab wants no error; the command itself will say it.
    return NOTHING;
  }
}

function givenFor(option: string, words: readonly string[]): string | undefined {
  const at = words.lastIndexOf(option);
  if (at >= 0) return words[at + 1];
  return words.findLast((word) => word.startsWith(`${option}=`))?.slice(option.length + 1);
}
