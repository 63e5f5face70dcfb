import type { Download, TileSource } from "@fmtc/core";

/** Whether a download gets all that is missing, goes on with what was interrupted, or asks for failed tiles again. */
export type StartedHow = "anew" | "goesOn" | "again";

/** For machines: which download runs from now on, and why. */
export function startedEvent({ id, store }: Download, source: TileSource["id"], how: StartedHow): object {
  return { event: "started", how, id, store, source };
}
