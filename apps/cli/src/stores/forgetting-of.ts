import type { TileStore } from "@fmtc/core";
import { findDownload } from "../downloads/find-download.ts";
import { shortId } from "../downloads/short-id.ts";
import { quoted } from "../files/quoted.ts";
import { formatCount } from "../output/format-count.ts";
import type { Deletion } from "./deletion.ts";
import { openTiles } from "./open-tiles.ts";

/** That a download is forgotten; if a store is named, one into that. */
export async function forgettingOf(store: TileStore, id: string, name: string | undefined): Promise<Deletion> {
  const all = await (await openTiles(store)).recovery.list();
  const found = findDownload(
    all.filter(({ store: into }) => name === undefined || into === name),
    id,
  );
  const { store: into, attempted, max } = found;
  const what = `download ${shortId(found.id)} into ${quoted(into)}, ${formatCount(attempted)} of ${formatCount(max)} tiles`;
  const value = { download: found.id, store: into };
  return {
    would: `Would forget ${what}. Its tiles would stay.`,
    value,
    question: `Its tiles stay. Forget ${what}?`,
    carryOut: async () => {
      await found.discard();
      return { did: `Forgot ${what}. Its tiles are still there.`, value };
    },
  };
}
